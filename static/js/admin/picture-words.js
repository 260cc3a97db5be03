/* Where a picture is chosen, its alternative text and caption are proposed as they were last written in this language
   (iom.core.picture_words). What somebody typed stays, and what is decorative gets no text. */

const proposed = new WeakMap(); // by field: what was proposed for the picture before
const EDITOR = /\/(\d+)\/(?:edit\/)?$/; // the page that is edited, or the one below which one is added

/* The field for a part ("alt", "caption", "decorative") of the picture in `input`: of a page, or of a block. */
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
  if (input.value !== chosen) return; // another has been chosen meanwhile
  for (const part of ["alt", "caption"]) write(field(input, part), words[part] ?? "", words.note);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("form[data-edit-form] input[type=hidden]") && field(target, "alt")) propose(target);
});
// Whoever goes to a proposed text and types replaces it.
document.addEventListener("focusin", ({ target }) => {
  if (target.value && target.value === proposed.get(target)) setTimeout(() => target.select(), 150);
});
document.addEventListener("input", ({ target }) => {
  if (proposed.has(target)) say(target, "");
});
