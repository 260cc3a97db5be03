// Fills in the current local time of an office, for readers who want to call it.
const MINUTE = 60_000;
const clocks = () => document.querySelectorAll("[data-timezone]");

function show(clock, now) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: clock.dataset.timezone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  clock.textContent = clock.dataset.pattern
    .replace("HH", parts.hour)
    .replace("H", Number(parts.hour))
    .replace("MM", parts.minute);
  clock.hidden = false;
}

function showAll() {
  const now = new Date();
  for (const clock of clocks()) {
    try {
      show(clock, now);
    } catch {
      clock.hidden = true; // the browser does not know the time zone
    }
  }
}

if (clocks().length) {
  showAll();
  setInterval(showAll, MINUTE / 2);
  document.addEventListener("shown-in-place", showAll);
}
