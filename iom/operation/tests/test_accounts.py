"""Export and erasure of personal data, tested with every table that refers to accounts."""

import json
from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import CharField, JSONField, Q, TextField
from django.db.models.functions import Cast
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import CommentReply, Page, PageLogEntry, Workflow, WorkflowState
from wagtail_localize.models import String, Translation, TranslationContext

from aboutus.models import PageReview
from iom.core.draft_limits import DraftLimit, limit_to
from iom.operation import accounts
from iom.publishing import failures
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.translation.models import JointPublication, TranslationState
from iom.users.models import User

EMAIL, NAME = "ottoline.quillfeather@example.org", "Quillfêther"


@pytest.fixture
def person(db):
    """A user with a row in each table that refers to accounts."""
    user = User.objects.create_user(EMAIL, "secret", first_name="Ottoline", last_name=NAME)
    article = ArticleFactory(owner=user)
    article.save_revision(user=user).publish()
    user.user_permissions.add(Permission.objects.first())
    user.groups.add(Group.objects.first())
    OfficeFactory().staff.create(user=user)
    limit_to(ArticleFactory(live=False), [user])
    limit_to(article, [user])
    failures.record(article.pk, "publish", user.pk, ValueError("x"))
    JointPublication.objects.create(page=article, revision=article.latest_revision, requested_by=user)
    page = ContentType.objects.get_for_model(Page)
    state = WorkflowState.objects.create(
        workflow=Workflow.objects.first(), content_type=page, base_content_type=page, object_id=article.pk, requested_by=user
    )  # fmt: skip
    task = state.workflow.tasks.first()
    made = {
        "wagtailcore.TaskState": {"workflow_state": state, "task": task, "revision": article.latest_revision, "content_type": page},
        "wagtailcore.Comment": {"page": article, "text": "?", "contentpath": "title"},
        "wagtailcore.PageSubscription": {"page": article, "comment_notifications": True},
        "wagtailcore.APIToken": {"name": "x", "key_hash": "h" * 64},
        "wagtailcore.UploadedFile": {"for_content_type": page},
        "wagtailadmin.EditingSession": {"content_type": page, "object_id": article.pk, "last_seen_at": timezone.now()},
        "wagtailadmin.FormState": {"content_type": page, "last_updated_at": timezone.now()},
        "wagtailusers.UserProfile": {"avatar": ContentFile(b"x", "me.png")},
        "translation.MessagePreference": {},
        "translation.Figures": {
            "translation_key": uuid4(),
            "source_locale": article.locale,
            "locale": article.locale,
            "published_at": timezone.now(),
        },
        "translation.MemoryArchive": {"name": "x"},
        "translation.MemoryEntry": {"source_locale": article.locale, "target_locale": article.locale, "key": 1},
        "translation.Intended": {"translation": Translation.objects.first(), "context": TranslationContext.objects.first(), "string": String.objects.first(), "code": "numbers", "digest": "d" * 16},
        "translation.Comment": {"translation": Translation.objects.first(), "context": TranslationContext.objects.first(), "string": String.objects.first()},
        "mfa.Authenticator": {"type": "totp", "data": {"secret": "hidden seed"}},
        "usersessions.UserSession": {"ip": "203.0.113.5", "session_key": "hidden session"},
        "account.EmailAddress": {"email": EMAIL},
        "aboutus.PageReview": {"page": article, "due_on": timezone.localdate()},
        "publishing.DeletedPage": {"title": "?", "parent": 1, "parents": [], "pages": 1, "rows": "[]"},
        "withdrawal.Withdrawal": {"translation_key": uuid4(), "kind": "public"},
        "withdrawal.WithdrawalRequest": {"page": article.page_ptr, "kind": "public"},
        "wagtailimages.Image": {"file": "x.png", "width": 1, "height": 1},
        "wagtaildocs.Document": {"file": "x.pdf"},
        "wagtail_localize.SegmentOverride": {"locale": article.locale, "context": TranslationContext.objects.first(), "data_json": "1"},
    }  # fmt: skip
    for model, field in accounts.user_relations():
        if not model._base_manager.filter(**{field.name: user}).exists() and model._meta.label in made:
            model._base_manager.create(**{field.name: user}, **made.pop(model._meta.label))
    comment = apps.get_model("wagtailcore.Comment").objects.get(user=user)
    CommentReply.objects.create(comment=comment, user=user, text="!")
    for model, field in accounts.user_relations():  # what the demonstration has of others
        rows = model._base_manager.filter(**{field.name: user})
        if not rows.exists() and (any_row := model._base_manager.first()):
            model._base_manager.filter(pk=any_row.pk).update(**{field.name: user})
    log(user, "wagtail.edit", user=user)
    log(article, "wagtail.edit", user=user, data={"told": [f"by {user.get_full_name()}"]})
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_there_is_an_example_of_every_relation(person):
    """A relation that is added later needs an example, or its rows may keep somebody's name."""
    without = [
        f"{model._meta.label}.{field.name}"
        for model, field in accounts.user_relations()
        if not model._base_manager.filter(**{field.name: person}).exists()
    ]
    assert without == []


