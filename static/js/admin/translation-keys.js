// Keyboard shortcuts in the field of a passage. Wagtail's dialog lists them: iom/translation/editor/shortcuts.py.

const ACTIONS = {
  "Mod+Enter": (row) => row.saveAndGoOn(),
  "Mod+Shift+Enter": (row, editor) => editor.publish(),
  "Alt+ArrowUp": (row, editor) => editor.move(row, -1),
  "Alt+ArrowDown": (row, editor) => editor.move(row, 1),
  "Mod+b": (row) => row.markup.press("b"),
  "Mod+i": (row) => row.markup.press("i"),
  "Mod+k": (row) => row.markup.press("a"),
  "Alt+t": (row) => row.terms.insertNext(),
  "Alt+z": (row) => row.undo.hidden || row.undo.click(),
  "Alt+1": (row, editor) => editor.offers.take(row, 1), // and up to Alt+9: translation-memory.js
};

// Letters are matched by their character, since keyboards differ; with Alt, which changes the character, by key code.
function nameOf(event) {
  const letter = event.altKey ? event.code.replace(/^(?:Key|Digit)/, "") : event.key;
  return [
    (event.ctrlKey || event.metaKey) && "Mod",
    event.altKey && "Alt",
    event.shiftKey && "Shift",
    letter.length === 1 ? letter.toLowerCase() : letter.replace("Numpad", ""),
  ]
    .filter(Boolean)
    .join("+");
}

export function listenForKeys(editor) {
  editor.root.addEventListener("keydown", (event) => {
    const row = editor.rows.find((one) => one.area === event.target);
    const action = row && ACTIONS[nameOf(event)];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation(); // Wagtail has shortcuts of its own
    action(row, editor);
  });
}
