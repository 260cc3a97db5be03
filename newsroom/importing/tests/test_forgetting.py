"""The parsed content of an imported text contains personal data. It is erased and restored with the page."""

import pytest
from django.urls import reverse

from iom.publishing import deleted_pages
from iom.publishing.models import DeletedPage
from newsroom.importing.tests.site import FRENCH, article, run
from newsroom.models import ImportedText

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "1.txt").write_text(FRENCH)
    return tmp_path


@pytest.fixture
def deleted(folder):
    """The deleted page of the file."""
    article(run(folder)[0]).delete()
    assert "prenard@example.org" in str(ImportedText.objects.get().report)
    return DeletedPage.objects.get()


def forget_by_hand(deleted, sign_in):
    sign_in("editor").post(reverse("publishing_deleted_forget", args=[deleted.pk]))


def forget_after_a_month(deleted, sign_in):
    DeletedPage.objects.update(deleted_at=deleted.deleted_at - deleted_pages.RETENTION)
    deleted_pages.forget(str(deleted.pk))


@pytest.mark.parametrize("forget", [forget_by_hand, forget_after_a_month])
def test_a_page_deleted_for_good_leaves_no_personal_data_and_is_not_imported_again(folder, deleted, sign_in, forget):
    forget(deleted, sign_in)
    record = ImportedText.objects.get()
    assert (record.report, record.metadata, record.countries) == ({}, {}, [])
    assert record.file == str(folder / "1.txt")
    (line,) = run(folder)
    assert (line["status"], line["page"]) == ("skipped", None)
    assert "prenard" not in str(line)


def test_a_page_that_can_be_restored_keeps_its_imported_content(deleted, sign_in):
    other = DeletedPage.objects.create(title="?", parent=deleted.parent, parents=[], pages=1, rows="[]")
    forget_by_hand(other, sign_in)
    assert not DeletedPage.objects.filter(pk=other.pk).exists()
    client = sign_in("editor")
    client.post(reverse("publishing_deleted_restore", args=[deleted.pk]))
    record = ImportedText.objects.get()
    assert record.page is not None
    assert "prenard@example.org" in str(record.report)
