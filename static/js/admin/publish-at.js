/* Shows the server's message below the time of publication: the time on both clocks, or a question. */

class PublishAt extends window.StimulusModule.Controller {
  static targets = ["said"];
  static values = { url: String };

  connect() {
    this.input = this.element.querySelector("input");
    this.input.addEventListener("input", () => this.ask());
    this.nameButton();
    if (this.element.querySelector(".publish-at__error")) this.show();
    else this.ask();
  }

  get dialog() {
    return this.element.closest("[data-w-dialog-target=dialog], .w-dialog");
  }

  get opener() {
    return this.dialog && document.querySelector(`[data-a11y-dialog-show="${this.dialog.id}"]`);
  }

  /* The label of the form's button depends on whether the page is scheduled, or sent for review with its time. */
  nameButton() {
    const button = this.opener && this.dialog.querySelector("[data-publish-at-send]");
    if (!button) return;
    button.name = this.opener.dataset.sends;
    button.querySelector("[data-w-progress-target=label]").textContent = this.opener.dataset.sendsLabel;
  }

  /* Opens the dialog that contains an error. */
  show() {
    const { opener } = this;
    if (opener) setTimeout(() => opener.click());
  }

  async ask() {
    const { value } = this.input;
    const answer = value ? await fetch(`${this.urlValue}?at=${encodeURIComponent(value)}`) : null;
    const text = answer?.ok ? await answer.text() : "";
    if (value === this.input.value) this.saidTarget.innerHTML = text;
  }
}

window.wagtail.app.register("publish-at", PublishAt);
