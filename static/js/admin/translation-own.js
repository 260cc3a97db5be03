// Keeps values of fields beside the passages, such as keywords, slug and picture, until the form is submitted.

const FIELDS = ":is(:is(input:not([type=hidden]), textarea)[form=segments], .chooser + input)";

// Wagtail's chooser; the field contains the key
function chooserOf(field) {
  return field.previousElementSibling?.widget;
}

export class Own {
  constructor(editor) {
    const { root, drafts } = editor;
    this.fields = [...root.querySelectorAll(`.translation-own ${FIELDS}`)];
    this.before = new Map(this.fields.map((field) => [field, field.defaultValue])); // the values on the server
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

  // A field with an error keeps its value. If the server's value has changed, the field has been saved.
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
