// Reads pages (one JSON object a line) with Mozilla's Readability; prints one JSON object a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { createReadStream } from "node:fs";

const list = process.argv[2];
const require = createRequire(list);
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

for await (const line of createInterface({ input: createReadStream(list) })) {
  const { path, url, html } = JSON.parse(line);
  const started = performance.now();
  let content = "";
  try {
    const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
    content = new Readability(dom.window.document).parse()?.content ?? "";
    dom.window.close();
  } catch {
    // A page that it cannot read counts as empty.
  }
  console.log(JSON.stringify({ path, url, html: content, ms: performance.now() - started }));
}
