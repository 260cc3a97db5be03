// The preview of the translated page. It is loaded when it is opened, and again after each save.

export function openPreview(root) {
  const panel = root.querySelector("[data-preview]");
  const frame = panel.querySelector("[data-preview-frame]");
  let top = 0;

  function load() {
    if (!panel.open) return;
    try {
      top = frame.contentWindow.scrollY || 0;
    } catch {
      top = 0;
    }
    frame.src = panel.dataset.address;
  }

  panel.hidden = false;
  panel.addEventListener("toggle", () => {
    root.classList.toggle("translation-editor--with-preview", panel.open);
    if (!frame.getAttribute("src")) load();
  });
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top));
  panel.querySelector("[data-preview-refresh]").addEventListener("click", load);
  return load;
}
