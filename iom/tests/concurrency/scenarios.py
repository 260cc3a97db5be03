"""The initial states of races, and the state that is observed afterwards."""

import re
from collections import Counter
from types import SimpleNamespace

from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation

from iom.publishing.tests.due import AGO, make_due
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import JointPublication, LanguageRule, Message, Original, Question, TranslationState
from iom.translation.tests.desk import body, prefill, submit, translated
from iom.translation.workflow import publication, questions
from iom.users.models import User
from newsroom.models import NewsArticle, NewsIndex

FIRST, SECOND = "races-first", "races-second"
FRENCH = {"title": "Titre", "summary": "Résumé.", "body": ("Un.",)}


def prepare():
    """Creates the objects of all races: two sections in both languages, and a second translator."""
    home = NewsIndex.objects.get(locale__language_code="fr").get_parent()
    english = Locale.objects.get(language_code="en")
    for slug in (FIRST, SECOND):
        section = home.add_child(instance=NewsIndex(title=slug, slug=slug, locale=home.locale))
        section.save_revision().publish()
        translation = section.get_translation(english)
        state = TranslationState.objects.get(page=translation.pk)
        prefill(state, section, NewsIndex(title=slug))
    person = User.objects.create_user("reviser.en@example.org", "x", first_name="Rae", last_name="Reviser")
    person.groups.add(LanguageRule.objects.get(locale=english).translators)
    Message.objects.all().delete()


def person(account):
    return User.objects.get(email=f"{account}@example.org")


def section(title, language="fr"):
    french = NewsIndex.objects.get(title=title, locale__language_code="fr")  # its address may change
    return NewsIndex.objects.get(translation_key=french.translation_key, locale__language_code=language)


def english(scenario):
    """Returns a translation with a unique title, so that its address is unique in each section. `observe` removes the
    number."""
    return NewsArticle(title=f"Title{scenario.page}", summary="Summary.", body=body("One."))


def article(**fields):
    """Creates a published article with a revision and without a translation."""
    fields = {**FRENCH, "body": body(*FRENCH["body"]), "parent": section(FIRST), "owner": person("officer"), **fields}
    page = ArticleFactory(**fields)
    revision = page.save_revision(user=page.owner)
    if page.live:
        NewsArticle.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    return SimpleNamespace(page=page.pk, key=page.translation_key, state=None)


def submitted(**fields):
    """Creates a published article that is submitted for translation, and of which nothing is translated."""
    scenario = article(**fields)
    state = submit(NewsArticle.objects.get(pk=scenario.page).get_latest_revision_as_object(), "en")
    scenario.state, scenario.translation = state.pk, state.page_id
    return scenario


def fully_translated(**fields):
    """Creates an article whose translation is complete and not published."""
    scenario = submitted(**fields)
    write_all(scenario)
    return scenario


def pair(**fields):
    """Creates an article that is published in both languages."""
    scenario = article(**fields)
    original = NewsArticle.objects.get(pk=scenario.page)
    state, page = translated(original, english(scenario))
    scenario.state, scenario.translation = state.pk, page.pk
    return scenario


def draft(**fields):
    """Creates an article that was never published."""
    return article(live=False, **fields)


def fully_translated_draft(**fields):
    """Creates an unpublished article whose translation is complete."""
    return fully_translated(live=False, **fields)


def waiting_joint_publication(**fields):
    """Creates an article in joint publication, which waits for its translation."""
    scenario = article(live=False, published_together=True, **fields)
    NewsArticle.objects.get(pk=scenario.page).latest_revision.publish(user=person("officer"))
    return add_state(scenario)


def ready_joint_publication(**fields):
    """Creates an article in joint publication whose translation is complete and not published."""
    scenario = waiting_joint_publication(**fields)
    write_all(scenario)
    return scenario


def due():
    """Creates an article that is due for publication."""
    scenario = draft()
    make_due(NewsArticle.objects.get(pk=scenario.page).latest_revision)
    return scenario


def expired():
    """Creates an article that has expired in both languages and is still live."""
    scenario = pair()
    NewsArticle.objects.filter(translation_key=scenario.key).update(expire_at=timezone.now() - AGO)
    return scenario


def due_joint_publication():
    """Creates a joint publication that is ready in both languages and due."""
    scenario = article(live=False, published_together=True, go_live_at=timezone.now() + AGO)
    revision = NewsArticle.objects.get(pk=scenario.page).latest_revision
    revision.publish(user=person("officer"))
    write_all(add_state(scenario))
    publication.publish(state_of(scenario), person("translator.en"))
    revision.refresh_from_db()
    make_due(revision)
    JointPublication.objects.filter(page=scenario.page).update(due_at=timezone.now() - AGO)
    return scenario


