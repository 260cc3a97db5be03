/* Keeps the text of an emergency release in the browser until it is published or saved, in case the page is closed, the
   connection breaks or the session ends. Signing out removes it. */

import { stored } from "./storage.js";
import "./token.js";

const form = document.querySelector("form[data-keep-for]");
const PREFIX = "unsaved:emergency:";

function fields() {
  return [...form.elements].filter(({ name }) => name && !["csrfmiddlewaretoken", "action"].includes(name));
}

if (form) {
  const name = PREFIX + form.dataset.keepFor;
  const kept = stored((storage) => JSON.parse(storage.getItem(name))) ?? {};
  const isEmpty = fields().every((field) => field.tagName !== "TEXTAREA" || !field.value);
  for (const field of fields()) {
    if (field.name in kept && (isEmpty || !field.value)) field.value = kept[field.name];
  }
  const keep = () => {
    const values = Object.fromEntries(fields().map((field) => [field.name, field.value]));
    stored((storage) => storage.setItem(name, JSON.stringify(values)));
  };
  if (!isEmpty) keep(); // on a slow connection, the user may have typed before this script was loaded
  form.addEventListener("input", keep);
} else {
  const done = document.querySelector("[data-published]").dataset.published;
  for (const name of stored((storage) => Object.keys(storage)) ?? []) {
    if (name.startsWith(PREFIX) && stored((storage) => JSON.parse(storage.getItem(name)))?.key === done) {
      stored((storage) => storage.removeItem(name));
    }
  }
}
