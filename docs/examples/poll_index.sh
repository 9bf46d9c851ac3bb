#!/bin/sh
# Keeps a channel up to date with curl alone, where no connection can stay open:
# sh docs/examples/poll_index.sh [http://127.0.0.1:8000] [seconds between two questions]
# Each line is an answer with what is new since the one before.
set -eu
origin=${1:-http://127.0.0.1:8000}
pause=${2:-5}
position=
while :; do
  answer=$(curl -fsS ${TOKEN:+-H "Authorization: Bearer $TOKEN"} \
    "$origin/api/channels/index${position:+?$position}")
  echo "$answer"
  # Epoch and seq of the last snapshot or delta; without one the position stays.
  newest=$(echo "$answer" |
    sed -nE 's/.*"k":"[sd]","c":"[^"]*","e":"([^"]+)"(,"p":[0-9]+)?,"s":([0-9]+).*/e=\1\&s=\3/p')
  position=${newest:-$position}
  sleep "$pause"
done
