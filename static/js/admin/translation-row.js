// A passage in the editor: its text field, its draft in the browser, and its messages.

import { Markup } from "./translation-markup.js";
import { post } from "./translation-sending.js";
import { Terms } from "./translation-terms.js";

const PAUSE = 1500; // milliseconds without typing before a passage is saved

export class Row {
  constructor(element, editor) {
    this.element = element;
    this.editor = editor;
    this.area = element.querySelector("[data-target]");
    this.seen = element.querySelector("[data-seen]");
    this.status = element.querySelector("[data-status]");
    this.error = element.querySelector("[data-error]");
    this.key = element.dataset.key;
    // The server has filled in a text that is not stored, because another person has changed the passage.
    this.isProposed = "typed" in element.dataset;
    this.stored = this.isProposed ? null : this.area.defaultValue; // not `value`: the user may have typed before this script ran
    this.isMissing = element.classList.contains("translation-row--missing");
    this.isUnconfirmed = "unconfirmed" in element.dataset; // filled in by the memory or a machine
    this.prepare();
  }

  get label() {
    return this.element.querySelector(".translation-row__label").textContent.trim();
  }

  get isDirty() {
    return this.area.value !== this.stored;
  }

  prepare() {
    this.markup = new Markup(this);
    this.terms = new Terms(this);
    this.area.addEventListener("input", () => {
      this.isProposed = false;
      this.changed();
    });
    this.area.addEventListener("blur", () => this.save());
    this.onPress("[data-copy-source]", () => this.propose(this.template("[data-source-text]")));
    this.onPress("[data-confirm]", () => this.saveAndGoOn());
    this.undo = this.onPress("[data-undo]", () => this.putBack());
    this.keepTheirs = this.onPress("[data-keep-theirs]", () => this.takeTheirs());
    this.theirs = this.keepTheirs.dataset.keepTheirs; // the stored text, where it differs from the field
    const reuse = () => this.propose(this.template("[data-previous-text]"));
    this.onPress("[data-reuse]", reuse);
    this.stillAccurate = this.onPress("[data-still-accurate]", () => {
      reuse();
      this.saveAndGoOn();
    });
    this.restore();
    this.hideWhatWouldReplace();
    this.grow();
  }

  // Returns the button, if there is one.
  onPress(selector, act) {
    const button = this.element.querySelector(selector);
    button?.addEventListener("click", act);
    return button;
  }

  template(selector) {
    return this.element.querySelector(selector).content.textContent;
  }

  restore() {
    const draft = this.editor.drafts.get(this.key);
    if (this.isDirty && !this.isProposed) {
      if (draft) {
        this.before = { text: draft.text, isProposed: true };
        this.undo.hidden = false;
      }
      this.changed();
      return;
    }
    if (!draft) return;
    if (draft.text === this.stored) {
      this.editor.drafts.forget(this.key);
      return;
    }
    this.keep();
    this.area.value = draft.text;
    this.seen.value = draft.seen;
    this.isProposed = Boolean(draft.isProposed);
    this.say(this.isProposed ? this.editor.words.proposed : this.editor.words.restored);
    this.wasRestored = true;
  }

  // Inserts a text that the translator has not written. It is saved when they save or continue to edit it.
  propose(text) {
    this.replace(text, true);
    this.say(this.editor.words.proposed);
    this.editor.announce(this.editor.words.proposed);
  }

  // Inserts a text as if it had been typed, or with `isProposed` as a text that the translator has not written.
  write(text, isProposed = false) {
    this.keep();
    this.area.value = text;
    this.isProposed = isProposed;
    this.changed();
  }

  // Another click inserts the button's text again, so that neither text is lost.
  putBack() {
    this.replace(this.before.text, this.before.isProposed);
    this.editor.announce(this.editor.words.putBack);
  }

  replace(text, isProposed) {
    this.write(text, isProposed);
    this.area.focus();
  }

