"""Readers of a translation see a notice if its original has changed, in any order of the two publications."""

from iom.tests.concurrency import actions
from iom.tests.concurrency.races import TIMES, run_at_once, run_interleaved
from iom.tests.concurrency.scenarios import pair, state_of
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.workflow import publication, writing
from newsroom.models import NewsArticle


def retranslate(scenario):
    """Writes another title, and publishes the translation at once."""
    state = state_of(scenario)
    title = next(one for one in segments.load_text(state.translation) if one.path == "title")
    writing.write(state, title, "Another title", None)
    publication.publish(state_of(scenario))


def test_readers_see_a_notice_unless_the_translation_is_current(db):
    for number in range(TIMES):
        scenario = pair()
        actions.publish_again(scenario)
        racing = (retranslate, actions.publish)
        if number % 3:
            people = run_interleaved(scenario, *racing[:: 1 if number % 3 == 1 else -1], stops_at=3 * (number // 3))
        else:
            people = run_at_once(scenario, *racing)

        assert [one.fault for one in people if one.fault] == []
        said = [segment.string.data for segment in segments.extract_strings(NewsArticle.objects.get(pk=scenario.page))]
        version = (
            TranslationState.objects.get(pk=scenario.state).translation.versions.exclude(published_at=None).first()
        )
        is_current = [row["source"] for row in version.segments] == said
        assert (
            TranslationState.objects.older_than_their_original().filter(pk=scenario.state).exists() is not is_current
        )
