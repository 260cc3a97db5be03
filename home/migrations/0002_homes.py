"""A locale and a home page for each language of the settings, and the Site; Wagtail's welcome page goes.

For an empty site alone: a tree with content is refused, and nothing is changed. It cannot be taken back, since all other
pages stand below the home pages.
"""

from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.management import CommandError
from django.db import migrations
from django.utils import timezone

from home.naming import title_in


def refuse_a_tree_with_content(Page):
    """Wagtail's own migrations have put a welcome page below the root, and no more."""
    welcome = Page.objects.filter(depth=2, content_type__app_label="wagtailcore", content_type__model="page", numchild=0)
    pages = Page.objects.filter(depth__gt=1).exclude(pk__in=welcome.values("pk")[:1]).count()
    if pages:
        raise CommandError(
            f"home.0002_homes makes the home pages of an empty site, and this database has {pages} pages. Nothing has "
            "been changed. If the home pages are among them, record the migration as done: "
            "manage.py migrate home 0002 --fake. Otherwise begin with an empty database."
        )


def make_homes(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")

    refuse_a_tree_with_content(Page)
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    Page.objects.filter(pk=root.pk).update(locale=locales[settings.LANGUAGE_CODE], numchild=len(locales))
    Locale.objects.exclude(language_code__in=locales).delete()

    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    translation_key = uuid4()
    homes = {}
    for number, code in enumerate(locales, start=1):
        title = title_in(code)
        homes[code] = HomePage.objects.create(
            title=title,
            draft_title=title,
            slug=code,
            url_path=f"/{code}/",
            path=f"{root.path}{number:04}",
            depth=2,
            numchild=0,
            content_type=content_type,
            locale=locales[code],
            translation_key=translation_key,
            live=True,
            first_published_at=timezone.now(),
        )
    address = urlsplit(settings.SITE_URL)
    Site.objects.create(
        hostname=address.hostname,
        port=address.port or (443 if address.scheme == "https" else 80),
        root_page_id=homes[settings.LANGUAGE_CODE].pk,
        is_default_site=True,
        site_name=settings.WAGTAIL_SITE_NAME,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(make_homes)]
