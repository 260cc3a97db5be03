"""The steps of the guide for translators, by the headings of the English one."""

import json

from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import word
from iom.tests.browser.guided import Section, Step, nothing_to_press, open_guide, press, see
from iom.tests.browser.people import OTHER
from iom.tests.browser.translators_glossary import glossary, the_checks

TITLE, TOGETHER = "An original for the guide ({})", "An original for the guide, in two languages ({})"
NEW = "The last bus had left."
BEGIN = """
import json
from django.utils import timezone
from iom.media.models import SiteImage
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import LanguageRule, TranslationState
from iom.translation.tests.desk import body
from iom.translation.workflow import publication, writing
from iom.users.models import User
from newsroom.models import NewsArticle

officer = User.objects.get(email="officer@example.org")
user = User.objects.get(email="translator.{target}@example.org")

def written(pk):
    state = TranslationState.objects.get(original=pk, locale__language_code="{target}")
    passages = segments.load_text(state.translation)
    writing.write_all(state, {{passage: f"In the other language {{pk}}" for passage in passages}}, user)
    state.refresh_from_db()
    return state

"""
# An original, and one that waits for its translation
WRITE = """
pks = []
for title, together in ({title!r}, False), ({together!r}, True):
    article = ArticleFactory(
        title=title, summary="The first bus left.", body=body("There were two.", "And three."), language="{source}",
        owner=officer, live=False, published_together=together, slug=f"for-the-guide-{source}-{{int(together)}}",
        lead_picture=SiteImage.objects.first(), picture_alt="A bus.",
    )
    article.save_revision(user=officer).publish(user=officer)
    state = TranslationState.objects.get(original=article.pk, locale__language_code="{target}")
    pks.append([article.pk, state.page_id])
print(json.dumps(pks))
"""
CHANGE = """
publication.publish(written({pk}), user)
page = NewsArticle.objects.get(pk={pk}).get_latest_revision_as_object()
page.summary = {new!r}
page.save_revision(user=officer).publish(user=officer)
"""
# The other original has the same passages
REMEMBER = """
from django.utils import timezone
from wagtail.models import Locale
from iom.translation.memory import entries
from iom.translation.memory.entries import Pair
from iom.translation.models import MemoryArchive
from iom.translation.workflow import submission
source, target = (Locale.objects.get(language_code=code) for code in ("{source}", "{target}"))
archive = MemoryArchive.objects.create(name="For the guide")
entries.import_pairs(archive, [Pair(source, target, "And three.", "In the other language", timezone.now())])
submission.submit(NewsArticle.objects.get(pk=TranslationState.objects.get(page={page}).original_id), target)
"""
REVIEW = """
LanguageRule.objects.filter(locale__language_code="{target}").update(review={review})
if {review}:
    written({pk})
"""


class Translator:
    """Who follows the guide, and the officer and the editor whom the guide mentions."""

    def __init__(self, site, signed_in, language: str) -> None:
        self.site, self.language, self.other = site, language, OTHER[language]
        self.page: Page = signed_in(f"translator.{language}", language)
        self.officer: Page = signed_in("officer", language)
        self.editor: Page = signed_in("editor", language)
        written = self.shell(WRITE, title=TITLE.format(language), together=TOGETHER.format(language))
        (self.original, self.pk), (self.waiting_original, self.waiting) = json.loads(written)

    def shell(self, code: str, **values: object) -> str:
        return self.site.shell((BEGIN + code).format(target=self.language, source=self.other, **values))

    def open(self, page: Page, pk: int = 0) -> None:
        page.goto(f"/admin/pages/{pk or self.pk}/edit/")
        expect(page.locator("[data-segment]").first).to_be_visible()

    def row(self, number: int):
        return self.page.locator("[data-segment]").nth(number)


