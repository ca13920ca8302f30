"""Draws the show's picture: a ferry with lit windows on a night sea, under a moon. Standard library only."""

import math
import struct
import zlib

SIZE, HORIZON = 320, 196


def mix(a, b, t):
    return tuple(x + (y - x) * max(0.0, min(1.0, t)) for x, y in zip(a, b))


def sky(x, y):
    colour = mix((12, 16, 44), (74, 60, 110), y / HORIZON)
    moon = math.hypot(x - 236, y - 66)
    colour = mix((250, 240, 205), colour, (moon - 24) / 2) if moon < 26 else mix((150, 140, 150), colour, (moon - 14) / 70)
    if (x * 7919 + y * 104729) % 1499 == 0 and y < 150:
        colour = (235, 235, 245)
    return colour


def ferry(x, y):
    """The colour of the boat at this point, or None beside it."""
    if 168 <= y <= 200 and 60 + (y - 168) * 0.7 <= x <= 232 - (y - 168) * 0.45:
        return (226, 110, 74) if y > 186 else (240, 236, 226)
    if 142 <= y < 168 and 86 <= x <= 204:
        lit = 149 <= y <= 160 and (x - 92) % 16 < 10 and 92 <= x <= 200
        return (255, 214, 120) if lit else (222, 220, 216)
    if 122 <= y < 142 and 108 <= x <= 168:
        return (255, 226, 150) if 128 <= y <= 136 and (x - 112) % 14 < 9 else (206, 206, 208)
    if 98 <= y < 142 and 176 <= x <= 192:
        return (226, 110, 74) if y > 108 else (40, 40, 54)
    return None


def sea(x, y):
    depth = (y - HORIZON) / (SIZE - HORIZON)
    wave = math.sin(y * 0.55 + 2.2 * math.sin(x * 0.045 + y * 0.08))
    colour = mix(mix((46, 50, 96), (9, 14, 36), depth), (90, 96, 150), 0.14 + 0.14 * wave)
    mirrored = ferry(x + 3 * wave, 2 * 200 - y)
    if mirrored:
        colour = mix(colour, mirrored, 0.42 - 0.3 * depth)
    glitter = abs(x - 236 + 5 * wave) / (10 + 34 * depth)
    return mix((250, 236, 190), colour, 0.45 + glitter) if wave > 0.1 else colour


rows = b""
for y in range(SIZE):
    rows += b"\0"
    for x in range(SIZE):
        colour = ferry(x, y) or (sky(x, y) if y < HORIZON else sea(x, y))
        # 5 bits a channel keep the file small; a terminal shows no more of it.
        rows += bytes(int(v) & 0xF8 for v in colour)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


with open("cover.png", "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
