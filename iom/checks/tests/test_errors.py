"""A text with an error cannot be published in any way; the form shows the error and keeps the input."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db.models import ForeignKey
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision, get_page_models

from iom import findings
from iom.checks.places import pictures_of
from iom.checks.tests.broken import ALL, BROKEN, ended, sound
from iom.core.models import BasePage
from iom.core.tests import bodies
from iom.media.models import SiteImage
from iom.publishing.models import ScheduleFailure
from iom.publishing.tests import ways
from iom.publishing.tests.ways import UPDATES, officer
from iom.tests.factories import SiteImageFactory
from iom.tests.page_forms import block_form_data
from iom.tests.test_every_form import PUBLISH, edit_url
from iom.translation.tests import desk
from newsroom.models import NewsArticle

# Nobody publishes by these: they are for migrations, for the desk and for what is live already.
SCRIPTS = {ways.by_a_script, ways.by_going_back, ways.by_saving_the_page, ways.by_saving_a_field}
PEOPLE = [way for way in UPDATES if way not in {*SCRIPTS, ways.in_the_editor}]  # which has its own tests below


def named(value):
    return getattr(value, "__name__", str(value)).strip("_")


def in_draft(breaks):
    """A live article whose draft is broken."""
    page = sound()
    page.title = "Written"
    breaks(page)
    page.save_revision(user=officer(), clean=False)
    return NewsArticle.objects.get(pk=page.pk)


def test_every_check_that_refuses_has_an_example():
    assert set(BROKEN) == set(findings.errors)


@pytest.mark.parametrize("way", PEOPLE, ids=named)
@pytest.mark.parametrize(("breaks", "field"), ALL, ids=named)
def test_no_way_publishes_a_text_with_an_error(db, sign_in, breaks, field, way):
    if way is ways.by_a_schedule and field == "go_live_at":
        return  # its minute has come
    page = in_draft(breaks)
    with suppress(PermissionDenied, ValidationError):
        way(page, sign_in)
    page = NewsArticle.objects.get(pk=page.pk)
    assert page.title != "Written"
    assert page.get_latest_revision_as_object().title == "Written"


@pytest.mark.parametrize("way", PEOPLE, ids=named)
def test_a_text_without_errors_is_published_in_each_way(db, sign_in, way):
    page = in_draft(lambda page: None)
    way(page, sign_in)
    assert NewsArticle.objects.get(pk=page.pk).title == "Written"


def test_what_is_live_with_an_error_is_served_and_saved_by_scripts(db, visitor):
    page = sound()
    page.contacts = []
    page.save()
    page.save_revision().publish()
    assert visitor.get(page.url).status_code == 200


def test_an_old_text_with_an_error_is_corrected_at_once(db):
    page = sound()
    page.contacts = []  # as those that were published before there were checks
    page.save()
    page.title = "Corrected"
    page.save_revision(user=officer()).publish(user=officer())
    assert NewsArticle.objects.get(pk=page.pk).title == "Corrected"
    page.summary = ""
    with pytest.raises(PermissionDenied):
        page.save_revision(user=officer(), clean=False).publish(user=officer())


FORM = ("corrections", "related_articles", "comments")


def form_of(page):
    """What the editor sends of that page."""
    data = dict.fromkeys(("place", "search_description", "seo_title", "updated_at", "office", "expire_at"), "")
    data |= {"title": page.title, "slug": page.slug, "summary": page.summary, "kind": page.kind, "scope": page.scope}
    data |= {"date": page.date.isoformat(" ", "minutes")[:16] if page.date else "", "picture_alt": page.picture_alt}
    data |= {"lead_picture": page.lead_picture_id or "", "picture_caption": ""}
    data |= {"go_live_at": page.go_live_at.strftime("%Y-%m-%d %H:%M") if page.go_live_at else ""}
    data |= block_form_data(bodies.BODY, page.body, "body")
    data |= {"countries": [], "topics": [], "contacts": [row.contact_id for row in page.contacts.all()]}
    for name in FORM:
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
        data |= {f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 1000}
    return data


SUBMIT = {"action-submit": "action-submit"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("action", [PUBLISH, SUBMIT], ids=["publish", "submit"])
@pytest.mark.parametrize(("breaks", "field"), ALL, ids=named)
def test_the_form_says_it_beside_the_field_and_keeps_what_was_typed(sign_in, breaks, field, action, language):
    page = sound(language, live=False)
    breaks(page)
    page.save_revision(clean=False)
    page.title = "Typed"
    client = sign_in("officer")
    answer = client.post(edit_url(page), form_of(page) | action, headers={"Accept-Language": language})

    form = answer.context["form"]
    said = form.formsets[field].non_form_errors() if field in form.formsets else form.errors[field]
    assert said
    assert set(form.errors) <= {field, "__all__"}
    assert form["title"].value() == "Typed"
    assert not NewsArticle.objects.get(pk=page.pk).live


def test_a_draft_with_all_errors_is_saved(sign_in):
    page = sound(live=False)
    for breaks, field in ALL:
        if field not in ("body", "date"):
            breaks(page)
    page.title = "Typed"
    assert sign_in("officer").post(edit_url(page), form_of(page)).status_code == 302
    assert NewsArticle.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Typed"


def test_an_embargo_is_refused_when_the_rights_of_a_picture_end_before_its_minute(db):
    page = sound(live=False)
    page.lead_picture, page.picture_alt = SiteImageFactory(rights_until=timezone.localdate()), "Une gare."
    assert not findings.errors_of(page)
    page.go_live_at = timezone.now() + timedelta(days=2)
    assert [one.where for one in findings.errors_of(page)] == [("lead_picture",)]


def test_what_was_scheduled_is_asked_again_at_its_minute_and_its_officer_reads_why(sign_in):
    page = sound(live=False)
    picture = SiteImageFactory()
    page.lead_picture, page.picture_alt = picture, "Une gare."
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=officer()).publish(user=officer())
    SiteImage.objects.filter(pk=picture.pk).update(rights_until=timezone.localdate() - timedelta(days=1))
    Revision.objects.filter(object_id=page.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))

    call_command("publish_scheduled", verbosity=0)

    assert not NewsArticle.objects.get(pk=page.pk).live
    reasons = ScheduleFailure.objects.get(page=page.pk).reasons
    assert "n’est plus" in reasons["fr"] or "ne peut être" in reasons["fr"]
    assert "may be shown until" in reasons["en"]


def test_an_article_published_at_its_embargo_is_corrected_afterwards(sign_in):
    page = sound()
    page.go_live_at = timezone.now() - timedelta(hours=1)
    NewsArticle.objects.filter(pk=page.pk).update(last_published_at=timezone.now())
    assert not findings.errors_of(page)


def test_a_translation_is_refused_for_what_its_original_does_not_have(db):
    original = sound()
    state = desk.submit(original, "en")
    desk.prefill(state, original, NewsArticle(title="Title", summary="Summary."))
    NewsArticle.objects.get(pk=state.page_id)
    original.contacts = []  # as those that were published before there were checks
    original.save()
    assert desk.publish(state, officer()).live


def test_an_old_release_needs_no_contact(db):
    page = sound()
    page.contacts, page.date = [], timezone.now() - timedelta(days=400)
    assert not findings.errors_of(page)
    page.date, page.kind = timezone.now(), NewsArticle.Kind.STORY
    assert not findings.errors_of(page)


def test_a_contact_in_the_text_is_enough(db):
    page = sound()
    page.contacts, page.body = [], bodies.body("contact_box", "fr")
    assert not findings.errors_of(page)


def test_a_speaker_who_is_not_named_has_a_title(db):
    (quote,) = bodies.body("quote", "fr")
    quote["value"] |= {"speaker": ""}
    page = sound()
    page.body = [quote]
    assert not findings.errors_of(page)


def picture_fields():
    """Wherever a page may have a picture: its own fields, those of its child rows, the blocks of its texts."""
    for model in (model for model in get_page_models() if issubclass(model, BasePage)):
        owners = [(model, None), *((one.related_model, one) for one in get_all_child_relations(model))]
        for owner, relation in owners:
            for field in owner._meta.get_fields():
                if isinstance(field, ForeignKey) and field.related_model is SiteImage:
                    yield pytest.param(model, relation, field.name, id=f"{model.__name__} {field.name}")


@pytest.mark.parametrize(("model", "relation", "name"), list(picture_fields()))
def test_the_rights_of_every_picture_of_a_page_are_checked(db, model, relation, name):
    page = model.objects.first()
    if relation is None:
        setattr(page, name, ended())
    else:
        setattr(page, relation.get_accessor_name(), [relation.related_model(**{name: ended()})])
    assert "rights" in [one.code for one in findings.errors_of(page)]


@pytest.mark.parametrize("kind", bodies.KINDS)
def test_the_pictures_of_every_block_are_checked(db, kind):
    page = sound()
    page.body = bodies.body(kind, "fr")
    pictures = [picture for _where, picture in pictures_of(page)]
    SiteImage.objects.filter(pk__in=[one.pk for one in pictures]).update(rights_until="2000-01-01")
    page.body = bodies.body(kind, "fr")
    assert [one.code for one in findings.errors_of(page)] == ["rights"] * len(pictures)
    assert kind in {"picture", "gallery", "video", "quote"} or not pictures
