"use strict";
// Draws each chart that the page's data describes. Colours come from the page's style, so that they
// follow the reader's light or dark scheme; a change of scheme or of width draws anew.
(function () {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function short(value) {
    if (value == null) return "–";
    const size = Math.abs(value);
    if (size >= 1e9) return +(value / 1e9).toPrecision(3) + "G";
    if (size >= 1e6) return +(value / 1e6).toPrecision(3) + "M";
    if (size >= 1e4) return +(value / 1e3).toPrecision(3) + "k";
    return String(+value.toPrecision(3));
  }

  // x is 1 / (1 - share): each step to the right is a nine more
  function percentile(x) {
    const share = 100 * (1 - 1 / x);
    return share < 99 ? +share.toPrecision(3) + " %" : +share.toFixed(Math.ceil(Math.log10(x)) - 1) + " %";
  }

  function options(chart, width) {
    const log = chart.kind === "percentile";
    const axis = { stroke: css("--soft"), grid: { stroke: css("--faint"), width: 1 }, ticks: { stroke: css("--faint") } };
    return {
      width, height: 280,
      scales: {
        x: log ? { time: false, distr: 3, log: 10 } : { time: false },
        y: { range: (u, min, max) => [0, max > 0 ? max * 1.08 : 1] },
      },
      axes: [
        Object.assign({}, axis, {
          values: (u, ticks) => ticks.map((t) => (t == null ? "" : log ? percentile(t) : short(t) + " s")),
        }),
        Object.assign({}, axis, { size: 64, values: (u, ticks) => ticks.map((t) => short(t)) }),
      ],
      series: [
        { label: log ? "Percentile" : "Time", value: (u, v) => (v == null ? "–" : log ? percentile(v) : short(v) + " s") },
      ].concat(chart.series.map((s) => ({
        label: s.label, stroke: css("--" + s.colour), width: 2, spanGaps: true,
        dash: s.dashed ? [6, 4] : undefined,
        points: { show: chart.x.length < 3 },
        value: (u, v) => (v == null ? "–" : short(v) + (chart.unit ? " " + chart.unit : "")),
      }))),
    };
  }

  function draw() {
    for (const chart of charts) {
      const box = document.getElementById(chart.id);
      box.replaceChildren();
      new uPlot(options(chart, Math.max(240, box.clientWidth)), [chart.x].concat(chart.series.map((s) => s.values)), box);
    }
  }

  draw();
  let width = window.innerWidth;
  window.addEventListener("resize", () => { if (window.innerWidth !== width) { width = window.innerWidth; draw(); } });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.documentElement.dataset.drawn = String(charts.length);
})();
