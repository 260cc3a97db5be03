"""The form of an emergency release, light enough for a phone with a poor connection: write, check, publish."""

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
MAX_RECENT = 20  # pages of the user in which a contact is looked for


def may_write(user: User | AnonymousUser) -> bool:
    """Whether the user writes originals and may publish any page. It costs no query, as every admin page calls it."""
    return user.has_perm(WRITES_ORIGINALS) and policy_registry.get_by_type(Page).user_has_permission(user, "publish")


def get_newsrooms(user: User | AnonymousUser) -> list[NewsIndex]:
    """Returns the live newsrooms, that of the interface's language first; none unless the user may publish in all."""
    languages = set(Locale.objects.values_list("pk", flat=True))  # the manager returns only those of the settings
    indexes = [one for one in NewsIndex.own_language_first() if one.live and one.locale_id in languages]
    may = user.has_perm(WRITES_ORIGINALS)
    return indexes if may and all(one.permissions_for_user(user).can_publish_subpage() for one in indexes) else []


def emergency_release(request: HttpRequest) -> HttpResponse:
    """Shows the form. “Check” shows the texts; then they are published, or saved as drafts.

    `?done=<key>` shows the articles made of a form.
    """
    indexes = get_newsrooms(request.user)
    if not indexes:
        raise PermissionDenied
    if request.method == "POST":
        return _handle_form(request, EmergencyForm(request.POST, user=request.user, indexes=indexes))
    if texts := _get_texts(request):
        return render(request, "newsroom/emergency/done.html", {"texts": texts})
    form = EmergencyForm(user=request.user, indexes=indexes, initial=_get_initial(request.user))
    return render(request, TEMPLATE, {"form": form})


def _handle_form(request: HttpRequest, form: EmergencyForm) -> HttpResponse:
    action = request.POST.get("action", "check")
    is_valid = form.is_valid()
    if not is_valid or action not in ("publish", "save"):
        return render(request, TEMPLATE, {"form": form, "is_checked": is_valid and action == "check"})
    shared = form.shared_fields()
    try:
        release.create_release(form.texts(), shared, request.user, publish=action == "publish")
    except (PermissionDenied, ValidationError) as refusal:
        form.add_error(None, gate.refusal_text(refusal))
        article = None
        if isinstance(refusal, release.AlreadySent):
            article = release.find_release(shared.key, request.user)
            form.data = {**request.POST.dict(), "key": uuid.uuid4()}  # if it is sent again, it makes a new article
        return render(request, TEMPLATE, {"form": form, "article": article})
    return redirect(reverse("newsroom_emergency", query={"done": shared.key}))


def _get_texts(request: HttpRequest) -> list[NewsArticle]:
    """Returns the article made of a form, and its translations: those that the user may edit."""
    try:
        key = uuid.UUID(request.GET.get("done", ""))
    except ValueError:
        return []
    texts = NewsArticle.objects.filter(translation_key=key).select_related("locale").order_by("pk")
    return [text for text in texts if text.permissions_for_user(request.user).can_edit()]


def _get_initial(user: Any) -> dict[str, Any]:
    """Returns the initial contact and office. The contact is that of the user's latest article with one, among the
    last MAX_RECENT pages; else the first of the press office."""
    own = Page.objects.filter(owner=user).order_by("-pk").values("pk")[:MAX_RECENT]
    last = ArticleContact.objects.filter(article__in=own).order_by("-article").values_list("contact", flat=True)
    office = ContactSettings.current().press_office
    contacts = press_contacts()
    chosen = contacts.filter(pk__in=last[:1]).first() or (contacts.filter(office=office).first() if office else None)
    return {"contact": chosen, "office": own_office(user) or office}
