/* Keeps text of Wagtail's editor that could not be saved in the browser, so that a broken connection, a second tab, a
   closed browser, a restarted server or an ended session loses nothing. Signing out removes it. */

import { stored } from "./storage.js";
import { token } from "./token.js";

const script = document.querySelector("script[data-unsaved-user]");
const { unsavedUser: user, session, signInAddress, ...say } = script.dataset; // `say`: the messages
// The kept text of a page is saved as a draft. For other forms, which have no drafts, it is only filled into the form.
const form = document.querySelector("form#page-edit-form, form[data-keep]");
const PREFIX = `unsaved:${user}:`;
const SENT = "unsaved:sent";
const PAUSE = 1500; // milliseconds between two checks of the form
const RETRY = 4000; // milliseconds between two attempts to reach the server
const LONGEST = 7 * 24 * 3600 * 1000; // milliseconds for which a text is kept
const NOT_SENT = ["csrfmiddlewaretoken", "overwrite_revision_id", "next"];
// Fields that saving itself changes. The first save of a new page adds the fields of comments.
const NOT_TYPED = /^(loaded_revision.*|comment_notifications)$|(^|-)(id|(INITIAL|TOTAL|MIN_NUM|MAX_NUM)_FORMS)$/;
const tab = crypto.randomUUID?.() ?? String(Math.random());

// `data`: the form data; `typed`: the part of it that shows whether somebody has typed.
function read() {
  const data = new URLSearchParams();
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || NOT_SENT.includes(name)) continue;
    data.append(name, value);
    if (!NOT_TYPED.test(name)) typed.append(name, value);
  }
  return { data: data.toString(), typed: typed.toString() };
}

// The last saved version when the form was loaded; autosave overwrites a revision.
function revision() {
  const names = ["loaded_revision_id", "loaded_revision_created_at"];
  return names.map((name) => form.elements.namedItem(name)?.value ?? "").join(" ");
}

class Kept {
  constructor() {
    // A form that the server has refused contains unsaved text, which Wagtail may already be saving.
    this.sending = read().typed;
    this.saved = form.dataset.wUnsavedForceValue === "true" ? "" : this.sending;
    this.key = null;
    if (navigator.locks) navigator.locks.request(tab, () => new Promise(() => {})); // held as long as this tab is open
  }

  look() {
    const { data, typed } = read();
    if (typed === this.saved) this.forget();
    else if (typed !== this.last || !this.key) this.keep(data, typed);
  }

  keep(data, typed) {
    this.forget();
    this.last = typed;
    this.key = `${PREFIX}${window.location.pathname}:${tab}`;
    const record = JSON.stringify({ data, revision: revision(), tab, time: Date.now() });
    stored((storage) => storage.setItem(this.key, record));
  }

  forget() {
    if (this.key) stored((storage) => storage.removeItem(this.key));
    this.key = null;
  }
}

