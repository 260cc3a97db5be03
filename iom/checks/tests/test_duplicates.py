"""Near duplicates are reported with their share, and a bounded number of texts is compared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iom import findings
from iom.checks.duplicates import near_duplicates
from iom.checks.tests.broken import sound

SENTENCES = [
    "Les premières pirogues accostent à six heures devant la rampe reconstruite.",
    "Des sacs de mil passent de main en main jusqu’aux charrettes du marché.",
    "La commune a réparti les travaux entre les quartiers de la rive haute.",
    "Deux kilomètres de piste ont été surélevés avant la saison des pluies.",
    "Un entrepôt frais conserve le poisson fumé jusqu’au lendemain matin.",
    "Le comité du port gère désormais une caisse commune pour l’entretien.",
    "Les familles déplacées vendent leur récolte dans la ville voisine.",
    "Une école ouvrira ses portes au printemps près du nouveau quai.",
    "Les équipes se sont relayées par périodes de trois semaines.",
]
OTHER = [
    "Au Conseil, les délégués ont débattu du budget pour l’exercice suivant.",
    "La conférence réunira quarante ministres de la région des Grands Lacs.",
    "Un protocole médical a été adopté contre le paludisme des nourrissons.",
    "Les éleveurs du Ferlo ont vacciné leurs troupeaux avant la transhumance.",
    "Des ingénieures ont installé des panneaux solaires sur vingt dispensaires.",
    "Le tribunal rendra sa décision sur les passeports le mois prochain.",
    "Des étudiants enregistrent les récits de leurs grands-parents en wolof.",
    "La bibliothèque prête des tablettes aux lecteurs qui habitent loin.",
]


def written(page, sentences):
    page.body = [{"type": "paragraph", "id": "one", "value": "".join(f"<p>{one}</p>" for one in sentences)}]
    return page


@pytest.fixture
def published(db):
    page = written(sound(title="Le port"), SENTENCES)
    page.save()
    return page


def found(page):
    return list(near_duplicates(page, findings.publication_time(page)))


@pytest.mark.parametrize(("kept", "share"), [(9, 100), (6, 60), (4, 40)])
def test_a_text_that_repeats_another_is_reported_with_its_share(published, kept, share):
    page = written(sound(), SENTENCES[:kept] + OTHER[: 9 - kept])
    (finding,) = found(page)
    message = str(finding.message)
    assert "Le port" in message
    number = int("".join(filter(str.isdigit, message.split("%")[0].split(" ")[0])) or 0)
    assert abs(number - share) <= 12


def test_another_text_is_not_reported(published):
    assert found(written(sound(), OTHER)) == []
    assert found(written(sound(), SENTENCES[:1] + OTHER)) == []


def test_a_text_is_no_duplicate_of_itself_nor_a_draft_of_another(published):
    assert found(published) == []
    published.unpublish()
    assert found(written(sound(), SENTENCES)) == []


def test_however_long_the_text_few_queries_find_it(published):
    page = written(sound(), SENTENCES * 40)
    with CaptureQueriesContext(connection) as queries:
        found(page)
    assert len(queries) <= 3  # its language, the index, the texts that are compared
