"""Acts of users in the admin, sent as its forms send them. Each function returns whether the act took effect."""

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction, Task

from iom.banner.models import Banner
from iom.banner.tests import banners
from iom.contacts.models import PressContact
from iom.navigation.tests.pairs import at
from iom.tests import record_names
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, SiteImageFactory
from iom.translation.content import markup, segments
from iom.translation.exchange import document, po
from iom.translation.models import LanguageRule, Question, TranslationState
from iom.translation.tests.sample_article import localize_url
from iom.translation.tests.test_minor_corrections import form_data
from iom.translation.workflow.writing import write as write_segment
from iom.withdrawal.tests.attempts import restore, withdraw  # noqa: F401  (they are tried by their names)
from newsroom.models import NewsArticle, NewsIndex

CHANGED = "Changed"


def pages(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(client, action, page, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{address}?id={page.pk}", data)


def now(page):
    return NewsArticle.objects.filter(pk=page.pk).first()


def form(page, **buttons):
    return form_data(page, title=CHANGED, picture_decorative="on") | buttons


# With a page


def save_a_draft(client, page, state):
    client.post(pages("edit", page.pk), form(page))
    return now(page).get_latest_revision_as_object().title == CHANGED


def publish(client, page, state):
    client.post(pages("edit", page.pk), form(page, **{"action-publish": "action-publish"}))
    return now(page).title == CHANGED


def submit_for_review(client, page, state):
    client.post(pages("edit", page.pk), form(page, **{"action-submit": "1"}))
    return now(page).current_workflow_state is not None


def add_below_its_section(client, page, state):
    section = page.get_parent()
    before = section.get_children().count()
    address = pages("add", "newsroom", "newsarticle", section.pk)
    client.post(address, form_data(NewsArticle(title="New", slug="new")))
    return section.get_children().count() > before


def copy(client, page, state):
    data = {"new_title": "Copy", "new_slug": "a-copy", "new_parent_page": page.get_parent().pk, "publish_copies": ""}
    client.post(pages("copy", page.pk), data)
    return Page.objects.filter(slug="a-copy").exists()


def hide(client, page, state):
    client.post(pages("set_privacy", page.pk), {"restriction_type": "password", "password": "abc"})
    return PageViewRestriction.objects.filter(page=page.pk).exists()


def unpublish(client, page, state):
    client.post(pages("unpublish", page.pk))
    return not now(page).live


def unpublish_with_others(client, page, state):
    bulk(client, "unpublish", page)
    return not now(page).live


def delete(client, page, state):
    client.post(pages("delete", page.pk))
    return now(page) is None


def delete_with_others(client, page, state):
    bulk(client, "delete", page)
    return now(page) is None


def move(client, page, state):
    other = at("/fr/").add_child(instance=NewsIndex(title="Autre", slug="autre"))
    theirs = other.copy_for_translation(Locale.objects.get(language_code="en"))
    home = Page.objects.get(url_path=f"/{page.locale.language_code}/")
    there = other if other.get_parent().pk == home.pk else theirs
    client.post(pages("move_confirm", page.pk, there.pk))
    return now(page).get_parent().pk == there.pk


def reorder(client, page, state):
    before = now(page).path
    ArticleFactory(parent=page.get_parent().specific, language=page.locale.language_code)
    client.post(pages("set_page_position", page.pk) + "?position=0")
    return now(page).path != before


def lock(client, page, state):
    client.post(pages("lock", page.pk))
    return now(page).locked


def publish_with_others(client, page, state):
    draft = now(page)
    draft.title = CHANGED
    draft.save_revision()
    bulk(client, "publish", page)
    return now(page).title == CHANGED


# With a translation


def title_of(state):
    return next(segment for segment in segments.load_text(state.translation) if segment.path == "title")


def is_written(state):
    return title_of(state).target == CHANGED


def _original(page, state):
    """Returns the original with a change that the desk has not received yet."""
    NewsArticle.objects.filter(pk=state.original_id).update(title=CHANGED)
    return now(state.original.page)


def _is_up_to_date(state):
    return title_of(state).source == CHANGED


def submit_its_original(client, page, state):
    original = _original(page, state)
    original.save_revision()
    client.post(reverse("translation_submit", args=[original.pk]))
    return _is_up_to_date(state)


def update_it_by_localizes_address(client, page, state):
    _original(page, state)
    client.post(localize_url("update_translations", state.translation.source_id))
    return _is_up_to_date(TranslationState.objects.get(pk=state.pk))


def write(client, page, state):
    title = title_of(state)
    name = title.key
    data = {"action": "save", f"text-{name}": CHANGED, f"seen-{name}": markup.text_fingerprint(title.written)}
    client.post(pages("edit", page.pk), data)
    return is_written(state)


def write_one_passage(client, page, state):
    title = title_of(state)
    data = {"text": CHANGED, "seen": markup.text_fingerprint(title.written)}
    client.post(reverse("translation_segment", args=[state.pk, title.pk]), data)
    return is_written(state)


def write_by_localizes_address(client, page, state):
    address = localize_url("edit_string_translation", state.pk, title_of(state).pk)
    data = {"value": CHANGED, "seen": markup.text_fingerprint(title_of(state).written)}
    client.put(address, data, content_type="application/json")
    return is_written(state)


def choose_another_picture(client, page, state):
    segment = state.translation.source.overridablesegment_set.first()
    picture = SiteImageFactory()
    client.post(pages("edit", page.pk), {"action": "save", "own": "1", f"own-{segment.pk}": picture.pk})
    draft = state.translation.source.get_ephemeral_translated_instance(state.locale, fallback=True)
    return draft.lead_picture_id == picture.pk


def choose_a_picture_by_localizes_address(client, page, state):
    segment = state.translation.source.overridablesegment_set.first()
    picture = SiteImageFactory()
    address = localize_url("edit_override", state.pk, segment.pk)
    client.put(address, {"value": picture.pk}, content_type="application/json")
    draft = state.translation.source.get_ephemeral_translated_instance(state.locale, fallback=True)
    return draft.lead_picture_id == picture.pk


def bring_an_exchange_file(client, page, state):
    original = po.write(document.build_document(state))
    content = original.replace(b'msgstr "Bobo-Dioulasso"', f'msgstr "{CHANGED}"'.encode())
    client.post(localize_url("upload_pofile", state.pk), {"file": SimpleUploadedFile("translation.po", content)})
    return is_written(state)


def claim(client, page, state):
    client.post(reverse("translation_claim", args=[state.pk]))
    return TranslationState.objects.get(pk=state.pk).claimed_by_id is not None


def publish_it(client, page, state):
    write_segment(state, title_of(state), CHANGED, None)
    client.post(pages("edit", page.pk), {"action": "action-publish"})
    return now(page).title == CHANGED


def ask(client, page, state):
    client.post(reverse("translation_ask", args=[state.pk, title_of(state).pk]), {"text": "What is meant?"})
    return Question.objects.filter(translation=state.pk).exists()


def answer(client, page, state):
    segment = state.translation.source.stringsegment_set.get(context__path="title")
    question = Question.objects.create(
        translation=state.translation, context=segment.context, string=segment.string, text="?"
    )
    client.post(reverse("translation_answer", args=[question.pk]), {"answer": "This."})
    return Question.objects.get(pk=question.pk).answer == "This."


def is_detached(state):
    return not TranslationState.objects.get(pk=state.pk).translation.enabled


def detach(client, page, state):
    client.post(reverse("translation_detach", args=[state.pk]))
    return is_detached(state)


def reattach(client, page, state):
    type(state.translation).objects.filter(pk=state.pk).update(enabled=False)
    client.post(reverse("translation_reattach", args=[state.pk]))
    return not is_detached(state)


# Elsewhere


def add_a_press_contact(client):
    before = PressContact.objects.count()
    office, role = OfficeFactory().pk, PressContact.Role.PRESS_OFFICER
    data = {"name": "New", "email": "new@example.org", "office": office, "role": role}
    client.post(reverse("wagtailsnippets_contacts_presscontact:add"), data)
    return PressContact.objects.count() > before


def delete_a_press_contact(client):
    contact = PressContactFactory()
    client.post(reverse("wagtailsnippets_contacts_presscontact:delete", args=[contact.pk]))
    return not PressContact.objects.filter(pk=contact.pk).exists()


def change_an_office(client):
    office = OfficeFactory()
    data = record_names.form_data(office, fr=CHANGED) | {"kind": "country", "timezone": "Africa/Cairo"}
    data |= {"staff-TOTAL_FORMS": 0, "staff-INITIAL_FORMS": 0}
    client.post(reverse("wagtailsnippets_contacts_office:edit", args=[office.pk]), data)
    return record_names.name_of(office, "fr") == CHANGED


def show_a_banner(client):
    banners.send(client)
    return Banner.load().is_shown


def change_a_rule_for_translations(client):
    rule = LanguageRule.objects.first()
    group = rule.translators_id
    client.post(reverse("language_rules:edit", args=[rule.pk]), {"translators": group, "review": "on"})
    return LanguageRule.objects.get(pk=rule.pk).review


def change_a_role(client):
    group = Group.objects.create(name="Some")
    form = {"name": CHANGED}
    for kind in ("page", "collection", "document", "image"):
        form |= {f"{kind}_permissions-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    client.post(reverse("wagtailusers_groups:edit", args=[group.pk]), form)
    return Group.objects.get(pk=group.pk).name == CHANGED


def add_a_task_for_workflows(client):
    address = reverse("wagtailadmin_workflows:task_chooser_create") + "?create_model=wagtailcore.GroupApprovalTask"
    client.post(address, {"create-task-name": "New", "create-task-groups": [Group.objects.first().pk]})
    return Task.objects.filter(name="New").exists()
