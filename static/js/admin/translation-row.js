// A passage in the editor: its text field, what is kept of it, and what is said of it.

import { offerMarkup, put } from "./translation-markup.js";
import { send } from "./translation-sending.js";

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
    this.stored = this.area.value;
    this.isMissing = element.classList.contains("translation-row--missing");
    this.prepare();
  }

  get label() {
    return this.element.querySelector(".translation-row__label").textContent.trim();
  }

  get isDirty() {
    return this.area.value !== this.stored;
  }

  prepare() {
    offerMarkup(this.element, this.area);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("blur", () => this.save());
    const copy = this.element.querySelector("[data-copy-source]");
    copy.hidden = false;
    copy.addEventListener("click", () => put(this.area, this.template("[data-source-text]")));
    const reuse = this.element.querySelector("[data-reuse]");
    if (reuse) {
      reuse.addEventListener("click", (event) => {
        event.preventDefault();
        put(this.area, this.template("[data-previous-text]"));
      });
      this.element.querySelector("[data-still-accurate]").addEventListener("click", (event) => {
        event.preventDefault();
        put(this.area, this.template("[data-previous-text]"));
        this.saveAndGoOn();
      });
    }
    this.restore();
    this.grow();
  }

  template(selector) {
    return this.element.querySelector(selector).content.textContent;
  }

  restore() {
    const draft = this.editor.drafts.get(this.key);
    if (!draft) return;
    if (draft.text === this.stored) {
      this.editor.drafts.forget(this.key);
      return;
    }
    this.area.value = draft.text;
    this.seen.value = draft.seen;
    this.say(this.editor.words.restored);
    this.wasRestored = true;
  }

  typed() {
    this.grow();
    this.editor.drafts.keep(this.key, this.area.value, this.isContested ? this.seenBefore : this.seen.value);
    const { maxLength } = this.area.dataset;
    const room = maxLength ? maxLength - this.area.value.length : null;
    const { unsaved, room: left } = this.editor.words;
    this.say(room !== null && room < maxLength / 5 ? left.replace("{count}", room) : unsaved);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
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

  // Saves what has been typed; whether it is stored and can be used. What another person has written meanwhile is
  // replaced only `onPurpose`.
  async save(onPurpose = false) {
    clearTimeout(this.timer);
    if (this.pending) await this.pending;
    const text = this.area.value;
    if (text === this.stored) return this.error.hidden;
    if (this.isContested && !onPurpose) return false;
    this.pending = this.send(text);
    const isWell = await this.pending;
    this.pending = null;
    return isWell;
  }

  async send(text) {
    const { words, drafts } = this.editor;
    this.say(words.saving);
    const address = this.editor.address(this.element.dataset.segment);
    const { state, answer } = await this.editor.inTurn(() => send(address, text, this.seen.value));
    this.editor.reached(state);
    if (state !== "answered") {
      this.say({ "signed-out": words.signedOut, offline: words.offline, failed: words.failed }[state]);
      return false;
    }
    this.complain(answer.error);
    this.seenBefore = this.seen.value;
    if (answer.seen) this.seen.value = answer.seen;
    this.isContested = !answer.is_saved;
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
      drafts.keep(this.key, this.area.value, this.seen.value);
    }
    this.isMissing = !answer.is_translated;
    this.element.classList.toggle("translation-row--missing", this.isMissing);
    const label = this.element.querySelector("[data-row-state]");
    label.hidden = !this.isMissing;
    if (this.isMissing) label.textContent = words.toTranslate;
    this.editor.progress(answer);
    if (answer.error) this.editor.announce(answer.error);
    return answer.ok;
  }

  async saveAndGoOn() {
    if (await this.save(true)) this.editor.goOn(this);
  }

  focus() {
    this.element.scrollIntoView({ block: "center" });
    this.area.focus({ preventScroll: true });
  }
}
