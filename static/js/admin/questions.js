/* Asking and answering without leaving the segment: what is typed elsewhere on the screen stays as it is. */

import { post } from "./translation-sending.js";

class Questions extends window.StimulusModule.Controller {
  static values = { failed: String };

  // Typing goes into the box that has just opened, and not to the admin's shortcuts. The event `toggle` would come after
  // the next keys of a fast typist.
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
    if (this.isSending) return; // a button that is disabled would lose the focus
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
