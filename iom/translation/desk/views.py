"""Views of the desk's buttons: claim, release, submit. Each takes a POST and redirects to the screen with the button,
or to the claimed text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Locale, Page

from iom.screens import edit_address
from iom.translation.desk.instructions import InstructionsForm, InstructionsView, is_sent
from iom.translation.models import TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import instructions, log, page_order, policy, submission
from iom.translation.workflow.views import redirect_back


@require_POST
@policy.allowed(policy.may_translate)
def claim(request: HttpRequest, state: TranslationState) -> HttpResponse:
    title = state.page.get_admin_display_title()
    if state.claim(request.user):
        log.record(state, log.CLAIM, request.user)
        messages.success(request, gettext("You have claimed “%(title)s”.") % {"title": title})
        return redirect(state.editor_address())
    person = get_user_display_name(state.claimed_by)
    text = gettext("%(person)s has already claimed “%(title)s”.")
    messages.error(request, text % {"person": person, "title": title})
    return redirect_back(request)


@require_POST
def release(request: HttpRequest, translation_id: int) -> HttpResponse:
    state = policy.get_state_or_404(pk=translation_id)
    is_allowed = policy.may_release if state.claimed_by else policy.may_see
    if not is_allowed(request.user, state):
        raise PermissionDenied
    if state.claimed_by is not None:
        state.release()
        log.record(state, log.RELEASE, request.user)
    text = gettext("“%(title)s” has been released. Others can claim it now.")
    messages.success(request, text % {"title": state.page.get_admin_display_title()})
    return redirect_back(request)


@require_POST
def submit(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Submits the latest draft of a page for translation into every other language, with instructions."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not policy.may_submit(request.user, page):
        raise PermissionDenied
    if is_sent(request):
        form = InstructionsForm(request.POST, instance=instructions.for_page(page))
        if not form.is_valid():
            messages.error(request, gettext("Not submitted for translation. Check the instructions first."))
            return InstructionsView.as_view()(request, page_id=page_id)
        instructions.give(page, form.instance, request.user, notify=False)
    draft = page.get_latest_revision_as_object()
    for locale in submission.other_locales(page):
        _submit_into(locale, draft, request)
    return redirect_back(request, edit_address(page_id))


def _submit_into(locale: Locale, draft: Page, request: HttpRequest) -> None:
    """Submits a draft into one language, and shows the result in a message."""
    language = locale.get_display_name()
    if submission.is_detached(draft, locale):
        text = gettext("Not submitted for translation into %(language)s: the translation is detached.")
        messages.warning(request, text % {"language": language})
        return
    try:
        state = submission.submit(draft, locale, request.user)
    except submission.SectionNotTranslated:
        section = _untranslated_section(draft, locale).get_admin_display_title()
        text = gettext("Not submitted for translation into %(language)s: translate the section “%(section)s” first.")
        messages.error(request, text % {"language": language, "section": section})
    except submission.NotAnOriginal as error:
        raise PermissionDenied from error
    else:
        text = ngettext(
            "Submitted for translation into %(language)s: %(count)d word to translate.",
            "Submitted for translation into %(language)s: %(count)d words to translate.",
            state.words_left,
        )
        text %= {"language": language, "count": state.words_left}
        if state.words_left:
            kind = outbox.Kind.NEEDED if state.published_at is None else outbox.Kind.STALE
            outbox.notify_translators(state, kind)
            text = f"{text} {gettext('Translators receive an email.')}"
        messages.success(request, text)


@require_POST
def same_order(request: HttpRequest, page_id: int) -> HttpResponse:
    """Sorts the pages below the translations of a section as below the section."""
    section = get_object_or_404(Page, pk=page_id).specific
    others = page_order.sync_order(section, request.user)
    if not others:
        raise PermissionDenied
    names = ", ".join(other.locale.get_display_name() for other in others)
    messages.success(request, gettext("The pages have the same order now in: %(languages)s.") % {"languages": names})
    return redirect_back(request, reverse("wagtailadmin_explore", args=[page_id]))


def _untranslated_section(page: Page, locale: Locale) -> Page:
    """Returns the highest ancestor without a translation, which has to be translated first."""
    translated = Page.objects.filter(locale=locale, alias_of=None).values("translation_key")
    untranslated = page.get_ancestors().filter(depth__gt=1).exclude(translation_key__in=translated)
    return untranslated.order_by("depth").first() or page.get_parent()
