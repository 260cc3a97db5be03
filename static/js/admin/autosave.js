/* Wagtail's editor may be autosaving when a button is pressed. Of a new page, both requests would create one, and the
   second would be refused for its slug. The button waits for the autosave, and no autosave starts after it. */

let saving = false;
let pressed = null;

function ended() {
  const button = pressed;
  saving = false;
  pressed = null;
  button?.click();
}

function press(event) {
  const button = event.target.closest("button[type=submit]");
  if (!button?.form?.matches("form[data-edit-form][data-controller~=w-autosave]")) return;
  if (saving) {
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = button;
  } else {
    button.form.setAttribute("data-w-autosave-active-value", "false");
  }
}

document.addEventListener("w-autosave:save", () => (saving = true));
document.addEventListener("w-autosave:success", ended);
document.addEventListener("w-autosave:error", ended);
document.addEventListener("click", press, true);