def a_day(day: Translator, says: Section) -> None:
    page = day.page
    page.goto("/admin/")
    see(page, says("Pending translations"))
    press(page.get_by_role("navigation"), says("Translations"))
    row = page.locator("main tr").filter(has_text=TITLE.format(day.language))
    row.get_by_role("button", name=says("Claim", more=".*")).click()
    expect(page.get_by_role("button", name=says("Release", more=".*"))).to_be_visible()
    see(
        page,
        says("Before publication"),
        says("Publish the translation"),
        says("Go to the first passage to translate or confirm"),
    )


def editor(day: Translator, says: Section) -> None:
    page, row = day.page, day.row(0)
    press(row, says("Copy the original"))
    expect(row.locator("[data-target]")).to_have_value(TITLE.format(day.language))
    press(row, says("Restore the previous text"))
    expect(row.locator("[data-target]")).to_have_value("")
    see(page, says("Save"), says("Preview"))
    row.locator("[data-target]").fill("Written by the guide")
    press(page, says("Save and go to the next passage"))
    expect(day.row(1).locator("[data-target]")).to_be_focused()
    keep_theirs(day, says)


def keep_theirs(day: Translator, says: Section) -> None:
    day.open(day.editor)
    theirs, mine = day.editor.locator("textarea[data-target]").first, day.row(0)
    theirs.fill("Written by another person")
    theirs.blur()
    expect(day.editor.locator("[data-status]").first).to_have_text(word("Saved", day.language))
    mine.locator("[data-target]").fill("Written by the guide once more")
    mine.locator("[data-target]").blur()
    press(mine, says("Keep the other person’s text"))
    expect(mine.locator("[data-target]")).to_have_value("Written by another person")


def keys(day: Translator, _says: Section) -> None:
    """All of them: iom.tests.browser.test_translators_keys."""
    areas = day.page.locator("textarea[data-target]")
    areas.nth(1).focus()
    day.page.keyboard.press("Alt+ArrowUp")
    expect(areas.nth(0)).to_be_focused()


def tags(day: Translator, _says: Section) -> None:
    row = day.page.locator("[data-segment]").filter(has_text="There were two.")
    row.locator("[data-target]").fill("<u>Two</u>")
    row.locator("[data-target]").blur()
    expect(row.locator("[data-error]")).to_contain_text("<u>")
    expect(row.locator("[data-target]")).to_have_value("<u>Two</u>")
    row.locator("[data-target]").fill("<b>Two</b>")
    row.locator("[data-target]").blur()
    expect(row.locator("[data-error]")).to_be_hidden()


def address(day: Translator, says: Section) -> None:
    own = day.page.locator(".translation-own")
    see(own, says("For this language only"), says("Address"), says("Keywords"))
    see(own, says("Another picture, document or link in this language"))


def memory(day: Translator, says: Section) -> None:
    page = day.page
    day.shell(REMEMBER, page=day.pk)
    day.open(page)
    row = page.locator("[data-segment]").filter(has_text="And three.")
    see(row, says("To confirm"), says("Confirm"))
    press(page, says("Confirm all"))
    expect(row.locator("[data-filled]")).to_be_hidden()
    press(page, says("Undo"))
    expect(row.locator("[data-filled]")).to_be_visible()
    row.locator("[data-target]").focus()
    see(row, says("From the memory"))
    page.locator("summary").get_by_text(says("Search the memory")).click()
    page.locator("#memory-query").fill("three")
    page.keyboard.press("Enter")
    expect(page.locator(".memory-result").first).to_contain_text("And three.")
    see(page.get_by_role("navigation"), says("Translation memory"))


def original_changes(day: Translator, says: Section) -> None:
    day.shell(CHANGE, pk=day.original, new=NEW)
    day.officer.goto(f"/admin/pages/{day.original}/edit/")
    see(day.officer.locator("footer"), says("Publish: minor correction"), says("Publish: the meaning changes"))
    day.open(day.page)
    row = day.page.locator("[data-segment]").filter(has_text=NEW)
    see(row, says("What has changed"), says("Previous original"), says("Previous translation"), says("Still accurate"))
    expect(row.locator("del, ins").first).to_be_visible()
    press(row, says("Use the previous translation"))
    expect(row.locator("[data-target]")).to_have_value(f"In the other language {day.original}")


