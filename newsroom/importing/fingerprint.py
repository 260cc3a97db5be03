"""Whether a draft is still what the import wrote, or someone has worked on it since."""

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
    """SHA-256 of what authors write in an article; `content` as a revision stores it."""
    rows = {name: [[row[key] for key in keys] for row in content.get(name, [])] for name, keys in _ROWS.items()}
    fields = [content.get(name) for name in _FIELDS]
    fields += [content["keywords"]] if content.get("keywords") else []  # which no import writes
    return hashlib.sha256(json.dumps([fields, rows], cls=DjangoJSONEncoder).encode()).hexdigest()


def is_untouched(record: ImportedText, page: Page) -> bool:
    """Whether nobody has edited, locked or submitted the page since the import wrote it."""
    revision = page.latest_revision
    if page.locked or page.current_workflow_state or revision is None:
        return False
    return fingerprint(revision.content) == record.fingerprint
