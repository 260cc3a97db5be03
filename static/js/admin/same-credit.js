/* Fills the credit and the rights of an uploaded picture into the empty fields of the others, also of those that arrive
   later: pictures that are uploaded together are often by one photographer. Each keeps its title and description. */

const SHARED = /-(credit|rights|rights_until)$/;
const typed = {}; // the field that somebody has filled in last, by the ending of its name
const note = document.createElement("p");
const uploads = document.getElementById("upload-list");

note.className = "w-help-text";
note.setAttribute("role", "status");

function fill(part, ending) {
  const empty = [...part.querySelectorAll(`[name$="${ending}"]`)].filter((field) => !field.value);
  if (!empty.length || !typed[ending].value) return;
  for (const field of empty) field.value = typed[ending].value;
  note.textContent = document.querySelector("[data-same-credit]").dataset.sameCredit;
  typed[ending].after(note);
}

uploads?.addEventListener("change", ({ target }) => {
  const [ending] = target.name?.match(SHARED) ?? [];
  if (!ending || !target.value) return;
  typed[ending] = target;
  fill(uploads, ending);
});

if (uploads) {
  new MutationObserver((changes) => {
    const added = changes.filter(({ removedNodes }) => !removedNodes.length); // else a form that was refused
    for (const node of added.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node.tagName === "FORM") for (const ending in typed) fill(node, ending);
    }
  }).observe(uploads, { childList: true, subtree: true });
}
