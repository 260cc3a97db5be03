/* Makes the editor's buttons wait for a running autosave, and starts none after that. For a new page, both requests
   would create a page, and the second would be refused for its slug. If Wagtail's dialog has already asked whether to
   replace another person's version, the server does not ask again. */

const ACTIVE = "data-w-autosave-active-value";
let saving = false;
let pressed = null;
let newer = ""; // the version that the dialog asks about

function ended() {
  const button = pressed;
  saving = false;
  pressed = null;
  button?.click();
}

function isEditor(form) {
  return form?.matches("form[data-edit-form][data-controller~=w-autosave]");
}

function press(event) {
  const button = event.target.closest("button[type=submit]");
  if (!saving || !isEditor(button?.form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = button;
}

// Not on click: a workflow button first opens a dialog, which may be cancelled.
function submit(event) {
  if (isEditor(event.target)) event.target.setAttribute(ACTIVE, "false");
}

// After “Back” from the next page, the user can continue to write.
function comeBack() {
  for (const form of document.forms) if (isEditor(form)) form.removeAttribute(ACTIVE);
}

function learn({ detail }) {
  const sessions = detail.data?.other_sessions;
  if (sessions) newer = sessions.find((session) => session.revision_id)?.revision_id ?? "";
}

// Runs before Wagtail clicks the button.
function confirmed({ target }) {
  if (target.id !== "w-save-confirmation-dialog" || !newer) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "replaced_revision_id", value: newer });
  document.querySelector("form[data-edit-form]").append(field);
}

document.addEventListener("w-swap:json", learn);
document.addEventListener("w-dialog:confirmed", confirmed, true);
document.addEventListener("w-autosave:save", () => (saving = true));
document.addEventListener("w-autosave:success", ended);
document.addEventListener("w-autosave:error", ended);
document.addEventListener("click", press, true);
document.addEventListener("submit", submit, true);
window.addEventListener("pageshow", comeBack);
