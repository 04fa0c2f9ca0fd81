// Kontor's script: keys, marked rows, drafts, small comforts. Every page works without it. It reads data- attributes
// that kernel/ui writes, says no words of its own, and keeps nothing but drafts.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const shown = (el) => el && el.getClientRects().length > 0;
  const press = (el) => {
    if (el.matches("input, select, textarea")) { el.focus(); el.select?.(); return; }
    el.click();
    if (el.matches("summary") && el.parentElement.open) el.parentElement.querySelector(".ask-body :is(input:not([type=hidden]), select, textarea, button)")?.focus();
  };

  // ── Rows: J and K move, Enter opens, X marks ───────────────────────────────────────────────────────────────
  const rows = () => all("[data-rows] [data-row]");
  const currentRow = () => document.querySelector("[data-row].cur");
  function goTo(row, mark) {
    if (!row) return;
    const old = currentRow();
    if (mark && old) setMark(old, true);
    old?.classList.remove("cur");
    row.classList.add("cur");
    if (mark) setMark(row, true);
    row.querySelector("a")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function move(step, mark) {
    const list = rows();
    const at = list.indexOf(currentRow());
    goTo(list[at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step], mark);
  }

  // ── Marked rows ────────────────────────────────────────────────────────────────────────────────────────────
  const boxes = () => all("[data-bulk] tbody .check input");
  const marked = () => boxes().filter((b) => b.checked);
  let lastBox = null;
  function setMark(row, on) {
    const box = row.querySelector(".check input");
    if (box) { box.checked = on; lastBox = box; countMarks(); }
  }
  const kronor = new Intl.NumberFormat("sv-SE", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  function countMarks() {
    const list = marked();
    for (const el of all("[data-count]")) el.textContent = list.length;
    // Öre stay whole numbers up to the last step, where they are only shown.
    const sum = list.reduce((n, b) => n + BigInt(b.closest("[data-row]").dataset.amount ?? 0), 0n);
    for (const el of all(".pick [data-sum]")) el.textContent = sum ? kronor.format(Number(sum) / 100) + "\u00a0kr" : "";
    const every = document.querySelector("[data-all]");
    if (every) {
      every.checked = list.length > 0 && list.length === boxes().length;
      every.indeterminate = list.length > 0 && !every.checked;
    }
    // The bar covers the filters, and what is covered must not take focus (WCAG 2.4.11).
    document.getElementById("filters")?.toggleAttribute("inert", list.length > 0);
  }
  function unmark() {
    for (const b of marked()) b.checked = false;
    countMarks();
  }
  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-all]")) for (const b of boxes()) b.checked = e.target.checked;
    if (e.target.closest(".check")) countMarks();
  });
  document.addEventListener("click", (e) => {
    const box = e.target.closest?.("tbody .check input");
    if (!box) return;
    if (e.shiftKey && lastBox) {
      const list = boxes();
      const [from, to] = [list.indexOf(lastBox), list.indexOf(box)].sort((a, b) => a - b);
      for (const b of list.slice(Math.max(from, 0), to + 1)) b.checked = box.checked;
      countMarks();
    }
    lastBox = box;
  });
  document.addEventListener("reset", () => setTimeout(countMarks));
  document.addEventListener("focusin", (e) => {
    const row = e.target.closest?.("[data-row]");
    if (row && !row.classList.contains("cur")) { currentRow()?.classList.remove("cur"); row.classList.add("cur"); }
  });

  // ── Keys. Never while typing; single characters can be turned off (WCAG 2.1.4) ─────────────────────────────
  const typing = (el) => el?.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=reset], [type=button])");
  const names = { Enter: "↵", ArrowRight: "→", ArrowLeft: "←", Escape: "Esc" };
  function byKey(key) {
    const upper = key.length === 1 ? key.toUpperCase() : key;
    if (marked().length > 0) {
      const bulk = all("[data-bulk-key]").find((el) => el.dataset.bulkKey === upper && shown(el));
      if (bulk) return bulk;
    }
    return all("[data-key]").find((el) => el.dataset.key === upper && shown(el));
  }
  function escape(e) {
    const open = all("details:is(.ask, .menu)[open]").pop();
    if (open) { open.open = false; open.querySelector("summary").focus(); return true; }
    if (typing(e.target)) { e.target.blur(); return true; }
    if (marked().length > 0) { unmark(); return true; }
    return false;
  }
  function rowKey(e) {
    if (rows().length === 0) return false;
    switch (e.key) {
      case "j": case "J": move(1, e.shiftKey); return true;
      case "k": case "K": move(-1, e.shiftKey); return true;
      case "x": case "X": {
        const row = currentRow();
        if (row) setMark(row, !row.querySelector(".check input")?.checked);
        return Boolean(row);
      }
      case "Enter": {
        const link = !e.target.closest("a, button, summary, input") && currentRow()?.querySelector("a");
        if (link) link.click();
        return Boolean(link);
      }
    }
    return false;
  }
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.isComposing || document.querySelector("dialog[open]")) return;
    if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "k") {
      const box = document.querySelector('[data-key="Ctrl K"]');
      if (box) { e.preventDefault(); shown(box) ? press(box) : document.querySelector(".seek-link")?.click(); }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") { if (escape(e)) e.preventDefault(); return; }
    if (typing(e.target)) return;
    if (e.key.length === 1 && root.dataset.keys === "off") return;
    if (e.key.startsWith("Arrow") && e.target.closest?.(".scroll, [role=region], input")) return;
    if (e.key === "?") { e.preventDefault(); document.getElementById("keys")?.showModal(); return; }
    if (rowKey(e)) { e.preventDefault(); return; }
    if (e.key === "Enter" || e.key === " ") return;
    const el = byKey(names[e.key] ?? e.key);
    if (el) { e.preventDefault(); press(el); }
  });

  // ── Boxes that open: one at a time, closed from outside ────────────────────────────────────────────────────
  document.addEventListener("click", (e) => {
    for (const d of all("details:is(.ask, .menu)[open]")) if (!d.contains(e.target)) d.open = false;
    const opens = e.target.closest?.("[data-open]");
    if (opens) document.getElementById(opens.dataset.open)?.showModal();
    if (e.target.closest?.("[data-print]")) window.print();
    if (e.target.closest?.("[data-copy]")) copyLink(e.target.closest("[data-copy]"));
    if (e.target.closest?.("[data-unmark]")) setTimeout(countMarks);
    if (e.target.matches?.("dialog")) e.target.close();
    const calendar = e.target.closest?.("[data-calendar]");
    if (calendar) openCalendar(calendar);
  });
  async function copyLink(button) {
    try { await navigator.clipboard.writeText(location.href); } catch { return; }
    toast(button.dataset.copied);
  }
  function toast(words) {
    const box = document.createElement("div");
    box.className = "toast ok";
    box.dataset.toast = "";
    box.append(Object.assign(document.createElement("p"), { textContent: words }));
    document.getElementById("toasts")?.append(box);
    fade(box);
  }
  // A date is written as 2026-12-01 whatever the language of the browser; its calendar only fills the field in.
  function openCalendar(button) {
    const field = document.getElementById(button.dataset.calendar);
    const calendar = button.nextElementSibling;
    calendar.value = /^\d{4}-\d\d-\d\d$/.test(field.value) ? field.value : "";
    calendar.onchange = () => {
      field.value = calendar.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    };
    calendar.showPicker();
  }
  const fade = (box) => setTimeout(() => (box.matches(":hover, :focus-within") ? fade(box) : box.remove()), 10000);

  // ── A way back that stands open for some seconds ───────────────────────────────────────────────────────────
  function countDown(form) {
    if (form.dataset.running) return;
    form.dataset.running = "yes";
    const until = Date.now() + Number(form.dataset.seconds) * 1000;
    const left = form.querySelector("[data-left]");
    const tick = setInterval(() => {
      const n = Math.ceil((until - Date.now()) / 1000);
      if (left) left.textContent = Math.max(n, 0);
      if (n <= 0) { clearInterval(tick); form.remove(); }
    }, 250);
  }

  // ── Drafts: what is written survives a closed tab, until it has been saved ─────────────────────────────────
  const prefix = "kontor.draft." + (root.dataset.person ?? "") + ".";
  const keep = 14 * 24 * 3600 * 1000; // milliseconds
  const draftKey = (form) => prefix + form.dataset.draft;
  const kept = (form) => all("input, select, textarea", form).filter((f) => f.name && !["hidden", "password", "file", "submit"].includes(f.type));
  const valueOf = (f) => (f.type === "checkbox" || f.type === "radio" ? f.checked : f.value);
  const setValue = (f, v) => { if (f.type === "checkbox" || f.type === "radio") f.checked = v; else f.value = v; };
  const stored = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* storage is turned off: there is nothing to drop */ } };
  function saveDraft(form) {
    const values = kept(form).map((f) => [f.name, valueOf(f)]);
    try { localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), values })); } catch { /* full or turned off */ }
  }
  function restoreDraft(form) {
    const draft = stored(draftKey(form));
    if (!draft || Date.now() - draft.at > keep) return;
    const fields = kept(form);
    // What the server sent back with its errors is newer than any draft.
    if (form.querySelector("[aria-invalid]") || fields.length !== draft.values.length) return;
    const before = fields.map(valueOf);
    let changed = false;
    fields.forEach((f, i) => {
      const [name, value] = draft.values[i];
      if (f.name === name && value !== before[i]) { setValue(f, value); changed = true; }
    });
    const note = form.querySelector("[data-draft-note]");
    if (!changed || !note) return;
    note.hidden = false;
    note.querySelector("[data-draft-drop]").addEventListener("click", () => {
      fields.forEach((f, i) => setValue(f, before[i]));
      drop(draftKey(form));
      note.hidden = true;
    }, { once: true });
  }
  document.addEventListener("input", (e) => { const form = e.target.closest?.("form[data-draft]"); if (form) saveDraft(form); });
  document.addEventListener("submit", (e) => {
    // The list may have been filtered since the page was made; its address knows.
    const query = e.target.querySelector("[data-query]");
    if (query) query.value = location.search.slice(1);
    if (e.target.dataset.draft) sessionStorage.setItem("kontor.sent", draftKey(e.target));
    if (e.target.hasAttribute("data-logout")) for (const key of Object.keys(localStorage)) if (key.startsWith("kontor.draft.")) drop(key);
  });
  function forgetSent() {
    const key = sessionStorage.getItem("kontor.sent");
    sessionStorage.removeItem("kontor.sent");
    if (key && !document.querySelector(".problems, .conflict, .fault, .login")) drop(key);
  }

  // ── The contents of a report follow the reading ────────────────────────────────────────────────────────────
  function followParts() {
    const links = new Map(all(".toc a[href^='#']").map((a) => [a.hash.slice(1), a]));
    if (links.size === 0) return;
    const inView = new Set();
    const watch = new IntersectionObserver((seen) => {
      for (const s of seen) s.isIntersecting ? inView.add(s.target.id) : inView.delete(s.target.id);
      const reading = [...links.keys()].find((id) => inView.has(id));
      if (!reading) return;
      for (const [id, a] of links) id === reading ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
    }, { rootMargin: "-10% 0px -75% 0px" });
    for (const part of all(".part[id]")) watch.observe(part);
  }

  // ── A swapped list says its new extent to the one who cannot see it ────────────────────────────────────────
  const said = Object.assign(document.createElement("div"), { className: "vh" });
  said.setAttribute("role", "status");
  document.body.append(said);
  document.addEventListener("htmx:after:swap", () => {
    countMarks();
    const words = document.querySelector("#list-body .pager > span")?.textContent ?? "";
    if (words && words !== said.textContent) said.textContent = words;
    start();
  });

  // ── Coding rows are summed as they are written ─────────────────────────────────────────────────────────────
  const ore = (s) => {
    const plain = s.replace(/\s/g, "").replace("\u2212", "-").replace(",", ".");
    return /^[-+]?\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : 0;
  };
  document.addEventListener("input", (e) => {
    const sheet = e.target.closest?.(".coder");
    for (const cell of sheet?.querySelectorAll("[data-sum]") ?? []) {
      const fields = [...sheet.querySelectorAll(`input[name^="${cell.dataset.sum}"]`)];
      cell.textContent = kronor.format(fields.reduce((sum, f) => sum + ore(f.value), 0) / 100);
    }
  });

  // ── A file is chosen with our own words: the browser's button speaks the language of the browser ───────────
  function chooseFiles(input) {
    input.dataset.ours = "";
    const button = Object.assign(document.createElement("label"), { className: "ds-button", htmlFor: input.id, textContent: document.body.dataset.choose });
    button.dataset.variant = "secondary";
    const names = Object.assign(document.createElement("span"), { className: "quiet" });
    const tell = () => { names.textContent = [...input.files].map((f) => f.name).join(", ") || document.body.dataset.none; };
    input.addEventListener("change", tell);
    input.form?.addEventListener("reset", () => setTimeout(tell));
    const pick = Object.assign(document.createElement("div"), { className: "file-pick" });
    input.before(pick);
    pick.append(input, button, names);
    tell();
  }

  function start() {
    for (const input of all("input[type=file][id]:not([data-ours])")) chooseFiles(input);
    for (const form of all("form[data-seconds]")) countDown(form);
    for (const box of all("[data-toast]:not([data-seen])")) { box.dataset.seen = ""; fade(box); }
  }
  forgetSent();
  for (const form of all("form[data-draft]")) restoreDraft(form);
  document.querySelector("[data-focus]")?.focus();
  countMarks();
  followParts();
  start();
})();