def question(day: Translator, says: Section) -> None:
    page, row = day.page, day.row(0)
    row.locator("summary").get_by_text(says("Ask the author a question")).click()
    row.get_by_label(says("Your question")).fill("Which bus?")
    press(row, says("Send the question"))
    expect(row).to_contain_text("Which bus?")
    press(page, says("Reports"))
    see(page.get_by_role("navigation"), says("Questions from translators"))


def both_languages(day: Translator, says: Section) -> None:
    day.open(day.page, day.waiting)
    see(day.page, says("Publish with its original"))


def revision(day: Translator, says: Section) -> None:
    """Publishing needs the third person: here the translation remains with its reviser."""
    day.shell(REVIEW, pk=day.waiting_original, review=True)
    day.open(day.editor, day.waiting)
    see(day.editor, says("To revise"), says("Send back to the translator"), says("Mark as revised"))
    row = day.editor.locator("[data-segment]").first
    row.locator("summary").get_by_text(says("Comment on this passage")).click()
    row.locator("textarea[name=text]").last.fill("Say “bus”.")
    row.locator(".desk-question__form").last.locator("button[type=submit]").click()
    press(row, says("Mark as resolved"))
    press(row, says("Open again"))
    expect(row.get_by_role("button", name=word("Mark as resolved", day.language))).to_be_visible()
    day.shell(REVIEW, pk=day.waiting_original, review=False)


def own_program(day: Translator, says: Section) -> None:
    page = day.page
    day.open(page)
    see(page, says("Exchange file"), says("Format"))
    with page.expect_download() as download:
        press(page, says("Download the file"))
    page.locator("#exchange-file").set_input_files(download.value.path())
    with page.expect_navigation():
        press(page, says("Upload"))
    page.goto("/admin/translation/desk/")
    see(page, says("Translations"))
    page.locator("input[name=translation]").first.check()
    with page.expect_download() as archive:
        press(page, says("Download the archive"))
    press(page, says("Exchange files"))
    see(page, says("Upload translated files"))
    page.locator("#exchange-file").set_input_files(archive.value.path())
    with page.expect_navigation():
        press(page, says("Upload"))
    press(page, says("Files of the translation memory"))
    with page.expect_download():
        press(page, says("Download the TMX file"))
    see(page, says("Import an archive"))


def words_translated(day: Translator, says: Section) -> None:
    page = day.page
    page.goto("/admin/translation/figures/")
    see(page, says("Words translated"))


def earlier(day: Translator, says: Section) -> None:
    page = day.page
    day.open(page)
    press(page, says("Earlier translations"))
    page.locator("main td a").first.click()
    see(page, says("Use this translation"))


def notifications(day: Translator, says: Section) -> None:
    page = day.page
    page.goto("/admin/account/#tab-notifications")
    see(page, says("Email notifications from the translation desk"), says("How often"))
    see(page, says("Within minutes"), says("Once a day"), says("Never"))


STEPS: dict[str, Step] = {
    "Guide for translators": lambda day, says: open_guide(day.page, "translators", says),
    "A day at the translation desk": a_day,
    "One text, from both sides": nothing_to_press,  # iom.tests.browser.test_desk
    "The editor": editor,
    "Keys": keys,
    "Tags in a passage": tags,
    "The address, and what differs by language": address,
    "The translation memory": memory,
    "The glossary": glossary,
    "The checks": the_checks,
    "When the original changes": original_changes,
    "Questions to the author": question,
    "Both languages together": both_languages,
    "Revision by another person": revision,
    "Working in your own program": own_program,
    "What you have translated": words_translated,
    "Earlier translations": earlier,
    "Notifications": notifications,
    "Who may do what": nothing_to_press,  # iom.editorial.tests.test_guides_roles
}
