// Opens a picture of a gallery in a dialog, with arrow keys for the others. Without JavaScript, its link opens the file.
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

function viewer(gallery) {
  const links = [...gallery.querySelectorAll(".gallery-open")];
  const dialog = document.createElement("dialog");
  const picture = document.createElement("img");
  const caption = document.createElement("p");
  const bar = document.createElement("div");
  let shown = 0;

  function show(number) {
    shown = (number + links.length) % links.length;
    const link = links[shown];
    picture.removeAttribute("src"); // otherwise the former picture would be shown with this caption until this one is loaded
    picture.src = link.href;
    picture.alt = link.querySelector("img")?.alt ?? "";
    const words = [...link.closest("figure").querySelectorAll("figcaption > span")];
    const parts = [`${shown + 1}\u00a0/\u00a0${links.length}`, ...words.map((part) => part.textContent)];
    caption.textContent = parts.map((part) => part.replace(/[ \n]+/g, " ").trim()).join(" · ");
  }

  function button(label, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "viewer-button";
    element.textContent = label;
    element.addEventListener("click", act);
    bar.append(element);
  }

  dialog.className = "viewer";
  dialog.setAttribute("aria-label", gallery.dataset.label);
  bar.className = "viewer-bar";
  picture.className = "viewer-picture";
  caption.className = "viewer-caption";
  caption.setAttribute("role", "status");
  button(gallery.dataset.previous, () => show(shown - 1));
  button(gallery.dataset.next, () => show(shown + 1));
  button(gallery.dataset.close, () => dialog.close());
  dialog.append(bar, picture, caption);
  gallery.append(dialog);

  dialog.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS)) return;
    const step = getComputedStyle(dialog).direction === "rtl" ? -STEPS[event.key] : STEPS[event.key];
    show(shown + step);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => links[shown].focus());
  for (const [number, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(number);
      dialog.showModal();
    });
  }
}

if (window.HTMLDialogElement) document.querySelectorAll(".gallery").forEach(viewer);
