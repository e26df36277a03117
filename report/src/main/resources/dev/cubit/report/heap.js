"use strict";
// The chains of suspects, and the icicle of allocations. All names are from strangers: textContent only.
(function () {
  const data = (id) => {
    const element = document.getElementById(id + "-data");
    return element ? JSON.parse(element.textContent) : null;
  };
  function make(tag, style, text) {
    const element = document.createElement(tag);
    if (style) element.className = style;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  const simple = (name) => name.slice(name.lastIndexOf(".") + 1);
  const UNITS = [" B", " kB", " MB", " GB", " TB"];
  function bytes(value) {
    let v = value, i = 0;
    while (v >= 999.5 && i < UNITS.length - 1) { v /= 1000; i++; }
    return +v.toPrecision(3) + UNITS[i];
  }
  const percent = (share) => +(100 * share).toPrecision(3) + " %";

  function births(suspect) {
    const box = make("div", "births");
    const most = Math.max(1, ...suspect.births);
    for (const n of suspect.births) {
      const bar = make("i");
      bar.style.height = n ? Math.max(8, (100 * n) / most) + "%" : "0";
      box.append(bar);
    }
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", "When they were allocated: " + suspect.sentence);
    box.title = "When those that survive were allocated, from the begin of the load to its end";
    return box;
  }

  function step(link) {
    const box = make("span", (link.party === "a" || link.party === "d" ? link.party : "") + (link.holder ? " holder" : ""));
    box.append(make("em", "", link.static ? "static " : ""), simple(link.type));
    if (link.field) box.append(make("em", "", "."), link.field);
    if (link.times > 1) box.append(make("em", "", " ×" + link.times));
    box.title = (link.static ? "static " : "") + link.type + (link.field ? "." + link.field : "") + (link.holder ? " – this keeps them" : "");
    return box;
  }

  function suspectCard(suspect, number) {
    const card = make("section", "suspect " + suspect.pattern.toLowerCase());
    const words = make("div");
    const head = make("h3", "", number + ". " + simple(suspect.types[0]) + " ");
    head.append(make("small", "", "allocated in "), suspect.place);
    if (suspect.holder) head.append(make("small", "", ", held by "), suspect.holder);
    words.append(head, make("p", "says", suspect.share + " of what stayed" + (suspect.rate ? ", " + suspect.rate + " of the growth" : "") + "; " + suspect.sentence
      + ". Half of them are older than " + suspect.age + "."));
    const top = make("div", "top");
    top.append(words, births(suspect));
    card.append(top);
    if (suspect.path.length) {
      const chain = make("ol", "chain");
      const add = (box) => { const item = make("li"); item.append(box); chain.append(item); };
      if (suspect.root && !suspect.path[0].static) add(make("span", "root", suspect.root));
      suspect.path.forEach((link) => add(step(link)));
      const object = make("span", "object", simple(suspect.types[0]));
      object.title = suspect.types.join(", ");
      add(object);
      card.append(chain);
    }
    const more = make("details"), stack = make("ol", "stack");
    more.append(make("summary", "", "Where it is allocated: the stack"));
    for (const frame of suspect.stack) stack.append(make("li", "", frame));
    more.append(stack);
    card.append(more);
    return card;
  }

  const suspects = data("suspects");
  if (suspects) document.getElementById("suspects").append(...suspects.map((s, i) => suspectCard(s, i + 1)));

  const tree = data("allocations");
  if (tree) icicle(document.getElementById("allocations"), tree);
  document.documentElement.dataset.heap = String((suspects ? suspects.length : 0)) + " " + (tree ? tree.bytes.length : 0);

  function icicle(place, tree) {
    const ROW = 22, LEAST = 2, count = tree.bytes.length;
    const children = Array.from({ length: count }, () => []);
    const depth = new Int32Array(count);
    for (let i = 1; i < count; i++) { children[tree.parent[i]].push(i); depth[i] = depth[tree.parent[i]] + 1; }
    const name = (i) => tree.names[tree.name[i]];
    const total = tree.bytes[0] || 1;
    // the method with its class; a class allocated without its package
    function label(i) {
      const full = name(i);
      if (i === 0) return "all that was allocated";
      if (tree.party[i] === "g") return full;
      if (tree.party[i] === "-") return simple(full);
      const dot = full.lastIndexOf(".");
      return dot < 0 ? full : simple(full.slice(0, dot)) + full.slice(dot);
    }

    const tools = make("div", "tools"), search = make("input"), back = make("button", "", "Whole picture"), found = make("span", "key");
    search.type = "search";
    search.placeholder = "Search a method or class";
    search.setAttribute("aria-label", "Search a method or class");
    back.type = "button";
    tools.append(search, back);
    for (const [party, text] of [["a", "your code"], ["d", "libraries"], ["j", "JDK"], ["-", "class allocated"]]) {
      const key = make("span", "key");
      key.append(make("i", "p-" + party), text);
      tools.append(key);
    }
    tools.append(found);
    const box = make("div", "icicle"), tells = make("p", "tells");
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", "Allocations by call. Arrows move, Enter shows a box alone, Esc goes back.");
    tells.setAttribute("aria-live", "polite");
    place.append(tools, box, tells);

    let zoom = 0, at = 0, query = "", shown = new Map(), hit = null;

    function tell(i) {
      const own = tree.party[i] === "-" ? "allocated here" : "allocated in it and below";
      tells.replaceChildren(make("b", "", i ? name(i) : label(0)), document.createElement("br"),
        make("span", "", bytes(tree.bytes[i]) + ", " + bytes(tree.bytes[i] / tree.seconds) + " a second, " + percent(tree.bytes[i] / total) + " of all, " + own));
    }

    function mark() {
      for (const [i, element] of shown) {
        element.classList.toggle("at", i === at);
        element.classList.toggle("miss", !!hit && !hit[i]);
        element.classList.toggle("hit", !!hit && hit[i] === 2);
      }
      tell(at);
    }

    function draw() {
      const width = box.clientWidth;
      const boxes = [];
      shown = new Map();
      let deepest = 0;
      const above = [];
      for (let i = zoom; i > 0; i = tree.parent[i]) above.unshift(tree.parent[i]);
      above.forEach((i, row) => put(i, row, 0, width, true));
      (function below(i, left, wide, row) {
        put(i, row, left, wide, false);
        const scale = wide / (tree.bytes[i] || 1);
        let x = left;
        for (const child of children[i]) {
          const w = tree.bytes[child] * scale;
          if (w < LEAST) break; // most first: the others are no wider
          below(child, x, w, row + 1);
          x += w;
        }
      })(zoom, 0, width, above.length);
      function put(i, row, left, wide, over) {
        const element = make("div", "p-" + tree.party[i] + (over ? " over" : ""), wide > 26 ? label(i) : "");
        element.style.left = left + "px";
        element.style.top = row * ROW + "px";
        element.style.width = Math.max(1, wide) + "px";
        element.dataset.i = i;
        boxes.push(element);
        shown.set(i, element);
        deepest = Math.max(deepest, row);
      }
      box.style.height = (deepest + 1) * ROW + "px";
      box.replaceChildren(...boxes);
      back.disabled = zoom === 0;
      if (!shown.has(at)) at = zoom;
      mark();
    }

    function show(i) { zoom = i; at = i; draw(); }

    // what is found, marked 2; what is above or below it 1, as both lead there
    function find() {
      query = search.value.trim().toLowerCase();
      hit = null;
      found.textContent = "";
      if (query) {
        const matches = tree.names.map((n) => n.toLowerCase().includes(query));
        hit = new Uint8Array(count);
        let sum = 0;
        for (let i = 1; i < count; i++) {
          const parent = tree.parent[i];
          const inside = parent > 0 && hit[parent] > 0;
          if (matches[tree.name[i]]) {
            hit[i] = 2;
            if (!inside) sum += tree.bytes[i];
          } else if (inside) hit[i] = 1;
        }
        for (let i = count - 1; i > 0; i--) if (hit[i] && !hit[tree.parent[i]]) hit[tree.parent[i]] = 1;
        found.textContent = sum ? percent(sum / total) + " of all" : "not found";
      }
      mark();
    }

    const of = (event) => { const element = event.target.closest("[data-i]"); return element ? +element.dataset.i : -1; };
    box.addEventListener("click", (event) => { const i = of(event); if (i >= 0) show(i); });
    box.addEventListener("mousemove", (event) => { const i = of(event); if (i >= 0) tell(i); });
    box.addEventListener("mouseleave", () => tell(at));
    back.addEventListener("click", () => show(0));
    search.addEventListener("input", find);
    search.addEventListener("keydown", (event) => { if (event.key === "Escape") { search.value = ""; find(); box.focus(); } });
    box.addEventListener("keydown", (event) => {
      const visible = (i) => shown.has(i);
      const parent = tree.parent[at];
      let next = -1;
      if (event.key === "ArrowDown") next = children[at].find(visible) ?? -1;
      else if (event.key === "ArrowUp") next = parent;
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        const beside = parent < 0 ? [] : children[parent].filter(visible);
        next = beside[beside.indexOf(at) + (event.key === "ArrowRight" ? 1 : -1)] ?? -1;
      } else if (event.key === "Enter") { show(at); event.preventDefault(); return; }
      else if (event.key === "Escape") { show(Math.max(0, tree.parent[zoom])); return; }
      else if (event.key === "/") { search.focus(); event.preventDefault(); return; }
      else return;
      event.preventDefault();
      if (next >= 0) { at = next; mark(); }
    });
    let width = -1; // the observer tells of the first layout as well
    new ResizeObserver(() => { if (box.clientWidth !== width) { width = box.clientWidth; requestAnimationFrame(draw); } }).observe(box);
  }
})();
