"""Every URL of the admin, with example objects for its parameters, and a check of access."""

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any
from unittest.mock import PropertyMock, patch

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow

from aboutus.models import CountryText
from iom.contacts.models import ContactSettings, Office, PressContact
from iom.editorial.tests.matrix import ROLES
from iom.media.models import SiteDocument, SiteImage
from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.models import Comment, Concept, JointPublication, Question, TranslationState
from iom.translation.tests import desk
from iom.users.models import User
from iom.users.tests.people import has_confirmed
from iom.withdrawal.models import WithdrawalRequest
from newsroom.models import NewsArticle, ReviewRule, Topic


def addresses(patterns=None, route="", namespace="", parameters=()):
    """Yields the name of each URL below /admin/ (its route if it has none), with its parameters."""
    if patterns is None:
        (admin,) = [one for one in get_resolver().url_patterns if str(one.pattern) == "admin/"]
        patterns = admin.url_patterns
    for pattern in patterns:
        own = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, whole, inner, parameters + own)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else whole, parameters + own


class KnownClient(Client):
    """A client that reads its user and their permissions once, not for each request, and discards messages."""

    signed_in = ""
    user = None

    def renew_session(self):
        """Signs in again, after the test that made the session was rolled back."""
        if self.user:
            super().force_login(self.user)
            has_confirmed(self)
            self.signed_in = self.cookies[settings.SESSION_COOKIE_NAME].value

    def force_login(self, user):
        self.user = user
        self.renew_session()
        user.get_all_permissions()
        answer = self.handler.get_response

        def answer_them(request):
            request._cached_user = copy(user)
            return answer(request)

        self.handler.get_response = answer_them

    def request(self, **request):
        self.cookies.pop("messages", None)
        if self.signed_in:  # an answer may have brought another key, which was rolled back
            self.cookies[settings.SESSION_COOKIE_NAME] = self.signed_in
        return super().request(**request)


def clients() -> dict[str, Client]:
    """Returns a client for each letter of the table of roles."""
    found = {}
    for letter, account in ROLES.items():
        found[letter] = KnownClient()
        if account:
            found[letter].force_login(User.objects.get(email=f"{account}@example.org"))
    return found


@dataclass
class Text:
    """A published original, its published translation, and the state of that."""

    original: Any
    translation: Any
    state: TranslationState


def text(language: str, **fields: Any) -> Text:
    """Creates an article with a picture in `language`, and its translation into the other language."""
    original = ArticleFactory(
        language=language,
        title="Ouagadougou",  # a word of no language of the interface
        body=desk.body("One."),
        lead_picture=SiteImageFactory(),
        picture_decorative=True,
        **fields,
    )
    original.save_revision().publish()
    original = NewsArticle.objects.get(pk=original.pk)
    counterpart = NewsArticle(title="Bobo-Dioulasso", summary="Summary.", body=desk.body("Translated."))
    state, page = desk.translated(original, counterpart, "en" if language == "fr" else "fr")
    return Text(original, page, state)


