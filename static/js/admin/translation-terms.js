// The glossary terms in the original of a passage. A click or a key inserts their translation at the caret.

export class Terms {
  constructor(row) {
    this.row = row;
    const list = row.element.querySelector("[data-terms]");
    this.terms = [...(list?.querySelectorAll("[data-term]") || [])];
    this.next = 0;
    for (const term of this.terms) {
      const button = term.querySelector("[data-insert]");
      button.hidden = false;
      button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus and the caret
      button.addEventListener("click", () => this.insert(term));
    }
    for (const mark of row.element.querySelectorAll("mark[data-term]")) {
      mark.addEventListener("mousedown", (event) => event.preventDefault());
      mark.addEventListener("click", () => this.insert(this.terms[mark.dataset.term]));
    }
  }

  // Inserts the first term that the text lacks; if it has all of them, one after the other.
  insertNext() {
    if (!this.terms.length) return;
    const text = this.row.area.value.toLowerCase();
    const missing = this.terms.find((term) => !text.includes(this.rendered(term).toLowerCase()));
    const term = missing || this.terms[this.next % this.terms.length];
    this.next = this.terms.indexOf(term) + 1;
    this.insert(term);
  }

  rendered(term) {
    return term.querySelector("[data-rendered]").textContent;
  }

  insert(term) {
    const { editor } = this.row;
    const text = this.rendered(term);
    this.row.insert(text);
    editor.announce(editor.words.inserted.replace("{term}", text));
  }
}
