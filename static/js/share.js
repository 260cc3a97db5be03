// Copying and printing: the buttons show only where they work.
const status = document.querySelector(".share-status");

function reveal(button) {
  button.closest("li").hidden = false;
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
  for (const button of document.querySelectorAll("button[data-copy]")) {
    reveal(button);
    button.addEventListener("click", () => copy(button, button.dataset.copy));
  }
  for (const button of document.querySelectorAll("button[data-copy-text]")) {
    reveal(button);
    button.addEventListener("click", () => {
      const title = document.querySelector("h1").innerText;
      const text = document.getElementById(button.dataset.copyText).innerText;
      copy(button, `${title}\n\n${text}`);
    });
  }
}

for (const button of document.querySelectorAll("button[data-print]")) {
  reveal(button);
  button.addEventListener("click", () => print());
}
