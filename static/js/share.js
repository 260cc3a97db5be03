// Copying, printing, and the device's own way of sharing: the buttons show only where they work.
const status = document.querySelector(".share-status");

function offer(selector, act) {
  for (const button of document.querySelectorAll(selector)) {
    button.closest("li").hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = button.dataset.done;
  } catch {
    status.textContent = "";
  }
}

if (navigator.clipboard) {
  offer("button[data-copy]", (button) => copy(button, button.dataset.copy));
  offer("button[data-copy-text]", (button) => {
    const title = document.querySelector("h1").innerText;
    copy(button, `${title}\n\n${document.getElementById(button.dataset.copyText).innerText}`);
  });
}
if (navigator.share) {
  offer("button[data-share]", (button) => {
    const { share: url, title } = button.dataset;
    navigator.share({ title, url }).catch(() => {}); // the reader has changed their mind
  });
}
offer("button[data-print]", () => print());
