"""Mouse and keyboard input in a page, with its number of clicks and of keys as the browser receives them."""

from collections import Counter

from playwright.sync_api import Locator, Page

# Counts presses of a mouse button and of command keys. Letters and spaces are text, and are not counted. A press that
# misses a moving target reaches only the window: Playwright stops it there and tries again.
COUNT = """
document.addEventListener("pointerdown", (event) => event.isTrusted && counted("click"), true);
document.addEventListener("keydown", (event) => {
  if (event.isTrusted && (event.key.length > 1 || event.ctrlKey)) counted(event.key);
}, true);
"""


class InputCounter:
    """Clicks and types in `page`, and counts the clicks and keys."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counts: Counter[str] = Counter()
        page.context.expose_function("counted", lambda what: self.counts.update([what]))
        page.context.add_init_script(COUNT)

    @property
    def clicks(self) -> int:
        return self.counts["click"]

    @property
    def keys(self) -> int:
        return self.counts.total() - self.clicks

    def click(self, what: Locator) -> None:
        what.click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types at the caret. A line break is the key Enter."""
        self.page.keyboard.type(text)

    def write(self, field: Locator, text: str) -> None:
        """Clicks into a field and types."""
        self.click(field)
        self.type(text)
