// One request at a time to the server. Tells apart what can be tried again from what the translator has to see.

import { token } from "./token.js";

// → {state: "answered" | "signedOut" | "refused" | "offline" | "failed", answer}: what the server says in JSON, if it does
async function ask(address, options) {
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  try {
    const response = await fetch(address, { headers, credentials: "same-origin", ...options });
    if (response.status === 403 || response.redirected) return { state: refusal(response) };
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    const answer = isJson ? await response.json() : null;
    return { state: response.ok && isJson ? "answered" : "failed", answer };
  } catch {
    return { state: "offline" }; // also where the line breaks in the middle of the answer
  }
}

export function get(address) {
  return ask(address, {});
}

// `fields`: of the form; a list is sent as several fields of one name.
export function post(address, fields) {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
  return ask(address, { method: "POST", body });
}

// Whoever is signed in may not do this any more.
function refusal(response) {
  return response.headers.has("X-Signed-In") ? "refused" : "signedOut";
}

// Whether the whole form can be sent now, in the same words: an address that answers anyone who is signed in.
export async function reach(address) {
  try {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const response = await fetch(address, { headers, credentials: "same-origin", cache: "no-store" });
    if (response.status === 403 || response.redirected) return refusal(response);
    return response.status < 500 ? "answered" : "failed";
  } catch {
    return "offline";
  }
}

// One request after the other: answers that overtake each other would show what is past.
export function queue() {
  let last = Promise.resolve();
  return (task) => {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  };
}
