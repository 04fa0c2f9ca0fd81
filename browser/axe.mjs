// Checks pages in a real browser: axe in light and dark at two widths, no sideways scrolling at 320 px, nothing in the
// console. Reads the order described in lib.mjs; writes one JSON object; exits with 1 when something was found.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { each, launch, open, order } from "./lib.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const o = order();
const browser = await launch(o);

async function check(page, scheme, width) {
  const p = await open(browser, o, page, scheme, width);
  try {
    // As tall as the page, so that what sticks to the foot of the window covers nothing where the page happens to stand.
    await p.tab.setViewportSize({ width, height: await p.tab.evaluate(() => Math.min(document.documentElement.scrollHeight + 200, 12000)) });
    // Evaluated through the debugger, so the page's own content security policy stays as it is.
    await p.tab.evaluate(axe);
    const found = await p.tab.evaluate((tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), tags);
    const violations = found.violations.map((v) => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 5).map((n) => ({ target: n.target.join(" "), html: n.html.slice(0, 200), why: n.failureSummary })) }));
    const overflow = scheme === "light" && width < 600 ? await tooWide(p.tab) : [];
    return { name: page.name, url: page.url, scheme, width, status: p.answer.status(), violations, console: p.complaints(), overflow };
  } finally { await p.close(); }
}

/** The elements that make a page scroll sideways on the narrowest screen (WCAG 1.4.10). */
async function tooWide(tab) {
  await tab.setViewportSize({ width: 320, height: 900 });
  return tab.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const scrolls = (el) => { for (let e = el.parentElement; e && e !== document.body; e = e.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true; return false; };
    return [...document.querySelectorAll("body *")].filter((el) => el.getBoundingClientRect().right > room + 1 && !scrolls(el)).slice(0, 5)
      .map((el) => `${el.tagName.toLowerCase()}.${el.className?.baseVal ?? el.className} reaches ${Math.round(el.getBoundingClientRect().right)} px of 320`);
  });
}

const views = o.pages.flatMap((page) => ["light", "dark"].flatMap((scheme) => [1280, 390].map((width) => [page, scheme, width])));
// A page that cannot be looked at is a finding too; the others are looked at all the same.
const failed = ([page, scheme, width], e) => ({ name: page.name, url: page.url, scheme, width, violations: [], console: [String(e)], overflow: [] });
const results = await each(views, (view) => check(...view).catch((e) => failed(view, e)));
await browser.close();
const bad = results.filter((r) => r.violations.length + r.console.length + r.overflow.length > 0);
process.stdout.write(JSON.stringify({ checked: results.length, pages: o.pages.length, bad }, null, 1) + "\n");
process.exitCode = bad.length > 0 ? 1 : 0;