def url_arguments(page: Page, state: TranslationState) -> dict[str, Any]:
    """Returns examples for the parameters of URLs, of this page and translation if possible.

    They are by parameter, or by `namespace:pk`.
    """
    segment = state.translation.source.stringsegment_set.get(context__path="title")
    question = Question.objects.create(
        translation=state.translation, context=segment.context, string=segment.string, text="?"
    )
    comment = Comment.objects.create(
        translation=state.translation, context=segment.context, string=segment.string, text="!"
    )
    TranslationState.objects.filter(pk=state.pk).update(claimed_by=User.objects.get(email="officer@example.org"))
    JointPublication.objects.get_or_create(page_id=state.original_id, revision=state.original.page.latest_revision)
    redirect = Redirect.objects.create(old_path=f"/{page.pk}", redirect_link="/")
    document = SiteDocument.objects.create(title="d", file=SimpleUploadedFile("d.txt", b"d"))
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="c"))
    rule, _created = ReviewRule.objects.get_or_create(kind="media-advisory")  # the kind of no other text
    image, office, workflow = SiteImage.objects.first(), Office.objects.first(), Workflow.objects.first()
    some = {
        "page_id page_to_move_id page_pk pk object_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "revision_id": page.latest_revision_id,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "translation_id": state.pk,
        "segment_id string_segment_id": segment.pk,
        "overridable_segment_id": state.translation.source.overridablesegment_set.first().pk,
        "translation_source_id": state.translation.source_id,
        "question_id": question.pk,
        "comment_id": comment.pk,
        "version_id": state.translation.versions.first().pk,
        "number": 0,
        "name": "officers",
        "task_id": Task.objects.first().pk,
        "workflow_pk wagtailadmin_workflows:pk": workflow.pk,
        "content_type_app_name": "newsroom",
        "content_type_model_name": "newsarticle",
        "app_label app_name": "contacts",
        "model_name": "office",
        "wagtailadmin_pages:app_label": "newsroom",
        "wagtailadmin_pages:model_name": "newsarticle",
        "wagtailsettings:model_name": "contactsettings",
        "wagtailsettings:pk": ContactSettings.load().pk,
        "wagtailsites:pk": Site.objects.first().pk,
        "action_name": "publish",
        "session_id uploaded_file_id": 1,
        "document_id doc_id wagtaildocs_chooser:pk wagtailadmin_api:documents:pk": document.pk,
        "image_id wagtailimages_chooser:pk wagtailadmin_api:images:pk": image.pk,
        "filter_spec": "width-100",
        "redirect_id": redirect.pk,
        "request_id": WithdrawalRequest.objects.create(page_id=page.pk, kind="public").pk,
        "query_id": SearchPromotion.objects.create(query=Query.get("visa"), page_id=page.pk).query_id,
        "collection_id wagtailadmin_collections:pk": collection.pk,
        "wagtaillocales:pk language_rules:pk": Locale.objects.first().pk,
        "wagtailusers_users:pk": User.objects.first().pk,
        "wagtailusers_groups:pk": Group.objects.first().pk,
        "wagtailsnippets_contacts_office:pk wagtailsnippetchoosers_contacts_office:pk": office.pk,
        "wagtailsnippets_contacts_presscontact:pk wagtailsnippetchoosers_contacts_presscontact:pk": (
            PressContact.objects.first().pk
        ),
        "review_rules:pk": rule.pk,
        "country_texts:pk": CountryText.objects.get_or_create(country="JP")[0].pk,
        "topics:pk": Topic.objects.first().pk,
        "glossary:pk": Concept.objects.first().pk,
        "glossary:name": "csv",
        "mode": "",  # the page's own
    }
    return {name: value for names, value in some.items() for name in names.split()}


def address(name: str, parameters: tuple[str, ...], arguments: dict[str, Any]) -> str:
    namespace = name.rpartition(":")[0]
    chosen = {one: arguments.get(f"{namespace}:{one}", arguments.get(one)) for one in parameters}
    return reverse(name, kwargs={one: value for one, value in chosen.items() if value != ""})


@contextmanager
def rolled_back():
    """Rolls back what is written to the database in this context."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_templates():
    """Skips the rendering of templates, for tests of access only."""
    with patch.object(SimpleTemplateResponse, "rendered_content", new_callable=PropertyMock, return_value=""):
        yield


def has_access(client: Client, url: str) -> bool:
    """Returns whether the client may use the URL, by the first method that it supports; 404 counts as no access.

    Refused means 401 or more, or a redirect to the dashboard or the sign-in page. An invalid form is no refusal.
    """
    for method in ("get", "post", "put"):
        with rolled_back():
            answer = getattr(client, method)(url)
        if answer.status_code != 405:
            break
    if answer.status_code == 302:
        return answer.url != "/admin/" and "/-/account/sign-in/" not in answer.url
    assert answer.status_code < 500, (url, answer.status_code)
    return answer.status_code < 401
