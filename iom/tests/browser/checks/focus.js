// The focus: its order and its visibility.

/** Errors of the focus ring of an element. */
function ringErrors(element) {
  const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(element);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return ["shows no focus"];
  const against = contrast(channels(outlineColor), background(parseFloat(outlineOffset) < 0 ? element : element.parentElement));
  return against < 3 ? [`its ring has a contrast of ${against.toFixed(1)}`] : [];
}

/** What covers the centre or the corners of the element, as far as they are in the window. */
function coveringElements(element) {
  const [box] = element.getClientRects();
  const inset = 3;
  const points = [
    [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
    [box.left + inset, box.top + inset],
    [box.right - inset, box.top + inset],
    [box.left + inset, box.bottom - inset],
    [box.right - inset, box.bottom - inset],
  ].filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  if (!points.length) return ["is out of the window"];
  const above = points.map(([x, y]) => document.elementFromPoint(x, y)).filter((top) => top && !element.contains(top) && !top.contains(element));
  return above.length ? [`is covered by ${name(above[0])}`] : [];
}

/** Whether the next box is above the first, or before it in the same line. */
function isBackwards(one, next) {
  return (next.bottom <= one.top && next.left < one.right) || (next.right <= one.left && next.top < one.bottom);
}

/** Starts a walk by keyboard through `selector`: returns the number of stops and those that are out of order. */
function startWalk(selector) {
  const stops = interactive(document.querySelector(selector));
  const boxes = stops.map((element) => element.getBoundingClientRect());
  globalThis.walk = { stops, marked: stops.map((element) => element !== document.activeElement && getComputedStyle(element).outlineStyle !== "none") };
  const wrong = stops.filter((_, number) => number && isBackwards(boxes[number - 1], boxes[number]));
  return { count: stops.length, wrong: wrong.map((element) => `is placed before the previous stop: ${name(element)}`) };
}

/** The number of the stop that has the focus, -1 if none has it, and its errors. */
function currentStop() {
  const element = document.activeElement;
  const number = walk.stops.indexOf(element);
  if (number < 0) return { number, wrong: [], at: name(element) };
  const wrong = [...ringErrors(element), ...coveringElements(element)];
  if (walk.marked[number]) wrong.push("looks the same without the focus");
  return { number, wrong: wrong.map((what) => `${what}: ${name(element)}`), at: name(element) };
}

/** What covers the element that has the focus. */
const coveredFocus = () => coveringElements(document.activeElement);
