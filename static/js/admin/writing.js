/* Writing by keyboard only. In a paragraph, "/" inserts any block, as in Wagtail. Enter in a single-line field, which
   would submit the form, goes to the next field of the block, and after the last one to a new paragraph. */

const FIELDS = 'input[type="text"]:not([role]), textarea';

/* Returns Wagtail's object for the body of the page: https://docs.wagtail.org/en/stable/extending/client_side_panels.html */
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
