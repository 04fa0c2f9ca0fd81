// What axe.mjs and shoot.mjs share: one browser, and a page that notes everything it complains about.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

/** The order, read from the file in the first argument or from standard input:
 *  { base, out?, browser?, pages: [{ name, url, cookies?: { name: value }, steps?: [{ press } | { click }], full?: bool }] } */
export function order() {
  const o = JSON.parse(readFileSync(process.argv[2] ?? 0, "utf8"));
  if (!o.base || !Array.isArray(o.pages)) throw new Error("the order needs base and pages");
  return o;
}

export function launch(o) {
  return chromium.launch({
    executablePath: o.browser ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
  });
}

// A context is kept for every scheme and person, so that styles and fonts are fetched once.
const kept = new WeakMap();
function contextFor(browser, o, page, scheme) {
  if (!kept.has(browser)) kept.set(browser, new Map());
  const contexts = kept.get(browser);
  const key = scheme + JSON.stringify(page.cookies ?? {});
  if (!contexts.has(key)) contexts.set(key, (async () => {
    const context = await browser.newContext({ colorScheme: scheme, locale: "sv-SE", timezoneId: "Europe/Stockholm", reducedMotion: "reduce" });
    await context.addCookies(Object.entries(page.cookies ?? {}).map(([name, value]) => ({ name, value, url: o.base })));
    return context;
  })());
  return contexts.get(key);
}

/** Runs work over the items, a few at a time, and returns the results in the order of the items. */
export async function each(items, work, atOnce = 3) {
  const results = new Array(items.length);
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]);
  }));
  return results;
}

/** Opens a page in a scheme and a width. complaints gathers console errors, broken scripts and refused content. */
export async function open(browser, o, page, scheme, width, height = 900) {
  const tab = await (await contextFor(browser, o, page, scheme)).newPage();
  await tab.setViewportSize({ width, height });
  const complaints = [];
  tab.on("console", (m) => { if (m.type() === "error" || /Content Security Policy/i.test(m.text())) complaints.push(m.text()); });
  tab.on("pageerror", (e) => complaints.push(String(e)));
  const answer = await tab.goto(new URL(page.url, o.base).href, { waitUntil: "load", timeout: 30000 });
  await tab.evaluate(() => document.fonts.ready);
  for (const step of page.steps ?? []) await (step.press ? tab.keyboard.press(step.press) : tab.click(step.click));
  if (page.steps) await tab.evaluate(() => scrollTo(0, 0)); // what the sticky head covers is not too small
  // A page about a fault answers with its status, which the browser notes in the console: that is no complaint.
  const own = `status of ${answer.status()}`;
  return { tab, answer, complaints: () => complaints.filter((c) => !(answer.status() >= 400 && c.includes(own))), close: () => tab.close() };
}
