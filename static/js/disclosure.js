// Disclosure panels: also closes them by Escape and by a click outside. Panels of the same `name` close each other.
const SELECTOR = "details[data-dismissible]";

const open = () => document.querySelectorAll(`${SELECTOR}[open]`);

function close(details, { focus = false } = {}) {
  details.open = false;
  if (focus) details.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of open()) close(details, { focus: details.contains(document.activeElement) });
});

document.addEventListener("pointerup", (event) => {
  for (const details of open()) {
    if (!details.contains(event.target)) close(details);
  }
});

// The menu of a narrow screen, in browsers that support popovers.
const menu = document.getElementById("menu");
const isMenuOpen = () => Boolean(menu?.hidePopover) && menu.matches(":popover-open");

// Closes a panel when the keyboard focus leaves it, so that it does not cover the next element.
document.addEventListener("focusin", (event) => {
  for (const details of open()) {
    if (!details.contains(event.target) && !event.target.contains(details)) close(details);
  }
  if (isMenuOpen() && !menu.contains(event.target)) menu.hidePopover();
});

// Closes the menu when the screen becomes wide, where it is shown as a row.
matchMedia("(min-width: 78em)").addEventListener("change", (change) => {
  if (change.matches && isMenuOpen()) menu.hidePopover();
});
