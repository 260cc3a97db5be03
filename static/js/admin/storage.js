// Gives `action` the browser’s storage. Returns null where there is none, as in private mode, or where it is full.

export function stored(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
}
