// Plots in SVG: axes with ticks, linear or logarithmic, and lines, dots and text in the data's own coordinates.
import { format, svgElement } from "./parts.js";

// Round numbers between low and high, about `count` of them; on a logarithmic axis powers of ten.
export function ticks(low, high, { count = 5, log = false } = {}) {
  if (log) {
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const by = Math.max(1, Math.ceil((last - first) / count));
    return Array.from({ length: Math.max(0, Math.floor((last - first) / by) + 1) }, (_, i) => 10 ** (first + i * by));
  }
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const by = [1, 2, 5, 10].map((m) => m * power).find((m) => m >= rough * 0.999);
  const found = [];
  for (let k = Math.ceil(low / by - 1e-9); k * by <= high + by * 1e-9; k++) found.push(Number((k * by).toPrecision(12)));
  return found;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raised = (n) => (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => SUPERSCRIPTS[d]).join("");

// A plot with its frame drawn; marks go into it through line, dot, text and add. x and y: {from, to, label, log, ticks}.
export function plot({ width = 420, height = 250, x, y, label, margin = [14, 14, 40, 52] }) {
  const [top, right, bottom, left] = margin;
  const scale = (axis, low, high) => {
    const f = axis.log ? Math.log10 : (v) => v;
    const [a, b] = [f(axis.from), f(axis.to)];
    return { to: (v) => low + ((f(v) - a) / (b - a)) * (high - low), back: (p) => { const v = a + ((p - low) / (high - low)) * (b - a); return axis.log ? 10 ** v : v; } };
  };
  const h = scale(x, left, width - right), v = scale(y, height - bottom, top);
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, class: "fs-plot", role: "img", "aria-label": label });
  const frame = svgElement("g", { class: "fs-frame" });
  const tickText = (axis, value) => (axis.log ? `10${raised(Math.round(Math.log10(value)))}` : format(value));
  for (const value of x.ticks ?? ticks(x.from, x.to, x)) {
    frame.append(svgElement("line", { x1: h.to(value), x2: h.to(value), y1: top, y2: height - bottom }),
      svgElement("text", { x: h.to(value), y: height - bottom + 16, "text-anchor": "middle" }, tickText(x, value)));
  }
  for (const value of y.ticks ?? ticks(y.from, y.to, y)) {
    frame.append(svgElement("line", { x1: left, x2: width - right, y1: v.to(value), y2: v.to(value) }),
      svgElement("text", { x: left - 6, y: v.to(value) + 4, "text-anchor": "end" }, tickText(y, value)));
  }
  frame.append(svgElement("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle", class: "fs-axis" }, x.label ?? ""),
    svgElement("text", { x: 12, y: (top + height - bottom) / 2, "text-anchor": "middle", class: "fs-axis", transform: `rotate(-90 12 ${(top + height - bottom) / 2})` }, y.label ?? ""));
  const marks = svgElement("g", { class: "fs-marks" });
  svg.append(frame, marks);
  const within = (value, axis) => Math.min(Math.max(value, Math.min(axis.from, axis.to)), Math.max(axis.from, axis.to));
  return {
    svg, marks, h, v,
    add: (...nodes) => { marks.append(...nodes); return nodes[0]; },
    clear: () => marks.replaceChildren(),
    // A line through data points; what is not finite leaves a gap, what lies outside is held at the frame.
    path(points) {
      let text = "", pen = "M";
      for (const [px, py] of points) {
        if (!Number.isFinite(px) || !Number.isFinite(py)) { pen = "M"; continue; }
        text += `${pen}${h.to(within(px, x)).toFixed(2)} ${v.to(within(py, y)).toFixed(2)}`;
        pen = "L";
      }
      return text;
    },
    line(points, attributes) { return this.add(svgElement("path", { d: this.path(points), fill: "none", ...attributes })); },
    dot(px, py, attributes) { return this.add(svgElement("circle", { cx: h.to(within(px, x)), cy: v.to(within(py, y)), r: 5, ...attributes })); },
    text(px, py, words, attributes) { return this.add(svgElement("text", { x: h.to(px), y: v.to(py), ...attributes }, words)); },
    inside: (px, py) => px >= Math.min(x.from, x.to) && px <= Math.max(x.from, x.to) && py >= Math.min(y.from, y.to) && py <= Math.max(y.from, y.to),
  };
}

// How wide to draw a plot that fills its widget, in units of its text: on a narrow screen fewer of them, so that the text stays readable.
export const fullWidth = (root) => (root.clientWidth && root.clientWidth < 560 ? 380 : 700);

// Calls redraw when the widget changes between narrow and wide; gives the function that stops it.
export function onWidth(root, redraw) {
  let last = fullWidth(root);
  const observer = new ResizeObserver(() => { if (fullWidth(root) !== last) { last = fullWidth(root); redraw(); } });
  observer.observe(root);
  return () => observer.disconnect();
}

// Drags on a plot: moved([x, y]) gets the data coordinates under the pointer.
export function draggable(chart, moved) {
  const place = (event) => {
    const box = chart.svg.getBoundingClientRect();
    const view = chart.svg.viewBox.baseVal;
    moved([chart.h.back(((event.clientX - box.left) / box.width) * view.width), chart.v.back(((event.clientY - box.top) / box.height) * view.height)]);
  };
  chart.svg.classList.add("fs-draggable");
  chart.svg.addEventListener("pointerdown", (event) => { event.preventDefault(); chart.svg.setPointerCapture(event.pointerId); place(event); });
  chart.svg.addEventListener("pointermove", (event) => { if (chart.svg.hasPointerCapture(event.pointerId)) place(event); });
}

// At most `count` of the numbers of a long series (of its first `length`), evenly picked, the first and the last among them: [[index, value], …].
export function thinned(series, count = 300, length = series.length) {
  const last = length - 1;
  if (last < count) return Array.from({ length }, (_, i) => [i, series[i]]);
  return Array.from({ length: count }, (_, i) => { const k = Math.round((i * last) / (count - 1)); return [k, series[k]]; });
}
