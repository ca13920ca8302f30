#!/bin/sh
# Makes the sound, the transcripts and the picture of the welcome show again, then checks them.
# Needs: espeak-ng, ffmpeg (with libopus and libmp3lame), python3 (standard library only).
# Debian: apt-get install espeak-ng ffmpeg python3
#
#   ./make.sh          makes everything, then checks (sizes that changed go into feed.xml by hand)
#   ./make.sh check    only checks: is every chapter's tone where the notes say it is?
set -eu
cd "$(dirname "$0")"
[ "${1:-}" = check ] || { python3 make/sound.py && python3 make/cover.py; }
python3 make/check.py
