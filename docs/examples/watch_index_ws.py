"""Prints the indices as they change, over a WebSocket: pip install websockets

python3 docs/examples/watch_index_ws.py [ws://127.0.0.1:8000/ws]
"""

import asyncio
import json
import sys

import websockets

URL = sys.argv[1] if len(sys.argv) > 1 else "ws://127.0.0.1:8000/ws"
CHANNEL = "index"


async def main():
    fields, rows, held = [], [], None
    # The library comes back by itself, with growing waits; `held` goes on where it stopped.
    async for socket in websockets.connect(URL, subprotocols=["vnstock.v1.json"]):
        start = {CHANNEL: held} if held else {}
        try:
            await socket.send(json.dumps({"op": "sub", "id": 1, "c": [CHANNEL], "from": start}))
            async for message in socket:
                frames = json.loads(message)
                for frame in frames if isinstance(frames, list) else [frames]:
                    kind = frame["k"]
                    if kind == "hello":
                        fields = frame["schema"][CHANNEL]["f"]
                    elif kind == "err":
                        sys.exit(frame["msg"])
                    elif kind == "s":
                        rows = [] if frame.get("i", 0) == 0 else rows
                        rows += [[y, list(v)] for y, v in zip(frame["y"], zip(*frame["v"]))]
                        if frame.get("i", 0) == frame.get("n", 1) - 1:
                            held = {"e": frame["e"], "s": frame["s"]}
                    elif kind == "d":
                        if frame["e"] != held["e"] or frame["p"] > held["s"]:
                            sys.exit("a frame is missing")
                        show(fields, rows, frame["d"])
                        held = {"e": frame["e"], "s": frame["s"]}
        except websockets.ConnectionClosed as closed:
            print(closed, file=sys.stderr)


def show(fields, rows, delta):
    """Applies a delta and prints the rows that it changed."""
    flat = iter(delta)
    for row in flat:
        mask = next(flat)
        symbol, cells = rows[row]
        for bit in range(len(fields)):
            if mask >> bit & 1:
                cells[bit] = next(flat)
        print(cells[fields.index("time")], symbol, cells[fields.index("value")], flush=True)


asyncio.run(main())
