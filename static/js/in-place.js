// Filters a list without reloading the page: forms and links in [data-in-place] replace the list.
const list = () => document.querySelector("[data-in-place]");
const PARTS = "[data-in-place], .languages, .printed-address"; // the links to other languages keep the filters
const address = () => location.pathname + location.search;
const ADDRESSES = "link[rel=alternate], link[rel=canonical]"; // in the head; they depend on the filters
let shown = address(); // the address of the list; a link within the page changes only the hash
let turns = 0;

async function show(url, { push = true } = {}) {
  const turn = ++turns;
  list().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn < turns) return; // other filters have been chosen since
    const parts = page.querySelectorAll(PARTS);
    for (const [place, part] of document.querySelectorAll(PARTS).entries()) part.replaceWith(parts[place]);
    for (const link of document.querySelectorAll(ADDRESSES)) link.remove();
    document.head.append(...page.querySelectorAll(ADDRESSES));
    document.title = page.title;
    document.dispatchEvent(new Event("shown-in-place"));
    if (push) history.pushState({ inPlace: true }, "", url);
    shown = address();
    list().querySelector("[data-result]").focus(); // screen readers read it, and the next Tab continues from there
  } catch {
    if (turn === turns) location.assign(url);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-in-place]")) return;
  event.preventDefault();
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  show(`${form.action.split("?")[0]}?${new URLSearchParams(chosen)}`);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-in-place] a[data-same-list]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.href);
});

addEventListener("popstate", () => {
  if (!list() || shown === address()) return;
  shown = address();
  show(shown, { push: false });
});
