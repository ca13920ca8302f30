"""Decodes the episodes and hears whether every chapter opens with its own tone, at its time, to 10 ms."""

import array
import math
import os
import subprocess
import sys

from script import EPISODES, TONE_SECONDS

RATE = 48000
TOLERANCE = 0.010
BUDGET = 1_500_000


def power(samples, hz):
    """Amplitude of hz in the samples (Goertzel 1958), and its share of their energy (1 = a pure tone)."""
    w = 2 * math.cos(2 * math.pi * hz / RATE)
    a = b = energy = 0.0
    for v in samples:
        a, b = v + w * a - b, a
        energy += v * v
    p = a * a + b * b - w * a * b
    n = len(samples)
    return 2 * math.sqrt(max(p, 0.0)) / n, 2 * p / (n * energy) if energy else 0.0


def onset(pcm, at, hz):
    """Where within 0.2 s of `at` the tone first reaches half its strength, in steps of 1 ms."""
    def loud(t):
        i = int(t * RATE)
        return power(pcm[i:i + RATE // 200], hz)[0]
    full = loud(at + TONE_SECONDS / 2)
    start = max(0.0, at - 0.2)
    for ms in range(400):
        t = start + ms / 1000
        if loud(t) > full / 2:
            return t
    return float("nan")


bad = 0
for episode in EPISODES:
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", episode["file"], "-ar", str(RATE), "-ac", "1",
                          "-f", "s16le", "-"], check=True, capture_output=True).stdout
    pcm = array.array("h", raw)
    print(f"{episode['file']}: {os.path.getsize(episode['file'])} bytes, {len(pcm) / RATE:.3f} s")
    bad += abs(len(pcm) / RATE - episode["seconds"]) > 0.05
    for at, hz, title, _lines in episode["chapters"]:
        if not hz:
            continue
        i = int((at + 0.05) * RATE)
        _, share = power(pcm[i:i + int((TONE_SECONDS - 0.1) * RATE)], hz)
        heard = onset(pcm, at, hz)
        ok = share > 0.9 and abs(heard - at) <= TOLERANCE
        bad += not ok
        print(f"  {at:6.2f} {hz:5} Hz: share {share:.3f}, heard at {heard:.3f} {'' if ok else 'WRONG'} {title}")
sounds = sum(os.path.getsize(e["file"]) for e in EPISODES)
print(f"together {sounds} bytes")
sys.exit(1 if bad or sounds > BUDGET else 0)
