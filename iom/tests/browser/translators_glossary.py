"""Steps of the guide for translators: glossary and checks."""

from typing import Any

from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.guide_runner import Section, press, see

# A term of the original
TERMS = """
from iom.translation.models import Concept, Term
Concept(is_kept=True, names=[Term(language="{source}", name="two")]).save()
"""
# A number that differs from that of the original
FAULTY = """
state = TranslationState.objects.get(original={pk}, locale__language_code="{target}")
wrong = [one for one in segments.load_text(state.translation) if "two" in one.source]
writing.write_all(state, {{wrong[0]: "Bus 19"}}, user)
"""


def glossary(session: Any, label: Section) -> None:
    page = session.page
    session.shell(TERMS)
    session.open(page)
    row = page.locator("[data-segment]").filter(has_text="There were two.")
    see(page.get_by_role("navigation"), label("Glossary"))
    area = row.locator("[data-target]")
    before = area.input_value()
    press(row, label("Insert", more=".*"))
    expect(area).not_to_have_value(before)
    see(row, label("Proposed"), label("Not to be translated"))
    page.get_by_role("navigation").get_by_role("link", name=translated("Glossary", session.language)).click()
    see(page, label("Approved"))
    page.locator(".w-slim-header [data-w-dropdown-target=toggle]").first.click()
    see(page, label("Import a file"))
    page.locator("main td a").first.click()
    see(page, label("Not to be used"))


def checks(session: Any, label: Section) -> None:
    page = session.page
    session.shell(FAULTY, pk=session.original)
    session.open(page)
    panel = page.locator("[data-text-checks]")
    panel.get_by_text(label("Before publication")).click()
    press(panel, label("Intended"))
    press(panel, label("Not intended"))
