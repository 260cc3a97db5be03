"""Stored links never lead to scripts, whichever way they were entered, and no script runs in a preview."""

import json
import time

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StreamValue, StructBlock, URLBlock
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PreviewableMixin
from wagtail_localize.models import SegmentOverride

from iom import links
from iom.checks.sentences import sentences
from iom.editorial.csp import PREVIEW_POLICY
from iom.editorial.tests import admin_urls, matrix, matrix_elsewhere
from iom.tests import addresses
from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk, screen
from iom.translation.tests.test_minor_corrections import form_data
from newsroom.importing.readers.passages import is_safe_link as may_be_imported
from newsroom.models import NewsArticle

SCRIPTS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:x",
    "https://[",
]
# Valid targets of a link, in an original and in a translation
LINKS = ["https://example.org/fr", "tel:+41227179111", "/fr/", "#x", "mailto:press@example.org?subject=x"]


def blocks(block):
    yield block
    if isinstance(block, StructBlock | StreamBlock | BaseTypedTableBlock):
        for child in block.child_blocks.values():
            yield from blocks(child)
    elif isinstance(block, ListBlock):
        yield from blocks(block.child_block)


def all_blocks(kind):
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    streams = [field for field in fields if isinstance(field, StreamField)]
    found = [block for field in streams for block in blocks(field.stream_block) if isinstance(block, kind)]
    assert found
    return found


@pytest.mark.parametrize("address", SCRIPTS)
def test_no_way_of_writing_an_address_hides_its_script(address):
    assert not links.is_safe(address)
    assert not may_be_imported(address)
    with pytest.raises(ValidationError):
        links.check(address)


@pytest.mark.parametrize("address", [*LINKS, "tel:+41 22 717 91 11"])
def test_ordinary_addresses_are_accepted(address):
    links.check(address)
    assert links.is_safe(address)


@pytest.mark.parametrize(
    "address", ["//example.org/", "/\\example.org", "example", "mailto:nobody", "tel:", "ftp://x.org/"]
)
def test_an_address_that_leads_nowhere_is_refused_on_input(address):
    with pytest.raises(ValidationError):
        links.check(address)


@pytest.mark.parametrize("address", SCRIPTS)
def test_no_address_of_a_block_leads_to_a_script(address):
    for block in all_blocks(URLBlock):
        assert block.to_python(address) == "", block
        with pytest.raises(ValidationError):
            block.clean(address)


@pytest.mark.parametrize(
    "link", ['<a href="%s">x</a>', "<a class='y' HREF = '%s'>x</a>", '<a href="%s" id="a">x</a>', "<a href=%s>x</a>"]
)
def test_no_rich_text_leads_to_a_script(link):
    for block in all_blocks(RichTextBlock):
        for address in ("javascript:alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)"):
            value = block.normalize(link % address)
            assert "alert" not in block.to_python(value.source).source, block
            with pytest.raises(ValidationError):
                block.clean(value)
        kept = link % "https://example.org/"
        assert block.to_python(kept).source == kept


def test_every_field_for_an_address_refuses_a_script():
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    texts = [field for field in fields if isinstance(field, RichTextField)]
    for field in texts:  # in stream fields, the block has the check
        with pytest.raises(ValidationError):
            field.clean('<a href="javascript:alert(1)">x</a>', None)
    addresses = [field for field in fields if isinstance(field, models.URLField)]
    assert {field.name for field in addresses} >= {"holder_source", "redirect_link"}
    for field in addresses:
        with pytest.raises(ValidationError):
            field.clean("javascript:alert(1)", None)


def test_a_redirect_leads_to_no_script(visitor):
    Redirect.objects.create(old_path="/there", redirect_link="javascript:alert(1)")
    answer = visitor.get("/there")
    assert answer.status_code == 400
    assert "Location" not in answer


