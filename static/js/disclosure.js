// Panels that open by activation also close by Escape and by a press outside; by their `name`, when another opens.
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

// The menu of a narrow screen, in browsers that know popovers.
const menu = document.getElementById("menu");
const isMenuOpen = () => Boolean(menu?.hidePopover) && menu.matches(":popover-open");

// Leaving a panel by the keyboard closes it, so that it does not cover what is focused next.
document.addEventListener("focusin", (event) => {
  for (const details of open()) {
    if (!details.contains(event.target) && !event.target.contains(details)) close(details);
  }
  if (isMenuOpen() && !menu.contains(event.target)) menu.hidePopover();
});

// A menu that was open on a narrow screen goes back into its row on a wide one.
matchMedia("(min-width: 78em)").addEventListener("change", (change) => {
  if (change.matches && isMenuOpen()) menu.hidePopover();
});
