// Content without JavaScript and without pictures.

const MAY_BE_HIDDEN = "[hidden], .visually-hidden, .printed-address, video, script, svg, option, .filters-summary, details.choice";

/** Text of the page that is not visible. */
function hiddenWords() {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() && !element.closest(MAY_BE_HIDDEN) && !isVisible(element)) found.push(name(element));
  }
  return found;
}

/** Pictures whose alternative text does not fit into the box of the picture. */
function cutAltTexts() {
  const measure = document.body.appendChild(document.createElement("p"));
  const cut = [...document.images].filter((picture) => picture.alt && isVisible(picture)).filter((picture) => {
    const { fontFamily, fontSize, lineHeight, letterSpacing } = getComputedStyle(picture);
    Object.assign(measure.style, { fontFamily, fontSize, lineHeight, letterSpacing, width: `${picture.clientWidth}px` });
    measure.textContent = picture.alt;
    return measure.offsetHeight > picture.clientHeight + 2 || measure.scrollWidth > picture.clientWidth + 1;
  });
  measure.remove();
  return cut.map((picture) => `${picture.clientWidth} × ${picture.clientHeight} px: ${picture.alt}`);
}
