// Copying, printing, and the device's own way of sharing: the buttons show only where they work.
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
    // Neither permitted nor there: the status stays empty.
  }
}

if (navigator.clipboard) {
  offer("button[data-copy]", (button) => copy(button, button.dataset.copy));
  for (const link of document.querySelectorAll("a[data-copy-text]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const text = await fetch(link.href)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .catch(() => "");
      await copy(link, text);
      if (!text) statusOf(link).textContent = link.dataset.failed;
      else if (!statusOf(link).textContent) location.href = link.href; // to be copied by hand
    });
  }
}
if (navigator.share) {
  offer("button[data-share]", (button) => {
    const { share: url, title } = button.dataset;
    navigator.share({ title, url }).catch(() => {}); // the reader has changed their mind
  });
}
offer("button[data-print]", () => print());
