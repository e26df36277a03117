"use strict";
// Draws each chart that the page's data describes, and tells values under the pointer. Colours are
// read from the page's style, so that charts follow the reader's light or dark scheme.
(function () {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const drawn = [];
  const PAPER = { PERCENTILE: 630, TIME: 295 }; // pixels, on A4 and on letter

  const three = (v) => String(+v.toPrecision(3));
  function scaled(value, units, step) {
    let v = Math.abs(value), i = 0;
    while (v >= step * 0.9995 && i < units.length - 1) { v /= step; i++; }
    return (value < 0 ? "-" : "") + three(v) + units[i];
  }
  function duration(ms) {
    if (ms === 0) return "0";
    if (ms < 0.9995) return three(ms * 1000) + " µs";
    return ms < 999.5 ? three(ms) + " ms" : three(ms / 1000) + " s";
  }
  const FORMAT = {
    DURATION: duration,
    RATE: (v) => (v < 10000 ? three(v) : scaled(v, ["", "k", "M", "G"], 1000)),
    PERCENT: (v) => three(v) + " %",
    BYTES: (v) => scaled(v, [" B", " kB", " MB", " GB", " TB"], 1000),
    COUNT: (v) => (v < 10000 ? three(v) : scaled(v, ["", "k", "M", "G"], 1000)),
  };

  function clock(seconds) {
    if (seconds < 120) return three(seconds) + " s";
    const two = (n) => String(Math.floor(n)).padStart(2, "0");
    const h = Math.floor(seconds / 3600), m = (seconds / 60) % 60, s = seconds % 60;
    return h > 0 ? h + ":" + two(m) + ":" + two(s) : Math.floor(m) + ":" + two(s);
  }

  // x is 1 / (1 - share): each nine is as wide as the one before
  function percentile(x) {
    const share = 100 * (1 - 1 / x);
    return (x < 10 ? +share.toPrecision(3) : +share.toFixed(Math.ceil(Math.log10(x) - 1e-9))) + " %";
  }
  function nines(min, max, width) {
    const marks = [];
    const each = width / Math.log10(Math.max(10, max));
    for (let x = 1; x <= max * 1.0001; x *= 10) {
      marks.push(x);
      if (x === 1 && each > 150) marks.push(2, 4);
    }
    return marks;
  }

  const TIMES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];

  function tooltip(chart, format) {
    let tip;
    return {
      hooks: {
        init: (u) => {
          tip = document.createElement("div");
          tip.className = "tip";
          u.over.appendChild(tip);
          u.over.addEventListener("mouseleave", () => { tip.style.display = "none"; });
        },
        setCursor: (u) => {
          const i = u.cursor.idx;
          // a synchronised chart shows its cursor line; only the one under the pointer tells values
          if (i == null || u.cursor.left < 0 || !u.over.matches(":hover")) { tip.style.display = "none"; return; }
          const x = u.data[0][i];
          const head = document.createElement("b");
          head.textContent = chart.kind === "PERCENTILE" ? percentile(x) : clock(x);
          const rows = chart.lines.map((line, n) => {
            const v = u.data[n + 1][i];
            const row = document.createElement("div");
            row.textContent = line.label + ": " + (v == null ? "–" : format(v));
            return row;
          });
          tip.replaceChildren(head, ...rows);
          tip.style.display = "block";
          const left = u.cursor.left + 14, over = left + tip.offsetWidth > u.over.clientWidth;
          tip.style.left = Math.max(0, over ? u.cursor.left - tip.offsetWidth - 14 : left) + "px";
          tip.style.top = Math.max(0, Math.min(u.cursor.top - 10, u.over.clientHeight - tip.offsetHeight)) + "px";
        },
      },
    };
  }

  function options(chart, width) {
    const byShare = chart.kind === "PERCENTILE";
    const format = FORMAT[chart.unit];
    const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
    const base = { stroke: css("--soft"), font, grid: { stroke: css("--grid"), width: 1 }, ticks: { show: false } };
    const last = chart.x[chart.x.length - 1];
    const many = chart.x.length > 400;
    return {
      width, height: byShare ? ("print" in root.dataset ? 230 : 300) : 210,
      padding: [10, byShare ? 36 : 20, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false }, sync: byShare ? undefined : { key: "time" } },
      scales: {
        x: byShare ? { time: false, distr: 3, log: 10, range: () => [1, Math.max(10, last)] } : {
          time: false,
          range: (u, min, max) => (min > u.data[0][0] || max < last ? [min, max] : [0, Math.max(last * (chart.bars ? 1 + 0.5 / chart.x.length : 1), 0.001)]),
        },
        y: chart.log ? { distr: 3, log: 10 } : { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] },
      },
      axes: [
        Object.assign({}, base, { size: 30 }, byShare
          ? { splits: (u, axis, min, max) => nines(min, max, u.bbox.width / devicePixelRatio), filter: (u, s) => s, values: (u, s) => s.map(percentile) }
          : { space: 64, incrs: TIMES, values: (u, s) => s.map(clock) }),
        Object.assign({}, base, {
          size: 66, space: 34, values: (u, s) => s.map((v) => (v == null ? "" : format(v))),
        }, chart.log ? { filter: (u, s) => s.map((v) => (Math.abs(Math.log10(v) % 1) < 1e-9 ? v : null)) } : {}),
      ],
      series: [{}].concat(chart.lines.map((line) => ({
        label: line.label, stroke: css("--" + line.colour), width: chart.bars ? 0 : many ? 1 : 2, spanGaps: true,
        dash: line.dashed && !chart.bars ? [7, 4] : undefined,
        fill: chart.bars ? css("--" + line.colour) : undefined,
        paths: chart.bars ? uPlot.paths.bars({ size: [0.7, 36, 1] }) : undefined,
        points: { show: chart.x.length < 3 && !chart.bars, size: 7, fill: css("--" + line.colour) },
      }))),
      plugins: [tooltip(chart, format)],
    };
  }

  // on a logarithmic axis 0 has no place, and a bar of 0 is none
  const shown = (chart, values) => (chart.log || chart.bars ? values.map((v) => (v > 0 ? v : null)) : values);

  function draw(chart, paper) {
    const box = document.getElementById(chart.id);
    try {
      const data = [chart.x].concat(chart.lines.map((line) => shown(chart, line.values)));
      box.replaceChildren();
      drawn.push({ box, plot: new uPlot(options(chart, paper ? PAPER[chart.kind] : Math.max(200, box.clientWidth)), data, box) });
    } catch (e) {
      root.dataset.failed = String(e);
      box.className = "failed";
      box.textContent = "This chart could not be drawn: " + e;
    }
  }

  // One task for each chart, so that the page answers its reader meanwhile.
  let next = 0;
  function drawNext() {
    if (next < charts.length) {
      draw(charts[next++]);
      setTimeout(drawNext);
    }
    root.dataset.drawn = String(drawn.length);
  }

  function drawAll(paper) {
    next = charts.length;
    drawn.splice(0).forEach((d) => d.plot.destroy());
    for (const chart of charts) draw(chart, paper);
    root.dataset.drawn = String(drawn.length);
  }

  setTimeout(drawNext);
  new ResizeObserver(() => {
    for (const d of drawn) {
      const width = Math.max(200, d.box.clientWidth);
      if (width !== d.plot.width) d.plot.setSize({ width, height: d.plot.height });
    }
  }).observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  // paper is white, and narrower than a screen
  addEventListener("beforeprint", () => { root.dataset.print = ""; drawAll(true); });
  addEventListener("afterprint", () => { delete root.dataset.print; drawAll(); });
})();
