import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { shellWordsOf } from "../../../components/shell/shell_words.ts";
import { originLabels, OriginRibbon } from "../../../components/shell/page_parts.tsx";

const words = shellWordsOf("vi");

Deno.test("The band names where numbers come from: a simulation, a replay, both or neither", () => {
  const named = (provider: "ssi" | "sim", replay: boolean) =>
    originLabels(words, { provider, replay }).map(({ name }) => name);
  assert.deepEqual(named("ssi", false), []);
  assert.deepEqual(named("sim", false), ["MÔ PHỎNG / SIMULATED"]);
  assert.deepEqual(named("ssi", true), ["PHÁT LẠI / REPLAY"]);
  assert.deepEqual(named("sim", true), ["MÔ PHỎNG / SIMULATED", "PHÁT LẠI / REPLAY"]);
  const html = render(
    <OriginRibbon labels={originLabels(words, { provider: "sim", replay: true })} />,
  );
  assert.match(html, /role="note".*MÔ PHỎNG.*không phải giá thật.*PHÁT LẠI.*Phiên đã ghi/);
});
