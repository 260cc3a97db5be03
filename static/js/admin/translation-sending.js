// Sends one request at a time, and distinguishes failures that can be retried from those that the user has to see.

import { token } from "./token.js";

// → {state: "answered" | "signedOut" | "refused" | "offline" | "failed", answer, status}; `answer` is the JSON of the
// response, `status` its number, where there is one
async function ask(address, options) {
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  try {
    const response = await fetch(address, { headers, credentials: "same-origin", ...options });
    if (response.status === 403 || response.redirected) return { state: refusal(response) };
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    const answer = isJson ? await response.json() : null;
    return { state: response.ok && isJson ? "answered" : "failed", answer, status: response.status };
  } catch {
    return { state: "offline" }; // also if the connection breaks during the response
  }
}

export function get(address) {
  return ask(address, {});
}

// `fields`: the form data; a list is sent as several fields of the same name.
export function post(address, fields) {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
  return ask(address, { method: "POST", body });
}

// The user no longer has the permission.
function refusal(response) {
  return response.headers.has("X-Signed-In") ? "refused" : "signedOut";
}

// Returns the state of a request to an address that answers every signed-in user, before the whole form is submitted.
export async function reach(address) {
  const { state, status } = await ask(address, { cache: "no-store" });
  return status < 500 ? "answered" : state; // it need not be JSON
}

// Queues the requests: responses in another order would show old states.
export function queue() {
  let last = Promise.resolve();
  return (task) => {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  };
}
