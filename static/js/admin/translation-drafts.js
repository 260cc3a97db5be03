// Keeps typed text that is not saved yet in the browser, so that a reload, an expired session or a crash loses nothing.

const PREFIX = "translation";

export class Drafts {
  constructor(user, translation) {
    this.prefix = `${PREFIX}:${user}:${translation}:`;
  }

  // `seen`: the text when the typing began, for the server; `isProposed`: a button has inserted the text;
  // `chosen`: the value of a chooser, whose label is `text`.
  keep(key, text, seen, isProposed, chosen) {
    const record = JSON.stringify({ text, seen, isProposed, chosen });
    this.withStorage((storage) => storage.setItem(this.prefix + key, record));
  }

  forget(key) {
    this.withStorage((storage) => storage.removeItem(this.prefix + key));
  }

  get(key) {
    return this.withStorage((storage) => JSON.parse(storage.getItem(this.prefix + key)));
  }

  keys() {
    const all = this.withStorage((storage) => Object.keys(storage)) || [];
    return all.filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length));
  }

  // The editor has to work in browsers without storage (private mode, full disk).
  withStorage(action) {
    try {
      return action(window.localStorage);
    } catch {
      return null;
    }
  }
}
