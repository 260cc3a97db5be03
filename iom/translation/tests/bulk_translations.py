"""Creates thousands of translations for tests of constant cost: only their rows, without signals and revisions."""

import uuid
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

from iom.translation.models import Original, TranslationState
from newsroom.models import NewsArticle, NewsIndex


def create_translations(number, owner=None):
    """Creates live French articles and their English translations, in all pending steps."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    keys = [uuid.uuid4() for _ in range(number)]
    originals = _pages(keys, "fr", locales, owner)
    pages = _pages(keys, "en", locales, None)
    article = ContentType.objects.get_for_model(NewsArticle)
    # localize registers what is translated under the type that declares the key
    base = ContentType.objects.get_for_model(Page)
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(translation_key=key, content_type=base) for key in keys]
    )
    sources = TranslationSource.objects.bulk_create(
        [
            TranslationSource(
                object_id=key, specific_content_type=article, locale=locales["fr"], object_repr="-", content_json="{}",
                created_at=timezone.now(), last_updated_at=timezone.now(),
            )
            for key in keys
        ]
    )  # fmt: skip
    kept = Translation.objects.bulk_create(
        [Translation(source=source, target_locale=locales["en"]) for source in sources]
    )
    rows = Original.objects.bulk_create(
        [
            Original(
                page=page, translation_key=page.translation_key, locale=locales["fr"], published_at=timezone.now()
            )
            for page in originals
        ]
    )
    steps = [step for step in TranslationState.Step if step not in ("ready", "translated")]
    return TranslationState.objects.bulk_create(
        [
            TranslationState(
                translation=translation, original=row, page=page, locale=locales["en"], total=9, translated=4,
                step=steps[n % len(steps)], words_left=n, waiting_since=timezone.now() - timedelta(minutes=n),
                claimed_by=owner if n % 3 == 0 else None,
            )
            for n, (translation, row, page) in enumerate(zip(kept, rows, pages, strict=True))
        ]
    )  # fmt: skip


def _pages(keys, language, locales, owner):
    parent = NewsIndex.objects.get(locale=locales[language])
    first = int(parent.get_last_child().path[-4:], 36) + 1
    pages = Page.objects.bulk_create(
        [
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, first + n), depth=parent.depth + 1, numchild=0,
                title=f"{language} {n}", draft_title=f"{language} {n}", slug=f"many-{first + n}",
                url_path=f"{parent.url_path}many-{first + n}/", translation_key=key, locale=locales[language],
                content_type=ContentType.objects.get_for_model(NewsArticle), live=True, owner=owner,
                latest_revision_created_at=timezone.now(),
            )
            for n, key in enumerate(keys)
        ]
    )  # fmt: skip
    Page.objects.filter(pk=parent.pk).update(numchild=first + len(pages))
    _articles(pages)
    return pages


def _articles(pages):
    """Creates the rows of the specific type, as copies of an article's."""
    table = NewsArticle._meta.db_table
    columns = ", ".join(f'a."{field.column}"' for field in NewsArticle._meta.local_concrete_fields[1:])
    names = columns.replace("a.", "")
    like = NewsArticle.objects.exclude(pk__in=[page.pk for page in pages[:1]]).order_by("pk").values_list("pk")[0][0]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" (page_ptr_id, {names}) SELECT p.id, {columns} FROM wagtailcore_page p, "{table}" a '  # noqa: S608
            "WHERE a.page_ptr_id = %s AND p.id BETWEEN %s AND %s",
            [like, pages[0].pk, pages[-1].pk],
        )
