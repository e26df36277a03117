"use strict";
// Draws bubbles, the lines between them, and the time below, and weighs all of it anew for the part
// of the run that is chosen. Whatever comes from the recording is put in as text only.
(function () {
  const root = document.documentElement;
  const box = document.getElementById("bubbles");
  const data = JSON.parse(document.getElementById("bubbles-data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const SLICES = 100, UNIT = 1e4, SMALL = 0.005;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const state = { range: null, open: -1, op: -1, query: "", idle: false, small: false };

  const three = (v) => (Math.abs(v) >= 999.5 ? Math.round(v).toLocaleString("en") : String(+v.toPrecision(3)));
  function duration(s) {
    if (!(s > 0)) return "0";
    if (s < 0.9995e-3) return three(s * 1e6) + " µs";
    return s < 0.9995 ? three(s * 1e3) + " ms" : three(s) + " s";
  }
  const percent = (share) => (share > 0 && share < 0.0005 ? "< 0.1" : three(share * 100)) + " %";
  const plural = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many);

  function make(tag, attributes, ...children) {
    const svg = tag.startsWith("svg:");
    const e = svg ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
    for (const [k, v] of Object.entries(attributes || {})) {
      if (k === "on") for (const [event, f] of Object.entries(v)) e.addEventListener(event, f);
      else if (k === "c") e.style.setProperty("--c", "var(--bb-" + v + ")");
      else if (v !== false) e.setAttribute(k, v === true ? "" : v);
    }
    e.append(...children.filter((c) => c != null));
    return e;
  }

  // --- weights ---------------------------------------------------------------------------------
  const from = () => (state.range ? state.range[0] : 0);
  const to = () => (state.range ? state.range[1] : SLICES);
  function sum(series) {
    let n = 0;
    for (let i = from(), end = Math.min(to(), series.length); i < end; i++) n += series[i];
    return n;
  }
  const seconds = (thing) => sum(thing.s) / UNIT;
  const span = () => (to() - from()) * data.slice;
  const isWait = (b) => data.areas[b.area].wait;
  let all = 0; // of all that is in a sum, in the chosen part
  function weigh() {
    all = 0;
    for (const b of data.bubbles) {
      b.now = seconds(b);
      if (b.area !== "IDLE") all += b.now;
    }
    for (const e of data.edges) e.now = seconds(e);
  }
  const share = (s) => (all > 0 ? s / all : 0);

  data.bubbles.forEach((b, i) => {
    b.i = i;
    b.words = [b.name, data.areas[b.area].text, ...b.addresses].join(" ").toLowerCase();
    for (const o of b.ops) o.words = [o.site, o.how, ...o.details.map((d) => d[0])].join(" ").toLowerCase();
  });
  const outOf = (b) => data.edges.filter((e) => e.from === b.i);
  const into = (b) => data.edges.filter((e) => e.to === b.i);

  // Who asks stands before what is asked, and that before what its holder does.
  (function rank() {
    for (const b of data.bubbles) b.rank = b.area === "UNEXPLAINED" ? 0 : isWait(b) || b.area === "IDLE" ? 2 : 1;
    const totals = new Map();
    for (const x of [...data.bubbles, ...data.edges]) totals.set(x, x.s.reduce((a, v) => a + v, 0));
    const total = (x) => totals.get(x);
    for (const e of data.edges) {
      const a = data.bubbles[e.from], b = data.bubbles[e.to];
      if (e.kind !== "CALLS" && isWait(a) && isWait(b) && a.i !== b.i && total(e) > 0.25 * total(a)) {
        const back = data.edges.some((x) => x.from === b.i && x.to === a.i && x.kind !== "CALLS" && total(x) >= total(e));
        if (!back) b.rank = 3;
      }
    }
  })();

  // --- the frame of the part ---------------------------------------------------------------------
  const crumbs = make("nav", { class: "bb-crumbs", "aria-label": "Where you are" });
  const search = make("input", { type: "search", placeholder: "Search  /", "aria-label": "Search bubbles, methods, addresses", on: { input: () => { state.query = search.value.trim().toLowerCase(); draw(); } } });
  const check = (key, text) => make("label", {}, make("input", { type: "checkbox", on: { change: (e) => { state[key] = e.target.checked; place(true); draw(); } } }), text);
  const found = make("div", { class: "bb-found", hidden: true, "aria-live": "polite" });
  const svg = make("svg:svg", { role: "group", "aria-label": "Bubbles of thread time" });
  const tip = make("div", { class: "bb-tip", role: "status" });
  const hint = make("p", { class: "bb-hint" });
  const stage = make("div", { class: "bb-stage" }, svg, hint, tip);
  const legend = make("div", { class: "bb-legend" });
  const detail = make("div", { class: "bb-detail", hidden: true, tabindex: "-1" });
  const canvas = make("canvas", { tabindex: "0", role: "slider", "aria-label": "Part of the run: arrows move it, Shift and arrows change its length, Escape takes all" });
  const range = make("span", { class: "bb-range", "aria-live": "polite" });
  const timeTip = make("div", { class: "bb-tip" });
  const time = make("figure", { class: "bb-time" }, make("figcaption", {}, "Threads and requests over time", range), canvas, timeTip);
  box.append(
    make("div", { class: "bb-bar" }, crumbs, search, check("small", "small ones"),
      data.bubbles.some((b) => b.area === "IDLE") ? check("idle", "idle threads") : null),
    found, stage, legend, detail, time);

  // --- bubbles -----------------------------------------------------------------------------------
  let width = 0, height = 0, nodes = [];
  function visible(b) {
    if (b.area === "IDLE") return state.idle;
    if (state.small) return b.whole > 0 || data.edges.some((e) => e.from === b.i || e.to === b.i);
    if (b.whole >= SMALL * data.whole) return true;
    return data.edges.some((e) => (e.from === b.i || e.to === b.i) && e.whole >= SMALL * 2 * data.whole);
  }
  (function whole() {
    weigh();
    for (const x of [...data.bubbles, ...data.edges]) x.whole = x.now;
    data.whole = all;
  })();

  const ranksOf = () => [...new Set(nodes.map((b) => b.rank))].sort();
  const GAP = 84; // between columns, where lines and their heads are seen

  // one scale for all, or areas would lie
  function radii(upright) {
    const shown = nodes.reduce((a, b) => a + b.now, 0);
    const area = upright ? width * 520 : width * Math.min(560, width * 0.44);
    let fit = Math.sqrt((0.34 * area) / Math.PI / Math.max(shown, 1e-9));
    const largest = Math.max(...nodes.map((b) => b.now), 1e-9);
    fit = Math.min(fit, (upright ? width * 0.3 : Math.min(190, width * 0.16)) / Math.sqrt(largest));
    if (!upright) {
      const widest = ranksOf().reduce((a, r) => a + 2 * Math.sqrt(Math.max(...nodes.filter((b) => b.rank === r).map((b) => b.now))), 0);
      fit = Math.min(fit, Math.max(60, width - 40 - GAP * ranksOf().length) / Math.max(widest, 1e-9));
    }
    for (const b of nodes) {
      b.r = Math.max(5, fit * Math.sqrt(b.now));
      b.inside = nameFits(b); // once: the layout asks for it at every step
    }
  }

  // afresh: from the places that ranks give; else from where they are
  function place(afresh) {
    width = Math.max(280, stage.clientWidth || box.clientWidth);
    const upright = width < 640;
    nodes = data.bubbles.filter(visible);
    radii(upright);
    // columns, as wide as what is in them; rows where it is narrow
    const ranks = ranksOf();
    const wide = ranks.map((r) => 2 * Math.max(...nodes.filter((b) => b.rank === r).map((b) => (b.inside || upright ? b.r : Math.max(b.r, 52)))) + (upright ? 96 : 24));
    const need = wide.reduce((a, b) => a + b, 0);
    const spare = upright ? 0 : Math.max(0, width - need) / Math.max(1, ranks.length);
    const middle = new Map();
    let at = upright ? 10 : spare / 2;
    ranks.forEach((r, i) => { middle.set(r, at + wide[i] / 2); at += wide[i] + spare; });
    const along = (b) => middle.get(b.rank);
    const most = Math.max(0, ...ranks.map((r) => nodes.filter((b) => b.rank === r).reduce((a, b) => a + 2 * b.r + (b.inside ? 20 : 46), 0)));
    const room = upright ? need + 40 + 26 * nodes.length : Math.max(300, Math.min(640, most + 30));
    const count = {};
    for (const b of nodes) {
      const n = (count[b.rank] = (count[b.rank] || 0) + 1);
      const across = (upright ? width : room) * (0.5 + (n % 2 ? 1 : -1) * Math.min(0.4, 0.1 * Math.floor(n / 2)));
      if (afresh || b.x == null) { b.x = upright ? across : along(b); b.y = upright ? along(b) : across; b.vx = b.vy = 0; }
    }
    const links = data.edges.filter((e) => nodes.includes(data.bubbles[e.from]) && nodes.includes(data.bubbles[e.to]) && e.from !== e.to)
      .map((e) => ({ source: data.bubbles[e.from], target: data.bubbles[e.to] }));
    const simulation = d3.forceSimulation(nodes).stop()
      .force("x", upright ? d3.forceX(width / 2).strength(0.05) : d3.forceX(along).strength(0.6))
      .force("y", upright ? d3.forceY(along).strength(0.5) : d3.forceY(room / 2).strength(0.05))
      .force("links", d3.forceLink(links).distance((l) => l.source.r + l.target.r + GAP).strength(0.02))
      .force("charge", d3.forceManyBody().strength(-40))
      .force("apart", d3.forceCollide((b) => (b.inside ? b.r + 8 : Math.max(b.r + 24, upright ? 44 : 40))).strength(1).iterations(4))
      .alpha(afresh ? 1 : 0.3).alphaDecay(0.055);
    for (let i = 0; i < (afresh ? 110 : 40); i++) {
      simulation.tick();
      for (const b of nodes) {
        const side = b.inside ? b.r + 6 : Math.max(b.r + 6, 54);
        b.x = Math.max(side, Math.min(width - side, b.x));
      }
    }
    // as high as what is there
    const top = Math.min(...nodes.map((b) => b.y - b.r)) - 18;
    if (nodes.length) for (const b of nodes) b.y -= top;
    const low = Math.max(200, ...nodes.map((b) => b.y + b.r + (b.inside ? 30 : 52)));
    height = afresh ? low : Math.max(height, low);
  }
  // a name that does not fit into its bubble stands below
  const characters = (b) => Math.max(8, Math.floor(b.r / 3.7));
  const nameFits = (b) => b.r >= 32 && Math.max(...lines(shortName(b), characters(b)).map((l) => l.length)) * 6.8 < 2 * b.r - 10;

  function lines(text, characters) {
    const words = text.split(/(?<=[\s.:_/-])|(?<=[a-z0-9])(?=[A-Z])/), result = [""];
    for (const word of words) {
      if ((result[result.length - 1] + word).trim().length <= characters || !result[result.length - 1]) result[result.length - 1] += word;
      else result.push(word);
    }
    const cut = result.slice(0, 3).map((l) => (l.trim().length > characters + 2 ? l.trim().slice(0, characters + 1) + "…" : l.trim()));
    if (result.length > 3) cut[2] = cut[2].replace(/…?$/, "…");
    return cut;
  }
  // of a package, its end tells most
  function shortName(b) {
    if (b.area !== "CODE") return b.name;
    const parts = b.name.split(".");
    return parts.length > 2 ? "…" + parts.slice(-2).join(".") : b.name;
  }

  function label(b) {
    const text = make("svg:text", {});
    const line = (t, style, dy) => text.append(make("svg:tspan", { x: 0, dy, class: style }, t));
    if (b.inside) {
      const name = lines(shortName(b), characters(b));
      const roomy = b.r > 58;
      const count = name.length + 1 + (roomy ? 1 : 0);
      let dy = -((count - 1) * 14) / 2 + 4;
      if (roomy) { line(data.areas[b.area].text, "kind", dy); dy = 15; }
      name.forEach((l) => { line(l, "", dy); dy = 14; });
      line(percent(share(b.now)), "share", 17);
    } else {
      const name = lines(shortName(b), 18);
      name.slice(0, 2).forEach((l, i) => line(l, "", i === 0 ? b.r + 13 : 12));
      if (share(b.now) >= SMALL) text.append(make("svg:tspan", { class: "share" }, " " + percent(share(b.now))));
    }
    return text;
  }

  function edgeShape(e) {
    const a = data.bubbles[e.from], b = data.bubbles[e.to];
    const w = Math.max(1.2, Math.min(26, share(e.now) * 42));
    const dx = b.x - a.x, dy = b.y - a.y, d = Math.hypot(dx, dy) || 1;
    const bend = Math.min(40, d * 0.14);
    const mx = (a.x + b.x) / 2 - (dy / d) * bend, my = (a.y + b.y) / 2 + (dx / d) * bend;
    const toward = (p, q, r) => { const l = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1; return [p[0] + ((q[0] - p[0]) / l) * r, p[1] + ((q[1] - p[1]) / l) * r]; };
    const head = Math.max(7, w * 0.9 + 4);
    const start = toward([a.x, a.y], [mx, my], a.r + 1), tipAt = toward([b.x, b.y], [mx, my], b.r + 2), end = toward([b.x, b.y], [mx, my], b.r + 2 + head);
    const ux = (tipAt[0] - end[0]) / head, uy = (tipAt[1] - end[1]) / head, half = head * 0.55 + w * 0.15;
    const colour = e.kind === "CALLS" ? b.area : a.area;
    const g = make("svg:g", { class: "bb-edge" + (e.kind === "LIKELY_HELD_BY" ? " likely" : ""), c: colour });
    g.append(
      make("svg:path", { d: `M${start}Q${mx},${my} ${end}`, "stroke-width": w.toFixed(1) }),
      make("svg:polygon", { points: `${tipAt} ${[end[0] - uy * half, end[1] + ux * half]} ${[end[0] + uy * half, end[1] - ux * half]}` }));
    g.edge = e;
    return g;
  }

  function matches(b) {
    return !state.query || b.words.includes(state.query) || b.ops.some((o) => o.words.includes(state.query));
  }

  function drawBubbles() {
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.style.height = height + "px";
    const edges = data.edges.filter((e) => nodes.includes(data.bubbles[e.from]) && nodes.includes(data.bubbles[e.to]) && e.from !== e.to && share(e.now) >= (state.small ? 0.0005 : SMALL));
    const lineGroup = make("svg:g", {}, ...edges.map(edgeShape));
    const nodeGroup = make("svg:g", {});
    for (const b of nodes) {
      const g = make("svg:g", {
        class: "bb-node " + b.area + (b.inside ? " in" : "") + (matches(b) ? "" : " bb-dim"), c: b.area, transform: `translate(${b.x.toFixed(1)},${b.y.toFixed(1)})`,
        tabindex: "0", role: "button", "aria-label": `${b.name}, ${data.areas[b.area].text}, ${b.area === "IDLE" ? duration(b.now) : percent(share(b.now))}`,
        on: {
          click: () => open(b.i), keydown: (e) => nodeKey(e, b), mouseenter: (e) => { highlight(b); showTip(b); }, mouseleave: unhighlight, focus: () => { if (g.matches(":focus-visible")) { highlight(b); showTip(b); } }, blur: unhighlight,
        },
      }, make("svg:circle", { r: b.r.toFixed(1) }), label(b));
      g.bubble = b;
      nodeGroup.append(g);
    }
    svg.replaceChildren(lineGroup, nodeGroup);
    const hidden = data.bubbles.filter((b) => b.area !== "IDLE" && b.whole > 0 && !nodes.includes(b));
    hint.textContent = hidden.length ? plural(hidden.length, "small bubble", "small bubbles") + " not shown: " + percent(share(hidden.reduce((a, b) => a + b.now, 0))) : "";
    const areas = [...new Set(nodes.map((b) => b.area))];
    legend.replaceChildren(...areas.map((a) => make("span", { title: data.areas[a].what }, make("i", { c: a }), data.areas[a].text)));
  }

  function highlight(b) {
    const near = new Set([b.i]);
    data.edges.forEach((e) => { if (e.from === b.i) near.add(e.to); if (e.to === b.i) near.add(e.from); });
    for (const g of svg.querySelectorAll(".bb-node")) g.classList.toggle("bb-dim", !near.has(g.bubble.i));
    for (const g of svg.querySelectorAll(".bb-edge")) g.classList.toggle("bb-dim", g.edge.from !== b.i && g.edge.to !== b.i);
  }
  function unhighlight() {
    tip.style.display = "none";
    for (const g of svg.querySelectorAll(".bb-node")) g.classList.toggle("bb-dim", !matches(g.bubble));
    for (const g of svg.querySelectorAll(".bb-edge")) g.classList.remove("bb-dim");
  }
  const threads = (s) => three(s / span());
  function showTip(b) {
    const rows = [
      make("b", {}, b.name),
      make("div", {}, `${data.areas[b.area].text} · ${duration(b.now)} of thread time` + (b.area === "IDLE" ? "" : `, ${percent(share(b.now))}`)),
      make("div", {}, `${threads(b.now)} ${b.area === "UNEXPLAINED" ? "requests" : "threads"} at a time, on average`)];
    if (b.ops.length && b.area !== "GC") rows.push(make("div", {}, "mostly in " + method(b.ops[0].site)));
    tip.replaceChildren(...rows);
    tip.style.display = "block";
    const left = b.x + b.r + 12, over = left + tip.offsetWidth > width;
    tip.style.left = Math.max(4, over ? b.x - b.r - 12 - tip.offsetWidth : left) + "px";
    tip.style.top = Math.max(4, Math.min(height - tip.offsetHeight - 4, b.y - 20)) + "px";
  }
  const method = (site) => site.split(".").slice(-2).join(".");

  // arrows go to the nearest bubble in that direction
  function nodeKey(e, b) {
    if (e.key === "Enter" || e.key === " ") { e.preventDefault(); open(b.i); return; }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!way) return;
    e.preventDefault();
    let best = null, least = Infinity;
    for (const g of svg.querySelectorAll(".bb-node")) {
      const dx = g.bubble.x - b.x, dy = g.bubble.y - b.y, ahead = dx * way[0] + dy * way[1];
      if (ahead <= 1) continue;
      const cost = ahead + 2 * Math.abs(dx * way[1] + dy * way[0]);
      if (cost < least) { least = cost; best = g; }
    }
    if (best) best.focus();
  }

  // --- one bubble --------------------------------------------------------------------------------
  function bubbleLink(i, text) {
    const b = data.bubbles[i];
    return make("span", { class: "bb-name" }, make("i", { c: b.area }), make("button", { class: "bb-link", on: { click: () => open(i) } }, b.name), text ? " " + text : null);
  }
  function related(title, edges, end) {
    const some = edges.filter((e) => e.now > 0 && e.from !== e.to).sort((a, b) => b.now - a.now).slice(0, 6);
    if (!some.length) return null;
    return make("div", {}, make("h4", {}, title), make("ul", {}, ...some.map((e) => make("li", {}, bubbleLink(e[end], duration(e.now) + (e.kind === "LIKELY_HELD_BY" ? ", likely" : ""))))));
  }
  // the waits of a package's methods are operations of other bubbles
  function operations(b) {
    const own = b.ops.map((o, i) => ({ o, b, i, now: seconds(o) }));
    if (b.area === "CODE") {
      for (const e of outOf(b)) {
        if (e.kind !== "CALLS") continue;
        const other = data.bubbles[e.to];
        other.ops.forEach((o, i) => {
          const rest = o.site.startsWith(b.name + ".") ? o.site.slice(b.name.length + 1).split(".").length : 0;
          if (rest === 1 || rest === 2) own.push({ o, b: other, i, now: seconds(o) });
        });
      }
    }
    return own.filter((x) => x.now > 0 || x.o.t === 0).sort((a, c) => c.now - a.now);
  }
  function site(o) {
    const at = o.site.lastIndexOf(".", o.site.lastIndexOf(".") - 1);
    return make("span", { class: "bb-site" }, make("span", { class: "pkg" }, o.site.slice(0, at + 1)), o.site.slice(at + 1) + (o.line ? ":" + o.line : ""));
  }
  function stacksOf(o) {
    const parts = [];
    if (o.details.length) {
      parts.push(make("div", {}, make("h5", {}, "What for"), make("ol", {}, ...o.details.map((d) => make("li", {}, d[0] + "  " + duration(d[1]))))));
    }
    o.stacks.forEach((s, n) => {
      if (s.length < 2) return;
      parts.push(make("div", {}, make("h5", {}, `Stack ${o.stacks.length > 1 ? n + 1 + ", " : ", "}${duration(s[0])} in the whole run`.replace("Stack ,", "Stack,")),
        make("ol", {}, ...s.slice(1).map((i) => make("li", { class: data.frames[i][1] ? "app" : "" }, data.frames[i][0])))));
    });
    return make("div", { class: "bb-stacks" }, ...parts);
  }
  function drawDetail() {
    const b = data.bubbles[state.open];
    if (!b) return;
    detail.style.setProperty("--c", `var(--bb-${b.area})`);
    const ops = operations(b);
    const most = Math.max(...ops.map((x) => x.now), 1e-9);
    const body = make("tbody", {});
    ops.forEach((x) => {
      const { o, now } = x, n = sum(o.c);
      const opened = state.op === x.i && x.b === b;
      const more = make("tr", { hidden: !opened }, make("td", { colspan: "5" }));
      const fill = () => { if (!more.firstChild.firstChild) more.firstChild.append(stacksOf(o)); };
      if (opened) fill();
      const button = make("button", { "aria-expanded": String(opened), on: { click: () => { more.hidden = !more.hidden; fill(); button.setAttribute("aria-expanded", String(!more.hidden)); row.classList.toggle("bb-open", !more.hidden); } } }, site(o));
      const cell = (label, text) => make("td", { class: "n", "data-label": label }, text);
      const meter = make("div", { class: "bb-meter", c: x.b.area });
      meter.style.width = (100 * now) / most + "%";
      const row = make("tr", { class: opened ? "bb-open" : "" },
        make("td", {}, button, make("div", { class: "bb-how" }, o.how, x.b !== b ? " · " + x.b.name : "", o.details.length === 1 ? " · " + o.details[0][0] : "", o.loop ? make("b", {}, " · holds up an event loop") : null), meter),
        cell("time", duration(now) + (b.area === "IDLE" ? "" : " · " + percent(share(now)))), cell("times", n.toLocaleString("en")),
        cell("mean", o.max > 0 ? duration(o.mean) : "–"), cell("p99", o.max > 0 ? duration(o.p99) : "–"));
      body.append(row, more);
    });
    const area = data.areas[b.area];
    detail.replaceChildren(...[
      make("h3", {}, b.name),
      make("p", {}, `${area.what} ${duration(b.now)} of thread time` + (b.area === "IDLE" ? "" : `, ${percent(share(b.now))}`) + `: ${threads(b.now)} at a time, on average.`),
      b.addresses.length ? make("p", {}, "Talks to " + b.addresses.join(", ") + ".") : null,
      make("p", { class: "soft" }, area.todo),
      make("div", { class: "bb-rel" },
        ...[related("Called from", into(b).filter((e) => e.kind === "CALLS"), "from"), related("Its code waits for", outOf(b).filter((e) => e.kind === "CALLS"), "to"),
          related(b.area === "UNEXPLAINED" ? "What the threads did that were queued for" : "What its holder did meanwhile", outOf(b).filter((e) => e.kind !== "CALLS"), "to"),
          related("Holds up those who wait for", into(b).filter((e) => e.kind !== "CALLS"), "from")].filter(Boolean)),
      ops.length ? make("table", { class: "bb-ops" }, make("thead", {}, make("tr", {}, make("th", {}, "Call site"), ...["Time", "Times", "Mean", "p99"].map((h) => make("th", { class: "n" }, h)))), body) : null].filter(Boolean));
  }

  function open(i, op) {
    state.op = op == null ? -1 : op;
    const hash = i >= 0 ? "#bubble=" + i : "#";
    if (state.open !== i) history.pushState(null, "", hash);
    show(i);
    if (i >= 0) detail.focus({ preventScroll: true });
    else { const g = [...svg.querySelectorAll(".bb-node")].find((n) => n.bubble.i === show.last); if (g) g.focus({ preventScroll: true }); }
  }
  function show(i) {
    if (state.open >= 0) show.last = state.open;
    state.open = data.bubbles[i] ? i : -1;
    draw();
  }

  // --- search ------------------------------------------------------------------------------------
  function drawFound() {
    found.hidden = !state.query;
    if (!state.query) return;
    const hits = [];
    for (const b of data.bubbles) {
      if (b.words.includes(state.query)) hits.push({ b, o: null, i: -1, now: b.now });
      b.ops.forEach((o, i) => { if (o.words.includes(state.query)) hits.push({ b, o, i, now: seconds(o) }); });
    }
    hits.sort((x, y) => y.now - x.now);
    found.replaceChildren(make("div", {}, hits.length ? plural(hits.length, "match", "matches") + "; Enter opens the first" : "Nothing has this in its name, method or address."),
      make("ul", {}, ...hits.slice(0, 10).map((h) => make("li", {}, make("button", { class: "bb-link", on: { click: () => open(h.b.i, h.i) } }, h.o ? h.o.site : h.b.name), ` ${duration(h.now)}` + (h.o ? ` · ${h.o.how} · ${h.b.name}` : "")))));
    found.first = hits[0];
  }

  // --- time --------------------------------------------------------------------------------------
  const LEFT = 44, BOTTOM = 20, TOP = 6, TALL = 170;
  let layers = [];
  function stack() {
    const shown = data.bubbles.filter((b) => b.area !== "IDLE" && b.whole > 0);
    const top = shown.slice(0, 9);
    if (state.open >= 0 && !top.includes(data.bubbles[state.open]) && data.bubbles[state.open].whole > 0) top.push(data.bubbles[state.open]);
    const rest = shown.filter((b) => !top.includes(b));
    // what is not explained lies on top: below it is what was seen
    top.sort((a, b) => (a.area === "UNEXPLAINED") - (b.area === "UNEXPLAINED"));
    const value = (b, i) => (b.s[i] || 0) / UNIT / data.slice;
    layers = top.map((b) => ({ b, name: b.name, area: b.area, v: Float64Array.from({ length: SLICES }, (_, i) => value(b, i)) }));
    if (rest.length) layers.splice(Math.max(0, layers.length - 1), 0, { b: null, name: plural(rest.length, "small one", "small ones"), area: "OTHER", v: Float64Array.from({ length: SLICES }, (_, i) => rest.reduce((a, b) => a + value(b, i), 0)) });
  }
  const xOf = (i) => LEFT + ((canvas.clientWidth - LEFT) * i) / SLICES;
  const sliceAt = (x) => Math.max(0, Math.min(SLICES, ((x - LEFT) / Math.max(1, canvas.clientWidth - LEFT)) * SLICES));
  function nice(max) {
    const p = Math.pow(10, Math.floor(Math.log10(max)));
    return [1, 2, 2.5, 5, 10].map((m) => m * p).find((m) => m >= max / 3) || p;
  }
  function drawTime() {
    const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = TALL;
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    g.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
    stack();
    const inFlight = data.inFlight > 0 ? data.inFlight / data.length : 0;
    let max = inFlight;
    for (let i = 0; i < SLICES; i++) max = Math.max(max, layers.reduce((a, l) => a + l.v[i], 0));
    max = max > 0 ? max * 1.06 : 1;
    const y = (v) => TOP + (h - TOP - BOTTOM) * (1 - v / max);
    const step = nice(max);
    g.strokeStyle = css("--grid");
    g.fillStyle = css("--soft");
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (let v = 0; v <= max; v += step) {
      g.beginPath(); g.moveTo(LEFT, y(v)); g.lineTo(w, y(v)); g.stroke();
      g.fillText(three(v), LEFT - 6, y(v));
    }
    g.textBaseline = "alphabetic";
    const ticks = Math.max(2, Math.floor((w - LEFT) / 90)), whole = data.slice * SLICES, each = nice((whole / ticks) * 3);
    for (let t = 0; t <= whole * 1.0001; t += each) {
      const x = xOf(t / data.slice);
      g.textAlign = x > w - 30 ? "right" : x < LEFT + 12 ? "left" : "center";
      g.fillText(duration(t), x, h - 5);
    }
    const base = new Float64Array(SLICES);
    for (const layer of layers) {
      const faded = state.open >= 0 && (!layer.b || layer.b.i !== state.open);
      g.beginPath();
      g.moveTo(xOf(0), y(base[0]));
      for (let i = 0; i < SLICES; i++) { const v = y(base[i] + layer.v[i]); g.lineTo(xOf(i), v); g.lineTo(xOf(i + 1), v); }
      for (let i = SLICES - 1; i >= 0; i--) { g.lineTo(xOf(i + 1), y(base[i])); g.lineTo(xOf(i), y(base[i])); }
      g.closePath();
      g.globalAlpha = faded ? 0.15 : layer.area === "UNEXPLAINED" ? 0.28 : 0.8;
      g.fillStyle = css("--bb-" + layer.area);
      g.fill();
      g.globalAlpha = 1;
      g.strokeStyle = css("--ground");
      g.lineWidth = 0.6;
      g.stroke();
      for (let i = 0; i < SLICES; i++) base[i] += layer.v[i];
    }
    if (inFlight > 0) {
      g.setLineDash([5, 4]);
      g.strokeStyle = css("--ink");
      g.lineWidth = 1;
      g.beginPath(); g.moveTo(LEFT, y(inFlight)); g.lineTo(w, y(inFlight)); g.stroke();
      g.setLineDash([]);
      g.fillStyle = css("--ink");
      g.textAlign = "right";
      const text = "requests in flight, mean " + three(inFlight), above = y(inFlight) > TOP + 16;
      g.lineWidth = 3;
      g.strokeStyle = css("--ground");
      g.strokeText(text, w - 4, y(inFlight) + (above ? -5 : 13));
      g.fillText(text, w - 4, y(inFlight) + (above ? -5 : 13));
    }
    if (state.range) {
      g.fillStyle = css("--ground");
      g.globalAlpha = 0.68;
      g.fillRect(LEFT, TOP, xOf(from()) - LEFT, h - TOP - BOTTOM);
      g.fillRect(xOf(to()), TOP, w - xOf(to()), h - TOP - BOTTOM);
      g.globalAlpha = 1;
      g.strokeStyle = css("--ink");
      g.lineWidth = 1.5;
      g.strokeRect(xOf(from()), TOP, xOf(to()) - xOf(from()), h - TOP - BOTTOM);
    }
    const part = `${three(from() * data.slice)} s to ${three(to() * data.slice)} s`;
    range.replaceChildren(state.range ? part + " chosen; " : "threads at a time; drag to choose a part", state.range ? make("button", { class: "bb-link", on: { click: () => choose(null) } }, "take all (Esc)") : "");
    canvas.setAttribute("aria-valuemin", "0");
    canvas.setAttribute("aria-valuemax", String(SLICES));
    canvas.setAttribute("aria-valuenow", String(from()));
    canvas.setAttribute("aria-valuetext", state.range ? part : "the whole run");
  }
  let pending = false;
  function choose(next) {
    state.range = next && (next[0] > 0 || next[1] < SLICES) ? next : null;
    if (pending) return; // one drawing a frame, however fast the pointer is
    pending = true;
    requestAnimationFrame(() => { pending = false; weigh(); place(false); draw(); });
  }
  let drag = null;
  canvas.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    const s = sliceAt(e.offsetX);
    const near = (i) => Math.abs(xOf(i) - e.offsetX) < 7;
    if (state.range && near(from())) drag = { anchor: to() };
    else if (state.range && near(to())) drag = { anchor: from() };
    else if (state.range && s > from() && s < to()) drag = { move: s, at: [...state.range] };
    else drag = { anchor: s };
    canvas.setPointerCapture(e.pointerId);
  });
  canvas.addEventListener("pointermove", (e) => {
    const s = sliceAt(e.offsetX);
    if (!drag) { timeTips(e, Math.min(SLICES - 1, Math.floor(s))); return; }
    timeTip.style.display = "none";
    if (drag.move != null) {
      const length = drag.at[1] - drag.at[0], begin = Math.max(0, Math.min(SLICES - length, Math.round(drag.at[0] + s - drag.move)));
      choose([begin, begin + length]);
    } else {
      const a = Math.floor(Math.min(drag.anchor, s)), b = Math.ceil(Math.max(drag.anchor, s));
      if (b > a && Math.abs(xOf(drag.anchor) - e.offsetX) > 3) choose([a, b]);
    }
  });
  canvas.addEventListener("pointerup", () => { drag = null; });
  canvas.addEventListener("pointercancel", () => { drag = null; });
  canvas.addEventListener("pointerleave", () => { timeTip.style.display = "none"; });
  canvas.addEventListener("dblclick", () => choose(null));
  function timeTips(e, i) {
    const rows = layers.map((l) => [l.name, l.v[i], l.area]).filter((r) => r[1] > 0).sort((a, b) => b[1] - a[1]).slice(0, 6);
    timeTip.replaceChildren(make("b", {}, "at " + three((i + 0.5) * data.slice) + " s"), ...rows.map((r) => make("div", {}, `${three(r[1])}  ${r[0]}`)));
    timeTip.style.display = "block";
    const left = canvas.offsetLeft + e.offsetX + 14, over = left + timeTip.offsetWidth > time.clientWidth;
    timeTip.style.left = (over ? left - timeTip.offsetWidth - 28 : left) + "px";
    timeTip.style.top = canvas.offsetTop + 4 + "px";
  }
  canvas.addEventListener("keydown", (e) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (e.key === "Home" || e.key === "End") {
      const length = Math.min(to() - from(), state.range ? SLICES : 10);
      choose(e.key === "Home" ? [0, length] : [SLICES - length, SLICES]);
    } else if (way) {
      const [a, b] = state.range || (way > 0 ? [0, 10] : [90, 100]);
      if (!state.range) choose([a, b]);
      else if (e.shiftKey) choose([a, Math.max(a + 1, Math.min(SLICES, b + way))]);
      else { const begin = Math.max(0, Math.min(SLICES - (b - a), a + way)); choose([begin, begin + b - a]); }
    } else return;
    e.preventDefault();
  });

  // --- all of it -----------------------------------------------------------------------------------
  function draw() {
    const b = data.bubbles[state.open];
    crumbs.replaceChildren(...(b ? [make("button", { on: { click: () => open(-1) } }, "All bubbles"), " › " + b.name] : ["All bubbles"]));
    stage.hidden = legend.hidden = Boolean(b);
    detail.hidden = !b;
    tip.style.display = "none";
    drawFound();
    if (b) drawDetail(); else drawBubbles();
    drawTime();
    root.dataset.bubbles = String(nodes.length);
  }
  addEventListener("keydown", (e) => {
    if (e.key === "/" && document.activeElement !== search) { e.preventDefault(); search.focus(); }
    if (e.key === "Enter" && document.activeElement === search && found.first && state.query) open(found.first.b.i, found.first.i);
    if (e.key !== "Escape") return;
    if (state.query) { search.value = state.query = ""; search.blur(); draw(); } else if (state.open >= 0) open(-1); else choose(null);
  });
  function fromAddress() {
    const at = /^#bubble=(\d+)$/.exec(location.hash);
    const i = at ? Number(at[1]) : -1;
    if (i !== state.open) show(i);
  }
  addEventListener("popstate", fromAddress);
  addEventListener("hashchange", fromAddress);
  let last = 0;
  new ResizeObserver(() => {
    const w = box.clientWidth;
    if (w === last) return;
    last = w;
    if (!stage.hidden) place(true);
    draw();
  }).observe(box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTime);
  addEventListener("beforeprint", () => { root.dataset.print = ""; draw(); });
  addEventListener("afterprint", () => { delete root.dataset.print; draw(); });

  try {
    place(true);
    draw();
    fromAddress();
    last = box.clientWidth;
  } catch (e) {
    root.dataset.failed = String(e);
    box.append(make("p", { class: "failed" }, "The bubbles could not be drawn: " + e));
  }
})();