function banner(text, actions, role = "status") {
  const element = document.createElement("div");
  element.className = "unsaved help-block help-warning";
  element.setAttribute("role", role);
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  element.append(paragraph);
  for (const [label, act, look = "button-secondary"] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button button-small ${look}`;
    button.textContent = label;
    button.addEventListener("click", act);
    element.append(button, " ");
  }
  form.before(element);
  return element;
}

/* Returns the texts that other windows have kept for this page. */

async function records() {
  const names = stored((storage) => Object.keys(storage)) ?? [];
  const open = navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : [];
  const found = [];
  for (const key of names.filter((name) => name.startsWith(PREFIX))) {
    const record = stored((storage) => JSON.parse(storage.getItem(key)));
    if (!record || Date.now() - record.time > LONGEST) stored((storage) => storage.removeItem(key));
    else if (key === `${PREFIX}${window.location.pathname}:${record.tab}` && !open.includes(record.tab)) {
      found.push([key, record]);
    }
  }
  return found.sort(([, one], [, other]) => one.time - other.time);
}

function fill(data) {
  const values = new URLSearchParams(data);
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = values.has(field.name);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
}

function restore(key, { data }) {
  const copy = document.createElement("form");
  copy.method = "post";
  copy.action = window.location.pathname;
  copy.hidden = true;
  const token = ["csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value];
  for (const [name, value] of [token, ...new URLSearchParams(data)]) {
    const field = document.createElement("textarea"); // preserves line breaks
    field.name = name;
    field.value = value;
    copy.append(field);
  }
  document.body.append(copy);
  sessionStorage.setItem(SENT, key);
  copy.submit();
}

async function offer() {
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long" });
  for (const [key, record] of await records()) {
    const changed = record.revision !== revision() ? ` ${say.changed}` : "";
    const moment = new Date(record.time);
    const hour = String(moment.getHours());
    const kept = say.kept
      .replace(/\bHH\b/, hour.padStart(2, "0"))
      .replace(/\bH\b/, hour)
      .replace(/\bMM\b/, String(moment.getMinutes()).padStart(2, "0"))
      .replace("{day}", weekday.format(moment));
    const text = kept + changed;
    const forget = () => (stored((storage) => storage.removeItem(key)), element.remove());
    const save = [say.save, () => restore(key, record), ""];
    const fillIn = [say.fillIn, () => (fill(record.data), forget()), ""];
    const element = banner(text, ["keep" in form.dataset ? fillIn : save, [say.discard, forget]]);
  }
}

/* Stops autosave while the server does not answer or the session has ended, and restarts it afterwards. */

let signedOut = null;
let retrying = null;
let failures = 0; // of the server, since the last successful save

async function reach() {
  const page = form.action.match(/\/pages\/(\d+)\/edit\//)?.[1];
  let answer;
  try {
    const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
    answer = await fetch(page ? `${session}${page}/` : session, { redirect: "manual", headers });
  } catch {
    return;
  }
  if (answer.ok) resume();
  else if (answer.status === 404 || answer.headers.has("X-Signed-In")) stop();
  else if (answer.type === "opaqueredirect" || answer.status === 403) askToSignIn();
}

function askToSignIn() {
  signedOut ??= banner(say.signedOut, [[say.signIn, () => window.open(signInAddress, "_blank")]], "alert");
}

// The page has been deleted, or the user no longer may edit it or open the admin.
function stop() {
  clearInterval(retrying); // and no failure restarts it
  form.setAttribute("data-w-autosave-active-value", "false");
  banner(say.gone, [], "alert");
}

function resume() {
  clearInterval(retrying);
  retrying = null;
  signedOut?.remove();
  signedOut = null;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token(); // of a new session
  form.setAttribute("data-w-autosave-active-value", "true");
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
}

function fail({ detail }) {
  if (!["network_error", "server_error"].includes(detail.type) || retrying) return;
  if (detail.type === "network_error") failures = 0;
  retrying = setInterval(reach, RETRY * 2 ** failures);
  if (!failures) reach();
  failures = Math.min(failures + 1, 6);
}

function begin() {
  const kept = new Kept();
  let typed = form.dataset.wUnsavedForceValue === "true";
  const look = () => {
    if (typed) kept.look();
    typed = false;
  };
  setInterval(look, PAUSE);
  for (const event of ["input", "change", "click", "keyup", "drop"]) {
    document.addEventListener(event, () => (typed = true), true);
  }
  document.addEventListener("w-autosave:save", () => (kept.sending = read().typed));
  document.addEventListener("w-autosave:success", () => {
    failures = 0;
    kept.saved = kept.sending;
    kept.look();
  });
  document.addEventListener("w-autosave:error", fail);
  window.addEventListener("pagehide", look);
  form.addEventListener("submit", () => {
    kept.look();
    if (kept.key) sessionStorage.setItem(SENT, kept.key);
  });
}

/* After a submission: the loaded page shows whether the form was saved. */
function finish() {
  const key = sessionStorage.getItem(SENT);
  const isSaved = document.querySelector(".messages .success");
  const isRefused = form?.dataset.wUnsavedForceValue === "true"; // and the form contains the submitted data
  if (key && (isSaved || isRefused)) stored((storage) => storage.removeItem(key));
  sessionStorage.removeItem(SENT);
}

finish();
// Wagtail also sends the token with other requests: presence of other editors, previews, autosave.
if (window.wagtailConfig) Object.defineProperty(window.wagtailConfig, "CSRF_TOKEN", { get: token });
if (form) {
  offer();
  // Wagtail's editor has initialized its fields by then.
  if (document.readyState === "complete") setTimeout(begin, 500);
  else window.addEventListener("load", () => setTimeout(begin, 500));
}
