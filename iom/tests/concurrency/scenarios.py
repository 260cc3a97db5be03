"""What races begin with, and what is to be seen of it afterwards."""

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
    """Once for all races: two sections in both languages, a second translator."""
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
    """With an address that it keeps wherever it is moved. (`seen` leaves the number out.)"""
    return NewsArticle(title=f"Title{scenario.page}", summary="Summary.", body=body("One."))


def article(**fields):
    """A published article that nobody translates; with a revision, as the editor makes it."""
    fields = {**FRENCH, "body": body(*FRENCH["body"]), "parent": section(FIRST), "owner": person("officer"), **fields}
    page = ArticleFactory(**fields)
    revision = page.save_revision(user=page.owner)
    if page.live:
        NewsArticle.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    return SimpleNamespace(page=page.pk, key=page.translation_key, state=None)


def submitted(**fields):
    """The same, submitted to the translators: nothing is written."""
    scenario = article(**fields)
    state = submit(NewsArticle.objects.get(pk=scenario.page).get_latest_revision_as_object(), "en")
    scenario.state, scenario.translation = state.pk, state.page_id
    return scenario


def fully_translated(**fields):
    """All is translated, by the translator; nothing is published of it."""
    scenario = submitted(**fields)
    write_all(scenario)
    return scenario


def pair(**fields):
    """Published in both languages."""
    scenario = article(**fields)
    original = NewsArticle.objects.get(pk=scenario.page)
    state, page = translated(original, english(scenario))
    scenario.state, scenario.translation = state.pk, page.pk
    return scenario


def draft(**fields):
    """An article that was never published."""
    return article(live=False, **fields)


def fully_translated_draft(**fields):
    """All is translated of an article that was never published."""
    return fully_translated(live=False, **fields)


def waiting_joint_publication(**fields):
    """An article that goes live together with its translation, of which nothing but the translator's button is left."""
    scenario = article(live=False, published_together=True, **fields)
    NewsArticle.objects.get(pk=scenario.page).latest_revision.publish(user=person("officer"))
    return add_state(scenario)


def ready_joint_publication(**fields):
    scenario = waiting_joint_publication(**fields)
    write_all(scenario)
    return scenario


def due():
    """An article whose minute has come."""
    scenario = draft()
    make_due(NewsArticle.objects.get(pk=scenario.page).latest_revision)
    return scenario


def expired():
    """In both languages past its expiry."""
    scenario = pair()
    NewsArticle.objects.filter(translation_key=scenario.key).update(expire_at=timezone.now() - AGO)
    return scenario


def due_joint_publication():
    """Both languages are ready, and their minute has come."""
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
    """Its last draft waits for an editor's approval."""

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
    """A translator has asked what a passage means."""
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
    """As a view of the desk reads it."""
    related = "translation__source", "translation__target_locale", "original", "page", "locale", "claimed_by"
    return TranslationState.objects.select_related(*related).get(pk=scenario.state)


def write_all(scenario, user="translator.en"):
    state = state_of(scenario)
    draft = NewsArticle.objects.get(pk=scenario.page).get_latest_revision_as_object()
    prefill(state, draft, english(scenario), person(user))


def observe(scenario):
    """All that someone could see of a text, in both languages, without what differs from one scenario to the next."""
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
    # (Whether Wagtail says that a page was renamed hangs on which title it finds in the row at that moment.)
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
        # One that is not published serves a translation that is ready, and else nobody: the next one replaces it.
        "versions": sorted(
            version.published_at is not None
            for version in state.translation.versions.all()
            if version.published_at is not None or state.ready
        ),
    }


def _without_number(text):
    return re.sub(r"\d+", "", text)


def find_tree_problems():
    """What is wrong with the tree below the sections, whoever did it."""
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
