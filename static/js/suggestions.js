// Suggests topics and pages while a reader types in a search field: an ARIA combobox with a list.
const WAIT = 150; // milliseconds after the last keystroke
const SHORTEST = 2; // letters

function combobox(field) {
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let active = -1;
  let timer = 0;
  let asked = "";

  list.className = "suggestions";
  list.id = `${field.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  list.hidden = true;
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  field.after(list, told);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  function choose(number) {
    active = number;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === active));
    }
    const option = list.children[active];
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    list.replaceChildren(
      ...found.map(({ title, url }, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.className = "suggestion";
        option.setAttribute("role", "option");
        option.dataset.url = url;
        option.textContent = title;
        return option;
      }),
    );
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  // Cancels the pending request, and ignores a response that is on its way, so that neither opens the list again.
  function close() {
    clearTimeout(timer);
    asked = "";
    show([]);
    told.textContent = "";
  }

  function open(url, event) {
    if (event.ctrlKey || event.metaKey || event.button === 1) window.open(url);
    else location.assign(url);
  }

  async function ask() {
    const text = field.value.trim();
    if (text.length < SHORTEST) return close();
    asked = text;
    try {
      const answer = await fetch(`${field.dataset.suggestions}?${new URLSearchParams({ q: text })}`);
      const { suggestions, said } = answer.ok ? await answer.json() : { suggestions: [], said: "" };
      if (asked === text && document.activeElement === field) {
        show(suggestions);
        told.textContent = said;
      }
    } catch {
      if (asked !== text) return;
      show([]); // no connection; the form can still be submitted
      told.textContent = "";
    }
  }

  field.addEventListener("input", () => {
    choose(-1); // Enter searches for the typed text, also before the response
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.isComposing) return; // the keys belong to an input method
    if (event.key === "Escape" && list.hidden) return close(); // keeps the browser's default action
    if (list.hidden && event.key === "ArrowDown") ask();
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(active < last ? active + 1 : -1);
    else if (event.key === "ArrowUp") choose(active < 0 ? last : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) open(list.children[active].dataset.url, event);
    else if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) return choose(-1); // they move in the text
    else return;
    event.preventDefault();
  });

  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  addEventListener("pagehide", close); // the browser may keep the page in its back/forward cache
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  for (const click of ["click", "auxclick"]) {
    list.addEventListener(click, (event) => {
      const option = event.button < 2 && event.target.closest("[data-url]");
      if (option) open(option.dataset.url, event);
    });
  }
}

for (const field of document.querySelectorAll("input[data-suggestions]")) combobox(field);
