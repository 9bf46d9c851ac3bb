import assert from "node:assert/strict";
import { pageClient } from "../../../components/live/page_client.ts";
import { LINK } from "../fixture_rows.ts";
import { withApp } from "../../support/app.ts";

async function linksOf(url: string): Promise<{ links: number; admitted: number }> {
  const response = await fetch(`${url}/api/ws/health`);
  return (await response.json()).connections;
}

Deno.test("Islands of a page share one socket, which ends with the last of them (B-37)", async () => {
  await withApp({ SIM_START: "10:00" }, async ({ url }) => {
    // As the browser resolves the paths of a page.
    const at = { ...LINK, socketUrl: `${url.replace("http", "ws")}/ws` };
    Object.defineProperty(globalThis, "location", {
      value: new URL(url),
      configurable: true,
    });
    try {
      const islands = (["board:vn30", "index"] as const).map((channel) => {
        const client = pageClient(at);
        const isTold = Promise.withResolvers<void>();
        const end = client.follow(channel, { onSnapshot: () => isTold.resolve(), onDelta() {} });
        return { client, isTold: isTold.promise, end };
      });
      await Promise.all(islands.map(({ isTold }) => isTold));
      const { links, admitted } = await linksOf(url);
      assert.deepEqual([links, admitted], [1, 1]);
      islands[0]!.end();
      assert.equal(pageClient(at), islands[1]!.client);
      islands[1]!.end();
      const next = pageClient(at);
      assert.notEqual(next, islands[0]!.client);
      next.follow("status", {})();
    } finally {
      Reflect.deleteProperty(globalThis, "location");
    }
  });
});
