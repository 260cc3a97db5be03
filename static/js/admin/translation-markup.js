// Buttons that put bold, italics or a link of the original around the selected words.

function wrap(area, tag, id) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const opening = id ? `<${tag} id="${id}">` : `<${tag}>`;
  const inside = value.slice(start, end);
  area.setRangeText(`${opening}${inside}</${tag}>`, start, end, "end");
  area.focus();
  area.setSelectionRange(start + opening.length, start + opening.length + inside.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function offerMarkup(row, area) {
  const tools = row.querySelector("[data-tools]");
  if (!tools) return;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-wrap]");
    if (button) wrap(area, button.dataset.wrap, button.dataset.id);
  });
}
