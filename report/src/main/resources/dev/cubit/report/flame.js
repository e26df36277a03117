"use strict";
// Draws a flame graph on a canvas: callers and callees as wide as their weight. Whatever comes from the
// recording is put in as text only.
(function () {
  const box = document.getElementById("flame");
  const graphs = JSON.parse(document.getElementById("flame-data").textContent);
  const PARTIES = ["application", "dependency", "jdk", "jvm", "kernel"];
  const NAMES = { application: "your code", dependency: "dependencies", jdk: "JDK", jvm: "JVM", kernel: "kernel" };
  const ROW = 19, NARROW = 0.6, TEXT = 28;
  const state = { lens: 0, zoom: 0, flame: false, merge: true, hidden: new Set(), query: "", hover: -1, hot: -1 };
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const percent = (x) => (x > 0 && x < 0.0005 ? "< 0.1" : String(+(x * 100).toPrecision(3))) + " %";
  const three = (v) => (v >= 999.5 ? String(Math.round(v)) : String(+v.toPrecision(3)));

  function amount(weight, unit) {
    if (unit === "bytes") {
      let v = weight, u = 0;
      while (v >= 999.5 && u < 4) { v /= 1000; u++; }
      return three(v) + " " + ["B", "kB", "MB", "GB", "TB"][u];
    }
    if (weight >= 1e9) return three(weight / 1e9) + " s";
    return weight >= 1e6 ? three(weight / 1e6) + " ms" : three(weight / 1e3) + " µs";
  }

  function make(tag, attributes, ...children) {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes || {})) {
      if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else if (v !== false && v != null) e.setAttribute(k, v === true ? "" : v);
    }
    e.append(...children.filter((c) => c != null));
    return e;
  }

  // --- the tree that is seen --------------------------------------------------------------------
  let tree; // parent, method, self, before, total, totalBefore, children
  function build() {
    const g = graphs[state.lens], n = g.parent.length, methods = g.methods.length + 1;
    const seen = new Int32Array(n);
    const t = { parent: [-1], method: [-1], self: [0], before: [0], children: [[]] };
    const known = new Map();
    for (let i = 1; i < n; i++) {
      const m = g.method[i];
      let at = seen[g.parent[i]];
      if (!state.hidden.has(PARTIES[g.party[m]])) {
        let same = -1;
        if (state.merge) for (let a = at; a > 0; a = t.parent[a]) if (t.method[a] === m) { same = a; break; }
        if (same >= 0) at = same;
        else {
          const key = at * methods + m;
          let child = known.get(key);
          if (child === undefined) {
            child = t.parent.length;
            known.set(key, child);
            t.parent.push(at); t.method.push(m); t.self.push(0); t.before.push(0); t.children.push([]);
            t.children[at].push(child);
          }
          at = child;
        }
      }
      seen[i] = at;
      t.self[at] += g.self[i];
      if (g.before) t.before[at] += g.before[i];
    }
    t.total = Float64Array.from(t.self);
    t.totalBefore = Float64Array.from(t.before);
    for (let i = t.parent.length - 1; i > 0; i--) {
      t.total[t.parent[i]] += t.total[i];
      t.totalBefore[t.parent[i]] += t.totalBefore[i];
    }
    const size = (i) => t.total[i] + (g.before ? t.totalBefore[i] * 1e-9 : 0);
    for (const c of t.children) c.sort((a, b) => size(b) - size(a));
    tree = t;
    state.zoom = 0;
    state.hover = -1;
  }
  const graph = () => graphs[state.lens];
  const name = (i) => (i <= 0 ? "all" : graph().methods[tree.method[i]]);
  const party = (i) => PARTIES[graph().party[tree.method[i]]];
  const brief = (full) => full.split(".").slice(-2).join(".");

  // --- drawing ----------------------------------------------------------------------------------
  const canvas = make("canvas", { tabindex: "0", role: "img", "aria-label": "Flame graph; the table below has the same methods" });
  const stage = make("div", { class: "stage" }, canvas);
  const hint = make("p", { class: "hint", "aria-live": "polite" });
  let cells = []; // x, y, w, node
  function matches(i) {
    return state.query !== "" && i > 0 && name(i).toLowerCase().includes(state.query);
  }
  function colour(i, shades) {
    if (i <= 0) return shades.jvm;
    const g = graph();
    if (g.before) {
      const d = tree.total[i] / Math.max(1, g.total) - tree.totalBefore[i] / Math.max(1, g.against);
      if (Math.abs(d) < 0.002) return shades.jvm;
      return d > 0 ? shades.more : shades.less;
    }
    return shades[party(i)];
  }
  function layout(width) {
    cells = [];
    const rows = [];
    const ancestors = [];
    for (let a = state.zoom; a > 0; a = tree.parent[a]) ancestors.unshift(tree.parent[a]);
    ancestors.forEach((a, depth) => cells.push([0, depth, width, a]));
    const whole = Math.max(1e-9, tree.total[state.zoom]);
    let level = [[state.zoom, 0, width]], depth = ancestors.length;
    while (level.length > 0) {
      const next = [];
      for (const [i, x, w] of level) {
        cells.push([x, depth, w, i]);
        let at = x;
        for (const c of tree.children[i]) {
          const cw = (tree.total[c] / whole) * width;
          if (cw < NARROW) break; // the others are narrower still
          next.push([c, at, cw]);
          at += cw;
        }
      }
      rows.push(level.length);
      level = next;
      depth++;
    }
    return depth;
  }
  function draw() {
    const width = stage.clientWidth, ratio = window.devicePixelRatio || 1;
    const depth = layout(width), height = depth * ROW;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.height = height + "px";
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.font = "12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
    pen.textBaseline = "middle";
    const shades = { more: css("--f-more"), less: css("--f-less") };
    for (const p of PARTIES) shades[p] = css("--f-" + p);
    const line = css("--f-line"), ink = css("--f-ink"), match = css("--f-match");
    const letter = pen.measureText("m").width;
    for (const cell of cells) {
      const [x, d, w, i] = cell;
      const y = state.flame ? height - (d + 1) * ROW : d * ROW;
      pen.globalAlpha = state.query !== "" && !matches(i) ? 0.45 : d < zoomDepth() ? 0.6 : 1;
      pen.fillStyle = matches(i) ? match : colour(i, shades);
      pen.fillRect(x, y, Math.max(w - 1, 0.5), ROW - 1);
      if (i === state.hover) {
        pen.globalAlpha = 1;
        pen.strokeStyle = css("--ink");
        pen.lineWidth = 2;
        pen.strokeRect(x + 1, y + 1, Math.max(w - 3, 1), ROW - 3);
      }
      if (w > TEXT) {
        pen.globalAlpha = 1;
        pen.fillStyle = ink;
        const fits = Math.floor((w - 8) / letter);
        let text = name(i).length <= fits ? name(i) : brief(name(i));
        if (text.length > fits) text = text.slice(0, Math.max(0, fits - 1)) + "…";
        pen.fillText(text, x + 4, y + ROW / 2);
      }
    }
    pen.globalAlpha = 1;
    pen.fillStyle = line;
  }
  function zoomDepth() {
    let depth = 0;
    for (let a = state.zoom; a > 0; a = tree.parent[a]) depth++;
    return depth;
  }
  function tell(i) {
    hint.replaceChildren();
    const g = graph();
    if (state.query !== "" && i < 0) {
      let sum = 0;
      (function walk(node) {
        if (matches(node)) sum += tree.total[node];
        else tree.children[node].forEach(walk);
      })(0);
      hint.append("What matches “" + state.query + "” is " + percent(sum / Math.max(1e-9, g.total)) + " of all (" + amount(sum, g.unit) + ").");
      return;
    }
    if (i < 0) {
      hint.append(amount(g.total, g.unit) + " of " + g.title + " in " + g.samples.toLocaleString("en") + " stacks. Click zooms in, Esc out; / searches, ← and → go from one hot method to the next.");
      return;
    }
    hint.append(make("b", {}, name(i)));
    if (i > 0) hint.append(" (" + NAMES[party(i)] + ")");
    hint.append(": with what it calls " + percent(tree.total[i] / Math.max(1e-9, g.total)) + " (" + amount(tree.total[i], g.unit) + "), itself " + percent(tree.self[i] / Math.max(1e-9, g.total)));
    if (g.before) hint.append("; before " + percent(tree.totalBefore[i] / Math.max(1e-9, g.against)));
  }

  function at(event) {
    const r = canvas.getBoundingClientRect(), x = event.clientX - r.left, y = event.clientY - r.top;
    const row = Math.floor((state.flame ? r.height - y : y) / ROW);
    const cell = cells.find(([cx, d, w]) => d === row && x >= cx && x < cx + w);
    return cell ? cell[3] : -1;
  }
  canvas.addEventListener("mousemove", (e) => {
    const i = at(e);
    if (i !== state.hover) { state.hover = i; draw(); tell(i); }
  });
  canvas.addEventListener("mouseleave", () => { state.hover = -1; draw(); tell(-1); });
  canvas.addEventListener("click", (e) => { const i = at(e); if (i >= 0) zoom(i); });
  function zoom(i) {
    state.zoom = i;
    draw();
    tell(i === 0 ? -1 : i);
    stage.scrollTop = state.flame ? stage.scrollHeight : 0;
  }

  // --- hottest methods --------------------------------------------------------------------------
  const rows = make("tbody");
  const heads = make("tr");
  const table = make("table", { class: "hot" }, make("thead", {}, heads), rows);
  function hottest() {
    const g = graph(), self = new Float64Array(g.methods.length), before = new Float64Array(g.methods.length), total = new Float64Array(g.methods.length);
    for (let i = 1; i < tree.parent.length; i++) {
      const m = tree.method[i];
      self[m] += tree.self[i];
      before[m] += tree.before[i];
      let recursion = false;
      for (let a = tree.parent[i]; a > 0 && !recursion; a = tree.parent[a]) recursion = tree.method[a] === m;
      if (!recursion) total[m] += tree.total[i];
    }
    return Array.from(self.keys()).filter((m) => self[m] > 0 || before[m] > 0).sort((a, b) => self[b] - self[a]).slice(0, 30)
      .map((m) => ({ m, self: self[m] / Math.max(1e-9, g.total), total: total[m] / Math.max(1e-9, g.total), before: g.before ? before[m] / Math.max(1e-9, g.against) : 0 }));
  }
  let hot = [];
  function list() {
    hot = hottest();
    const g = graph(), cells = ["Method", "Whose", "Itself", "With callees"];
    if (g.before) cells.push("Itself, before");
    heads.replaceChildren(...cells.map((text, i) => make("th", { class: i > 1 ? "n" : false }, text)));
    rows.replaceChildren(...hot.map((h, index) => make("tr", { onclick: () => pick(index) },
      make("td", {}, g.methods[h.m]), make("td", {}, swatch(PARTIES[g.party[h.m]]), " " + NAMES[PARTIES[g.party[h.m]]]),
      make("td", { class: "n" }, percent(h.self)), make("td", { class: "n" }, percent(h.total)),
      g.before ? make("td", { class: "n" }, percent(h.before)) : null)));
  }
  function pick(index) {
    if (hot.length === 0) return;
    state.hot = (index + hot.length) % hot.length;
    search.value = graph().methods[hot[state.hot].m];
    state.query = search.value.toLowerCase();
    Array.from(rows.children).forEach((row, i) => row.classList.toggle("on", i === state.hot));
    let widest = 0;
    for (let i = 1; i < tree.parent.length; i++)
      if (tree.method[i] === hot[state.hot].m && (widest === 0 || tree.self[i] > tree.self[widest])) widest = i;
    draw();
    tell(widest > 0 ? widest : -1);
  }

  // --- controls ---------------------------------------------------------------------------------
  function swatch(p) {
    const i = make("i", { class: "sw" });
    i.style.background = "var(--f-" + p + ")";
    return i;
  }
  function renew() { build(); list(); draw(); tell(-1); }
  const lenses = make("span", { role: "group", "aria-label": "What is weighed" });
  function lensButtons() {
    lenses.replaceChildren(...graphs.map((g, i) => make("button", {
      type: "button", "aria-pressed": String(i === state.lens), disabled: g.total === 0,
      onclick: () => { state.lens = i; state.hot = -1; lensButtons(); renew(); },
    }, g.title)));
  }
  const search = make("input", { type: "search", placeholder: "search a method, class or package", "aria-label": "Search" });
  search.addEventListener("input", () => { state.query = search.value.trim().toLowerCase(); draw(); tell(-1); });
  const direction = make("button", { type: "button", "aria-pressed": "false", onclick: () => {
    state.flame = !state.flame;
    direction.setAttribute("aria-pressed", String(state.flame));
    draw();
    stage.scrollTop = state.flame ? stage.scrollHeight : 0;
  } }, "callers below");
  const merge = make("input", { type: "checkbox", checked: true });
  merge.addEventListener("change", () => { state.merge = merge.checked; renew(); });
  const parties = make("span", { role: "group", "aria-label": "Whose code is shown" }, ...PARTIES.map((p) => {
    const tick = make("input", { type: "checkbox", checked: true });
    tick.addEventListener("change", () => { if (tick.checked) state.hidden.delete(p); else state.hidden.add(p); renew(); });
    return make("label", { title: "Where it is hidden, its time goes to who has called it" }, tick, swatch(p), NAMES[p]);
  }));
  box.append(
    make("div", { class: "bar" }, lenses, search, direction, make("label", {}, merge, "recursion as one")),
    make("div", { class: "bar" }, parties), stage, hint, make("h2", {}, "Hottest methods"), make("div", { class: "scroll" }, table));
  document.addEventListener("keydown", (e) => {
    if (e.key === "/" && document.activeElement !== search) { e.preventDefault(); search.focus(); }
    else if (e.key === "Escape") {
      if (state.query !== "") { search.value = ""; state.query = ""; state.hot = -1; list(); draw(); tell(-1); }
      else zoom(0);
    } else if (document.activeElement !== search && (e.key === "ArrowRight" || e.key === "ArrowLeft")) {
      e.preventDefault();
      pick(state.hot + (e.key === "ArrowRight" ? 1 : -1));
    }
  });
  let waiting = 0;
  window.addEventListener("resize", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(draw); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  state.lens = Math.max(0, graphs.findIndex((g) => g.total > 0));
  lensButtons();
  build();
  list();
  tell(-1);
  // with the frame that the page is laid out for anyway: both in one task would make the reader wait
  waiting = requestAnimationFrame(draw);
})();
