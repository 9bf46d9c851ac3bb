"""Checks a client of vnstock.v1.json against cases.json; Python 3 alone, without a network.

    python3 docs/contract/check.py

Put your own client in the place of `Client`, or write the same in your language.
"""

import json
import pathlib


class Client:
    """What a subscriber of one channel holds, and whether it has to ask again."""

    def __init__(self, channel):
        self.channel = channel
        self.fields = []
        self.position = None
        self.symbols, self.cells, self.entries = [], [], []
        self.parts = []

    def take(self, message):
        """Takes one message of the socket; true where something before it is missing."""
        frames = json.loads(message)
        asks = False
        for frame in frames if isinstance(frames, list) else [frames]:
            asks = self.frame(frame) or asks
        return asks

    def frame(self, frame):
        kind = frame["k"]
        if kind == "hello":
            self.fields = frame["schema"].get(self.channel, {}).get("f", [])
        if kind == "h":
            mark = frame["m"].get(self.channel)
            if mark is None or self.position is None:
                return mark is not None
            return frame["e"] != self.position[0] or mark > self.position[1]
        if kind not in ("s", "d", "a") or frame["c"] != self.channel:
            return False
        return {"s": self.snapshot, "d": self.delta, "a": self.log}[kind](frame)

    def snapshot(self, frame):
        part, count = frame.get("i", 0), frame.get("n", 1)
        if part == 0:
            self.parts = []
        if part != len(self.parts):
            self.parts = []
            return True
        self.parts.append(frame)
        if part + 1 < count:
            return False
        self.symbols = [symbol for one in self.parts for symbol in one["y"]]
        self.cells = [
            [column[row] for column in one["v"]]
            for one in self.parts
            for row in range(len(one["y"]))
        ]
        self.parts = []
        self.position = (frame["e"], frame["s"])
        return False

    def delta(self, frame):
        if not self.follows(frame):
            return True
        if frame["s"] <= self.position[1]:
            return False
        values = iter(frame["d"])
        for row in values:
            mask = next(values)
            for field in range(mask.bit_length()):
                if mask >> field & 1:
                    self.cells[row][field] = next(values)
        self.position = (frame["e"], frame["s"])
        return False

    def log(self, frame):
        numbers = list(range(frame["p"] + 1, frame["s"] + 1))
        if self.position is None or self.position[0] != frame["e"]:
            self.entries = numbers
        elif not self.follows(frame):
            return True
        else:
            self.entries += [n for n in numbers if n > self.position[1]]
            if frame["s"] <= self.position[1]:
                return False
        self.position = (frame["e"], frame["s"])
        return False

    def follows(self, frame):
        return (
            self.position is not None
            and self.position[0] == frame["e"]
            and frame["p"] <= self.position[1]
        )

    def held(self):
        """In the form of cases.json."""
        if self.position is None:
            return None
        position = {"e": self.position[0], "s": self.position[1]}
        if self.channel == "alerts":
            return {**position, "entries": self.entries}
        rows = [
            [symbol, {f: cell for f, cell in zip(self.fields, cells) if cell is not None}]
            for symbol, cells in zip(self.symbols, self.cells)
        ]
        return {**position, "rows": rows}


def main():
    cases = json.loads(pathlib.Path(__file__).with_name("cases.json").read_text("utf-8"))
    for case in cases:
        client = Client(case["channel"])
        for number, step in enumerate(case["steps"], 1):
            asks = client.take(step["message"])
            if asks != step["asks"] or client.held() != step["holds"]:
                raise SystemExit(
                    f"{case['name']}, step {number}: asks {asks}, wanted {step['asks']}; "
                    f"holds {client.held()}, wanted {step['holds']}"
                )
    print(f"{len(cases)} cases, {sum(len(case['steps']) for case in cases)} steps: all right")


if __name__ == "__main__":
    main()