def in_workflow(make):
    """Returns a function that submits a new draft of the article of `make` to its workflow."""

    def made():
        scenario = make()
        page = NewsArticle.objects.get(pk=scenario.page)
        page.title = "Autre titre"
        page.save_revision(user=person("officer"))
        page.get_workflow().start(page, person("officer"))
        return scenario

    made.__name__ = f"{make.__name__}_in_workflow"
    return made


def with_question():
    """Creates a translation with a question about a passage."""
    scenario = fully_translated()
    state = state_of(scenario)
    scenario.question = questions.ask(
        state, segments.load_text(state.translation)[0], "Which?", person("translator.en")
    ).pk
    return scenario


def add_state(scenario):
    state = TranslationState.objects.get(original=scenario.page, locale__language_code="en")
    scenario.state, scenario.translation = state.pk, state.page_id
    return scenario


def state_of(scenario):
    """Reads the state as a view of the desk does."""
    related = "translation__source", "translation__target_locale", "original", "page", "locale", "claimed_by"
    return TranslationState.objects.select_related(*related).get(pk=scenario.state)


def write_all(scenario, user="translator.en"):
    state = state_of(scenario)
    draft = NewsArticle.objects.get(pk=scenario.page).get_latest_revision_as_object()
    prefill(state, draft, english(scenario), person(user))


def observe(scenario):
    """Returns the observable state of a text in both languages, without what differs between scenarios."""
    pages = Page.objects.filter(translation_key=scenario.key).select_related("locale").order_by("locale_id").specific()
    found = {"tree": find_tree_problems(), "pages": len(pages)}
    for page in pages:
        found.update({f"{page.locale.language_code} {name}": value for name, value in _page(page).items()})
    for state in TranslationState.objects.filter(original__translation_key=scenario.key).select_related("translation"):
        found.update({f"{state.locale.language_code} {name}": value for name, value in _state(state).items()})
    enabled = Translation.objects.filter(source__object_id=scenario.key).values_list("enabled", flat=True)
    row = Original.objects.filter(translation_key=scenario.key).first()
    found["desk has it"] = list(enabled)
    found["awaited"] = JointPublication.objects.filter(page=scenario.page).count()
    found["original"] = row and (
        row.published_at is not None,
        row.due_at is not None,
        row.words,
        len(row.fingerprints),
    )
    found["answers"] = list(
        Question.objects.filter(translation__source__object_id=scenario.key).values_list("answer", flat=True)
    )
    # Whether Wagtail logs that a page was renamed depends on the title that it finds in the row at that moment.
    log = PageLogEntry.objects.filter(page__in=[page.pk for page in pages]).exclude(action="wagtail.rename")
    found["log"] = Counter(log.values_list("action", flat=True))
    return found


def _page(page):
    section = page.get_parent()
    latest = page.get_latest_revision_as_object()
    return {
        "section": Page.objects.filter(translation_key=section.translation_key).order_by("pk")[0].title,
        "address": page.url_path == f"{section.url_path}{page.slug}/",
        "live": page.live,
        "expired": page.expired,
        "readers have": (_without_number(page.title), page.summary),
        "last saved": (_without_number(latest.title), latest.summary),
        "has unpublished changes": page.has_unpublished_changes,
        "has a live revision": page.live_revision_id is not None,
        "says what its revision says": page.live_revision is None
        or page.live_revision.as_object().title == page.title,
        "scheduled": page.revisions.exclude(approved_go_live_at=None).count(),
        "workflow": page.current_workflow_state.status if page.current_workflow_state else None,
    }


def _state(state):
    now = segments.load_text(state.translation)
    return {
        "step": state.step,
        "counts": (state.total, state.translated, state.words_left),
        "published": state.published_at is not None,
        "is older than its original": state.is_older_than_its_original,
        "published words": state.digest and state.digest == now.digest,
        "has a draft": state.draft_id is not None,
        "ready": state.ready,
        "claimed by": state.claimed_by and state.claimed_by.email,
        "revised by": state.revised_by and state.revised_by.email,
        "words": {row.path: row.written and _without_number(row.written) for row in now},
        # Only a translation that is ready uses an unpublished version; else the next version replaces it.
        "versions": sorted(
            version.published_at is not None
            for version in state.translation.versions.all()
            if version.published_at is not None or state.ready
        ),
    }


def _without_number(text):
    return re.sub(r"\d+", "", text)


def find_tree_problems():
    """Returns the errors in the tree below the sections."""
    pages = list(Page.objects.filter(title__in=[FIRST, SECOND]))
    english = list(Page.objects.filter(translation_key__in=[page.translation_key for page in pages]))
    found = []
    for section in english:
        below = list(section.get_descendants())
        if section.numchild != sum(page.depth == section.depth + 1 for page in below):
            found.append("numchild")
        found += [
            "url_path"
            for page in below
            if page.depth == section.depth + 1 and page.url_path != f"{section.url_path}{page.slug}/"
        ]
    return found
