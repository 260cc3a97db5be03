// Shared by the other files. `page_checks.run_check()` calls a function by its name in the page; most return errors.
const INTERACTIVE = "a[href], button, input, select, textarea, summary, video[controls], audio[controls], iframe, [tabindex]";

const name = (element) => `<${element.localName} ${element.className?.baseVal ?? element.className}> ${element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}`;

const isVisible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

const isVisuallyHidden = (element) => Boolean(element.closest(".visually-hidden, .skip-link:not(:focus)"));

/** Elements that the keyboard must reach, in document order. */
const interactive = (root = document.body) => [...root.querySelectorAll(INTERACTIVE)].filter(
  (element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && isVisible(element),
);
