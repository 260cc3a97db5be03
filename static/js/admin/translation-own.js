// What is typed beside the passages, such as keywords and the address: it is sent with the form, and kept until then.

export class Own {
  constructor(editor) {
    const { root, drafts } = editor;
    const found = root.querySelectorAll(".translation-own :is(input:not([type=hidden]), textarea)[form=segments]");
    this.fields = [...found];
    for (const field of this.fields) {
      this.restore(field, drafts);
      field.addEventListener("input", () => {
        const seen = drafts.get(field.name)?.seen ?? field.defaultValue;
        if (field.value === seen) drafts.forget(field.name);
        else drafts.keep(field.name, field.value, seen);
      });
    }
    if (this.isDirty) editor.notice(editor.words.restored);
  }

  // A field with an error holds it again. Where the server has other words than before, it has been saved.
  restore(field, drafts) {
    const draft = drafts.get(field.name);
    if (!draft || field.closest(".translation-row").querySelector(".error-message")) return;
    if (draft.seen !== field.defaultValue) {
      drafts.forget(field.name);
      return;
    }
    field.value = draft.text;
    field.closest("details")?.setAttribute("open", "");
  }

  get isDirty() {
    return this.fields.some((field) => field.value !== field.defaultValue);
  }
}
