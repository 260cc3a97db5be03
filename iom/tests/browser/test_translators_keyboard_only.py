"""A translation from claim to publication by keyboard, without a click and without a reload."""

import json

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated

pytestmark = pytest.mark.browser

# Passages of an earlier article and their translations
KNOWN = {
    "fr": (
        "L’école de maçonnerie de Kenema ouvre ses portes lundi.",
        "Un an plus tard, 4 500 charpentiers y avaient été formés.",
    ),
    "en": (
        "The masonry school of Kenema opens its doors on Monday.",
        "A year later, 4,500 carpenters had been trained there.",
    ),
}
FIGURE = {
    "fr": "Un an plus tard, 6 200 charpentiers y avaient été formés.",
    "en": "A year later, 6,200 carpenters had been trained there.",
}
TERM = {"fr": "comité des quais", "en": "wharf committee"}
SUMMARY = {"fr": "Le comité des quais est élu.", "en": "The wharf committee is elected."}
TITLE = {"fr": "Une école ouvre ses portes", "en": "A school opens its doors"}
MAX_TABS = 80  # through Wagtail's menu, the dashboard and the header of the editor
PREPARE = """
import json
from django.urls import reverse
from iom.tests.factories import ArticleFactory
from iom.translation.models import Concept, Instructions, Term, TranslationState
from iom.translation.tests.desk import body, publish, remember
from iom.translation.tests.screen import segment
from iom.translation.workflow import writing

if not Concept.objects.filter(names__name={term!r}).exists():
    names = [Term(language="{source}", name={term!r}), Term(language="{target}", name={rendered!r})]
    Concept(status="approved", names=names).save()

def article(title, summary, *texts):
    article = ArticleFactory(title=title, summary=summary, body=body(*texts), language="{source}")
    article.save_revision().publish()
    return TranslationState.objects.get(original=article.pk, locale__language_code="{target}")

known = article("Known", "Yesterday.", *{known!r})
for path, text in zip(("title", "summary", "body.0", "body.1"), ("Known too", "A day ago.", *{written!r})):
    writing.write(known, segment(known, path), text, None)
publish(known)
remember()
new = article({title!r}, {summary!r}, {known!r}[0], {figure!r})
Instructions.objects.update(urgent=False)  # set by other tests
Instructions.objects.create(page_id=new.original_id, urgent=True)
claim = reverse("translation_claim", args=[new.pk])
print(json.dumps([claim, new.page_id, *(segment(new, path).pk for path in ("title", "summary", "body.0", "body.1"))]))
"""


@pytest.fixture(params=["fr", "en"])
def urgent_text(request, site, signed_in):
    """The dashboard, the language, the claim button of the new text, its primary key and its passages."""
    target = request.param
    source = "en" if target == "fr" else "fr"
    texts = {"term": TERM[source], "rendered": TERM[target], "known": KNOWN[source], "written": KNOWN[target]}
    texts |= {"title": TITLE[source], "summary": SUMMARY[source], "figure": FIGURE[source]}
    claim, number, *keys = json.loads(
        site.shell(PREPARE.format(target=target, source=source, **texts)).splitlines()[-1]
    )
    page = signed_in(f"translator.{target}", target)
    page.goto("/admin/")
    button = page.locator(f"form[action='{claim}'] button")
    return page, target, button, number, [page.locator(f"#segment-{key}") for key in keys]


def tab_to(page: Page, target) -> None:
    """Presses Tab until `target` has the focus."""
    for _press in range(MAX_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by {MAX_TABS} presses of Tab")


def test_text_is_claimed_translated_checked_and_published_by_keyboard(urgent_text):
    page, language, claim, number, (title, summary, known, figure) = urgent_text
    loaded: list[str] = []
    page.on("load", lambda one: loaded.append(one.url.partition("#")[0]))

    tab_to(page, claim)  # the first entry, because it is urgent
    page.keyboard.press("Enter")
    expect(title.locator("[data-target]")).to_be_visible()

    tab_to(page, page.locator("[data-first-missing]"))
    page.keyboard.press("Enter")
    tab_to(page, title.locator("[data-target]"))
    page.keyboard.type(TITLE[language])
    page.keyboard.press("Control+Enter")

    expect(summary.locator("[data-target]")).to_be_focused()
    before, after = SUMMARY[language].split(TERM[language])
    page.keyboard.type(before)
    page.keyboard.press("Alt+t")
    page.keyboard.type(after)
    expect(summary.locator("[data-target]")).to_have_value(SUMMARY[language])
    page.keyboard.press("Control+Enter")

    expect(known.locator("[data-target]")).to_be_focused()
    expect(known.locator("[data-target]")).to_have_value(KNOWN[language][0])
    page.keyboard.press("Control+Enter")

    expect(figure.locator("[data-target]")).to_be_focused()
    expect(page.locator("[data-announcer]")).to_contain_text("Alt + 1")
    page.keyboard.press("Alt+Digit1")
    expect(figure.locator("[data-target]")).to_have_value(KNOWN[language][1])
    page.keyboard.press("Control+Enter")  # the number differs from the original, which the checks report
    expect(figure.locator("[data-status]")).to_have_text(translated("Saved", language))
    tab_to(page, page.locator(".text-checks-count"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".text-check-error .text-check-show").first)
    page.keyboard.press("Enter")
    expect(figure.locator("[data-target]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(FIGURE[language])
    page.keyboard.press("Control+Enter")
    expect(figure.locator("[data-status]")).to_have_text(translated("Saved", language))
    expect(page.locator("[data-obstacles]")).to_be_hidden()

    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".messages .success")).to_contain_text(TITLE[language])
    page.wait_for_load_state("load")
    assert [address.endswith(f"/admin/pages/{number}/edit/") for address in loaded] == [True, True]
