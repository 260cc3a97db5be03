/* Runs the checks while a text is written: sends the form to the server after each pause, and lists the findings in
   Wagtail's panel of checks. A click on a finding goes to its field; a button corrects typography. */

import { Findings } from "./findings.js";

const PAUSE = 1000; // milliseconds after the last keystroke
const panel = document.querySelector("[data-text-checks]");
const form = document.querySelector("form[data-edit-form]");
const EVENTS = ["input", "change", "keyup", "click", "w-autosave:success"];
const FIELDS = "input:not([type=hidden]), textarea, select, [contenteditable=true]";
const FIELD = "#check="; // beginning of the hash in a link to a field of the form

let timer = 0;
let sent = null;
let list = null;

function data() {
  const values = new FormData(form);
  for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
  return new URLSearchParams(values);
}

async function check() {
  const body = data();
  const text = body.toString();
  if (text === sent) return;
  sent = text;
  try {
    const address = new URL("checks/", new URL(form.getAttribute("action") || location.pathname, location.href));
    const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") } });
    if (!response.ok) throw new Error(response.status);
    const answer = await response.json();
    if (sent === text) list.show(answer);
  } catch {
    sent = null;
    list.fail();
  }
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}

/* Returns the deepest element of the form on the path of a finding. */
function field([name, ...path]) {
  const input = document.getElementById(`id_${name}`) || document.getElementById(`id_${name}-FORMS`);
  let element = document.querySelector(`[data-contentpath="${CSS.escape(name ?? "")}"]`) || input?.closest("[data-panel]") || input;
  for (const step of path) {
    const next = element?.querySelector(`[data-contentpath="${CSS.escape(step)}"]`);
    if (!next) break;
    element = next;
  }
  return element;
}

function lead({ where }) {
  const element = where.length && field(where);
  if (!element) return;
  if (element.closest("#schedule-publishing-dialog")) document.querySelector("[data-a11y-dialog-show='schedule-publishing-dialog']")?.click();
  element.dispatchEvent(new CustomEvent("w-focus:focus", { bubbles: true })); // opens its tab
  requestAnimationFrame(() => {
    for (let one = element; one; one = one.parentElement) open(one);
    const targets = [...element.querySelectorAll(FIELDS), ...element.querySelectorAll("button:not([data-panel-toggle])")];
    (targets.find((one) => one.checkVisibility()) || element).focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  });
}

/* Opens a collapsed section. */
function open(element) {
  if (!element.matches("[data-panel]")) return;
  const toggle = element.querySelector("[data-panel-toggle]");
  if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
}

function correct(findings) {
  for (const { where, fix } of findings) {
    const element = field(where);
    for (const input of element?.querySelectorAll("input, textarea") ?? []) {
      if (input.draftailEditor) correctRichText(input.draftailEditor, fix);
      else if (input.matches("textarea, input[type=text]")) correctPlainText(input, fix);
    }
  }
  sent = null;
  wait();
}

function correctPlainText(input, fix) {
  const text = fix.reduce((value, [wrong, right]) => value.replaceAll(wrong, right), input.value);
  if (text === input.value) return;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/* Replaces only the characters that differ, so that bold text and links stay. */
function correctRichText(editor, fix) {
  const { EditorState, Modifier, SelectionState } = window.DraftJS;
  const state = editor.getEditorState();
  let content = state.getCurrentContent();
  for (const key of content.getBlockMap().keySeq().toArray()) {
    for (const [wrong, right] of fix) {
      let head = 0;
      while (head < Math.min(wrong.length, right.length) && wrong[head] === right[head]) head += 1;
      let tail = 0;
      while (tail < Math.min(wrong.length, right.length) - head && wrong.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
      const words = right.slice(head, right.length - tail);
      for (let at = 0; (at = content.getBlockForKey(key).getText().indexOf(wrong, at)) >= 0; at += right.length) {
        const block = content.getBlockForKey(key);
        const start = at + head;
        const beside = Math.max(start - 1, 0);
        const range = SelectionState.createEmpty(key).merge({ anchorOffset: start, focusOffset: at + wrong.length - tail });
        content = Modifier.replaceText(content, range, words, block.getInlineStyleAt(beside), block.getEntityAt(beside));
      }
    }
  }
  editor.onChange(EditorState.push(state, content, "insert-characters"));
}

function openPanel() {
  const toggle = document.querySelector("[data-side-panel-toggle=checks]");
  if (toggle?.getAttribute("aria-expanded") !== "true") toggle?.click();
}

/* Goes to the field of a link in a message after publication. */
function follow() {
  if (location.hash.startsWith(FIELD)) lead({ where: decodeURIComponent(location.hash.slice(FIELD.length)).split(".") });
}

if (panel && form) {
  list = new Findings(panel, { lead, correct, open: openPanel, footer: form.querySelector("footer") });
  for (const name of EVENTS) form.addEventListener(name, wait);
  window.addEventListener("load", follow);
  window.addEventListener("hashchange", follow);
  wait();
}
