// Colour, and what remains without it.

/** The numbers of a colour as the browser computes it: red, green, blue, and how opaque. */
function channels(colour) {
  const [red, green, blue, opaque = 1] = colour.match(/[\d.]+/g).map(Number);
  return { rgb: [red, green, blue], opaque };
}

function luminance({ rgb }) {
  const [red, green, blue] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour behind an element. */
function ground(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = channels(getComputedStyle(one).backgroundColor);
    if (colour.opaque > 0.99) return colour;
  }
  return { rgb: [255, 255, 255], opaque: 1 };
}

/** Buttons and fields whose border does not stand out from what is around them. */
const faint = () => [...document.querySelectorAll(".button, .field, .menu-button, .menu-close, .viewer-button")].filter(isVisible).filter((control) => {
  const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(control);
  return borderTopStyle === "none" || parseFloat(borderTopWidth) < 1 || contrast(channels(borderTopColor), ground(control.parentElement)) < 3;
}).map((control) => `no border: ${name(control)}`);

/** Everything but colour by which an element stands out: the lines at its sides, below its words, and drawn before it. */
function marks(selector) {
  const element = [...document.querySelectorAll(selector)].find(isVisible);
  const own = getComputedStyle(element);
  const before = getComputedStyle(element, "::before");
  const width = (style, side) => (style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]));
  return {
    start: width(own, "InlineStart"),
    below: before.content === "none" ? 0 : width(before, "Bottom"),
    line: own.textDecorationLine,
  };
}

/** The colours of the map's legend, in their order, and their borders. */
const legend = () => [...document.querySelectorAll(".map-key")].map((key) => {
  const { backgroundColor, borderTopWidth, borderTopColor } = getComputedStyle(key);
  return [backgroundColor, parseFloat(borderTopWidth), borderTopColor];
});

/** What moves by itself or on its way from one state to another. */
const moving = () => [...document.querySelectorAll("*")].filter((element) => [null, "::before", "::after"].some((part) => {
  const { transitionDuration, animationName } = getComputedStyle(element, part);
  return !["none", ""].includes(animationName) || transitionDuration.split(", ").some((time) => parseFloat(time) > 0.001);
})).map(name);
