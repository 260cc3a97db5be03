/* The list of what the checks have found in a text, and their number beside the buttons that publish it. */

export class Findings {
  /* `lead` goes to the place of a finding, `correct` puts some right, `open` shows the list. */
  constructor(panel, { lead, correct, open, footer }) {
    Object.assign(this, { panel, lead, correct, found: [] });
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

  /* What the server answers. */
  show({ summary, findings }) {
    this.found = findings;
    this.part("summary").textContent = summary;
    this.count.textContent = summary;
    this.count.title = findings.map((one) => one.message).join("\n");
    this.count.hidden = false;
    this.part("list").replaceChildren(...findings.map((one) => this.item(one)));
    this.part("fix-all").hidden = findings.filter((one) => one.fix.length).length < 2;
  }

  fail() {
    this.part("summary").textContent = this.part("levels").dataset.failed;
  }

  item(finding) {
    const element = this.part("item").content.firstElementChild.cloneNode(true);
    element.classList.add(`text-check-${finding.level}`);
    const level = this.part("levels").dataset[finding.level];
    element.querySelector("[data-field]").textContent = finding.field ? `${level} – ${finding.field}` : level;
    element.querySelector("[data-message]").textContent = finding.message;
    element.querySelector(".text-check-show").addEventListener("click", () => this.lead(finding));
    const fix = element.querySelector("[data-fix]");
    fix.hidden = !finding.fix.length;
    fix.addEventListener("click", () => this.correct([finding]));
    return element;
  }
}
