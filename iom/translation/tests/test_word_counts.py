"""New, changed, exact and repeated words are counted with each publication, by translator."""

import csv
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.memory import entries
from iom.translation.models import Figures, MemoryArchive, MemoryEntry, TranslationVersion
from iom.translation.tests import desk
from iom.translation.workflow import word_counts
from iom.translation.workflow.writing import write
from iom.users.models import User
from iom.withdrawal.models import Withdrawal
from newsroom.models import NewsArticle


@pytest.fixture
def people(db):
    names = ("translator.en", "officer")
    return [User.objects.get(email=f"{name}@example.org") for name in names]


def counted():
    """Runs the scheduler, and returns the last publication's word counts by translator."""
    MemoryEntry.objects.filter(archive=None).delete()
    Figures.objects.all().delete()
    jobs.enqueue_missing([word_counts.COUNT])
    jobs.run(kinds=[word_counts.COUNT])
    version = TranslationVersion.objects.order_by("-pk").first()
    return {
        row.translator_id: (row.new, row.changed, row.exact, row.repeated)
        for row in Figures.objects.filter(version=version)
        if row.new or row.changed or row.exact or row.repeated
    }


def publish(state, user):
    for row in segments.load_text(state.translation):
        if not row.target:
            write(state, row, f"In English {row.pk}", user)
    state.refresh_from_db()
    desk.publish(state)
    state.refresh_from_db()
    return state


FIRST = [
    "Une phrase tout à fait nouvelle ici.",
    "Une autre, qui est là deux fois.",
    "Une autre, qui est là deux fois.",
]


def test_a_first_publication_has_new_words_and_those_that_stand_there_twice(people):
    translator, _other = people
    article = ArticleFactory(title="Trois mots seulement", summary="Résumé.", body=desk.body(*FIRST))
    publish(desk.submit(article, "en"), translator)

    assert counted() == {translator.pk: (3 + 1 + 7 + 7, 0, 0, 7)}


def test_a_second_publication_tells_what_has_changed_and_what_was_there(people):
    translator, other = people
    article = ArticleFactory(title="Trois mots seulement", summary="Résumé.", body=desk.body(*FIRST[:2]))
    state = publish(desk.submit(article, "en"), translator)
    article.body = desk.body(FIRST[1], FIRST[0].replace("nouvelle", "neuve"), "Quatre mots en plus.")
    desk.republish(article)
    state.refresh_from_db()
    publish(state, other)

    found = counted()

    assert found[other.pk] == (4, 7, 0, 0)
    assert found[translator.pk] == (0, 0, 0, 3 + 1 + 7)


def test_what_the_memory_had_from_elsewhere_is_exact_and_what_came_later_is_not(people):
    translator, _other = people
    article = ArticleFactory(title="Trois mots seulement", summary="Résumé.", body=desk.body(FIRST[0]))
    state = publish(desk.submit(article, "en"), translator)
    archive = MemoryArchive.objects.create(name="Theirs")
    source, target = state.translation.source.locale, state.translation.target_locale
    entries.import_pairs(archive, [entries.Pair(source, target, FIRST[0].upper(), "A new sentence.")])

    assert counted()[translator.pk] == (3 + 1 + 7, 0, 0, 0)
    MemoryArchive.objects.update(imported_at=timezone.now() - timedelta(days=1))
    assert counted()[translator.pk] == (3 + 1, 0, 7, 0)


def test_each_publication_is_counted_once_and_stays_when_its_page_is_deleted(people):
    article = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    state = publish(desk.submit(article, "en"), people[0])
    counted()
    number = Figures.objects.count()

    jobs.enqueue_missing([word_counts.COUNT])
    jobs.run(kinds=[word_counts.COUNT])

    assert Figures.objects.count() == number
    mine = Figures.objects.filter(version__translation=state.pk).values_list("pk", flat=True)
    mine = list(mine)
    NewsArticle.objects.get(pk=state.page_id).delete()
    state.translation.delete()
    assert Figures.objects.filter(pk__in=mine, version=None).count() == len(mine)


@pytest.fixture
def report(people):
    article = ArticleFactory(title="Trois mots seulement", summary="Résumé.", body=desk.body(*FIRST))
    publish(desk.submit(article, "en"), people[0])
    counted()


def test_the_report_has_sums_a_plot_and_a_file(sign_in, report, people):
    client = sign_in("editor")
    address = reverse("translation_figures")

    screen = client.get(address, {"translator": people[0].pk}, headers={"accept-language": "en"}).content.decode()
    file = client.get(address, {"translator": people[0].pk, "export": "csv"}, headers={"accept-language": "en"})

    assert 'class="reads-plot"' in screen
    assert "Trois mots seulement" in screen
    assert "<td>18</td>" in "".join(screen.split("\n")).replace(" ", "")
    rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert rows[0][5:] == ["New words", "Changed words", "Exact matches", "Repeated words"]
    assert ["Trois mots seulement", "fr", "en"] in [row[:3] for row in rows]
    assert ["18", "0", "0", "7"] in [row[5:] for row in rows]


def test_filters_narrow_rows_and_sums(sign_in, report, people):
    client = sign_in("editor")
    address = reverse("translation_figures")
    other = Figures.objects.filter(translator=people[0]).first()
    other.pk, other.translator, other.title = None, people[1], "Autre"
    other.save()

    later = client.get(address, {"published_at_from": "2099-01-01"}).content.decode()
    others = client.get(address, {"translator": people[1].pk}).content.decode()

    assert "Autre" in others
    for screen in (later, others):
        assert "<h1" in screen
        assert "Trois mots seulement" not in screen


def test_a_translator_sees_their_own_alone(sign_in, report, people):
    address = reverse("translation_figures")

    assert "Trois mots seulement" in sign_in("translator.en").get(address).content.decode()
    assert "Trois mots seulement" not in sign_in("translator.fr").get(address).content.decode()


def test_a_text_that_is_withdrawn_for_protection_is_named_to_editors_alone(sign_in, report):
    address = reverse("translation_figures")
    text = Figures.objects.filter(title="Trois mots seulement").first()
    Withdrawal.objects.create(translation_key=text.translation_key, kind="protection")

    for query in ({}, {"export": "csv"}):
        said = {account: sign_in(account).get(address, query) for account in ("translator.en", "editor")}
        read = {account: b"".join(answer).decode() for account, answer in said.items()}
        assert "Trois mots seulement" not in read["translator.en"]
        assert "Trois mots seulement" in read["editor"]


def test_the_report_costs_the_same_for_many_publications(sign_in, report, people, django_assert_max_num_queries):
    client = sign_in("editor")
    row = Figures.objects.filter(translator=people[0]).first()
    rows = [
        Figures(
            translation_key=uuid4(),
            title=f"{number}",
            source_locale=row.source_locale,
            locale=row.locale,
            translator=people[number % 2],
            published_at=timezone.now(),
            new=1,
        )
        for number in range(200)
    ]
    Figures.objects.bulk_create(rows)
    client.get(reverse("translation_figures"))

    with django_assert_max_num_queries(25):
        client.get(reverse("translation_figures"))
