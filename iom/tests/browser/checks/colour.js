// Colours, contrast, and information without colour.

/** The channels of a computed colour: red, green, blue and opacity. */
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

/** The first opaque background colour of an element and its ancestors. */
function background(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = channels(getComputedStyle(one).backgroundColor);
    if (colour.opaque > 0.99) return colour;
  }
  return { rgb: [255, 255, 255], opaque: 1 };
}

/** Buttons and fields whose border has too little contrast with the background. */
const faintBorders = () => [...document.querySelectorAll(".button, .field, .menu-button, .menu-close, .viewer-button")].filter(isVisible).filter((control) => {
  const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(control);
  return borderTopStyle === "none" || parseFloat(borderTopWidth) < 1 || contrast(channels(borderTopColor), background(control.parentElement)) < 3;
}).map((control) => `no border: ${name(control)}`);

/** The marks of an element besides colour: its border, its underline and the line of its ::before. */
function nonColourMarks(selector) {
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

/** The colours of the map legend and their borders, in order. */
const legend = () => [...document.querySelectorAll(".map-key")].map((key) => {
  const { backgroundColor, borderTopWidth, borderTopColor } = getComputedStyle(key);
  return [backgroundColor, parseFloat(borderTopWidth), borderTopColor];
});

/** Elements with an animation or a transition. */
const animated = () => [...document.querySelectorAll("*")].filter((element) => [null, "::before", "::after"].some((part) => {
  const { transitionDuration, animationName } = getComputedStyle(element, part);
  return !["none", ""].includes(animationName) || transitionDuration.split(", ").some((time) => parseFloat(time) > 0.001);
})).map(name);