  // Inserts a text at the caret, or replaces the selection, as typing does.
  insert(text) {
    this.keep();
    this.area.focus();
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Keeps the text of the field before a button changes it, so that another button can restore it.
  keep() {
    this.before = { text: this.area.value, isProposed: this.isProposed };
    this.undo.hidden = false;
  }

  // Keeps the text that another person has written in the meantime. The text typed here can be restored.
  takeTheirs() {
    this.keep();
    this.area.value = this.stored = this.theirs;
    this.isContested = this.isProposed = false;
    this.keepTheirs.hidden = true;
    this.editor.drafts.forget(this.key);
    this.complain("");
    this.grow();
    this.area.focus();
    this.say(this.editor.words.isSaved);
  }

  changed() {
    this.grow();
    this.hideWhatWouldReplace();
    const seen = this.isContested ? this.seenBefore : this.seen.value;
    this.editor.drafts.keep(this.key, this.area.value, seen, this.isProposed);
    const { maxLength } = this.area.dataset;
    const room = maxLength ? maxLength - this.area.value.length : null;
    const { unsaved, room: left } = this.editor.words;
    this.say(room !== null && room < maxLength / 5 ? left.replace("{count}", room) : unsaved);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  // « Still accurate » is only for a passage whose text has not been changed.
  hideWhatWouldReplace() {
    if (this.stillAccurate) this.stillAccurate.hidden = Boolean(this.area.value);
  }

  grow() {
    this.area.style.blockSize = "auto";
    this.area.style.blockSize = `${this.area.scrollHeight + 2}px`;
  }

  say(text) {
    this.status.textContent = text;
  }

  complain(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
    if (text) this.area.setAttribute("aria-invalid", "true");
    else this.area.removeAttribute("aria-invalid");
  }

  // Saves the typed text. Returns whether it is stored and valid. Replaces the text that another person has written in
  // the meantime only with `onPurpose`.
  async save(onPurpose = false) {
    clearTimeout(this.timer);
    if (this.pending) await this.pending;
    const text = this.area.value;
    if (text === this.stored && !(this.isUnconfirmed && onPurpose)) return this.error.hidden;
    if ((this.isContested || this.isProposed) && !onPurpose) return false;
    this.isProposed = false;
    this.pending = this.send(text);
    const isWell = await this.pending;
    this.pending = null;
    return isWell;
  }

  async send(text) {
    const { words, drafts } = this.editor;
    this.say(words.saving);
    const address = this.editor.address(this.element.dataset.segment);
    const { state, answer } = await this.editor.inTurn(() =>
      post(address, { text, seen: this.seen.value, ...(this.isUnconfirmed && { confirm: "1" }) }),
    );
    this.editor.reached(state);
    if (state !== "answered") {
      this.say(words[state]);
      return false;
    }
    this.complain(answer.error);
    this.seenBefore = this.seen.value;
    if (answer.seen) this.seen.value = answer.seen;
    this.isContested = !answer.is_saved;
    this.theirs = answer.theirs ?? undefined;
    this.keepTheirs.hidden = this.theirs === undefined;
    if (this.isContested) {
      this.say(words.unsaved);
      this.editor.announce(answer.error);
      return false;
    }
    this.stored = text;
    if (this.area.value === text) {
      drafts.forget(this.key);
      this.say(words.isSaved);
    } else {
      drafts.keep(this.key, this.area.value, this.seen.value, this.isProposed);
    }
    this.show(!answer.is_translated, false);
    this.editor.progress(answer);
    if (answer.error) this.editor.announce(answer.error);
    return answer.ok;
  }

  // Whether the passage still has to be translated or confirmed.
  show(isMissing, isUnconfirmed) {
    const { words } = this.editor;
    this.isMissing = isMissing;
    this.isUnconfirmed = isUnconfirmed;
    this.element.classList.toggle("translation-row--missing", isMissing);
    const label = this.element.querySelector("[data-row-state]");
    label.hidden = !isMissing;
    if (isMissing) label.textContent = isUnconfirmed ? words.toConfirm : words.toTranslate;
    const filled = this.element.querySelector("[data-filled]");
    if (filled) filled.hidden = !isUnconfirmed;
  }

  // Does not move the focus if the user has moved it during the request.
  async saveAndGoOn() {
    const { activeElement: from, body } = document;
    const isWell = await this.save(true);
    if (isWell && [from, body].includes(document.activeElement)) this.editor.goOn(this);
  }

  focus() {
    this.element.scrollIntoView({ block: "center" });
    this.area.focus({ preventScroll: true });
  }
}
