// Takes a picture of every page at desktop and phone width, in light and dark, into the folder that the order names.
// Reads the order described in lib.mjs; writes the names of the pictures, one a line.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { each, launch, open, order } from "./lib.mjs";

const o = order();
if (!o.out) throw new Error("the order needs out");
mkdirSync(o.out, { recursive: true });
const forms = [["desktop", "light", 1280, 900], ["desktop-dark", "dark", 1280, 900], ["phone", "light", 390, 844], ["phone-dark", "dark", 390, 844]];
const shots = o.pages.flatMap((page) => forms.map((form) => [page, ...form]));
// Each browser has one page open at a time: two pages of different widths are drawn into each other's pictures.
await Promise.all([0, 1].map(async (half) => {
  const browser = await launch(o);
  await each(shots.filter((_, i) => i % 2 === half), async ([page, form, scheme, width, height]) => {
    const p = await open(browser, o, page, scheme, width, height);
    // The whole page in one view, so that what sticks to the bottom stands at the bottom.
    if (page.full ?? true) await p.tab.setViewportSize({ width, height: Math.max(height, await p.tab.evaluate(() => document.documentElement.scrollHeight)) });
    const file = join(o.out, `${page.name}-${form}.png`);
    await p.tab.screenshot({ path: file });
    await p.close();
    process.stdout.write(file + "\n");
  }, 1);
  await browser.close();
}));
