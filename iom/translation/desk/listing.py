"""What page listings and the page editor show of the translations of pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from iom.core.translation_role import Role, role_at_end_of
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


def tag(state: TranslationState) -> Tag:
    """The state has one name, wherever it is shown."""
    return Tag(state.get_step_display(), ICONS[state.step], state.is_done)


@dataclass(frozen=True)
class Line:
    """How far a page is in one language. `url`: the translation's editor, where the reader may open it.

    `state` is None where nothing has been submitted, or where the translation is detached.
    """

    language: str
    tag: Tag
    url: str | None = None
    since: datetime | None = None
    state: TranslationState | None = None

    @property
    def is_in_progress(self) -> bool:
        """Whether how many passages are translated tells something."""
        return self.state is not None and bool(self.state.missing) and bool(self.state.translated)


@dataclass(frozen=True)
class PageLines:
    """Of a page: whether it is a translation (then one line, its own), else a line for each other language."""

    is_translation: bool
    lines: list[Line]


class Translations:
    """The lines of each page of a listing, for one user. One query, whatever the number of pages."""

    def __init__(self, pages: list[Any], user: Any) -> None:
        self.user = user
        self.locales = {locale.pk: locale for locale in locales()}
        self.languages = policy.language_keys_of(user)
        self.kept: dict[Any, dict[int, Translation]] = defaultdict(dict)
        translations = Translation.objects.filter(source__object_id__in=[page.translation_key for page in pages])
        for translation in translations.select_related("source", "state__page", "state__original"):
            self.kept[translation.source.object_id][translation.target_locale_id] = translation

    def of(self, page: Any) -> PageLines:
        of_this_text = self.kept[page.translation_key]
        own = of_this_text.get(page.locale_id)
        if own is not None and role_at_end_of(own) == Role.TRANSLATION:
            return PageLines(True, [self._line(page.locale_id, own)] if page.locale_id in self.locales else [])
        others = [pk for pk in self.locales if pk != page.locale_id]
        return PageLines(False, [self._line(pk, of_this_text.get(pk)) for pk in others])

    def _line(self, locale_id: int, translation: Translation | None) -> Line:
        language = self.locales[locale_id].get_display_name()
        state = getattr(translation, "state", None)
        if translation is None or state is None:
            return Line(language, TO_TRANSLATE)
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
    """Writes `translation_lines` on each page, and `is_translation`, which the page's permissions ask for."""
    pages = [page for page in pages if page.depth > 1]
    translations = Translations(pages, user)
    for page in pages:
        page.translation_lines = translations.of(page)
        page.is_translation = page.translation_lines.is_translation
