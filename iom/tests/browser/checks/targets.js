// The size of targets.

/** The target area of an element: its own box, that of its label, or the whole card. */
function target(element) {
  const boxes = [(element.closest("label") ?? element).getBoundingClientRect()];
  const cover = getComputedStyle(element, "::after");
  if (cover.content !== "none" && cover.position === "absolute") boxes.push(element.offsetParent.getBoundingClientRect());
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
  return { element, left, top, right, bottom, isSmall: Math.min(right - left, bottom - top) < 24 };
}

/** Whether it is a link in a sentence: its size is constrained by the line height. */
function isInSentence(element) {
  if (getComputedStyle(element).display !== "inline") return false;
  const block = element.closest("p, li, dd, dt, figcaption, blockquote");
  const own = [...(block?.querySelectorAll(INTERACTIVE) ?? [])].map((link) => link.textContent).join("");
  return Boolean(block) && block.textContent.replace(/[\s·]/g, "").length > own.replace(/[\s·]/g, "").length;
}

/** Targets smaller than 24 px whose circle of 24 px touches another target (WCAG 2.5.8). */
function smallTargets() {
  const all = interactive().filter((element) => !isVisuallyHidden(element)).map(target);
  const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const touches = (one, other) => {
    const [x, y] = middle(one);
    const [otherX, otherY] = middle(other);
    const aside = Math.hypot(Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom));
    return aside < 12 || (other.isSmall && Math.hypot(x - otherX, y - otherY) < 24);
  };
  return all
    .filter((one) => one.isSmall && !isInSentence(one.element) && all.some((other) => other !== one && !other.element.contains(one.element) && touches(one, other)))
    .map((one) => `${Math.round(one.right - one.left)} × ${Math.round(one.bottom - one.top)} px: ${name(one.element)}`);
}

/** Visible rows that are lower than `least` pixels. */
const lowRows = (selector, least) => [...document.querySelectorAll(selector)]
  .filter((row) => isVisible(row) && row.getBoundingClientRect().height < least)
  .map((row) => `${row.getBoundingClientRect().height} px: ${name(row)}`);
