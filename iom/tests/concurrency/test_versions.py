"""Who reads a translation is told that the meaning of its original has changed, whichever of the two went out first."""

from iom.tests.concurrency import acts
from iom.tests.concurrency.races import TIMES, at_once, one_within_the_other
from iom.tests.concurrency.scenes import pair, state_of
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.workflow import publication, writing
from newsroom.models import NewsArticle


def retranslate(scene):
    """Another word for what the original says, and at once published."""
    state = state_of(scene)
    title = next(one for one in segments.load_text(state.translation) if one.path == "title")
    writing.write(state, title, "Another title", None)
    publication.publish(state_of(scene))


def test_readers_see_a_notice_unless_the_translation_is_current(db):
    for number in range(TIMES):
        scene = pair()
        acts.publish_anew(scene)
        actions = (retranslate, acts.publish)
        if number % 3:
            people = one_within_the_other(scene, *actions[:: 1 if number % 3 == 1 else -1], stops_at=3 * (number // 3))
        else:
            people = at_once(scene, *actions)

        assert [one.fault for one in people if one.fault] == []
        said = [segment.string.data for segment in segments.extract_strings(NewsArticle.objects.get(pk=scene.page))]
        version = TranslationState.objects.get(pk=scene.state).translation.versions.exclude(published_at=None).first()
        is_current = [row["source"] for row in version.segments] == said
        assert TranslationState.objects.older_than_their_original().filter(pk=scene.state).exists() is not is_current
