"""« Publier les deux langues ensemble »: an original so marked waits for its translations; all go live together."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from iom.translation import submission
from iom.translation.models import JointPublication, Original, TranslationState


def waits_for(page: Page) -> list[TranslationState]:
    """The translations of a page that are not ready to go live with it."""
    return [
        state
        for state in TranslationState.objects.filter(original=page.pk, translation__enabled=True).select_related(
            "locale", "claimed_by", "page", "original", "translation"
        )
        if not (state.ready and state.is_whole)
    ]


@transaction.atomic
def hold(page: Page, revision: Revision, user: Any) -> bool:
    """Whether the publication of `revision` has to wait; then it is kept, and its text is on the translators' desk."""
    draft = revision.as_object()
    if not getattr(draft, "published_together", False) or submission.translation_of(draft) is not None:
        return False
    # its text as it will be published is what translators get
    ...
    return False
