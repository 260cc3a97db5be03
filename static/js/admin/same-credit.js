/* Fills the credit and the rights of an uploaded picture into the empty fields of the others: pictures that are uploaded
   together are often by one photographer. Each picture keeps its own title and description. */

const SHARED = /-(credit|rights|rights_until)$/;
const note = document.createElement("p");
const uploads = document.getElementById("upload-list");

note.className = "w-help-text";
note.setAttribute("role", "status");

uploads?.addEventListener("change", ({ target }) => {
  const [ending] = target.name?.match(SHARED) ?? [];
  if (!ending || !target.value) return;
  const empty = [...uploads.querySelectorAll(`[name$="${ending}"]`)].filter((field) => !field.value);
  if (!empty.length) return;
  for (const field of empty) field.value = target.value;
  note.textContent = document.querySelector("[data-same-credit]").dataset.sameCredit;
  target.after(note);
});
