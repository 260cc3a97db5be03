"""A scheduled publication does not change the workflow of a newer draft."""

from iom.publishing.tests.due import make_due
from iom.tests.concurrency import actions
from iom.tests.concurrency.scenarios import article
from newsroom.models import NewsArticle


def test_a_scheduled_publication_keeps_the_workflow_of_a_newer_draft(db):
    scenario = article()
    page = NewsArticle.objects.get(pk=scenario.page)
    page.title = "Version prévue"
    scheduled = page.save_revision()
    page.title = "Version suivante"
    page.save_revision()
    page.get_workflow().start(page, page.owner)
    make_due(scheduled)

    actions.run_scheduler(scenario)

    page = NewsArticle.objects.get(pk=scenario.page)
    assert page.title == "Version prévue"
    assert page.current_workflow_state.status == "in_progress"
    assert page.get_latest_revision_as_object().title == "Version suivante"
    assert page.has_unpublished_changes


def test_publication_of_a_revision_ends_its_workflow(db):
    scenario = article()
    page = NewsArticle.objects.get(pk=scenario.page)
    page.title = "Version suivante"
    revision = page.save_revision()
    page.get_workflow().start(page, page.owner)

    revision.publish()

    assert NewsArticle.objects.get(pk=scenario.page).current_workflow_state is None
