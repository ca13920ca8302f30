#!/bin/sh
# Fetches Mozilla's Readability (npm) and trafilatura (PyPI) into the folder that is named.
set -eu
mkdir -p "$1"
cd "$1"
if [ ! -d node_modules/jsdom ]; then
    npm install --silent --no-fund --no-audit --prefix . @mozilla/readability@0.6.0 jsdom@26
fi
if [ ! -x python/bin/trafilatura ]; then
    python3 -m venv python
    python/bin/pip install --quiet trafilatura==2.3.1 'lxml[html_clean]' lxml_html_clean
fi
