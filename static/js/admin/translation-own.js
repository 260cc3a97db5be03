// What is typed or chosen beside the passages, such as keywords, the address and a picture: it is sent with the form, and
// kept until then.

const FIELDS = ":is(:is(input:not([type=hidden]), textarea)[form=segments], .chooser + input)";

// Wagtail's chooser, of which the field has the key
function chooserOf(field) {
  return field.previousElementSibling?.widget;
}

export class Own {
  constructor(editor) {
    const { root, drafts } = editor;
    this.fields = [...root.querySelectorAll(`.translation-own ${FIELDS}`)];
    this.before = new Map(this.fields.map((field) => [field, field.defaultValue])); // what the server has
    for (const field of this.fields) {
      this.restore(field, drafts);
      const chooser = chooserOf(field);
      field.addEventListener(chooser ? "change" : "input", () => {
        const seen = drafts.get(field.name)?.seen ?? this.before.get(field);
        const text = chooser ? (chooser.getTextLabel() ?? "") : field.value;
        if (field.value === seen) drafts.forget(field.name);
        else drafts.keep(field.name, text, seen, false, chooser?.getState());
      });
    }
    if (this.isDirty) editor.notice(editor.words.restored);
  }

  // A field with an error holds it again. Where the server has other words than before, it has been saved.
  restore(field, drafts) {
    const draft = drafts.get(field.name);
    if (!draft || field.closest(".translation-row").querySelector(".error-message")) return;
    if (draft.seen !== this.before.get(field)) {
      drafts.forget(field.name);
      return;
    }
    const chooser = chooserOf(field);
    if (chooser) chooser.setState(draft.chosen);
    else field.value = draft.text;
    field.closest("details")?.setAttribute("open", "");
  }

  get isDirty() {
    return this.fields.some((field) => field.value !== this.before.get(field));
  }
}
