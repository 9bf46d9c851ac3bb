"""Prints the indices as they change, with nothing but the standard library.

python3 docs/examples/watch_index.py [http://127.0.0.1:8000]
"""

import json
import os
import sys
import time
import urllib.request

ORIGIN = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
CHANNEL = "index"
TOKEN = os.environ.get("TOKEN")

fields = []
rows = []  # of [symbol, cells]
held = None  # "epoch/seq": where to go on after the connection is lost


def take(kind, frame):
    """Takes one frame; a stream has no holes, so every delta follows what is held."""
    global fields, rows
    if kind == "hello":
        fields = frame["schema"][CHANNEL]["f"]
    elif kind == "s":
        if frame.get("i", 0) == 0:
            rows = []
        rows += [[y, list(cells)] for y, cells in zip(frame["y"], zip(*frame["v"]))]
    elif kind == "d":
        flat = iter(frame["d"])
        for row in flat:
            mask = next(flat)
            symbol, cells = rows[row]
            for bit in range(len(fields)):
                if mask >> bit & 1:
                    cells[bit] = next(flat)
            print(cells[fields.index("time")], symbol, cells[fields.index("value")], flush=True)


def read():
    """Reads the stream until it ends."""
    global held
    headers = {"Last-Event-ID": held} if held else {}
    if TOKEN:
        headers["Authorization"] = f"Bearer {TOKEN}"
    request = urllib.request.Request(f"{ORIGIN}/api/stream/{CHANNEL}", headers=headers)
    event = {}
    with urllib.request.urlopen(request, timeout=60) as stream:
        for line in stream:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                event[name] = value
            else:  # An empty line ends an event.
                take(event["event"], json.loads(event["data"]))
                held = event.get("id", held)
                event = {}


while True:
    try:
        read()
    except OSError as error:
        print(error, file=sys.stderr)
    time.sleep(2)
