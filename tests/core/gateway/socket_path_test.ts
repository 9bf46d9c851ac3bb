import assert from "node:assert/strict";
import { socketAddress, socketOrigin } from "../../../core/gateway/socket_address.ts";
import { socketPathOf } from "../../../core/gateway/socket_path.ts";

Deno.test("The paths of sockets are these, and no other", () => {
  assert.deepEqual(socketPathOf("/ws"), { plain: null });
  for (const plain of ["market", "foreign", "index", "alerts"] as const) {
    assert.deepEqual(socketPathOf(`/ws/${plain}`), { plain });
  }
  assert.deepEqual(socketPathOf("/ws/stocks/F%50T"), { plain: "stocks", ticker: "FPT" });
  assert.deepEqual(socketPathOf("/ws/stocks/%"), { plain: "stocks", ticker: "%" });
  for (const path of ["/", "/ws/", "/ws/stocks", "/ws/stocks/a/b", "/ws/market/", "/ws/toString"]) {
    assert.equal(socketPathOf(path), null, path);
  }
});

Deno.test("A page is told where its sockets are, and its policy allows just that", () => {
  const page = new URL("http://board.local:8000/");
  const at = (port: number | null, url: string | null = null, from = page) => [
    socketAddress(from, { port, url }),
    socketOrigin(from, { port, url }),
  ];
  assert.deepEqual(at(null), ["/ws", null]);
  assert.deepEqual(at(8001), ["ws://board.local:8001/ws", "ws://board.local:8001"]);
  assert.deepEqual(at(8001, null, new URL("https://[::1]/")), [
    "wss://[::1]:8001/ws",
    "wss://[::1]:8001",
  ]);
  assert.deepEqual(at(8001, "wss://board.vn/x/ws"), ["wss://board.vn/x/ws", "wss://board.vn"]);
});
