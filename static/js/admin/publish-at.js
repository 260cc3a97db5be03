/* Below the hour of a publication stands what the server says of it: by both clocks, or what is to be asked. */

class PublishAt extends window.StimulusModule.Controller {
  static targets = ["said"];
  static values = { url: String };

  connect() {
    this.input = this.element.querySelector("input");
    this.input.addEventListener("input", () => this.ask());
    if (this.element.querySelector(".publish-at__error")) this.show();
    else this.ask();
  }

  /* The dialog in which an error stands. */
  show() {
    const dialog = this.element.closest("[data-w-dialog-target=dialog], .w-dialog");
    const opens = dialog && document.querySelector(`[data-a11y-dialog-show="${dialog.id}"]`);
    if (opens) setTimeout(() => opens.click());
  }

  async ask() {
    const { value } = this.input;
    const answer = value ? await fetch(`${this.urlValue}?at=${encodeURIComponent(value)}`) : null;
    const text = answer?.ok ? await answer.text() : "";
    if (value === this.input.value) this.saidTarget.innerHTML = text;
  }
}

window.wagtail.app.register("publish-at", PublishAt);
