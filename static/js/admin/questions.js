/* Asking and answering without leaving the segment: what is typed elsewhere on the screen stays as it is. */

async function send(form, button) {
  const error = form.querySelector("[data-question-error]");
  error.hidden = true;
  button.disabled = true;
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    // A session that has ended answers with the sign-in page
    const isAnswer = (response.headers.get("Content-Type") || "").startsWith("application/json");
    const answer = isAnswer ? await response.json() : {};
    if (response.ok && answer.html) {
      show(form.closest("[data-questions]"), answer);
      return;
    }
    error.textContent = answer.error || form.dataset.failed;
  } catch {
    error.textContent = form.dataset.failed;
  } finally {
    button.disabled = false;
  }
  error.hidden = false;
}

function show(questions, answer) {
  const fresh = document.createElement("template");
  fresh.innerHTML = answer.html.trim();
  const replacement = fresh.content.querySelector("[data-questions]");
  questions.replaceWith(replacement);
  const status = replacement.querySelector("[data-questions-status]");
  status.textContent = answer.message;
  status.focus();
}

// Typing goes into the box that has just opened, and not to the admin's shortcuts. The event `toggle` would come after
// the next keys of a fast typist.
document.addEventListener("click", (event) => {
  const form = event.target.closest(".desk-question__form > summary")?.parentElement;
  if (!form || form.open) return;
  event.preventDefault();
  form.open = true;
  form.querySelector("textarea").focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-question-form]");
  if (!form) return;
  event.preventDefault();
  send(form, form.querySelector("button[type=submit]"));
});
