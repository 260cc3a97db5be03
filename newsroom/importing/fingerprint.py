"""Detects whether anybody has edited a draft since the import wrote it."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

from newsroom.models import ImportedText

_FIELDS = (
    "title", "slug", "summary", "kind", "scope", "office", "place", "date", "updated_at", "lead_picture",
    "picture_alt", "picture_decorative", "picture_caption", "body", "seo_title", "search_description",
    "contacts_media_only", "published_together",
)  # fmt: skip
_ROWS = {
    "countries": ("country",),
    "contacts": ("contact",),
    "topics": ("topic",),
    "corrections": ("date", "text"),
    "related_articles": ("related",),
}


def fingerprint(content: dict[str, Any]) -> str:
    """Returns the SHA-256 of the fields that authors edit. `content` is the content of a revision."""
    rows = {name: [[row[key] for key in keys] for row in content.get(name, [])] for name, keys in _ROWS.items()}
    fields = [content.get(name) for name in _FIELDS]
    fields += [content["keywords"]] if content.get("keywords") else []  # no import writes keywords
    return hashlib.sha256(json.dumps([fields, rows], cls=DjangoJSONEncoder).encode()).hexdigest()


def is_untouched(record: ImportedText, page: Page) -> bool:
    """Returns whether nobody has edited, locked or submitted the page since the import wrote it."""
    revision = page.latest_revision
    if page.locked or page.current_workflow_state or revision is None:
        return False
    return fingerprint(revision.content) == record.fingerprint