def test_a_published_page_leads_to_no_script_whatever_is_stored(visitor):
    """The test stores a script as every address of every block, without validation."""
    article = addresses.article("every-block", "fr")
    block = NewsArticle._meta.get_field("body").stream_block
    link = {"type": "paragraph", "id": "z", "value": '<p><a href="https://example.org/">ici</a></p>'}
    safe = json.dumps([*article.body.get_prep_value(), link])
    assert safe.count("https://") > 3
    value = StreamValue(block, json.loads(safe.replace("https://", "javascript://")), is_lazy=True)
    NewsArticle.objects.filter(pk=article.pk).update(body=value)

    html = visitor.get(article.url).content.decode()

    assert "ici" in html
    assert "javascript:" not in html


@pytest.fixture
def state(db):
    def submit(link):
        original = ArticleFactory(body=desk.body(f'Voir <a href="{link}">ici</a>.'))
        return desk.submit(original, "en")

    return submit


def stored_override(state):
    overrides = SegmentOverride.objects.filter(locale=state.locale).exclude(context__path="keywords")
    return overrides.values_list("data_json", flat=True).first()


@pytest.mark.parametrize("original", LINKS)
def test_a_translator_can_replace_a_link_but_not_by_a_script(sign_in, state, original):
    state = state(original)
    segment = state.translation.source.overridablesegment_set.get()
    client = sign_in("translator.en")
    for script in SCRIPTS:
        answer = client.post(screen.address(state), screen.form(state, own="1", **{f"own-{segment.pk}": script}))
        assert "error-message" in answer.content.decode()
        assert stored_override(state) is None
    for link in LINKS:
        answer = client.post(screen.address(state), screen.form(state, own="1", **{f"own-{segment.pk}": link}))
        assert answer.status_code == 302
        assert json.loads(stored_override(state)) == link


def test_a_preview_shows_no_script_that_is_stored_as_a_link(sign_in, state):
    state = state("tel:+41227179111")
    segment = state.translation.source.overridablesegment_set.get()
    SegmentOverride.objects.create(
        locale=state.locale, context_id=segment.context_id, data_json=json.dumps("javascript:alert(1)")
    )

    html = sign_in("translator.en").get(reverse("translation_preview", args=[state.pk])).content.decode()

    assert "alert(1)" not in html
    assert "tel:+41227179111" in html


@pytest.mark.one_database
def test_no_preview_lets_a_script_run_that_is_not_a_file_of_the_site(db, monkeypatch):
    """The test requests every address of the admin that shows a preview of a page."""
    text = admin_urls.text("fr")
    text.translation.specific.save_revision()
    previewed = []
    real = PreviewableMixin.make_preview_request

    def record(page, *args, **kwargs):
        previewed.append(page)
        return real(page, *args, **kwargs)

    monkeypatch.setattr(PreviewableMixin, "make_preview_request", record)
    client, seen = admin_urls.clients()["d"], set()
    named = {*matrix.PAGES, *matrix.TRANSLATIONS, *matrix_elsewhere.OTHERS}
    arguments = {page: admin_urls.url_arguments(page, text.state) for page in (text.original, text.translation)}
    for page, some in arguments.items():
        client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form_data(page))
        for name, parameters in admin_urls.addresses():
            if name not in named:
                continue
            before = len(previewed)
            with admin_urls.rolled_back(), admin_urls.without_templates():
                answer = client.get(admin_urls.address(name, parameters, some))
            if len(previewed) == before:
                continue
            seen.add(name)
            policy = answer.headers["Content-Security-Policy"]
            directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
            assert directives["script-src"] == "'self'", name
            assert directives["default-src"] == "'none'", name
            assert directives["frame-ancestors"] == "'self'", name

    assert seen >= {
        "translation_preview",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:view_draft",
    }
    assert PREVIEW_POLICY["script-src"] == ["'self'"]


def test_a_long_run_of_spaces_is_read_within_two_seconds():
    """Each view of a page parses its links, and each check of a text its sentences."""
    for spaces in (" " * 50_000, "\u00a0" * 50_000):
        start = time.process_time()
        assert links.remove_unsafe_links(f"<p>The end.{spaces}of it</p>").endswith("of it</p>")
        assert sentences(f"The end.{spaces}of it", "en")
        assert time.process_time() - start < 2
