// Keeps typed text that is not saved yet in the browser, so that a reload, an expired session or a crash loses nothing.

import { stored } from "./storage.js";

const PREFIX = "translation";

export class Drafts {
  constructor(user, translation) {
    this.prefix = `${PREFIX}:${user}:${translation}:`;
  }

  // `seen`: the text when the typing began, for the server; `isProposed`: a button has inserted the text;
  // `chosen`: the value of a chooser, whose label is `text`.
  keep(key, text, seen, isProposed, chosen) {
    const record = JSON.stringify({ text, seen, isProposed, chosen });
    stored((storage) => storage.setItem(this.prefix + key, record));
  }

  forget(key) {
    stored((storage) => storage.removeItem(this.prefix + key));
  }

  get(key) {
    return stored((storage) => JSON.parse(storage.getItem(this.prefix + key)));
  }

  keys() {
    const all = stored((storage) => Object.keys(storage)) || [];
    return all.filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length));
  }
}
