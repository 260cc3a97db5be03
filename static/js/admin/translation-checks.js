// Shows the findings of the checks beside the passages. They are requested when the screen opens and after each save.

import { Findings } from "./findings.js";
import { get, post, queue } from "./translation-sending.js";

const PAUSE = 500; // milliseconds after the last save

/* `obstacles` shows what prevents publication, `announce` sends a message to screen readers. */
export function openChecks(root, rows, { obstacles, announce }) {
  const panel = root.querySelector("[data-text-checks]");
  const footer = root.querySelector(".translation-footer");
  const inTurn = queue();
  let timer = 0;

  function element(segment) {
    return root.querySelector(`[data-segment="${segment}"]`);
  }

  function lead({ where: [first] }) {
    if (!first) return;
    element(first).scrollIntoView({ block: "center" });
    (element(first).querySelector("[data-target]") || element(first)).focus({ preventScroll: true });
  }

  function correct(findings) {
    for (const { where, fix } of findings) {
      for (const row of rows.filter((one) => where.includes(Number(one.element.dataset.segment)))) {
        const text = fix.reduce((words, [wrong, right]) => words.replaceAll(wrong, right), row.area.value);
        if (text !== row.area.value) row.write(text);
      }
    }
  }

  function open() {
    panel.open = true;
    panel.scrollIntoView({ block: "center" });
    (panel.querySelector(".text-check-show") || panel.querySelector("summary")).focus({ preventScroll: true });
  }

  // A finding that was marked as intended stays in the list, with the name of the user.
  async function intend({ digest, intended }) {
    const { answer } = await inTurn(() => post(panel.dataset.intendedAddress, intended ? { digest, undo: "" } : { digest }));
    if (!answer) return list.fail();
    list.show(answer);
    obstacles(answer.obstacles);
    announce(answer.summary);
    const button = list.buttonOf(digest);
    (button || panel.querySelector("summary")).focus();
  }

  const list = new Findings(panel, { lead, correct, open, footer, intend });

  async function check() {
    const { answer } = await get(panel.dataset.address);
    if (answer) list.show(answer);
    else list.fail();
  }

  panel.hidden = false;
  inTurn(check);
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => inTurn(check), PAUSE);
  };
}
