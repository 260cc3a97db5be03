// The translators' editor: saves each passage while it is written, and keeps text that cannot be saved.

import { openChecks } from "./translation-checks.js";
import { Drafts } from "./translation-drafts.js";
import { listenForKeys } from "./translation-keys.js";
import { make, openMemory } from "./translation-memory.js";
import { Own } from "./translation-own.js";
import { openPreview } from "./translation-preview.js";
import { Row } from "./translation-row.js";
import { queue, reach } from "./translation-sending.js";

const RETRY = 20000; // milliseconds

class Editor {
  constructor(root) {
    this.root = root;
    this.words = root.querySelector("[data-words]").dataset;
    this.drafts = new Drafts(root.dataset.user, root.dataset.translationEditor);
    this.announcer = root.querySelector("[data-announcer]");
    this.preview = openPreview(root);
    this.inTurn = queue();
    this.rows = [];
    const told = { obstacles: (found) => this.showObstacles(found), announce: (text) => this.announce(text) };
    this.checks = openChecks(root, this.rows, told);
    if ("readOnly" in root.dataset) return;
    const elements = [...root.querySelectorAll("[data-segment]")].filter((it) => it.querySelector("[data-target]"));
    this.rows.push(...elements.map((element) => new Row(element, this)));
    this.own = new Own(this);
    this.listen();
    openMemory(this);
    this.showHomeless();
    for (const row of this.rows) if (row.wasRestored) row.save();
  }

  listen() {
    listenForKeys(this);
    const next = this.root.querySelector("[data-next]");
    next.addEventListener("mousedown", (event) => event.preventDefault()); // the passage keeps the focus
    next.addEventListener("click", () => {
      const row = this.rows.find((it) => it.area === document.activeElement) || this.last;
      if (row) row.saveAndGoOn();
      else this.goOn();
    });
    this.root.addEventListener("focusin", (event) => {
      this.last = this.rows.find((it) => it.area === event.target) || this.last;
    });
    window.addEventListener("online", () => this.retry());
    window.addEventListener("focus", () => this.isCutOff && this.retry());
    window.addEventListener("beforeunload", (event) => {
      const isDirty = this.own.isDirty || this.rows.some((row) => row.isDirty);
      if (isDirty && !this.isSubmitting) event.preventDefault();
    });
    const form = document.querySelector("[data-translation-form]");
    form.addEventListener("submit", (event) => {
      if (this.isSubmitting) return;
      event.preventDefault();
      this.submit(form, event.submitter);
    });
    window.addEventListener("pageshow", () => {
      this.isSubmitting = false; // back from the next page
    });
  }

  // Without connection, a submitted form would show the browser's error page instead of the texts. If another person
  // has changed a passage in the meantime, their text is shown first: the form would replace it.
  async submit(form, button) {
    if (this.isAsking) return;
    this.isAsking = true;
    const shown = this.rows.filter((row) => row.isContested);
    const state = await reach(this.address(0));
    while (this.rows.some((row) => row.pending)) await Promise.all(this.rows.map((row) => row.pending));
    this.isAsking = false;
    this.notice(this.words[state === "offline" ? "notSent" : state] || "");
    const contested = this.rows.find((row) => row.isContested && !shown.includes(row));
    if (contested) contested.focus();
    if (state !== "answered" || contested) return;
    this.isSubmitting = true;
    form.requestSubmit(button);
  }

  notice(text) {
    const place = this.root.querySelector("[data-notice]");
    place.textContent = text;
    place.hidden = !text;
  }

  address(segment) {
    return this.root.dataset.saveAddress.replace(/\/0\/$/, `/${segment}/`);
  }

  // The result of the last attempt to save: shown once, not for each passage; repeated while it fails.
  reached(state) {
    const said = this.words[state];
    if (said && this.isCutOff !== state) this.announce(said);
    if (!said && this.isCutOff) this.announce(this.words.isSaved);
    this.isCutOff = said ? state : "";
    if (!said) this.notice("");
    clearTimeout(this.timer);
    if (said) this.timer = setTimeout(() => this.retry(), RETRY);
  }

  async retry() {
    for (const row of this.rows) {
      if (!row.isDirty || row.isProposed) continue;
      await row.save();
      if (this.isCutOff) return;
    }
  }

  progress({ done, total, words_left: left, step, obstacles }) {
    const said = this.words.howFar.replace("{done}", done).replace("{total}", total);
    this.root.querySelector("[data-progress]").textContent = said;
    this.root.querySelector("[data-words-left]").textContent = left;
    this.root.querySelector("[data-step]").textContent = step;
    this.showObstacles(obstacles);
    this.root.dispatchEvent(new CustomEvent("progress"));
    // The reason why it was not published last time no longer holds.
    for (const message of document.querySelectorAll(".messages .translation-refusal")) message.remove();
    this.preview();
    this.checks();
  }

  // Shows why it cannot be published yet, to users who may publish.
  showObstacles(obstacles) {
    const place = this.root.querySelector("[data-obstacles]");
    if (!place) return;
    place.hidden = !obstacles.length;
    place.querySelector("[data-obstacles-list]").replaceChildren(...obstacles.map((text) => make("li", {}, text)));
    const link = place.querySelector("[data-first-missing]");
    const first = this.rows.find((row) => row.isMissing);
    if (!link) return;
    link.hidden = !first;
    if (first) link.hash = first.element.id;
  }

  move(row, by) {
    this.rows[this.rows.indexOf(row) + by]?.focus();
  }

  // Does the same as the button, if there is one.
  publish() {
    this.root.querySelector("[value=action-publish]")?.click();
  }

  goOn(row) {
    const after = this.rows.indexOf(row) + 1;
    const order = [...this.rows.slice(after), ...this.rows.slice(0, after)];
    const next = order.find((it) => it !== row && it.isMissing);
    if (!next) {
      this.announce(this.words.last);
      return;
    }
    next.focus();
    this.announce(this.words.movedOn.replace("{label}", next.label));
  }

  announce(text) {
    this.announcer.textContent = text;
  }

  // Shows texts kept for passages that were removed from the original in the meantime, so that they can be copied.
  showHomeless() {
    const known = new Set([...this.rows.map((row) => row.key), ...this.own.fields.map((field) => field.name)]);
    const lost = this.drafts.keys().filter((key) => !known.has(key));
    if (!lost.length) return;
    const heading = make("p", {}, this.words.orphaned);
    const texts = lost.map((key) => make("blockquote", {}, this.drafts.get(key)?.text || ""));
    const forget = make("button", { type: "button", className: "button button-small button-secondary" }, this.words.forget);
    const box = make("div", { className: "help-block help-warning translation-kept" }, heading, ...texts, forget);
    forget.addEventListener("click", () => {
      for (const key of lost) this.drafts.forget(key);
      box.remove();
    });
    this.root.prepend(box);
  }
}

const root = document.querySelector("[data-translation-editor]");
if (root) new Editor(root);
