// The translation memory in the editor: matches for the focused passage, which a key or a button inserts; the button
// that confirms all filled-in passages; and the concordance search.

import { get, post } from "./translation-sending.js";

const PAUSE = 200; // milliseconds with the focus before the request
const AGAIN = 5000; // milliseconds before the next request after a failure
const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

class Offers {
  constructor(editor, words) {
    this.editor = editor;
    this.words = words;
    this.boxes = new Map();
    editor.root.addEventListener("focusin", ({ target }) => {
      const row = editor.rows.find((one) => one.area === target);
      clearTimeout(this.timer);
      if (row) this.timer = setTimeout(() => this.ask(row), PAUSE);
    });
    editor.root.addEventListener("keydown", (event) => this.press(event));
  }

  // Matched by key code: with Alt, the character differs by keyboard. The first is in translation-keys.js.
  press(event) {
    const digit = /^Digit([2-9])$/.exec(event.code);
    if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
    const row = this.editor.rows.find((one) => one.area === event.target);
    if (row && this.take(row, digit[1])) event.preventDefault();
  }

  // Inserts the match with this number into the field. Returns whether there is one.
  take(row, number) {
    const offer = this.boxes.get(row)?.offers[number - 1];
    if (offer) row.propose(offer.text);
    return Boolean(offer);
  }

  // Announces matches that arrived while the focus was elsewhere, when it returns.
  async ask(row) {
    if (!this.boxes.has(row)) await this.load(row);
    const { length } = this.boxes.get(row)?.offers ?? [];
    if (!length || row.area !== document.activeElement) return;
    const { one, many } = this.words;
    this.editor.announce(length === 1 ? one : many.replace("{count}", length));
  }

  async load(row) {
    const { segment } = row.element.dataset;
    const box = { offers: [] };
    this.boxes.set(row, box);
    const { answer } = await get(this.words.offersAddress.replace("/0/", `/${segment}/`));
    if (!answer) {
      this.boxes.delete(row);
      if (row.area === document.activeElement) this.timer = setTimeout(() => this.ask(row), AGAIN);
      return;
    }
    box.offers = answer.offers;
    if (box.offers.length) this.show(row, box.offers);
  }

  show(row, offers) {
    const { heading } = this.words;
    const name = `offers-${row.element.dataset.segment}`;
    const items = offers.map((offer, place) => this.item(row, offer, place));
    const list = make("ol", { className: "translation-offers__list" }, ...items);
    const box = make("section", { className: "translation-offers" });
    box.setAttribute("aria-labelledby", name);
    box.append(make("h4", { className: "translation-offers__heading", id: name, textContent: heading }), list);
    row.element.append(box);
  }

  item(row, offer, place) {
    const { insert, alt, same, sourceLanguage, targetLanguage } = this.words;
    const score = make("span", { className: "translation-offers__score", textContent: percent.format(offer.score / 100) });
    const pieces = offer.pieces.map(([kind, text]) => make({ removed: "del", added: "ins" }[kind] || "span", {}, text));
    const before = offer.pieces.length ? make("p", { lang: sourceLanguage, dir: "auto" }, ...pieces) : make("p", {}, same);
    const name = offer.url ? make("a", { href: offer.url, target: "_blank", rel: "noreferrer" }, offer.from) : offer.from;
    const origin = make("p", { className: "translation-offers__origin" }, name, offer.at && ` · ${offer.at}`);
    const key = make("kbd", { textContent: `${alt} + ${place + 1}` });
    key.setAttribute("aria-hidden", "true");
    const button = make("button", { type: "button", className: "button button-small button-secondary" }, insert, " ", key);
    button.setAttribute("aria-keyshortcuts", `Alt+${place + 1}`);
    button.addEventListener("click", () => row.propose(offer.text));
    const text = make("p", { className: "translation-offers__text", lang: targetLanguage, dir: "auto" }, offer.text);
    text.id = `offer-${row.element.dataset.segment}-${place}`;
    button.setAttribute("aria-describedby", text.id);
    return make("li", {}, make("div", { className: "translation-offers__before" }, score, before), text, origin, button);
  }
}

// « Confirm all », and undoing it.
function openConfirmation(editor, words) {
  const form = editor.root.querySelector("[data-unconfirmed-all]");
  const said = form.querySelector("[data-unconfirmed-said]");
  const button = form.querySelector("button");
  const { textContent: label } = button;
  let undone = null; // the keys of the passages that the last click has confirmed

  async function confirm() {
    await Promise.all(editor.rows.map((row) => row.pending));
    // Not those that were filled in since the page was opened: nobody has read them here
    const shown = editor.rows.filter((row) => row.isUnconfirmed).map((row) => row.key);
    const fields = undone ? { undo: "1", name: undone } : { name: shown };
    const { state, answer } = await editor.inTurn(() => post(form.action, fields));
    editor.reached(state);
    if (state !== "answered") return;
    for (const row of editor.rows) if (answer.names.includes(row.key)) row.show(Boolean(undone), Boolean(undone));
    const isUndone = Boolean(undone);
    undone = isUndone ? null : answer.names;
    editor.progress(answer);
    said.textContent = isUndone ? words.undone : words.confirmed;
    button.textContent = isUndone ? label : words.undo;
    form.hidden = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    confirm();
  });
  editor.root.addEventListener("progress", () => {
    form.hidden = !undone && !editor.rows.some((row) => row.isUnconfirmed);
  });
}

function openConcordance(root) {
  const panel = root.querySelector("[data-concordance]");
  const results = panel.querySelector("[data-concordance-results]");
  const form = panel.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    try {
      const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok || response.redirected) throw new Error(response.status);
      results.innerHTML = await response.text();
    } catch {
      form.submit(); // the page shows the error
    }
  });
}

export function openMemory(editor) {
  const { dataset: words } = editor.root.querySelector("[data-memory-words]");
  editor.offers = new Offers(editor, words);
  openConfirmation(editor, words);
  openConcordance(editor.root);
}
