#!/usr/bin/env bash
# Makes the README's picture from the program itself: the welcome show's notes beside one of its
# articles, in a real terminal on a display that nobody sees.
#
#   assets/picture/make.sh [PROGRAM]
#
# PROGRAM is the binary to show; without it a release build is made. Missing Debian packages are
# installed (as root). The library is a fresh one that is thrown away afterwards.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
columns=140 rows=36
limit=300000

missing=()
for pair in Xvfb:xvfb kitty:kitty import:imagemagick xdotool:xdotool; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done
fc-list 2>/dev/null | grep -i 'noto.*cjk' >/dev/null || missing+=(fonts-noto-cjk)
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}"
fi

program=${1:-}
if [ -z "$program" ]; then
  (cd "$here/../.." && cargo build --release --locked)
  program=$here/../../target/release/latetalk
fi
program=$(realpath "$program")

room=$(mktemp -d)
running=()
tidy() {
  for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$room"
}
trap tidy EXIT
mkdir -p "$room/home/config"
printf '[ui]\nlanguage = "zh"\ntheme = "night"\n' >"$room/home/config/config.toml"

# The display chooses a free number itself and says which.
Xvfb -displayfd 3 -screen 0 2400x1400x24 -nolisten tcp 3>"$room/display" 2>/dev/null &
running+=($!)
for _ in $(seq 100); do [ -s "$room/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$room/display")
export DISPLAY LIBGL_ALWAYS_SOFTWARE=1 LATETALK_OUTPUT=silent

kitty --config NONE --override font_size=12 --override remember_window_size=no \
  --override "initial_window_width=${columns}c" --override "initial_window_height=${rows}c" \
  --override window_padding_width=6 --override background=#1b1a19 \
  --override placement_strategy=center --override cursor_blink_interval=0 \
  --override update_check_interval=0 --override allow_remote_control=yes \
  --listen-on "unix:$room/kitty" "$program" --home "$room/home" 2>"$room/log" &
running+=($!)

window=
for _ in $(seq 100); do
  window=$(xdotool search --onlyvisible --class kitty 2>/dev/null | head -1) && [ -n "$window" ] && break
  sleep 0.1
done
xdotool windowfocus "$window"

screen() { kitty @ --to "unix:$room/kitty" get-text 2>/dev/null || true; }
# Waits until the screen shows these words.
await() {
  local shown=
  for _ in $(seq 60); do
    shown=$(screen)
    [[ $shown == *"$1"* ]] && return
    sleep 0.1
  done
  printf 'the screen never showed: %s\n%s\n' "$1" "$shown" >&2
  exit 1
}
# Presses keys by their X names.
press() {
  for key in "$@"; do xdotool key --window "$window" "$key"; sleep 0.1; done
}

await '末班渡轮'
await '笔记'
# Only what is built in: the other show's state depends on the network.
press shift+Tab G X
await 'y '
press y
sleep 0.5
press g Tab Return
await ' / 01:38'
# The second of the three links at the notes' end; then on to a chapter in the middle.
press G p p p Return
await '打开一个链接'
press bracketright bracketright bracketright
await '00:4'
sleep 1
import -window "$window" -strip "$room/picture.png"
convert "$room/picture.png" -colors 128 -define png:compression-level=9 "PNG8:$here/latetalk.png"
size=$(stat -c %s "$here/latetalk.png")
[ "$size" -le "$limit" ] || { echo "the picture is too large: $size bytes" >&2; exit 1; }
echo "$here/latetalk.png: $size bytes"
