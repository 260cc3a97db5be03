// What the other files share. `page_checks.run_check()` calls the functions by name, in the page; most answer what is wrong.
const INTERACTIVE = "a[href], button, input, select, textarea, summary, video[controls], audio[controls], iframe, [tabindex]";

const name = (element) => `<${element.localName} ${element.className?.baseVal ?? element.className}> ${element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}`;

const isVisible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

const isForReaders = (element) => Boolean(element.closest(".visually-hidden, .skip-link:not(:focus)"));

/** What the keyboard should reach, in the order of the text. */
const interactive = (root = document.body) => [...root.querySelectorAll(INTERACTIVE)].filter(
  (element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && isVisible(element),
);
