"""Documents at `/documents/<id>/<name>`, with the privacy of their collections."""

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from wagtail.documents.models import document_served
from wagtail.models import Collection, CollectionViewRestriction

from iom.media.models import SiteDocument
from iom.media.tests import pictures
from iom.media.tests.public_files import article_with
from iom.users.models import User

CONTENT = b"%PDF-1.7 " + b"x" * 100


@pytest.fixture(autouse=True)
def _a_404_needs_no_template(monkeypatch):
    monkeypatch.setattr(
        "iom.core.views.render", lambda request, template, context, status: HttpResponse(status=status)
    )


@pytest.fixture
def collection(db):
    return Collection.get_first_root_node().add_child(name="Partners")


@pytest.fixture
def document(collection):
    document = SiteDocument(title="Report", file=pictures.upload(CONTENT, "report.pdf"), collection=collection)
    document.save()
    article_with(document)
    return document


def test_a_visitor_downloads_a_document(visitor, document):
    answer = visitor.get(document.url)

    assert answer.status_code == 200
    assert answer.getvalue() == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{document.filename}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


def test_a_document_runs_no_script_and_is_asked_for_anew_each_time(visitor, document):
    answer = visitor.get(document.url)

    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "no-cache"


def test_a_private_document_is_stored_by_no_browser(sign_in, document, collection):
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    answer = sign_in("officer").get(document.url)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"


def test_a_document_that_could_hold_scripts_is_downloaded_rather_than_opened(visitor, collection):
    document = SiteDocument(title="Page", file=pictures.upload(b"<script>", "page.txt"), collection=collection)
    document.save()
    article_with(document)

    assert visitor.get(document.url)["Content-Disposition"].startswith(f'attachment; filename="{document.filename}"')


def test_the_right_number_with_another_name_leads_nowhere(visitor, document):
    assert visitor.get(f"/documents/{document.pk}/report.pdf").status_code == 404
    assert visitor.get(f"/documents/{document.pk}/{document.filename}x").status_code == 404
    assert visitor.get(f"/documents/{document.pk + 1000}/{document.filename}").status_code == 404


def test_a_document_whose_file_is_lost_leads_nowhere(visitor, document):
    document.file.storage.delete(document.file.name)

    assert visitor.get(document.url).status_code == 404


def test_an_interrupted_download_is_taken_up_where_it_stopped(visitor, document):
    answer = visitor.get(document.url, headers={"Range": "bytes=0-7"})

    assert (answer.status_code, answer.getvalue()) == (206, b"%PDF-1.7")


def test_a_download_is_announced_so_that_it_can_be_counted(visitor, document):
    announced = []

    def listen(instance, **kwargs):
        announced.append(instance)

    document_served.connect(listen)
    try:
        visitor.get(document.url)
    finally:
        document_served.disconnect(listen)

    assert announced == [document]


def restrict(collection, **values):
    return CollectionViewRestriction.objects.create(collection=collection, **values)


def test_a_document_for_those_who_sign_in_is_refused_to_a_visitor(visitor, sign_in, document):
    restrict(document.collection, restriction_type=CollectionViewRestriction.LOGIN)
    refused, served = visitor.get(document.url), sign_in("officer").get(document.url)

    assert refused.status_code == 302
    assert CONTENT not in refused.content
    assert served.getvalue() == CONTENT


def test_a_document_for_one_group_is_refused_to_the_others(sign_in, document):
    restriction = restrict(document.collection, restriction_type=CollectionViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="Newsroom editors"))

    assert sign_in("editor").get(document.url).status_code == 200
    assert sign_in("officer").get(document.url).status_code == 302


def test_a_document_behind_a_password_is_refused_until_the_password_is_given(visitor, document, monkeypatch):
    monkeypatch.setattr(
        "wagtail.documents.wagtail_hooks.TemplateResponse", lambda *args, **kwargs: HttpResponse("password?")
    )
    restriction = restrict(
        document.collection, restriction_type=CollectionViewRestriction.PASSWORD, password="open sesame"
    )
    assert visitor.get(document.url).content == b"password?"

    visitor.post(f"/documents/password/{restriction.pk}/", {"password": "open sesame", "return_url": document.url})

    assert visitor.get(document.url).getvalue() == CONTENT


def test_a_document_that_becomes_private_is_refused_even_to_a_browser_that_has_it(visitor, document):
    tag = visitor.get(document.url)["ETag"]
    restrict(document.collection, restriction_type=CollectionViewRestriction.LOGIN)

    assert visitor.get(document.url, headers={"If-None-Match": tag}).status_code == 302


def test_restricting_the_collection_above_restricts_the_document(visitor, document):
    restrict(Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN)

    assert visitor.get(document.url).status_code == 302


def test_the_form_offers_languages_by_name_and_proposes_french(db):
    from wagtail.documents.forms import get_document_form

    form = get_document_form(SiteDocument)(user=User.objects.get(email="admin@example.org"))

    assert form.fields["language"].initial == "fr"
    assert ("ar", "arabe") in form.fields["language"].choices


@pytest.mark.parametrize("how", ["moved in bulk", "collection moved", "restricted in bulk"])
def test_a_document_that_becomes_private_without_a_signal_is_refused_at_once(visitor, collection, document, how):
    assert visitor.get(document.url).status_code == 200
    private = collection if how == "restricted in bulk" else Collection.get_first_root_node().add_child(name="Secret")
    CollectionViewRestriction.objects.bulk_create(
        [CollectionViewRestriction(collection=private, restriction_type="login")]
    )
    if how == "moved in bulk":
        SiteDocument.objects.filter(pk=document.pk).update(collection=private)
    elif how == "collection moved":
        Collection.objects.get(pk=collection.pk).move(private, pos="sorted-child")
    assert visitor.get(document.url).status_code == 302
