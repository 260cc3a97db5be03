"""The form of an emergency release: written, looked at, published, on a phone with a poor connection."""

import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from iom.contacts.models import ContactSettings, press_contacts
from iom.contacts.policy import own_office
from iom.publishing import gate
from iom.users import WRITES_ORIGINALS
from iom.users.models import User
from newsroom.emergency import release
from newsroom.emergency.forms import EmergencyForm
from newsroom.models import ArticleContact, NewsArticle, NewsIndex

TEMPLATE = "newsroom/emergency/form.html"
RECENT = 20  # articles of the user


def may_write(user: User | AnonymousUser) -> bool:
    """Whether the user may publish any page; asked without a query for each page of the admin."""
    return user.has_perm(WRITES_ORIGINALS) and policy_registry.get_by_type(Page).user_has_permission(user, "publish")


def newsrooms(user: User | AnonymousUser) -> list[NewsIndex]:
    """Those that readers have, that of the user's interface first; none where the user may not publish in all."""
    languages = set(Locale.objects.values_list("pk", flat=True))  # those of the settings
    indexes = [one for one in NewsIndex.own_language_first() if one.live and one.locale_id in languages]
    may = user.has_perm(WRITES_ORIGINALS)
    return indexes if may and all(one.permissions_for_user(user).can_publish_subpage() for one in indexes) else []


def write(request: HttpRequest) -> HttpResponse:
    """The form. "Check" shows the texts; then they are published, or saved as drafts.

    `?done=<key>`: what has become of a form.
    """
    indexes = newsrooms(request.user)
    if not indexes:
        raise PermissionDenied
    if request.method == "POST":
        return _answer(request, EmergencyForm(request.POST, user=request.user, indexes=indexes))
    if texts := _written(request):
        return render(request, "newsroom/emergency/done.html", {"texts": texts})
    form = EmergencyForm(user=request.user, indexes=indexes, initial=_initial(request.user))
    return render(request, TEMPLATE, {"form": form})


def _answer(request: HttpRequest, form: EmergencyForm) -> HttpResponse:
    action = request.POST.get("action", "check")
    is_valid = form.is_valid()
    if not is_valid or action not in ("publish", "save"):
        return render(request, TEMPLATE, {"form": form, "is_checked": is_valid and action == "check"})
    facts = form.facts()
    try:
        release.write(form.texts(), facts, request.user, publishes=action == "publish")
    except (PermissionDenied, ValidationError) as refusal:
        form.add_error(None, gate.words_of(refusal))
        article = None
        if isinstance(refusal, release.AlreadySent):
            article = release.known(facts.key, request.user)
            form.data = {**request.POST.dict(), "key": uuid.uuid4()}  # sent again on purpose, it becomes another
        return render(request, TEMPLATE, {"form": form, "article": article})
    return redirect(f"{reverse('newsroom_emergency')}?done={facts.key}")


def _written(request: HttpRequest) -> list[NewsArticle]:
    """The article that a form has become, and its translations; only what the user may edit."""
    try:
        key = uuid.UUID(request.GET.get("done", ""))
    except ValueError:
        return []
    texts = NewsArticle.objects.filter(translation_key=key).select_related("locale").order_by("pk")
    return [text for text in texts if text.permissions_for_user(request.user).can_edit()]


def _initial(user: Any) -> dict[str, Any]:
    """The contact of the user's last article that has one, of the RECENT; else the press office's first."""
    own = Page.objects.filter(owner=user).order_by("-pk").values("pk")[:RECENT]
    last = ArticleContact.objects.filter(article__in=own).order_by("-article").values_list("contact", flat=True)
    office = ContactSettings.current().press_office
    contacts = press_contacts()
    chosen = contacts.filter(pk__in=last[:1]).first() or (contacts.filter(office=office).first() if office else None)
    return {"contact": chosen, "office": own_office(user) or office}
