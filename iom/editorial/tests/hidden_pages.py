"""Pages hidden from some users of the admin, with unique words in their titles, questions, comments and notes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    PageViewRestriction,
    ReferenceIndex,
    TaskState,
    Workflow,
)

from aboutus.models import AboutPage
from iom.contacts.models import Office
from iom.core.draft_limits import limit_to
from iom.editorial.tests import admin_urls
from iom.media.models import SiteDocument
from iom.publishing.models import DeletedPage, ScheduleFailure
from iom.tests.factories import ArticleFactory, PressContactFactory, SiteImageFactory
from iom.translation.content import segments
from iom.translation.models import Instructions, TranslationState
from iom.translation.tests import desk
from iom.translation.workflow import comments, questions
from iom.translation.workflow.writing import write
from iom.users.models import User
from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle

COMMON = "Ocelot"  # in all of the titles: what one searches for
PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")


@dataclass
class Unknown:
    """A page, and for each of its unique words the letters of the `people` who may not see it."""

    page: Any
    words: dict[str, str]
    state: TranslationState | None = None
    arguments: dict[str, Any] = field(default_factory=dict)

    def is_hidden_from(self, letter: str) -> bool:
        return any(letter in letters for letters in self.words.values())


def _article(word: str, language: str = "fr", **fields: Any) -> NewsArticle:
    page = ArticleFactory(
        language=language,
        title=f"{COMMON} {word}",
        slug=f"page-{ArticleFactory._meta.model.objects.count()}",
        body=desk.body("One."),
        picture_decorative=True,
        **fields,
    )
    page.save_revision(user=_officer(), log_action=True)
    return NewsArticle.objects.get(pk=page.pk)


def _officer() -> User:
    return User.objects.get(email="officer@example.org")


def _draft(word: str, language: str = "fr", **fields: Any) -> NewsArticle:
    return _article(word, language, live=False, first_published_at=None, **fields)


def _renamed(page: NewsArticle, word: str, **fields: Any) -> NewsArticle:
    page.title = f"{COMMON} {word}"
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision(user=_officer(), log_action=True)
    if page.go_live_at:
        revision.publish(user=_officer())  # at its minute
    return NewsArticle.objects.get(pk=page.pk)


def _said_of(original: NewsArticle, note: str, question: str, answer: str, comment: str) -> TranslationState:
    """Adds instructions, questions, an answer and a comment on the English translation, one word in each."""
    Instructions.objects.create(page_id=original.pk, note=note)
    state = desk.submit(original, "en")
    passage = segments.load_text(state.translation)[0]
    translator = User.objects.get(email="translator.en@example.org")
    questions.ask(state, passage, question, translator)
    answered = questions.ask(state, passage, question, translator)
    questions.answer(answered, answer, _officer())
    comments.write(state, passage, comment, translator)
    return state


def create_pages() -> list[Unknown]:
    """Creates one page of each kind. Pages limited to other users are in every list that could show them."""
    everybody = "nsk"
    published = admin_urls.text("fr")
    image, contact = SiteImageFactory(), PressContactFactory(office=Office.objects.first())
    document = SiteDocument(title="d")
    document.file.save("d.pdf", ContentFile(b"%PDF"))
    draft = _draft("Quokka", lead_picture=image, locked=True, locked_at=timezone.now())
    draft.contacts.create(contact=contact)
    item = {"type": "item", "id": "d1", "value": {"document": document.pk, "label": ""}}
    draft.body = [
        *desk.body("One."), {"type": "documents", "id": "d0", "value": {"title": "", "items": [item]}}
    ]  # fmt: skip
    draft.save()
    ReferenceIndex.create_or_update_for_object(draft)
    Redirect.objects.create(old_path="/old", redirect_page=draft)
    live = ArticleFactory(language="fr", title="Live", body=desk.body("One."))
    live.related_articles.create(related=draft)
    live.save_revision().publish()
    desk.submit(NewsArticle.objects.get(pk=live.pk), "en")
    GroupPagePermission.objects.create(
        group=Group.objects.first(), page=draft, permission=Permission.objects.get(codename="change_page")
    )
    found = [Unknown(draft, {"quokka": everybody}), Unknown(_draft("Numbat", "en"), {"numbat": everybody})]

    found.append(Unknown(_renamed(_article("known"), "Bilby"), {"bilby": everybody}))
    tomorrow = timezone.now() + timedelta(days=1)
    found.append(Unknown(_renamed(_article("known"), "Dunnart", go_live_at=tomorrow), {"dunnart": "sk"}))

    for word, language in (("Potoroo", "fr"), ("Kowari", "en")):
        private = _article(word, language)
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        found.append(Unknown(private, {word.lower(): everybody}))

    reviewed = _draft("Mulgara")
    Workflow.objects.get(active=True).start(reviewed, _officer())
    found.append(Unknown(NewsArticle.objects.get(pk=reviewed.pk), {"mulgara": everybody}))

    submitted = _draft("Kultarr", published_together=True)
    state = desk.submit(submitted, "en")
    title = next(one for one in segments.load_text(state.translation) if one.path == "title")
    write(state, title, f"{COMMON} Phascogale", _officer())
    _renamed(submitted, "Ningaui")
    found.append(Unknown(submitted, {"kultarr": "sk", "ningaui": everybody, "phascogale": "sk"}, state))
    page = NewsArticle.objects.get(pk=state.page_id)
    found.append(Unknown(page, {"phascogale": "sk", "kultarr": "sk", "ningaui": everybody}, state))

    editor = User.objects.get(email="editor@example.org")
    limited = _draft("Wombat", locked=True, locked_by=_officer(), locked_at=timezone.now())
    limited.lead_picture = image
    limited.save_revision(user=_officer())  # the picture is in use by a draft alone
    state = _said_of(limited, "Antechinus", "Dibbler", "Bettong", "Planigale")
    limit_to(limited, [editor])
    Workflow.objects.get(active=True).start(limited, _officer())
    words = dict.fromkeys(["wombat", "antechinus", "dibbler", "bettong", "planigale"], "nsko")
    found.append(Unknown(NewsArticle.objects.get(pk=limited.pk), words, state))
    protected = _article("Monito")
    withdrawing.request_withdrawal(protected, editor, "public", "Cuscus")
    state = _said_of(protected, "Mulita", "Tenrec", "Solenodon", "Desman")
    withdrawing.withdraw(protected, editor, "protection", {}, "Galago")
    words = dict.fromkeys(["monito", "cuscus", "galago", "mulita", "tenrec", "solenodon", "desman"], "nsk")
    found.append(Unknown(NewsArticle.objects.get(pk=protected.pk), words, state))
    asked_for = _article("known")
    withdrawing.request_withdrawal(asked_for, editor, "protection", "Tarsier")
    found.append(Unknown(asked_for, {"tarsier": "nsk"}))
    scheduled = _renamed(_draft("known"), "Thylacine", go_live_at=tomorrow)
    limit_to(scheduled, [editor])
    now, reasons = timezone.now(), dict.fromkeys(["fr", "en"], "Quenda")
    ScheduleFailure.objects.create(
        page_id=scheduled.pk, action="publish", failed_at=now, retry_at=now, reasons=reasons
    )
    found.append(Unknown(scheduled, dict.fromkeys(["thylacine", "quenda"], "nsko")))
    deleted = _draft("Pademelon")
    limit_to(deleted, [editor])
    NewsArticle.objects.get(pk=deleted.pk).delete(user=editor)

    task = TaskState.objects.latest("pk")
    for one in found:
        one.arguments = admin_urls.url_arguments(one.page, published.state) | {
            "page_to_move_id": one.page.pk,
            "destination_id": one.page.pk,
            "task_state_id": task.pk,
            "workflow_state_id": task.workflow_state_id,
            "wagtailadmin_pages:task_id": task.task_id,
            "action_name": "approve",
            "redirect_id": Redirect.objects.get(redirect_page=draft).pk,
            "image_id": image.pk,
            "document_id": document.pk,
            "wagtailsnippets_contacts_office:pk": contact.office_id,
            "wagtailsnippets_contacts_presscontact:pk": contact.pk,
        }
        if one.state:
            segment = one.state.translation.source.stringsegment_set.get(context__path="title").pk
            one.arguments |= {"translation_id": one.state.pk, "segment_id": segment, "string_segment_id": segment}
            one.arguments["translation_source_id"] = one.state.translation.source_id
            if question := one.state.translation.questions.first():
                one.arguments |= {"question_id": question.pk, "comment_id": one.state.translation.comments.get().pk}
    kept = found[-1].arguments | {"pk": DeletedPage.objects.get(title=deleted.title).pk}
    return [*found, Unknown(deleted, {"pademelon": "nsko"}, arguments=kept)]


PEOPLE = "nsko"
MOST_IS_HIDDEN_FROM = "k"


def people() -> dict[str, Client]:
    """Returns a client for each user who may not see everything, by letter (PEOPLE).

    n translates into English; s is an editor of one section; k may edit all records but no pages; o is an officer, who
    sees all drafts except those limited to others, and restores deleted pages.
    """
    section = AboutPage.objects.filter(locale__language_code="fr", depth=3).first()
    users = {
        "n": User.objects.get(email="translator.en@example.org"),
        "o": _officer(),
        **{letter: User.objects.create_user(f"{letter}@example.org") for letter in "sk"},
    }
    officers = Group.objects.create(name="Editors of a section")
    officers.permissions.set(Group.objects.get(name="Newsroom editors").permissions.all())
    for action in PAGE_ACTIONS:
        permission = Permission.objects.get(codename=f"{action}_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=officers, page=section, permission=permission)
    users["s"].groups.add(officers)
    keepers = Group.objects.create(name="Keepers of records")
    keepers.permissions.set(Permission.objects.exclude(codename__in=["write_original", "retire_page", "edit_home"]))
    files = Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"])
    for permission in files.exclude(codename__startswith="view"):
        GroupCollectionPermission.objects.create(
            group=keepers, collection=Collection.get_first_root_node(), permission=permission
        )
    users["k"].groups.add(keepers)
    users["o"].user_permissions.add(Permission.objects.get(codename="retire_page"))
    # A form that is sent half may fail.
    found = {letter: admin_urls.KnownClient(raise_request_exception=False) for letter in users}
    for letter, client in found.items():
        client.force_login(users[letter])
    return found
