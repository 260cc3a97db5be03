// The focus: where it goes, whether it shows.

/** What is wrong with how the focus shows on an element. */
function ring(element) {
  const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(element);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return ["shows no focus"];
  const against = contrast(channels(outlineColor), ground(parseFloat(outlineOffset) < 0 ? element : element.parentElement));
  return against < 3 ? [`its ring has a contrast of ${against.toFixed(1)}`] : [];
}

/** What covers the element, at its middle and near its corners, where these are in the window. */
function covered(element) {
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

/** Whether a reader who follows the focus from one box to the next goes up, or back in the line. */
function isBackwards(one, next) {
  return (next.bottom <= one.top && next.left < one.right) || (next.right <= one.left && next.top < one.bottom);
}

/** Begins a walk by keyboard through what `selector` holds: how many stops it should have, and which stand out of order. */
function plan(selector) {
  const stops = interactive(document.querySelector(selector));
  const boxes = stops.map((element) => element.getBoundingClientRect());
  globalThis.walk = { stops, marked: stops.map((element) => element !== document.activeElement && getComputedStyle(element).outlineStyle !== "none") };
  const wrong = stops.filter((_, number) => number && isBackwards(boxes[number - 1], boxes[number]));
  return { count: stops.length, wrong: wrong.map((element) => `stands before what comes before it: ${name(element)}`) };
}

/** At which stop the walk is, -1 where it is at none, and what is wrong there. */
function stop() {
  const element = document.activeElement;
  const number = walk.stops.indexOf(element);
  if (number < 0) return { number, wrong: [], at: name(element) };
  const wrong = [...ring(element), ...covered(element)];
  if (walk.marked[number]) wrong.push("looks the same without the focus");
  return { number, wrong: wrong.map((what) => `${what}: ${name(element)}`), at: name(element) };
}

/** What covers the part that has the focus. */
const hiddenFocus = () => covered(document.activeElement);
