"""No cell of a spreadsheet from any view of the admin is a formula, however a program splits the lines."""

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Task, Workflow
from wagtail.users.models import UserProfile

from iom.core.csv_export import format_csv
from iom.core.spreadsheets import FORMULA_PREFIXES, escape_formula, unescape_formula
from iom.editorial.tests import admin_urls
from iom.translation.models import Figures
from iom.users.models import User
from newsroom.models import NewsArticle
from search import counting

ATTACK = '=HYPERLINK("https://example.org","Click");=1+cmd;"@SUM(1)'
HIDDEN = [
    "x;=1+1;y",
    "x,=1+1",
    "x\t=1+1",
    'x;"=1+1";y',
    "x; =1+1",
    "x\n@SUM(1)\n",
    "x;;＝1",
    ";-1+cmd|' /C calc'!A0",
    "-5;=1",
]


def views():
    """Yields the name of each URL of the admin that returns a spreadsheet."""
    for name, parameters in admin_urls.addresses():
        if parameters or name.startswith(("^", "localize/", "test404")):
            continue
        view = resolve(reverse(name)).func
        made_by = getattr(view, "view_class", object)
        listed = getattr(view, "view_initkwargs", {}).get("list_export") or getattr(made_by, "list_export", None)
        if issubclass(made_by, SpreadsheetExportMixin) and listed:
            yield name


@pytest.fixture
def someone():
    """A user whose data, which the sheets contain, starts like a formula."""
    user = User.objects.create_superuser("=cmd@example.org")
    text = admin_urls.text("fr")
    for page in (text.original, text.translation):
        Page.objects.filter(pk=page.pk).update(
            title=ATTACK, draft_title=ATTACK, locked=True, locked_by=user, locked_at=timezone.now()
        )
    article = NewsArticle.objects.get(pk=text.original.pk)
    Workflow.objects.update(name=ATTACK)
    Task.objects.update(name=ATTACK)
    Workflow.objects.get(active=True).start(article, user)
    article.save_revision(user=user, log_action=True).publish(user=user)
    NewsArticle.objects.filter(pk=text.original.pk).update(locked=True, locked_by=user, locked_at=timezone.now())
    Redirect.objects.create(old_path="/@old", redirect_link=ATTACK)
    counting.write({ATTACK: 1})
    translated = {"translation_key": text.original.translation_key, "title": ATTACK, "translator": user, "new": 1}
    translated |= {"source_locale": text.original.locale, "locale": text.translation.locale}
    Figures.objects.create(published_at=timezone.now(), **translated)
    return user


def formulas(text):
    """Returns the formulas among the parts between all signs at which a program may split a CSV file."""
    parts = [part.strip(' "') for part in re.split(r"[;,\t\r\n]", text)]
    return [part for part in parts if part.startswith(FORMULA_PREFIXES) and not re.fullmatch(r"[-+][\d .]*", part)]


def sheet(client, name, kind):
    answer = client.get(f"{reverse(name)}?export={kind}&step=all")
    assert answer.status_code == 200, name
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        assert formulas(content.decode()) == [], name
        return list(csv.reader(io.StringIO(content.decode())))
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows())


@pytest.mark.django_db
def test_no_cell_of_any_sheet_is_a_formula(someone):
    client = Client()
    client.force_login(someone)
    names = list(views())
    for name in names:
        rows = sheet(client, name, "csv")
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA_PREFIXES)] == [], name
        # what was planted is there, and readable
        assert [cell for cell in cells if cell.startswith(escape_formula(ATTACK)) or cell.startswith("'=cmd")], name
        kinds = {cell.data_type for row in sheet(client, name, "xlsx") for cell in row}
        assert "f" not in kinds, name
    assert len(names) > 10


@pytest.mark.django_db
def test_the_headings_are_in_the_language_of_who_asks(sign_in):
    """A sheet is made before the request is over."""
    profile = UserProfile.get_for_user(User.objects.get(email="editor@example.org"))
    headings = []
    for profile.preferred_language in ("fr", "en"):
        profile.save()
        headings.append(sheet(sign_in("editor"), "wagtailadmin_reports:aging_pages", "csv")[0])
    assert headings[0] != headings[1]


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "＝1", "- a dash", "+", "-1-1"])
def test_what_a_spreadsheet_takes_for_a_formula_becomes_text(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1", *HIDDEN])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_part_of_a_cell_is_a_formula_in_a_program_in_another_language(text, language):
    assert formulas(text)
    assert formulas(format_csv([["a", text, "b"], [text]], language).removeprefix("\ufeff")) == []
    assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize(
    "value",
    [
        -5,
        -1.5,
        None,
        "",
        "-",
        "-12,5",
        "-3",
        "+41 22 717 91 11",
        "a=b",
        "1-2",
        "Tel.: +41 22 717 91 11; 1, -2",
        "a; b – c",
    ],
)
def test_numbers_telephones_and_other_text_stay_as_they_are(value):
    assert escape_formula(value) == value
