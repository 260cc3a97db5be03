/* Replaces a multiple select by a search field, with the chosen items before it. The select stays in the form, hidden,
   in the order of the choice. Follows the combobox pattern of ARIA 1.2. */

const SHOWN = 50;

function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[’']/g, " ")
    .toLowerCase();
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

class Rows extends window.StimulusModule.Controller {
  static values = { placeholder: String, remove: String, none: String };

  connect() {
    const { id } = this.element;
    if (this.field?.isConnected) return;
    this.chosen = make("ul", { class: "rows__chosen" });
    this.input = make("input", {
      type: "text",
      id: `${id}-search`,
      role: "combobox",
      autocomplete: "off",
      placeholder: this.placeholderValue,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${id}-list`,
    });
    const described = this.element.getAttribute("aria-describedby");
    if (described) this.input.setAttribute("aria-describedby", described);
    const label = document.querySelector(`label[for="${id}"]`);
    label?.setAttribute("for", this.input.id);
    this.list = make("ul", { class: "rows__list", role: "listbox", id: `${id}-list`, hidden: "" });
    this.list.setAttribute("aria-label", label?.textContent.trim() ?? "");
    this.chosen.setAttribute("aria-label", label?.textContent.trim() ?? "");
    this.none = make("p", { class: "rows__list rows__none", hidden: "" }, this.noneValue);
    this.said = make("span", { class: "w-sr-only", role: "status" });
    this.field = make("div", { class: "rows" }, this.chosen, this.input, this.list, this.none, this.said);
    this.element.hidden = true;
    this.element.after(this.field);
    this.listen();
    this.show();
  }

  listen() {
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.press(event));
    // Typing in the search field does not count as a change of the page.
    this.input.addEventListener("change", (event) => event.stopPropagation());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(this.found[[...this.list.children].indexOf(item)]);
    });
    this.field.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.drop(this.selected[[...this.chosen.querySelectorAll("button")].indexOf(button)]);
      else if (event.target === this.field || event.target === this.chosen) this.input.focus();
    });
  }

  get selected() {
    return [...this.element.selectedOptions];
  }

  get isOpen() {
    return !this.list.hidden || !this.none.hidden;
  }

  show() {
    this.chosen.replaceChildren(
      ...this.selected.map(({ label }) => {
        const cross = make("span", { "aria-hidden": "true" }, "×");
        const button = make("button", { type: "button", "aria-label": `${this.removeValue} ${label}` }, cross);
        return make("li", {}, make("span", {}, label), button);
      }),
    );
  }

  open() {
    const words = plain(this.input.value.trim());
    const begins = (option) => plain(option.label).startsWith(words);
    this.found = [...this.element.options]
      .filter((option) => !option.selected && plain(option.label).includes(words))
      .sort((one, other) => begins(other) - begins(one))
      .slice(0, SHOWN);
    const { id } = this.element;
    const items = this.found.map(({ label }, number) => make("li", { role: "option", id: `${id}-${number}` }, label));
    this.list.replaceChildren(...items);
    if (!items.length) this.said.textContent = this.noneValue;
    this.list.hidden = !items.length;
    this.none.hidden = items.length > 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.activate(0);
  }

  close() {
    this.list.hidden = this.none.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  activate(number) {
    const items = [...this.list.querySelectorAll("[role=option]")];
    this.active = items.length ? (number + items.length) % items.length : -1;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === this.active)));
    const item = items[this.active];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const { key } = event;
    if (key === "Enter") {
      event.preventDefault(); // Enter would submit the form
      if (this.isOpen && this.active >= 0) this.choose(this.found[this.active]);
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.isOpen) this.activate(this.active + (key === "ArrowDown" ? 1 : -1));
      else this.open();
    } else if (key === "Escape" && this.isOpen) {
      event.stopPropagation();
      this.close();
    } else if (key === "Backspace" && !this.input.value && this.selected.length) {
      this.drop(this.selected.at(-1));
    }
  }

  choose(option) {
    const last = this.selected.at(-1);
    if (last) last.after(option);
    else this.element.prepend(option);
    option.selected = true;
    this.input.value = "";
    this.close();
    this.changed(option.label);
  }

  drop(option) {
    option.selected = false;
    this.input.focus();
    this.changed(`${this.removeValue} ${option.label}`);
  }

  changed(said) {
    this.said.textContent = said;
    this.show();
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

window.wagtail.app.register("rows", Rows);
