"""The steps of the guide for translators that concern the glossary and the checks (translators_guide.py)."""

from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.conftest import word
from iom.tests.browser.guided import Section, press, see

# A term that stands in the original
TERMS = """
from iom.translation.models import Concept, Term
Concept(is_kept=True, names=[Term(language="{source}", name="two")]).save()
"""
# Another number
FAULTY = """
state = TranslationState.objects.get(original={pk}, locale__language_code="{target}")
wrong = [one for one in segments.load_text(state.translation) if "two" in one.source]
writing.write_all(state, {{wrong[0]: "Bus 19"}}, user)
"""


def glossary(day: Any, says: Section) -> None:
    page = day.page
    day.shell(TERMS)
    day.open(page)
    row = page.locator("[data-segment]").filter(has_text="There were two.")
    see(page.get_by_role("navigation"), says("Glossary"))
    area = row.locator("[data-target]")
    before = area.input_value()
    press(row, says("Insert", more=".*"))
    expect(area).not_to_have_value(before)
    see(row, says("Proposed"), says("Not to be translated"))
    page.get_by_role("navigation").get_by_role("link", name=word("Glossary", day.language)).click()
    see(page, says("Approved"))
    page.locator(".w-slim-header [data-w-dropdown-target=toggle]").first.click()
    see(page, says("Import a file"))
    page.locator("main td a").first.click()
    see(page, says("Not to be used"))


def the_checks(day: Any, says: Section) -> None:
    page = day.page
    day.shell(FAULTY, pk=day.original)
    day.open(page)
    panel = page.locator("[data-text-checks]")
    panel.get_by_text(says("Before publication")).click()
    press(panel, says("Intended"))
    press(panel, says("Not intended"))
