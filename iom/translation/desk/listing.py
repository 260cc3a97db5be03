"""The lines on translations in page listings and the page editor."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail_localize.models import Translation

from iom.core.translation_role import Role, role_of_target
from iom.navigation.locales import locales
from iom.translation.models import TranslationState
from iom.translation.workflow import policy

Step = TranslationState.Step


ICONS: dict[str, str] = {
    Step.TO_TRANSLATE: "radio-empty",
    Step.IN_PROGRESS: "edit",
    Step.TO_REVISE: "glasses",
    Step.TO_PUBLISH: "upload",
    Step.READY: "time",
    Step.TRANSLATED: "check",
    Step.OUT_OF_DATE: "rotate",
}


@dataclass(frozen=True)
class Tag:
    """A status tag: its label, its icon, and whether nothing is left to do."""

    label: Any
    icon: str
    is_done: bool = False


TO_TRANSLATE = Tag(Step.TO_TRANSLATE.label, "minus")
DETACHED = Tag(_("Detached"), "draft")
DELETED = Tag(pgettext_lazy("translation", "Deleted"), "bin")


def tag(state: TranslationState) -> Tag:
    """Returns the state's tag, the same on every screen."""
    return Tag(state.get_step_display(), ICONS[state.step], state.is_done)


@dataclass(frozen=True)
class Line:
    """The progress of a page in one language. `url` is the translation's editor, if the user may open it.

    `state` is None where nothing has been submitted, or where the translation is detached.
    """

    language: str
    tag: Tag
    url: str | None = None
    since: datetime | None = None
    state: TranslationState | None = None

    @property
    def is_deleted(self) -> bool:
        """Whether the translation was deleted: no publication of the original submits it again."""
        return self.tag is DELETED

    @property
    def is_in_progress(self) -> bool:
        """Whether some passages are translated and some are missing, so that their numbers are shown."""
        return self.state is not None and bool(self.state.missing) and bool(self.state.translated)


class TranslationLines:
    """The lines of the pages of a listing, for one user. One query, whatever the number of pages."""

    def __init__(self, pages: list[Any], user: Any) -> None:
        self.user = user
        self.locales = {locale.pk: locale for locale in locales()}
        self.languages = policy.language_keys_of(user)
        self.translations: dict[Any, dict[int, Translation]] = defaultdict(dict)
        translations = Translation.objects.filter(source__object_id__in=[page.translation_key for page in pages])
        for translation in translations.select_related("source", "state__page", "state__original"):
            self.translations[translation.source.object_id][translation.target_locale_id] = translation

    def for_page(self, page: Any) -> list[Line]:
        """Returns the page's own line if it is a translation, else one for each other language.

        Sets `is_translation` on the page, which its permissions read.
        """
        by_locale = self.translations[page.translation_key]
        own = by_locale.get(page.locale_id)
        page.is_translation = own is not None and role_of_target(own) == Role.TRANSLATION
        shown = [pk for pk in self.locales if (pk == page.locale_id) == page.is_translation]
        return [self._line(pk, by_locale.get(pk)) for pk in shown]

    def _line(self, locale_id: int, translation: Translation | None) -> Line:
        language = self.locales[locale_id].get_display_name()
        state = getattr(translation, "state", None)
        if translation is None or state is None:
            return Line(language, TO_TRANSLATE if translation is None or translation.enabled else DELETED)
        if not translation.enabled:
            return Line(language, DETACHED, self._url(state))
        since = state.waiting_since if state.step == Step.OUT_OF_DATE else None
        state.translation = translation
        return Line(language, tag(state), self._url(state), since, state)

    def _url(self, state: TranslationState) -> str | None:
        is_users = self.languages is None or state.locale_id in self.languages
        if is_users and policy.may_see(self.user, state):
            return state.editor_address()
        return None


def add_translation_lines(pages: list[Any], user: Any) -> None:
    """Sets `translation_lines` and `is_translation` on each page."""
    pages = [page for page in pages if page.depth > 1]
    lines = TranslationLines(pages, user)
    for page in pages:
        page.translation_lines = lines.for_page(page)
