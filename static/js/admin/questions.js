/* Sends questions and answers without a page load, so that other typed text on the screen stays. */

import { post } from "./translation-sending.js";

class Questions extends window.StimulusModule.Controller {
  static values = { failed: String };

  // Focuses the box that has just opened, so that keys do not trigger the admin's shortcuts. The event `toggle` would
  // come too late for a fast typist.
  open(event) {
    const box = event.currentTarget;
    if (box.open || !event.target.closest("summary")) return;
    event.preventDefault();
    box.open = true;
    box.querySelector("textarea").focus();
  }

  async send(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const error = form.querySelector("[role=alert]");
    if (this.isSending) return; // a disabled button would lose the focus
    this.isSending = true;
    error.hidden = true;
    const { answer } = await post(form.action, Object.fromEntries(new FormData(form)));
    this.isSending = false;
    if (answer?.html) {
      this.show(answer);
      return;
    }
    error.textContent = answer?.error || this.failedValue;
    error.hidden = false;
  }

  show({ html, message }) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html.trim();
    const replacement = fresh.content.firstElementChild;
    this.element.replaceWith(replacement);
    const status = replacement.querySelector("[role=status]");
    status.textContent = message;
    status.focus();
  }
}

window.wagtail.app.register("desk-questions", Questions);
