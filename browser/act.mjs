// Uses the gallery as a person would and checks what the script does: keys, marks, drafts, filtering, no script at all.
// Reads an order with a base (see lib.mjs); writes { done, failed }; exits with 1 when something failed.
import assert from "node:assert/strict";
import { launch, order } from "./lib.mjs";

const o = order();
const browser = await launch(o);
const current = (tab) => tab.evaluate(() => [...document.querySelectorAll("[data-row]")].findIndex((r) => r.classList.contains("cur")));
const focused = (tab, selector) => tab.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
const visible = (tab, selector) => tab.locator(selector).first().isVisible();

const stories = {
  "J and K move, Enter opens": async (tab) => {
    await tab.goto("/arbetslista");
    const at = await current(tab);
    await tab.keyboard.press("j");
    assert.equal(await current(tab), at + 1);
    await tab.keyboard.press("k");
    assert.equal(await current(tab), at);
    await tab.keyboard.press("Enter");
    await tab.waitForURL("**/faktura");
  },
  "marks are counted and summed, and Esc clears them": async (tab) => {
    await tab.goto("/arbetslista");
    assert.equal(await visible(tab, ".pick"), false);
    await tab.keyboard.press("x");
    await tab.keyboard.press("Shift+J");
    assert.equal(await tab.textContent("[data-count]"), "2");
    const sum = await tab.evaluate(() => [...document.querySelectorAll("tbody :checked")].reduce((n, b) => n + Number(b.closest("tr").dataset.amount), 0) / 100);
    const shown = (await tab.textContent("[data-sum]")).replace(/[^\d,]/g, "").replace(",", ".");
    assert.equal(Number(shown), sum);
    assert.equal(await tab.evaluate(() => document.getElementById("filters").inert), true);
    await tab.keyboard.press("Escape");
    assert.equal(await visible(tab, ".pick"), false);
    assert.equal(await tab.evaluate(() => document.getElementById("filters").inert), false);
  },
  "a range is marked with the shift key": async (tab) => {
    await tab.goto("/arbetslista");
    await tab.locator("tbody .check input").nth(2).click();
    await tab.locator("tbody .check input").nth(6).click({ modifiers: ["Shift"] });
    assert.equal(await tab.textContent("[data-count]"), "5");
    await tab.locator("[data-all]").click();
    assert.equal(await tab.textContent("[data-count]"), "22");
  },
  "letters do nothing while typing": async (tab) => {
    await tab.goto("/arbetslista");
    await tab.keyboard.press("/");
    assert.ok(await focused(tab, ".filters input[type=search]"));
    const at = await current(tab);
    await tab.keyboard.type("jxj?");
    assert.equal(await current(tab), at);
    assert.equal(await tab.inputValue(".filters input[type=search]"), "jxj?");
  },
  "single letters can be turned off": async (tab) => {
    await tab.goto("/arbetslista");
    await tab.evaluate(() => { document.documentElement.dataset.keys = "off"; });
    const at = await current(tab);
    for (const key of ["j", "x", "/", "?"]) await tab.keyboard.press(key);
    assert.equal(await current(tab), at);
    assert.equal(await tab.locator("dialog[open]").count(), 0);
    await tab.keyboard.press("Control+k");
    assert.ok(await focused(tab, ".seek input"));
  },
  "the list is filtered while one types, and the address follows": async (tab) => {
    await tab.goto("/arbetslista");
    await tab.keyboard.press("/");
    await tab.keyboard.type("granö", { delay: 30 });
    await tab.waitForURL(/q=gran%C3%B6/);
    assert.ok(await focused(tab, ".filters input[type=search]"), "the field keeps its focus");
    assert.equal(await tab.locator("#list-body").count(), 1);
    assert.equal(await tab.locator("main").count(), 1);
    await tab.waitForFunction(() => /Rad 1/.test(document.querySelector(".vh[role=status]").textContent));
  },
  "a step asks in its own box, and Esc leads back": async (tab) => {
    await tab.goto("/faktura");
    await tab.keyboard.press("t");
    assert.ok(await focused(tab, ".bar .ask-body input[name=orderer]"));
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator(".bar details[open]").count(), 0);
    assert.ok(await focused(tab, ".bar summary"));
  },
  "a closed step says why": async (tab) => {
    await tab.goto("/faktura");
    await tab.keyboard.press("g");
    assert.match(await tab.textContent(".shut[open] .ask-body"), /öppnas när beställaren är känd/);
  },
  "what is written survives a closed tab": async (tab) => {
    await tab.goto("/faktura");
    await tab.keyboard.press("t");
    await tab.keyboard.type("KULT41");
    await tab.goto("/min-dag");
    await tab.goto("/faktura");
    assert.equal(await tab.inputValue("input[name=orderer]"), "KULT41");
    assert.equal(await tab.evaluate(() => Object.keys(localStorage).filter((k) => k.includes("maja")).length), 1);
  },
  "the keys are listed": async (tab) => {
    await tab.goto("/min-dag");
    await tab.keyboard.press("?");
    assert.ok(await visible(tab, "dialog#keys"));
    await tab.keyboard.press("Escape");
    assert.equal(await visible(tab, "dialog#keys"), false);
  },
  "a finding and its place on the document lead to each other": async (tab) => {
    await tab.goto("/faktura");
    await tab.click(".find .mark");
    assert.equal(new URL(tab.url()).hash, "#ref");
    await tab.click(".sheet .mark");
    assert.match(new URL(tab.url()).hash, /^#finding-/);
  },
  "the colours follow the choice and not only the machine": async (tab) => {
    await tab.goto("/min-dag");
    const paper = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await tab.evaluate(() => { document.documentElement.dataset.colorScheme = "dark"; });
    const dark = await paper();
    assert.notEqual(dark, light);
    await tab.emulateMedia({ colorScheme: "dark" });
    await tab.evaluate(() => { document.documentElement.dataset.colorScheme = "light"; });
    assert.equal(await paper(), light);
  },
};
const plainStories = {
  "without script everything can be reached": async (tab) => {
    await tab.goto("/arbetslista");
    assert.ok(await visible(tab, ".pick button[name=step]"), "actions on marked rows");
    assert.ok(await visible(tab, ".filters button[type=submit]"), "a button that filters");
    assert.equal(await visible(tab, "[data-copy]"), false);
    await tab.click(".filters button[type=submit]");
    await tab.waitForURL(/state=code/);
    await tab.goto("/faktura");
    await tab.click(".bar .ask > summary");
    assert.ok(await visible(tab, ".bar .ask[open] form button[type=submit]"));
    await tab.click(".me > summary");
    assert.ok(await visible(tab, ".me button[name=lang]"));
  },
};

const done = [], failed = [];
async function tell(set, javaScriptEnabled) {
  for (const [name, story] of Object.entries(set)) {
    const context = await browser.newContext({ baseURL: o.base, javaScriptEnabled, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const tab = await context.newPage();
    tab.setDefaultTimeout(5000);
    const complaints = [];
    tab.on("pageerror", (e) => complaints.push(String(e)));
    try {
      await story(tab);
      assert.deepEqual(complaints, []);
      done.push(name);
    } catch (e) { failed.push({ name, why: String(e.message).slice(0, 600) }); }
    await context.close();
  }
}
await tell(stories, true);
await tell(plainStories, false);
await browser.close();
process.stdout.write(JSON.stringify({ done, failed }, null, 1) + "\n");
process.exitCode = failed.length > 0 ? 1 : 0;
