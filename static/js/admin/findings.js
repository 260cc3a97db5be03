/* The list of the findings of checks, and their number beside the publishing buttons. */

export class Findings {
  /* `lead` goes to the place of a finding, `correct` puts some right, `open` shows the list; `intend`, where there is
     one, says that a finding is intended, or takes that back. */
  constructor(panel, { lead, correct, open, footer, intend }) {
    Object.assign(this, { panel, lead, correct, intend, found: [], items: new Map() });
    this.part("fix-all").addEventListener("click", () => correct(this.found.filter((one) => one.fix.length)));
    this.count = document.createElement("button");
    this.count.type = "button";
    this.count.className = "button button-small button-secondary text-checks-count";
    this.count.hidden = true;
    this.count.addEventListener("click", open);
    footer?.append(this.count);
  }

  part(name) {
    return this.panel.querySelector(`[data-text-checks-${name}]`);
  }

  /* Shows the findings of a response. A finding that was listed before keeps its element, and the focus. */
  show({ summary, findings }) {
    this.found = findings;
    const list = this.part("list");
    const held = list.contains(document.activeElement) && document.activeElement;
    const keys = findings.map((one) => [JSON.stringify(one), one]);
    this.items = new Map(keys.map(([key, one]) => [key, this.items.get(key) || this.item(one)]));
    list.replaceChildren(...this.items.values());
    this.part("summary").textContent = summary;
    this.count.textContent = summary;
    this.count.title = findings.map((one) => one.message).join("\n");
    this.count.hidden = false;
    this.part("fix-all").hidden = findings.filter((one) => one.fix.length).length < 2;
    if (held) (held.isConnected ? held : this.part("summary")).focus({ preventScroll: true });
  }

  fail() {
    this.part("summary").textContent = this.part("levels").dataset.failed;
  }

  item(finding) {
    const element = this.part("item").content.firstElementChild.cloneNode(true);
    element.classList.add(`text-check-${finding.intended ? "intended" : finding.level}`);
    const level = finding.intended || this.part("levels").dataset[finding.level];
    element.querySelector("[data-field]").textContent = finding.field ? `${level} – ${finding.field}` : level;
    element.querySelector("[data-message]").textContent = finding.message;
    element.querySelector(".text-check-show").addEventListener("click", () => this.lead(finding));
    const fix = element.querySelector("[data-fix]");
    fix.hidden = !finding.fix.length;
    fix.addEventListener("click", () => this.correct([finding]));
    if (this.intend) this.offerIntended(element, finding);
    return element;
  }

  /* A finding with a digest can be marked as intended; then the name of the user replaces the level. */
  offerIntended(element, finding) {
    const name = finding.intended ? "[data-undo-intended]" : "[data-intend]";
    const button = element.querySelector(name);
    button.hidden = !finding.digest;
    button.dataset.digest = finding.digest;
    button.addEventListener("click", () => this.intend(finding));
  }

  buttonOf(digest) {
    return this.part("list").querySelector(`[data-digest="${digest}"]`);
  }
}
