// Extreme content: words that do not break, portrait pictures, a menu with many groups.

/** Puts `word` before every text, except interface texts and numbers, and into every email address. */
function addLongWord(word) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.data.trim() && !node.parentElement.closest("script, svg, video, select, button, label, time, .map-regions span, .figures-number")) found.push(node);
  }
  for (const node of found) {
    node.data = node.parentElement.closest("[href^='mailto:']") ? `${word}@example.org` : `${word} ${node.data}`;
  }
}

/** Fills each panel of the menu with `count` groups of `pages` pages. */
function fillMenu(count, pages) {
  for (const groups of document.querySelectorAll(".menu-groups")) {
    const group = document.querySelector(".menu-group.has-pages");
    groups.replaceChildren(...Array.from({ length: count }, () => {
      const copy = group.cloneNode(true);
      const list = copy.querySelector(".menu-pages");
      list.replaceChildren(...Array.from({ length: pages }, () => list.firstElementChild.cloneNode(true)));
      return copy;
    }));
  }
}

/** Pictures and videos that are taller than the window. */
const tooTall = () => [...document.querySelectorAll("img, video")]
  .filter((element) => isVisible(element) && element.getBoundingClientRect().height > innerHeight)
  .map((element) => `${Math.round(element.getBoundingClientRect().height)} px tall: ${name(element.parentElement)}`);
