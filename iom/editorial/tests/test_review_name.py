"""The workflow that a migration creates is named in the user's language, in the editor and in the history."""

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry, Task, Workflow

from iom.editorial.review_name import STORED
from iom.tests.factories import ArticleFactory

NAMES = {"en": "Review", "fr": "Relecture"}


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("stored", STORED)
def test_workflow_and_task_are_named_in_the_current_language(db, stored, language):
    with override(language):
        assert Workflow(name=stored).name == Task(name=stored).name == NAMES[language]
        assert str(Workflow(name=stored)) == NAMES[language]


def test_another_name_stays_as_it_is():
    assert Workflow(name="Legal review").name == "Legal review"


def test_what_is_saved_in_one_language_is_read_in_the_other(db):
    with override("fr"):
        workflow = Workflow.objects.create(name="Relecture · Review")
    with override("en"):
        assert Workflow.objects.get(pk=workflow.pk).name == "Review"
        assert Workflow.objects.defer("name").get(pk=workflow.pk).name == "Review"


def test_the_history_names_it_in_the_readers_language(db):
    article, officer = ArticleFactory(), get_user_model().objects.get(email="officer@example.org")
    article.save_revision()
    workflow = article.get_workflow()
    with override("fr"):
        workflow.start(article, officer)
    entry = PageLogEntry.objects.get(page=article.pk, action="wagtail.workflow.start")
    formatter = registry.get_formatter(entry)
    for language, name in NAMES.items():
        with override(language):
            message = str(formatter.format_message(entry))
            assert name in message
            assert not any(other in message for other in {*NAMES.values()} - {name})
