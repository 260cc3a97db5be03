// Buttons that format the selected words of a passage as bold, italics or a link of the original.

export class Markup {
  constructor(row) {
    this.row = row;
    this.tools = row.element.querySelector("[data-tools]");
    if (!this.tools) return;
    this.tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-wrap]");
      if (button) this.wrap(button.dataset.wrap, button.dataset.id);
    });
  }

  // Does the same as a button, if the passage has one. The tag `a` takes the first link that the text lacks.
  press(tag) {
    const buttons = [...(this.tools?.querySelectorAll(`[data-wrap="${tag}"]`) || [])];
    const unused = buttons.find(({ dataset: { id } }) => !this.row.area.value.includes(`id="${id}"`));
    (unused || buttons[0])?.click();
  }

  wrap(tag, id) {
    const { area } = this.row;
    const { selectionStart: start, selectionEnd: end, value } = area;
    const opening = id ? `<${tag} id="${id}">` : `<${tag}>`;
    const inside = value.slice(start, end);
    this.row.insert(`${opening}${inside}</${tag}>`);
    area.setSelectionRange(start + opening.length, start + opening.length + inside.length);
  }
}
