"use strict";
// Looks at a page of Cubit in headless Chromium as a reader would, and says in one line of JSON how long the
// page's longest tasks were: NODE_PATH=... node page.js CHROMIUM PAGE. What a reader does is found by what is
// on the page, not by the page's name.
const { chromium } = require("playwright-core");
const [program, file] = process.argv.slice(2);
const LOADS = 3;

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

function watch() {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask", buffered: true });
}

/** The longest task since the last time; 0 where none took 50 ms. */
async function longest(page) {
  await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then, 60)))));
  return Math.round(await page.evaluate(() => Math.max(0, ...window.tasks.splice(0))));
}

async function across(page, box, drag) {
  const y = box.y + Math.min(box.height / 2, 300);
  await page.mouse.move(box.x + box.width * 0.25, y);
  if (drag) await page.mouse.down();
  for (let i = 1; i <= 20; i++) await page.mouse.move(box.x + box.width * (0.25 + 0.025 * i), y);
  if (drag) await page.mouse.up();
}

async function boxOf(page, selector) {
  const element = page.locator(selector).first();
  await element.scrollIntoViewIfNeeded();
  return element.boundingBox();
}

/** What readers do, in turn: name, and how. */
async function steps(page) {
  const has = async (selector) => (await page.locator(selector).count()) > 0;
  const all = [];
  if (await has(".u-over")) {
    all.push(["point at a chart", async () => across(page, await boxOf(page, ".u-over"), false)]);
    all.push(["zoom a chart", async () => across(page, await boxOf(page, ".u-over"), true)]);
    all.push(["zoom out", async () => { const b = await boxOf(page, ".u-over"); await page.mouse.dblclick(b.x + b.width / 2, b.y + b.height / 2); }]);
  }
  if (await has("#flame canvas")) {
    const at = async (part) => { const b = await boxOf(page, "#flame canvas"); await page.mouse.click(b.x + b.width * part, b.y + Math.min(b.height - 5, 19 * 6.5)); };
    all.push(["point at boxes", async () => across(page, await boxOf(page, "#flame canvas"), false)]);
    all.push(["zoom in", () => at(0.3)]);
    all.push(["zoom out", () => page.keyboard.press("Escape")]);
    all.push(["callers below", () => page.getByRole("button", { name: "callers below" }).click()]);
    all.push(["recursion apart", () => page.getByLabel("recursion as one").click()]);
    all.push(["hide the JDK", () => page.getByLabel("JDK", { exact: true }).click()]);
    for (const lens of await page.locator("#flame .bar button:enabled[aria-pressed=false]").allTextContents()) {
      if (lens !== "callers below") all.push(["view " + lens, () => page.getByRole("button", { name: lens, exact: true }).click()]);
    }
    all.push(["next hot method", () => page.keyboard.press("ArrowRight")]);
  }
  if (await has(".bb-node")) {
    all.push(["point at bubbles", async () => { for (const n of (await page.locator(".bb-node").all()).slice(0, 8)) await n.hover({ force: true }); }]);
    // by its key: the middle of a bubble may be below another's name
    const open = (selector) => page.locator(selector).first().press("Enter");
    all.push(["open a bubble", () => open(".bb-node")]);
    if (await has(".bb-node.CODE")) {
      all.push(["back", () => page.keyboard.press("Escape")]);
      all.push(["open code", () => open(".bb-node.CODE")]);
    }
    all.push(["open its stacks", async () => { for (const b of (await page.locator(".bb-ops button").all()).slice(0, 3)) await b.click(); }]);
    all.push(["back", () => page.keyboard.press("Escape")]);
    all.push(["choose a part of time", async () => across(page, await boxOf(page, ".bb-time canvas"), true)]);
    all.push(["take all", () => page.keyboard.press("Escape")]);
    all.push(["small ones", () => page.getByLabel("small ones").click()]);
    if (await has("text=idle threads")) all.push(["idle threads", () => page.getByLabel("idle threads").click()]);
  }
  if (await has(".icicle")) {
    all.push(["point at calls", async () => across(page, await boxOf(page, ".icicle"), false)]);
    all.push(["a call alone", async () => { const b = await boxOf(page, ".icicle"); await page.mouse.click(b.x + b.width * 0.3, b.y + 22 * 3.5); }]);
    all.push(["whole picture", () => page.getByRole("button", { name: "Whole picture" }).click()]);
  }
  if (await has("input[type=search]")) {
    all.push(["search", async () => { await page.locator("input[type=search]").first().click(); await page.keyboard.type("java.util", { delay: 20 }); }]);
    all.push(["end the search", () => page.keyboard.press("Escape")]);
  }
  if (await has("details")) all.push(["unfold all", async () => { await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; })); }]);
  all.push(["scroll to the end", () => page.keyboard.press("End")]);
  all.push(["a narrow window", () => page.setViewportSize({ width: 400, height: 800 })]);
  all.push(["wide again", () => page.setViewportSize({ width: 1280, height: 800 })]);
  return all;
}

(async () => {
  const browser = await chromium.launch({ executablePath: program, headless: true, args: FLAGS });
  const said = { load: [], steps: {}, failed: [] };
  try {
    for (let load = 1; load <= LOADS; load++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      page.setDefaultTimeout(20000);
      page.on("pageerror", (e) => said.failed.push(String(e)));
      await page.addInitScript(watch);
      await page.goto("file://" + file, { waitUntil: "load" });
      said.load.push(await longest(page));
      for (const [name, act] of await steps(page)) {
        await act();
        said.steps[name] = Math.max(said.steps[name] || 0, await longest(page));
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(said));
})().catch((e) => { console.error(String(e)); process.exit(1); });
