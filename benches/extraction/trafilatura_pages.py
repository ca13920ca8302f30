"""Reads pages (one JSON object a line) with trafilatura; prints one JSON object a line."""

import json
import sys
import time

import trafilatura

with open(sys.argv[1], encoding="utf-8") as pages:
    # Only a line feed ends a page; texts hold other marks that count as line ends elsewhere.
    for line in pages.read().split("\n"):
        page = json.loads(line)
        started = time.perf_counter()
        text = trafilatura.extract(page["html"], url=page["url"], include_comments=False) or ""
        ms = (time.perf_counter() - started) * 1000
        print(json.dumps({"path": page["path"], "text": text, "ms": ms}))
