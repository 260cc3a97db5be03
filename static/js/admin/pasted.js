/* Says that tables and pictures of a pasted text are not kept: the editor makes lines of a table and drops a picture.
   Users who have the import in their menu get a link to it. */

const { pastedText, importAddress } = document.querySelector("[data-pasted-text]").dataset;

function showPastedNote(field) {
  const note = document.createElement("p");
  note.className = "pasted-note help-block help-warning";
  note.setAttribute("role", "status");
  note.textContent = `${pastedText} `;
  const item = document.querySelector(`a[href="${importAddress}"]`);
  if (item) {
    const link = Object.assign(document.createElement("a"), { href: importAddress, target: "_blank" });
    link.textContent = item.textContent.trim();
    note.append(link);
  }
  field.querySelector(".pasted-note")?.remove();
  field.append(note);
}

document.addEventListener(
  "paste",
  ({ target, clipboardData }) => {
    const field = target.closest(".Draftail-Editor") && target.closest(".w-field");
    const html = clipboardData?.getData("text/html");
    if (!field || !html) return;
    const pasted = new DOMParser().parseFromString(html, "text/html");
    if (pasted.querySelector("img") || pasted.querySelectorAll("td").length > 1) showPastedNote(field);
  },
  true,
);
