// Text: the position, overlap and length of its lines.

/** Every visible line of text: its element and its box, without a quarter of its height above and below. */
function lines(root = document.body) {
  const found = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, svg, video, select") || !isVisible(element) || isVisuallyHidden(element)) continue;
    const shown = element.closest("[role=region][tabindex]")?.getBoundingClientRect(); // a scrollable region
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of hasEllipsis(element) ? [element.getBoundingClientRect()] : range.getClientRects()) {
      const spare = box.height / 4;
      const isScrolledAway = shown && (box.bottom > shown.bottom + 1 || box.right > shown.right + 1 || box.top < shown.top - 1);
      if (box.width > 1 && !isScrolledAway) found.push({ element, left: box.left, right: box.right, top: box.top + spare, bottom: box.bottom - spare });
    }
  }
  return found;
}

/** Whether text that does not fit ends with an ellipsis. */
const hasEllipsis = (element) => getComputedStyle(element).textOverflow === "ellipsis";

/** Whether the whole text of an element is also elsewhere on the page. */
const isRepeated = (element) => document.body.innerText.split(element.textContent.trim()).length > 2;

/** The lines of the page, measured once for all checks of one call. */
const allLines = (() => {
  let found;
  return () => (found ??= lines());
})();

/** Content that makes the page scroll sideways, and text before its start edge, which no scrolling reaches. */
function overflowing() {
  const { clientWidth, scrollWidth, dir } = document.documentElement;
  const lost = allLines().filter((line) => (dir === "rtl" ? line.right > clientWidth + 1 : line.left < -1));
  const out = [...new Set(lost.map((line) => `beyond the edge: ${name(line.element)}`))];
  if (scrollWidth <= clientWidth) return out.slice(0, 5);
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.right > clientWidth + 1 || box.left < -1;
  });
  return [...out, "scrolls sideways", ...wide.map(name)].slice(0, 6);
}

/** Text that overlaps other text. */
function overlaps() {
  const sorted = allLines().toSorted((a, b) => a.top - b.top);
  const found = new Set();
  sorted.forEach((line, number) => {
    for (let next = number + 1; next < sorted.length && sorted[next].top < line.bottom - 1; next += 1) {
      const other = sorted[next];
      if (line.left < other.right - 2 && other.left < line.right - 2) {
        found.add(`${name(line.element)} and ${name(other.element)}`);
      }
    }
  });
  return [...found].slice(0, 5).map((pair) => `overlap: ${pair}`);
}

/** Elements that cut their content, in width or height. The text of a field may scroll sideways. */
function clipped() {
  const hides = (overflow) => /hidden|clip/.test(overflow);
  const cut = [...document.body.querySelectorAll("*:not(svg, svg *, img, video, option)")].filter((element) => {
    const { overflowX, overflowY, display } = getComputedStyle(element);
    if (display === "inline" || !isVisible(element) || isVisuallyHidden(element)) return false;
    if (hasEllipsis(element) && isRepeated(element)) return false;
    const isLow = element.scrollHeight > element.clientHeight + 1;
    if (element.matches("button, select, input")) return isLow;
    return (isLow && hides(overflowY)) || (hides(overflowX) && element.scrollWidth > element.clientWidth + 1);
  });
  return cut.slice(0, 5).map((element) => `cut: ${name(element)}`);
}

const runningText = () => [...document.querySelectorAll("main p, main .rich-text li")].filter(
  (text) => text.textContent.trim().length > 40 && !text.matches(".filter") && isVisible(text),
);

/** Lines of running text with more than `limit` characters. */
const longLines = (limit) => runningText()
  .map((text) => [Math.max(...lineLengths(text)), text])
  .filter(([longest]) => longest > limit)
  .map(([longest, text]) => `${longest} characters in a line: ${name(text)}`)
  .slice(0, 5);

/** Running text beside other running text. */
function columns() {
  const found = [];
  const texts = runningText();
  const boxes = texts.map((text) => ({ text, box: text.getBoundingClientRect() }));
  boxes.forEach(({ text, box }, number) => {
    for (const other of boxes.slice(number + 1)) {
      if (box.top < other.box.bottom - 1 && other.box.top < box.bottom - 1 && !text.contains(other.text)) {
        found.push(`beside each other: ${name(text)} and ${name(other.text)}`);
      }
    }
  });
  return found.slice(0, 5);
}

/** The number of characters in each line of a paragraph. */
function lineLengths(paragraph) {
  const perLine = new Map();
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (isVisuallyHidden(node.parentElement)) continue;
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const [box] = range.getClientRects();
      if (!box || !box.width) continue;
      const line = [...perLine.keys()].find((bottom) => Math.abs(bottom - box.bottom) < box.height / 2) ?? box.bottom;
      perLine.set(line, (perLine.get(line) ?? 0) + 1);
    }
  }
  return [0, ...perLine.values()];
}