def test_an_export_has_every_table_and_no_secret(person, tmp_path):
    signed_in(person)
    call_command("export_account", EMAIL.upper(), str(tmp_path / "export.json"))
    found = json.loads((tmp_path / "export.json").read_text())
    assert found["account"][0]["fields"]["email"] == EMAIL
    assert len(found["sessions"]) == 1
    assert found["log"]
    for model, field in accounts.user_relations():
        assert found[f"{model._meta.label}.{field.name}"], (model, field)
    text = json.dumps(found)
    assert person.password not in text
    assert "hidden" not in text
    for token in apps.get_model("wagtailcore.APIToken").objects.filter(user=person):
        for field in token._meta.fields:
            if field.name in accounts.SECRETS:
                assert str(getattr(token, field.attname)) not in text
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_account", EMAIL, str(tmp_path / "export.json"))


def test_an_export_has_what_others_have_done_that_names_the_person_and_nobody_else(person):
    colleague = User.objects.get(email="officer@example.org")
    data = {"added": [EMAIL, "another@example.org"], "note": {"by": f"asked by {person.get_full_name()}"}}
    log(Group.objects.first(), "account.groups", user=colleague, data=data)
    log(ArticleFactory(), "wagtail.edit", user=colleague, data={"told": [f"by {person.get_full_name()}ski"]})

    (mention,) = accounts.export(person)["named in the log"]
    assert mention["action"] == "account.groups"
    assert set(mention["said"]) == {EMAIL, f"asked by {person.get_full_name()}"}


def named():
    """Returns the columns of all tables that contain the person's address or name, also escaped in SQLite's JSON."""
    telling = [Q(as_text__icontains=text) for text in (EMAIL, NAME, json.dumps(NAME)[1:-1])]
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                values = model._base_manager.annotate(as_text=Cast(field.attname, TextField()))
                if values.filter(reduce(or_, telling)).exists():
                    yield f"{model._meta.label}.{field.name}"


def test_nothing_of_the_person_is_left_and_all_of_the_institution(
    person, tmp_path, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    client = signed_in(person)
    other = SessionStore()
    other.set_expiry(timezone.now() + timedelta(days=1))
    other.save()
    institution = {
        r: accounts._rows(r, person).count() for r in accounts.user_relations() if not accounts.is_personal(r)
    }
    avatar = person.wagtail_userprofile.avatar
    assert set(named()) >= {"users.User.email", "wagtailcore.ModelLogEntry.label", "wagtailcore.PageLogEntry.data"}
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_account", EMAIL, "--hand-over-to", "officer@example.org")

    assert list(named()) == []
    user = User.objects.get(pk=person.pk)
    assert user.get_full_name() == "Ancien membre du personnel"
    assert {user.is_active, user.is_staff, user.is_superuser, user.has_usable_password()} == {False}
    assert (user.last_login, user.date_joined > person.date_joined) == (None, True)
    assert not avatar.storage.exists(avatar.name)
    assert client.get("/admin/").status_code == 302
    assert Session.objects.filter(pk=other.session_key).exists()
    handed_over = {
        "wagtailcore.Page",
        "translation.TranslationState",
        "translation.JointPublication",
        "aboutus.PageReview",
    }
    for relation in accounts.user_relations():
        count = accounts._rows(relation, user).count()
        if accounts.is_personal(relation):
            assert count == 0, relation
        elif relation[0]._meta.label not in handed_over:
            assert count == institution[relation], relation
    officer = User.objects.get(email="officer@example.org")
    assert not Page.objects.filter(locked_by=user).exists()
    assert TranslationState.objects.filter(claimed_by=officer).exists()
    assert DraftLimit.objects.filter(people=officer).count() == 2, "whoever owns the draft now sees it"
    assert PageReview.objects.filter(responsible=officer).exists()
    assert PageLogEntry.objects.filter(user=user).exists(), "the history says that somebody did it"


@pytest.mark.parametrize(("label", "field"), [("wagtailcore.Page", "locked_by"), ("translation.TranslationState", "claimed_by")])  # fmt: skip
def test_work_that_would_be_lost_is_refused_and_nothing_is_erased(db, label, field):
    user = User.objects.create_user(EMAIL, last_name=NAME)
    model = apps.get_model(label)
    model.objects.filter(pk=model.objects.last().pk).update(**{field: user})
    with pytest.raises(CommandError, match="Name the account that takes over"):
        call_command("erase_account", EMAIL)
    assert User.objects.get(email=EMAIL).last_name == NAME


def test_the_last_administrator_and_an_unknown_account_are_refused(db):
    with pytest.raises(CommandError, match="There is no account"):
        call_command("erase_account", "nobody@example.org")
    last, *others = accounts._administrators()
    for other in others:
        other.groups.clear()
    with pytest.raises(CommandError, match="last administrator"):
        call_command("erase_account", last.email)
    User.objects.create_user(EMAIL)
    for successor in (EMAIL, User.objects.create_user("left@example.org", is_active=False).email):
        with pytest.raises(CommandError, match="another account"):
            call_command("erase_account", EMAIL, "--hand-over-to", successor)
