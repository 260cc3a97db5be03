// One passage at a time to the server. Tells apart what can be tried again from what the translator has to see.

import { token } from "./token.js";

// → {state: "answered", answer} | {state: "signedOut" | "refused" | "offline" | "failed"}
export function send(address, text, seen, isConfirmed) {
  return post(address, { text, seen, ...(isConfirmed && { confirm: "1" }) });
}

// `fields`: of the form; a list is sent as several fields of one name.
export async function post(address, fields) {
  const body = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  let response;
  try {
    response = await fetch(address, { method: "POST", body, headers, credentials: "same-origin" });
  } catch {
    return { state: "offline" };
  }
  if (response.status === 403 || response.redirected) return { state: refusal(response) };
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (!response.ok || !isJson) return { state: "failed" };
  return { state: "answered", answer: await response.json() };
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
