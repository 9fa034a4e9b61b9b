// Plots in SVG: axes with ticks, linear or logarithmic, and lines, dots and text in the data's own
// coordinates.
import { format, powerOfTen } from "../model/numbers.js";
import { inside, scale, ticks, within } from "../model/scales.js";
import { element, svgElement } from "./elements.js";

const GRIP = 26; // from a dot's middle as far as a thumb may miss it

// A plot with its frame drawn; marks go into it through line, dot, text and add. x and y: {from,
// to, label, log, ticks, count}.
export class Plot {
  constructor({ width = 420, height = 250, x, y, label, margin = [14, 14, 40, 52] }) {
    const [top, right, bottom, left] = margin;
    Object.assign(this, {
      x,
      y,
      sides: { top, right: width - right, bottom: height - bottom, left, height },
    });
    this.h = scale(x, left, width - right);
    this.v = scale(y, height - bottom, top);
    this.marks = svgElement("g", { class: "fs-marks" });
    const attributes = {
      viewBox: `0 0 ${width} ${height}`,
      class: "fs-plot",
      role: "img",
      "aria-label": label,
    };
    this.svg = svgElement("svg", attributes, this.frame(), this.marks);
  }

  frame() {
    const {
      x,
      y,
      h,
      v,
      sides: { top, right, bottom, left, height },
    } = this;
    const text = (axis, value) => (axis.log ? powerOfTen(value) : format(value));
    const marks = [];
    for (const value of x.ticks ?? ticks(x.from, x.to, x)) {
      marks.push(
        svgElement("line", { x1: h.to(value), x2: h.to(value), y1: top, y2: bottom }),
        svgElement(
          "text",
          { x: h.to(value), y: bottom + 16, "text-anchor": "middle" },
          text(x, value),
        ),
      );
    }
    for (const value of y.ticks ?? ticks(y.from, y.to, y)) {
      marks.push(
        svgElement("line", { x1: left, x2: right, y1: v.to(value), y2: v.to(value) }),
        svgElement(
          "text",
          { x: left - 6, y: v.to(value) + 4, "text-anchor": "end" },
          text(y, value),
        ),
      );
    }
    const [across, along] = [(left + right) / 2, (top + bottom) / 2];
    const edge = left > 60 ? 18 : 12; // where there is room its name may be larger
    const axis = { "text-anchor": "middle", class: "fs-axis" };
    marks.push(
      svgElement("text", { x: across, y: height - 6, ...axis }, x.label ?? ""),
      svgElement(
        "text",
        { x: edge, y: along, ...axis, transform: `rotate(-90 ${edge} ${along})` },
        y.label ?? "",
      ),
    );
    return svgElement("g", { class: "fs-frame" }, marks);
  }

  add(...nodes) {
    this.marks.append(...nodes);
    return nodes[0];
  }

  clear() {
    this.marks.replaceChildren();
  }

  // A line through data points; what is not finite leaves a gap, what lies outside is held at the
  // frame.
  path(points) {
    let text = "",
      pen = "M";
    for (const [px, py] of points) {
      const finite = Number.isFinite(px) && Number.isFinite(py);
      const place = [this.h.to(within(px, this.x)), this.v.to(within(py, this.y))];
      if (finite) text += pen + place.map((v) => v.toFixed(2)).join(" ");
      pen = finite ? "L" : "M";
    }
    return text;
  }

  line(points, attributes) {
    return this.add(svgElement("path", { d: this.path(points), fill: "none", ...attributes }));
  }

  dot(px, py, attributes) {
    const place = { cx: this.h.to(within(px, this.x)), cy: this.v.to(within(py, this.y)) };
    return this.add(svgElement("circle", { ...place, r: 5, ...attributes }));
  }

  // A dot to take hold of: around it is room for a thumb.
  grip(px, py, attributes) {
    const room = svgElement("circle", { r: GRIP, class: "fs-grip-room" });
    const group = this.add(svgElement("g", { class: "fs-grip" }, room));
    const dot = this.dot(px, py, attributes);
    for (const name of ["cx", "cy"]) room.setAttribute(name, dot.getAttribute(name));
    group.append(dot);
    return dot;
  }

  text(px, py, words, attributes) {
    return this.add(
      svgElement("text", { x: this.h.to(px), y: this.v.to(py), ...attributes }, words),
    );
  }

  inside(px, py) {
    return inside(px, this.x) && inside(py, this.y);
  }

  // Drags: moved([x, y]) gets the data coordinates under the pointer. A thumb drags a grip only, and
  // scrolls past elsewhere; where it taps, the grip goes.
  onDrag(moved) {
    const { svg, h, v } = this;
    const place = (event) => {
      const box = svg.getBoundingClientRect(),
        view = svg.viewBox.baseVal;
      const [right, down] = [
        (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height,
      ];
      moved([h.back(right * view.width), v.back(down * view.height)]);
    };
    svg.classList.add("fs-draggable");
    const mine = ({ pointerType, target }) => pointerType !== "touch" || target.closest(".fs-grip");
    let tapped = false; // beside the grips
    svg.addEventListener("pointerdown", (event) => {
      tapped = !mine(event);
      if (tapped) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      place(event);
    });
    svg.addEventListener("pointermove", (event) => {
      // a touch is captured by what it began on, grip or not
      if (!tapped && svg.hasPointerCapture(event.pointerId)) place(event);
    });
    // a browser does not ask a part of a picture for its touch-action: it would scroll away under the dot
    svg.addEventListener(
      "touchstart",
      (event) => {
        if (event.target.closest(".fs-grip")) event.preventDefault();
      },
      { passive: false },
    );
    svg.addEventListener("pointercancel", () => {
      tapped = false; // it was scrolling
    });
    svg.addEventListener("click", (event) => {
      if (tapped) place(event);
    });
    return this;
  }
}

// What the lines of a plot are: [{kind, text, dashed}, …], each with a piece of its line.
export function legend(lines) {
  const sample = ({ kind, text, dashed = false }) =>
    element(
      "span",
      { class: "fs-legend-entry", "data-kind": kind },
      svgElement(
        "svg",
        { viewBox: "0 0 26 8", class: "fs-legend-line", "aria-hidden": "true" },
        svgElement("path", { d: "M1 4H25", class: dashed ? "fs-dashed" : null }),
      ),
      text,
    );
  return element("p", { class: "fs-note fs-legend" }, lines.map(sample));
}

// How wide to draw a plot that fills its widget, in units of its text: on a narrow screen fewer of
// them, so that the text stays readable.
export const fullWidth = (root) => (root.clientWidth && root.clientWidth < 560 ? 380 : 700);

// Calls redraw when the widget first has a width, that is, stands in the page, and when it changes
// between narrow and wide; gives the function that stops it.
export function onWidth(root, redraw) {
  let last = root.clientWidth ? fullWidth(root) : null;
  const observer = new ResizeObserver(() => {
    if (!root.clientWidth || fullWidth(root) === last) return;
    last = fullWidth(root);
    redraw();
  });
  observer.observe(root);
  return () => observer.disconnect();
}
