"""Two people at one text, removed permissions, and a picture that is chosen without a connection."""

import json

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_editor import CHOSEN, message, save_draft

pytestmark = pytest.mark.browser

CREATE_REJECTED_DRAFT = """
from iom.tests.factories import ArticleFactory
from iom.users.models import User
officer, editor = (User.objects.get(email=f"{name}@example.org") for name in ("officer", "editor"))
article = ArticleFactory(title="Un texte en relecture", live=False, owner=officer)
article.save_revision(user=officer)
article.get_workflow().start(article, officer)
article.current_workflow_task_state.reject(user=editor, comment="Source ?")
print(article.pk)
"""
EDIT_AS_EDITOR = """
from iom.users.models import User
from newsroom.models import NewsArticle
page = NewsArticle.objects.get(pk={pk}).get_latest_revision_as_object()
page.title = "Corrigé"
page.save_revision(user=User.objects.get(email="editor@example.org"))
"""
READ_DRAFT = """
import json
from newsroom.models import NewsArticle
page = NewsArticle.objects.get(pk={pk})
print(json.dumps([page.get_latest_revision_as_object().title, page.current_workflow_state is None]))
"""
CREATE_TRANSLATION = """
from iom.media.models import SiteImage
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body
article = ArticleFactory(
    title="Un texte à deux", summary="Résumé.", body=body("Un."), lead_picture=SiteImage.objects.first(), picture_alt="Un."
)
article.save_revision().publish()
print(TranslationState.objects.get(original=article.pk, locale__language_code="en").page_id)
"""
CHANGE_GROUPS = """
import json
from iom.users.models import User
user = User.objects.get(email="translator.en@example.org")
print(json.dumps(list(user.groups.values_list("pk", flat=True))))
user.groups.{change}
"""
REFUSED = "You no longer have the right to edit this text. What you have typed is kept here, but cannot be saved."


@pytest.mark.parametrize("button", ["save", "cancel"])
def test_whoever_has_confirmed_the_dialog_is_not_asked_again(site, signed_in, button):
    officer, pk = signed_in("officer"), int(site.shell(CREATE_REJECTED_DRAFT).splitlines()[-1])
    officer.goto(f"/admin/pages/{pk}/edit/")
    officer.wait_for_load_state("networkidle")
    site.shell(EDIT_AS_EDITOR.format(pk=pk))
    officer.locator("[name=title]").fill("Le mien")
    dialog = officer.locator("#w-save-confirmation-dialog")
    expect(dialog.locator("#title-text-w-save-confirmation-dialog")).to_contain_text("Noor Editor")

    if button == "save":
        save_draft(officer)
    else:
        officer.locator("footer [name=action-cancel-workflow]").evaluate("button => button.click()")
    dialog.locator("[data-w-dialog-target=confirm]").click()

    expect(message(officer).locator(".success")).to_contain_text("Le mien")
    assert json.loads(site.shell(READ_DRAFT.format(pk=pk)).splitlines()[-1]) == ["Le mien", button == "cancel"]


def test_a_picture_that_was_chosen_and_not_saved_is_chosen_again(site, signed_in):
    page = signed_in("translator.en")
    page.goto(f"/admin/pages/{int(site.shell(CREATE_TRANSLATION).splitlines()[-1])}/edit/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".translation-own__values summary").click()
    chooser = page.locator(".translation-own .image-chooser")
    chooser.locator("[data-chooser-action-choose]:visible").click()
    page.locator(CHOSEN).nth(1).click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    title = chooser.locator("[data-chooser-title]").inner_text()
    page.context.set_offline(True)
    page.locator("footer button[value=save]").click()
    expect(page.locator("[data-notice]")).to_be_visible()
    page.context.set_offline(False)

    page.reload()

    expect(chooser.locator("[data-chooser-title]")).to_have_text(title)
    expect(chooser.locator("img")).to_be_visible()
    expect(page.locator("[data-notice]")).to_have_text(translated("The text that you had typed has been restored."))
    page.locator("footer button[value=save]").click()
    expect(message(page)).to_contain_text(translated("Saved."))
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(chooser.locator("[data-chooser-title]")).to_have_text(title)


def test_translator_who_loses_the_permission_is_told_and_keeps_the_text(site, signed_in):
    page = signed_in("translator.en")
    page.goto(f"/admin/pages/{int(site.shell(CREATE_TRANSLATION).splitlines()[-1])}/edit/")
    area, status = page.locator("[data-target]").first, page.locator("[data-status]").first
    groups = json.loads(site.shell(CHANGE_GROUPS.format(change="clear()")))
    try:
        area.fill("Typed without the right")
        area.blur()
        expect(status).to_have_text(translated(REFUSED))
        page.locator("footer button[value=save]").click()
        expect(page.locator("[data-notice]")).to_have_text(translated(REFUSED))
        expect(area).to_have_value("Typed without the right")
    finally:
        site.shell(CHANGE_GROUPS.format(change=f"set({groups})"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(area).to_have_value("Typed without the right")
    expect(status).to_have_text(translated("Saved"))
