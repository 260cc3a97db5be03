"""Changes of every kind that visitors see, made in a process beside the servers, and how to see the last of them."""

import re
from dataclasses import dataclass

# Each piece of code gets the number `n` of the change, which is in force when the code ends.
PREPARE = """
import time
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from aboutus.models import AboutPage
from iom.contacts.models import Office, PressContact
from iom.listing.models import Entry
from iom.listing.writing import refresh
from iom.media.models import SiteImage
from iom.tests.addresses import article, page
from newsroom.models import NewsArticle
from newsroom.topics import TopicName
"""


@dataclass(frozen=True)
class Kind:
    """A kind of change. `shows`: finds its number in a page; None if odd numbers take a page away (`taken`: its name)."""

    name: str
    code: str
    shows: re.Pattern[str] | None
    taken: tuple[str, str] | None = None


def _word(name: str, code: str) -> Kind:
    return Kind(name, code.replace("WORD", f"{name}-{{n}}-"), re.compile(rf"{name}-(\d+)-"))


KINDS = [
    _word("titre", 'text = page("article", "fr"); text.title = f"WORD"; text.save_revision().publish()'),
    _word("title", 'Page.objects.filter(pk=article("seasonal-workers-guide", "en").pk).update(title=f"WORD")'),
    _word("menu", 'text = page("section", "fr"); text.title = f"WORD"; text.save_revision().publish()'),
    _word("bulk", 'latest = Entry.objects.filter(locale__language_code="en").exclude(kind="").latest("date")\nEntry.objects.filter(pk=latest.pk).update(title=f"WORD")'),
    _word("topic", "TopicName.objects.filter(topic=TopicName.objects.earliest('pk').topic_id).update(name=f'WORD')"),
    _word("contact", 'PressContact.objects.exclude(name="").update(name=f"WORD")'),
    _word("credit", 'SiteImage.objects.update(credit=f"WORD")'),
    Kind(
        "telephone",
        "connection.cursor().execute(\"UPDATE contacts_office SET phone = %s WHERE country = 'HT'\", [f'+509 22 22 {n:04}'])",
        re.compile(r"\+50922(?:22)?22(\d{4})|\+509 22 22 (\d\d) ?(\d\d)"),
    ),
    Kind(
        "unpublication",
        "text = article('every-block', 'fr')\n(text.unpublish() if n % 2 else text.get_latest_revision_as_object().save_revision().publish())",
        None, ("every-block", "fr"),
    ),
    Kind(
        "privacy",
        "text = article('mobile-clinics-bogota', 'fr')\n"
        "if n % 2:\n    PageViewRestriction.objects.create(page=text, restriction_type='login')\n"
        "else:\n    PageViewRestriction.objects.filter(page=text).delete()",
        None, ("mobile-clinics-bogota", "fr"),
    ),
    Kind(
        "expiry",
        "text = page('article', 'en')\nwhen = timezone.now() + timedelta(seconds=0.3)\n"
        "Page.objects.filter(pk=text.pk).update(live=True, expired=False, expire_at=when if n % 2 else None)\n"
        "refresh([text.pk])\nif n % 2:\n    time.sleep(0.3)",
        None, ("article", "en"),
    ),
]  # fmt: skip
