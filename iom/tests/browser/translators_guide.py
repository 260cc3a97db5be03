"""Steps of the guide for translators, by the headings of the English guide."""

import json

from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.desk_users import OTHER_LANGUAGE
from iom.tests.browser.guide_runner import Section, Step, nothing_to_press, open_guide, press, see
from iom.tests.browser.translators_glossary import checks, glossary

TITLE, JOINT_TITLE = "An original for the guide ({})", "An original for the guide, in two languages ({})"
NEW_SUMMARY = "The last bus had left."
SETUP = """
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

def translate(pk):
    state = TranslationState.objects.get(original=pk, locale__language_code="{target}")
    passages = segments.load_text(state.translation)
    writing.write_all(state, {{passage: f"In the other language {{pk}}" for passage in passages}}, user)
    state.refresh_from_db()
    return state

"""
# Two originals; the second is published together with its translation
CREATE_ORIGINALS = """
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
CHANGE_ORIGINAL = """
publication.publish(translate({pk}), user)
page = NewsArticle.objects.get(pk={pk}).get_latest_revision_as_object()
page.summary = {new!r}
page.save_revision(user=officer).publish(user=officer)
"""
# Fills the translation memory: the second original has the same passages
FILL_MEMORY = """
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
    translate({pk})
"""


class Translator:
    """The windows of the translator who follows the guide, of an officer and an editor."""

    def __init__(self, site, signed_in, language: str) -> None:
        self.site, self.language, self.other = site, language, OTHER_LANGUAGE[language]
        self.page: Page = signed_in(f"translator.{language}", language)
        self.officer: Page = signed_in("officer", language)
        self.editor: Page = signed_in("editor", language)
        written = self.shell(CREATE_ORIGINALS, title=TITLE.format(language), together=JOINT_TITLE.format(language))
        (self.original, self.pk), (self.waiting_original, self.waiting) = json.loads(written)

    def shell(self, code: str, **values: object) -> str:
        return self.site.shell((SETUP + code).format(target=self.language, source=self.other, **values))

    def open(self, page: Page, pk: int = 0) -> None:
        page.goto(f"/admin/pages/{pk or self.pk}/edit/")
        expect(page.locator("[data-segment]").first).to_be_visible()

    def row(self, number: int):
        return self.page.locator("[data-segment]").nth(number)


def dashboard(session: Translator, label: Section) -> None:
    page = session.page
    page.goto("/admin/")
    see(page, label("Pending translations"))
    press(page.get_by_role("navigation"), label("Translations"))
    row = page.locator("main tr").filter(has_text=TITLE.format(session.language))
    row.get_by_role("button", name=label("Claim", more=".*")).click()
    expect(page.get_by_role("button", name=label("Release", more=".*"))).to_be_visible()
    see(
        page,
        label("Before publication"),
        label("Publish the translation"),
        label("Go to the first passage to translate or confirm"),
    )


def editor(session: Translator, label: Section) -> None:
    page, row = session.page, session.row(0)
    press(row, label("Copy the original"))
    expect(row.locator("[data-target]")).to_have_value(TITLE.format(session.language))
    press(row, label("Restore the previous text"))
    expect(row.locator("[data-target]")).to_have_value("")
    see(page, label("Save"), label("Preview"))
    row.locator("[data-target]").fill("Written by the guide")
    press(page, label("Save and go to the next passage"))
    expect(session.row(1).locator("[data-target]")).to_be_focused()
    keep_saved_text(session, label)


def keep_saved_text(session: Translator, label: Section) -> None:
    session.open(session.editor)
    theirs, mine = session.editor.locator("textarea[data-target]").first, session.row(0)
    theirs.fill("Written by another person")
    theirs.blur()
    expect(session.editor.locator("[data-status]").first).to_have_text(translated("Saved", session.language))
    mine.locator("[data-target]").fill("Written by the guide once more")
    mine.locator("[data-target]").blur()
    press(mine, label("Keep the other person’s text"))
    expect(mine.locator("[data-target]")).to_have_value("Written by another person")


def keys(session: Translator, _label: Section) -> None:
    """One key. test_translators_keys tests all of them."""
    areas = session.page.locator("textarea[data-target]")
    areas.nth(1).focus()
    session.page.keyboard.press("Alt+ArrowUp")
    expect(areas.nth(0)).to_be_focused()


def tags(session: Translator, _label: Section) -> None:
    row = session.page.locator("[data-segment]").filter(has_text="There were two.")
    row.locator("[data-target]").fill("<u>Two</u>")
    row.locator("[data-target]").blur()
    expect(row.locator("[data-error]")).to_contain_text("<u>")
    expect(row.locator("[data-target]")).to_have_value("<u>Two</u>")
    row.locator("[data-target]").fill("<b>Two</b>")
    row.locator("[data-target]").blur()
    expect(row.locator("[data-error]")).to_be_hidden()


def address(session: Translator, label: Section) -> None:
    own = session.page.locator(".translation-own")
    see(own, label("For this language only"), label("Address"), label("Keywords"))
    see(own, label("Another picture, document or link in this language"))


def memory(session: Translator, label: Section) -> None:
    page = session.page
    session.shell(FILL_MEMORY, page=session.pk)
    session.open(page)
    row = page.locator("[data-segment]").filter(has_text="And three.")
    see(row, label("To confirm"), label("Confirm"))
    press(page, label("Confirm all"))
    expect(row.locator("[data-filled]")).to_be_hidden()
    press(page, label("Undo"))
    expect(row.locator("[data-filled]")).to_be_visible()
    row.locator("[data-target]").focus()
    see(row, label("From the memory"))
    page.locator("summary").get_by_text(label("Search the memory")).click()
    page.locator("#memory-query").fill("three")
    page.keyboard.press("Enter")
    expect(page.locator(".memory-result").first).to_contain_text("And three.")
    see(page.get_by_role("navigation"), label("Translation memory"))


def original_changed(session: Translator, label: Section) -> None:
    session.shell(CHANGE_ORIGINAL, pk=session.original, new=NEW_SUMMARY)
    session.officer.goto(f"/admin/pages/{session.original}/edit/")
    see(session.officer.locator("footer"), label("Publish: minor correction"), label("Publish: the meaning changes"))
    session.open(session.page)
    row = session.page.locator("[data-segment]").filter(has_text=NEW_SUMMARY)
    see(
        row,
        label("What has changed"),
        label("Previous original"),
        label("Previous translation"),
        label("Still accurate"),
    )
    expect(row.locator("del, ins").first).to_be_visible()
    press(row, label("Use the previous translation"))
    expect(row.locator("[data-target]")).to_have_value(f"In the other language {session.original}")


def question(session: Translator, label: Section) -> None:
    page, row = session.page, session.row(0)
    row.locator("summary").get_by_text(label("Ask the author a question")).click()
    row.get_by_label(label("Your question")).fill("Which bus?")
    press(row, label("Send the question"))
    expect(row).to_contain_text("Which bus?")
    press(page, label("Reports"))
    see(page.get_by_role("navigation"), label("Questions from translators"))


def both_languages(session: Translator, label: Section) -> None:
    session.open(session.page, session.waiting)
    see(session.page, label("Publish with its original"))


def revision(session: Translator, label: Section) -> None:
    """Revision without publication, which only a third person may do."""
    session.shell(REVIEW, pk=session.waiting_original, review=True)
    session.open(session.editor, session.waiting)
    see(session.editor, label("To revise"), label("Send back to the translator"), label("Mark as revised"))
    row = session.editor.locator("[data-segment]").first
    row.locator("summary").get_by_text(label("Comment on this passage")).click()
    row.locator("textarea[name=text]").last.fill("Say “bus”.")
    row.locator(".desk-question__form").last.locator("button[type=submit]").click()
    press(row, label("Mark as resolved"))
    press(row, label("Open again"))
    expect(row.get_by_role("button", name=translated("Mark as resolved", session.language))).to_be_visible()
    session.shell(REVIEW, pk=session.waiting_original, review=False)


def exchange_files(session: Translator, label: Section) -> None:
    page = session.page
    session.open(page)
    see(page, label("Exchange file"), label("Format"))
    with page.expect_download() as download:
        press(page, label("Download the file"))
    page.locator("#exchange-file").set_input_files(download.value.path())
    with page.expect_navigation():
        press(page, label("Upload"))
    page.goto("/admin/translation/desk/")
    see(page, label("Translations"))
    page.locator("input[name=translation]").first.check()
    with page.expect_download() as archive:
        press(page, label("Download the archive"))
    press(page, label("Exchange files"))
    see(page, label("Upload translated files"))
    page.locator("#exchange-file").set_input_files(archive.value.path())
    with page.expect_navigation():
        press(page, label("Upload"))
    press(page, label("Files of the translation memory"))
    with page.expect_download():
        press(page, label("Download the TMX file"))
    see(page, label("Import an archive"))


def words_translated(session: Translator, label: Section) -> None:
    page = session.page
    page.goto("/admin/translation/figures/")
    see(page, label("Words translated"))


def earlier_translations(session: Translator, label: Section) -> None:
    page = session.page
    session.open(page)
    press(page, label("Earlier translations"))
    page.locator("main td a").first.click()
    see(page, label("Use this translation"))


def notifications(session: Translator, label: Section) -> None:
    page = session.page
    page.goto("/admin/account/#tab-notifications")
    see(page, label("Email notifications from the translation desk"), label("How often"))
    see(page, label("Within minutes"), label("Once a day"), label("Never"))


STEPS: dict[str, Step] = {
    "Guide for translators": lambda session, label: open_guide(session.page, "translators", label),
    "A day at the translation desk": dashboard,
    "One text, from both sides": nothing_to_press,  # iom.tests.browser.test_desk
    "The editor": editor,
    "Keys": keys,
    "Tags in a passage": tags,
    "The address, and what differs by language": address,
    "The translation memory": memory,
    "The glossary": glossary,
    "The checks": checks,
    "When the original changes": original_changed,
    "Questions to the author": question,
    "Both languages together": both_languages,
    "Revision by another person": revision,
    "Working in your own program": exchange_files,
    "What you have translated": words_translated,
    "Earlier translations": earlier_translations,
    "Notifications": notifications,
    "Who may do what": nothing_to_press,  # iom.editorial.tests.test_guides_roles
}
