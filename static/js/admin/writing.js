/* A text from the keyboard alone. In a paragraph, "/" inserts any block, as Wagtail does it. Enter in a field of one
   line goes on to the next field of its block, and from the last one to a new paragraph: it would send the form. */

const FIELDS = 'input[type="text"]:not([role]), textarea';

/* Wagtail's objects for the text of the page: https://docs.wagtail.org/en/stable/extending/client_side_panels.html */
function sequence() {
  return window.wagtail.editHandler?.getPanelByName("body")?.getBoundWidget() ?? null;
}

function isShown(field) {
  return field.offsetParent !== null;
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!target.matches?.('[data-contentpath="body"] input[type="text"]:not([role])')) return;
  const text = sequence();
  const child = text?.children.find(({ element }) => element.contains(target));
  if (!child) return;
  event.preventDefault();
  const fields = [...child.element.querySelectorAll(FIELDS)].filter(isShown);
  const next = fields[fields.indexOf(target) + 1];
  if (next) next.focus();
  else child.addSibling({ type: "paragraph" });
});
