// What has been typed and not yet saved, kept in the browser: a reload, an expired session or a crash loses nothing.

const PREFIX = "translation";

export class Drafts {
  constructor(user, translation) {
    this.prefix = `${PREFIX}:${user}:${translation}:`;
  }

  // `seen` tells the server what stood there when the typing began; `isProposed`: a button has put the text there;
  // `chosen`: what a chooser has, where `text` names it.
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

  // A browser that keeps nothing (private mode, full disk) must not stop anyone from writing.
  withStorage(action) {
    try {
      return action(window.localStorage);
    } catch {
      return null;
    }
  }
}
