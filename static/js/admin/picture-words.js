/* Fills in the alternative text and caption of a chosen picture as they were last written in this language
   (iom.core.picture_descriptions). Keeps text that somebody has typed, and fills in nothing for decorative pictures. */

const proposed = new WeakMap(); // the text that was filled in for the former picture, by field
const EDITOR = /\/(\d+)\/(?:edit\/)?$/; // the key of the edited page, or of the parent of a new page

/* Returns the field for a part ("alt", "caption", "decorative") of the picture in `input`, on a page or in a block. */
function field(input, part) {
  const { form, name } = input;
  const beside = /image$/.test(name) ? form.elements[name.replace(/image$/, part)] : null;
  return form.querySelector(`[data-picture-words="${name} ${part}"]`) ?? beside ?? null;
}

function isDecorative(input) {
  const name = /image$/.test(input.name) ? input.name.replace(/image$/, "decorative") : "picture_decorative";
  return Boolean(input.form.elements[name]?.checked);
}

function say(target, note) {
  let said = target.parentElement.querySelector(".picture-words");
  if (!said && note) {
    said = document.createElement("p");
    said.className = "picture-words help";
    said.setAttribute("role", "status");
    target.after(said);
  }
  if (said) said.textContent = note;
}

function write(target, text, note) {
  if (!target || (target.value && target.value !== proposed.get(target))) return;
  target.value = text;
  proposed.set(target, text);
  say(target, text ? note : "");
  target.dispatchEvent(new Event("change", { bubbles: true }));
}

async function propose(input) {
  const page = location.pathname.match(EDITOR)?.[1];
  if (!page || isDecorative(input)) return;
  const chosen = input.value;
  const address = `/admin/pictures/${chosen}/words/${page}/`;
  const answer = chosen ? await fetch(address) : null;
  const words = answer?.ok ? await answer.json() : {};
  if (input.value !== chosen) return; // another picture has been chosen in the meantime
  for (const part of ["alt", "caption"]) write(field(input, part), words[part] ?? "", words.note);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("form[data-edit-form] input[type=hidden]") && field(target, "alt")) propose(target);
});
// Selects a filled-in text when it gets the focus, so that typing replaces it.
document.addEventListener("focusin", ({ target }) => {
  if (target.value && target.value === proposed.get(target)) setTimeout(() => target.select(), 150);
});
document.addEventListener("input", ({ target }) => {
  if (proposed.has(target)) say(target, "");
});
