"""Speaks, tunes and encodes the episodes of script.py; writes transcripts and chapters from the same times."""

import array
import json
import math
import os
import subprocess

from script import EPISODES, TONE_SECONDS, VOICES

RATE = 48000
SILENCE_AROUND_TONE = 0.3
PAUSE_BETWEEN_LINES = 0.28
TONE_LEVEL, BED_LEVEL, EDGE = 0.30, 0.022, 0.008
# Four slow chords, in Hz: the bed under the voices. Far below every chapter tone.
CHORDS = [(110, 164.8, 220, 261.6), (87.3, 130.8, 174.6, 261.6), (98, 146.8, 196, 246.9), (82.4, 123.5, 164.8, 246.9)]
CHORD_SECONDS = 6


def speak(speaker, text):
    """The line as floats at RATE, one channel, without silence at its ends."""
    voice, speed, pitch = VOICES[speaker]
    said = subprocess.run(["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-z", "--stdout", text],
                          check=True, capture_output=True).stdout
    trim = "silenceremove=start_periods=1:start_threshold=-50dB"
    warm = f"highpass=f=70,lowpass=f=6500,aecho=0.9:0.6:23:0.12,{trim},areverse,{trim},areverse"
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", "-", "-af", warm, "-ar", str(RATE), "-ac", "1",
                          "-f", "s16le", "-"], input=said, check=True, capture_output=True).stdout
    pcm = array.array("h", raw)
    peak = max(1, max(abs(v) for v in pcm))
    return [v * 0.5 / peak for v in pcm]


def bed():
    """One round of the chords, each swelling and dying away, so that the loop has no seam."""
    out = []
    n = CHORD_SECONDS * RATE
    for chord in CHORDS:
        for i in range(n):
            swell = math.sin(math.pi * i / n) ** 2
            out.append(swell * sum(math.sin(2 * math.pi * f * i / RATE) / (k + 1) for k, f in enumerate(chord)))
    return out


def tone(hz):
    """TONE_SECONDS of a plain sine with edges too short to hear."""
    n, edge = int(TONE_SECONDS * RATE), int(EDGE * RATE)
    return [TONE_LEVEL * min(1.0, i / edge, (n - 1 - i) / edge) * math.sin(2 * math.pi * hz * i / RATE)
            for i in range(n)]


def add(mix, at, sound):
    for i, v in enumerate(sound, at):
        mix[i] += v


def lay_out(episode, chords):
    """The mixed episode and its cues (start, end, speaker, text) in seconds."""
    total = int(episode["seconds"] * RATE)
    mix, cues = [0.0] * total, []
    ends = [c[0] for c in episode["chapters"][1:]] + [episode["seconds"]]
    quiet = []
    for (start, hz, _title, lines), end in zip(episode["chapters"], ends):
        now = float(start)
        if hz:
            add(mix, round(start * RATE), tone(hz))
            quiet.append((start - SILENCE_AROUND_TONE, start + TONE_SECONDS + SILENCE_AROUND_TONE))
            now += TONE_SECONDS + SILENCE_AROUND_TONE
        for speaker, text in lines:
            voice = speak(speaker, text)
            length = len(voice) / RATE
            room = end - SILENCE_AROUND_TONE
            assert now + length <= room, f"{text!r} ends at {now + length:.2f}, must end by {room}"
            add(mix, int(now * RATE), voice)
            cues.append((now, now + length, speaker, text))
            now += length + PAUSE_BETWEEN_LINES
        print(f"  {start:6.2f}  {hz}  speech ends {now - PAUSE_BETWEEN_LINES:6.2f} of {end}")
    level = 0.0
    for i in range(total):
        t = i / RATE
        want = 0.0 if t > episode["seconds"] - 1 or any(a <= t <= b for a, b in quiet) else BED_LEVEL
        level += (want - level) * 0.0006
        mix[i] += level * chords[i % len(chords)]
    return mix, cues


def encode(mix, episode):
    pcm = array.array("h", (int(max(-1.0, min(1.0, v)) * 32767) for v in mix))
    how = ["-c:a", "libopus", "-b:a", "28k", "-application", "audio"]
    if episode["file"].endswith(".mp3"):
        how = ["-ar", "44100", "-c:a", "libmp3lame", "-b:a", "48k", "-id3v2_version", "3"]
    tags = {"title": episode["title"], "artist": "渡口工作室", "album": "末班渡轮 Night Ferry", "genre": "Podcast"}
    meta = [w for k, v in tags.items() for w in ("-metadata", f"{k}={v}")]
    os.makedirs("audio", exist_ok=True)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-",
                    *how, *meta, "-fflags", "+bitexact", "-flags:a", "+bitexact", episode["file"]],
                   input=pcm.tobytes(), check=True)


def clock(seconds, comma="."):
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{comma}{ms % 1000:03}"


def write_transcript(path, cues):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        if path.endswith(".vtt"):
            f.write("WEBVTT\n\nNOTE 末班渡轮 Night Ferry\n\n")
            for start, end, who, text in cues:
                f.write(f"{clock(start)} --> {clock(end)}\n<v {who}>{text}\n\n")
        else:
            for n, (start, end, who, text) in enumerate(cues, 1):
                f.write(f"{n}\n{clock(start, ',')} --> {clock(end, ',')}\n{who}：{text}\n\n")


def write_chapters(episode):
    os.makedirs(os.path.dirname(episode["chapters_json"]), exist_ok=True)
    chapters = [{"startTime": at, "title": title} for at, _hz, title, _lines in episode["chapters"]]
    chapters[2]["url"] = "welcome:articles/reading.md"
    with open(episode["chapters_json"], "w", encoding="utf-8") as f:
        json.dump({"version": "1.2.0", "title": episode["title"], "chapters": chapters}, f, ensure_ascii=False, indent=2)
        f.write("\n")


chords = bed()
for episode in EPISODES:
    print(episode["file"])
    mix, cues = lay_out(episode, chords)
    encode(mix, episode)
    write_transcript(episode["transcript"], cues)
    if "chapters_json" in episode:
        write_chapters(episode)
