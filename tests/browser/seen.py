"""What a reader sees of a widget: every visible text's box, what clips it, and which boxes meet."""

# For each visible text below the root: its text, its box, and what is wrong with it. Text of a field is measured as it is drawn.
READ = r"""(root) => {
  const clip = (node) => { const style = getComputedStyle(node); return style.overflowX !== "visible" || style.overflowY !== "visible"; };
  const scrolls = (node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowX);
  const hidden = (node) => !node.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    || node.closest(".fs-visually-hidden, [hidden], option, select, details:not([open]) > :not(summary), math, title");
  const found = [];
  const wrong = [];
  const add = (text, box, node, within) => { if (box.width > 0.5 && text.trim()) found.push({ text: text.trim(), box, node, within }); };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || hidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) add(node.data, box, parent);
  }
  // what is wider than its frame can be reached by keyboard, it or a number in it, or nobody knows of it
  for (const node of root.querySelectorAll("*")) {
    if (hidden(node) || !scrolls(node) || node.tabIndex >= 0 || node.querySelector("[tabindex='0']") || node.scrollWidth <= node.clientWidth + 1) continue;
    wrong.push(`wider than its frame: ${node.scrollWidth} in ${node.clientWidth} px, ${node.className}`);
  }
  const probes = [];
  for (const input of root.querySelectorAll("input[type=text]")) {
    if (hidden(input) || input.readOnly) continue;
    const style = getComputedStyle(input);
    const spare = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const probe = document.createElement("span");
    probe.textContent = input.value;
    probe.style.cssText = "position: absolute; visibility: hidden; white-space: pre";
    for (const name of ["fontFamily", "fontSize", "fontWeight", "fontStyle", "fontStretch", "fontVariantNumeric", "letterSpacing"]) probe.style[name] = style[name];
    probes.push({ input, probe, spare, box: input.getBoundingClientRect() });
  }
  document.body.append(...probes.map(({ probe }) => probe));
  for (const { input, probe, spare, box } of probes) {
    const width = probe.getBoundingClientRect().width;
    if (width > spare + 1) wrong.push(`cut off in its field: ${input.value} (${width.toFixed(1)} in ${spare.toFixed(1)} px) ${input.ariaLabel}`);
    const middle = box.left + box.width / 2;
    add(input.value, { left: middle - width / 2, right: middle + width / 2, top: box.top + box.height / 2 - 5, bottom: box.top + box.height / 2 + 5, width, height: 10 }, input);
  }
  for (const { probe } of probes) probe.remove();
  const frame = root.getBoundingClientRect();
  const inside = (box, of, slack) => box.left >= of.left - slack && box.right <= of.right + slack && box.top >= of.top - slack && box.bottom <= of.bottom + slack;
  for (const one of found) {
    let inScroller = false;
    for (let up = one.node; up && up !== root.parentElement; up = up.parentElement) {
      if (scrolls(up)) inScroller = true;
      else if (clip(up) && up !== one.node && !inScroller && up.tagName !== "svg" && !inside(one.box, up.getBoundingClientRect(), 2)) wrong.push(`clipped: ${one.text} in ${up.className}`);
    }
    // what sticks to the window's edge lies over what scrolls past it
    one.inScroller = inScroller || one.node.closest(".fs-bar, .fs-at-hand, .fs-bug-lab .fs-outcome") !== null;
    const stage = one.node.closest(".fs-stage, svg");
    if (stage && !inside(one.box, stage.getBoundingClientRect(), 2)) wrong.push(`outside the drawing: ${one.text}`);
    if (!inScroller && (one.box.left < frame.left - 1 || one.box.right > frame.right + 1)) wrong.push(`outside the widget: ${one.text}`);
    if (!inScroller && (one.box.left < -1 || one.box.right > innerWidth + 1)) wrong.push(`outside the window: ${one.text}`);
  }
  const slack = 1;
  const still = found.filter((one) => !one.inScroller).sort((a, b) => a.box.left - b.box.left);
  for (let i = 0; i < still.length; i++) {
    const a = still[i];
    for (let k = i + 1; k < still.length && still[k].box.left < a.box.right - slack; k++) {
      const b = still[k];
      // balls of a race stand where they stand, one over another where they meet
      if (a.node.closest(".fs-ball-letter") && b.node.closest(".fs-ball-letter")) continue;
      if (a.node === b.node || a.node.contains(b.node) && a.node.tagName === "BUTTON") continue;
      // a line of type is a little higher than its letters
      const [at, ab, bt, bb] = [a.box.top + 0.18 * a.box.height, a.box.bottom - 0.18 * a.box.height, b.box.top + 0.18 * b.box.height, b.box.bottom - 0.18 * b.box.height];
      if (Math.min(ab, bb) - Math.max(at, bt) > slack && Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > slack)
        wrong.push(`“${a.text}” meets “${b.text}”`);
    }
  }
  return [...new Set(wrong)];
}"""


def wrong_texts(widget):
    """What is wrong with the texts of a widget: cut off, outside, or over one another."""
    return widget.evaluate(READ)
