// Buttons to copy, to print and to share with the device's own dialog. Each is shown only where it works.
function offer(selector, act) {
  for (const button of document.querySelectorAll(selector)) {
    button.closest("li").hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

const statusOf = (button) => button.closest("ul").nextElementSibling;

async function copy(button, text) {
  const status = statusOf(button);
  status.textContent = "";
  try {
    if (!text) throw new Error("nothing to copy");
    await navigator.clipboard.writeText(text);
    status.textContent = button.dataset.done;
  } catch {
    // The clipboard is missing or not permitted: the status stays empty.
  }
}

if (navigator.clipboard) {
  offer("button[data-copy]", async (button) => {
    await copy(button, button.dataset.copy);
    statusOf(button).textContent ||= button.dataset.copy; // refused: the reader can select it here
  });
  for (const link of document.querySelectorAll("a[data-copy-text]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const text = await fetch(link.href)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .catch(() => "");
      await copy(link, text);
      if (!text) statusOf(link).textContent = link.dataset.failed;
      else if (!statusOf(link).textContent) location.href = link.href; // so that the reader can copy it there
    });
  }
}
if (navigator.share) {
  offer("button[data-share]", (button) => {
    const { share: url, title } = button.dataset;
    navigator.share({ title, url }).catch(() => {}); // the reader has cancelled
  });
}
offer("button[data-print]", () => print());
