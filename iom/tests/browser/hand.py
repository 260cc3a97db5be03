"""What an officer does with a mouse and a keyboard, counted by the browser."""

from collections import Counter

from playwright.sync_api import Locator, Page

# Presses of a button, and keys that stand for one: with letters and spaces one writes.
COUNT = """
addEventListener("pointerdown", (event) => event.isTrusted && counted("click"), true);
addEventListener("keydown", (event) => {
  if (event.isTrusted && (event.key.length > 1 || event.ctrlKey)) counted(event.key);
}, true);
"""


class Hand:
    """Clicks and keys in `page`, with their numbers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.did: Counter[str] = Counter()
        page.context.expose_function("counted", lambda what: self.did.update([what]))
        page.context.add_init_script(COUNT)

    @property
    def clicks(self) -> int:
        return self.did["click"]

    @property
    def keys(self) -> int:
        return self.did.total() - self.clicks

    def click(self, what: Locator) -> None:
        what.click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Where the cursor is; Enter between lines."""
        self.page.keyboard.type(text)

    def write(self, field: Locator, text: str) -> None:
        """Clicks into a field, and types."""
        self.click(field)
        self.type(text)
