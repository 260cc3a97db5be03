"""Generates French sentences like those of press releases, with translations. The same seed gives the same sentences."""

import random
from collections.abc import Iterator

Pair = tuple[str, str]

_WHO = [
    ("L’OIM", "IOM"), ("Le Gouvernement", "The Government"), ("La mission en {place}", "The mission in {place}"),
    ("Le bureau de {place}", "The office in {place}"), ("Une équipe mobile de {place}", "A mobile team from {place}"),
    ("Le Directeur régional, {name},", "The Regional Director, {name},"), ("La cheffe de mission, {name},", "The Chief of Mission, {name},"),
    ("Un consortium de {n} organisations", "A consortium of {n} organizations"), ("Le conseil municipal de {place}", "The city council of {place}"),
    ("L’Union européenne", "The European Union"), ("Le Fonds central d’intervention", "The Central Emergency Response Fund"),
    ("Une coopérative de femmes de {place}", "A women’s cooperative from {place}"), ("Le service de santé de {place}", "The health service of {place}"),
]  # fmt: skip
_DID = [
    ("a distribué", "has distributed"), ("a remis", "has handed over"), ("a financé", "has funded"), ("a réparé", "has repaired"),
    ("a livré", "has delivered"), ("a inauguré", "has opened"), ("prépare", "is preparing"), ("étend à {place}", "is extending to {place}"),
    ("a évalué avec {name}", "has assessed with {name}"), ("a achevé en {n} semaines", "has completed in {n} weeks"),
    ("demande {n} millions de dollars pour", "is asking for {n} million dollars for"), ("a dû suspendre", "has had to suspend"),
]  # fmt: skip
_WHAT = [
    ("des abris pour {n} familles déplacées", "shelters for {n} displaced families"), ("{n} kits d’hygiène", "{n} hygiene kits"),
    ("un centre d’accueil de {n} places", "a reception centre with {n} places"), ("des formations à la menuiserie", "training in carpentry"),
    ("le recensement des personnes de retour", "the registration of returnees"), ("{n} kilomètres de digues", "{n} kilometres of dykes"),
    ("une clinique mobile pour les migrants", "a mobile clinic for migrants"), ("la réunification de {n} familles", "the reunification of {n} families"),
    ("un programme de retour volontaire", "a voluntary return programme"), ("des semences et des outils", "seeds and tools"),
    ("{n} salles de classe", "{n} classrooms"), ("des citernes d’eau potable", "tanks of drinking water"), ("la lutte contre la traite", "the fight against trafficking"),
    ("un guichet pour les visas humanitaires", "a desk for humanitarian visas"), ("la protection de {n} enfants non accompagnés", "the protection of {n} unaccompanied children"),
]  # fmt: skip
_WHERE = [
    ("à {place}", "in {place}"), ("le long du fleuve {place}", "along the {place} river"), ("dans le district de {place}", "in the district of {place}"),
    ("à la frontière près de {place}", "at the border near {place}"), ("dans {n} villages autour de {place}", "in {n} villages around {place}"),
    ("entre {place} et {place2}", "between {place} and {place2}"), ("", ""),
]  # fmt: skip
_WHEN = [
    ("depuis le mois de mars", "since March"), ("après les inondations de septembre", "after the floods in September"), ("avant la saison des pluies", "before the rainy season"),
    ("en moins de {n} jours", "in less than {n} days"), ("malgré l’insécurité", "despite the insecurity"), ("grâce à l’appui du Japon", "with the support of Japan"),
    ("à la demande des autorités", "at the request of the authorities"), ("pour la première fois depuis {n} ans", "for the first time in {n} years"), ("", ""),
]  # fmt: skip
_ALSO = [
    ("« Nous ne voulions pas repartir », dit {name}, de {place}.", "“We did not want to leave again,” says {name}, from {place}."),
    ("Au total, {n} personnes vivent encore dans des sites temporaires de {place}.", "In all, {n} people still live in temporary sites in {place}."),
    ("Selon {name}, {n} pour cent des ménages ont perdu leur revenu.", "According to {name}, {n} per cent of households have lost their income."),
    ("Les travaux reprendront en avril si l’accès à {place} est assuré.", "Work will resume in April if access to {place} is ensured."),
    ("Le coût s’élève à {n} dollars par personne.", "The cost amounts to {n} dollars per person."),
    ("Trois ponts sur quatre ont été emportés près de {place}.", "Three out of four bridges were swept away near {place}."),
    ("{name} y a ouvert un atelier de couture avec {n} voisines.", "{name} has opened a sewing workshop there with {n} neighbours."),
    ("La route de {place} à {place2} reste fermée aux camions.", "The road from {place} to {place2} remains closed to lorries."),
]  # fmt: skip
STANDARD = [
    ("L’Organisation internationale pour les migrations est l’organisme des Nations Unies chargé des migrations.", "The International Organization for Migration is the United Nations agency for migration."),
    ("Pour plus d’informations, veuillez contacter le service de presse.", "For more information, please contact the press office."),
    ("Les photos de cet article peuvent être utilisées librement avec leur crédit.", "The photos of this article may be used freely with their credit."),
    ("Exemple fictif.", "Fictional example."),
]  # fmt: skip
_SYLLABLES = [
    "ba", "ka", "la", "ma", "na", "ra", "sa", "ta", "da", "ga", "ndo", "mbe", "ki", "li", "mi", "ni", "ri", "si",
    "ti", "di", "gui", "vo", "lo", "mo", "no", "ro", "so", "to", "du", "ku", "mu", "nu", "zé", "té", "ré", "né",
]  # fmt: skip


class Writer:
    """Generates pairs of sentences from a seed."""

    def __init__(self, seed: int, places: int = 20_000) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.places = places

    def _name(self, parts: int, of: int) -> str:
        chosen = random.Random(self.random.randrange(of))  # noqa: S311
        return "".join(chosen.choices(_SYLLABLES, k=parts)).capitalize()

    def _fill(self, pairs: list[Pair]) -> Pair:
        number = self.random.choice([self.random.randrange(2, 60), self.random.randrange(100, 9000)])
        words = {
            "place": self._name(3, self.places),
            "place2": self._name(3, self.places),
            "name": f"{self._name(2, 2000)} {self._name(3, self.places)}",
        }
        french = " ".join(
            part for one in pairs if (part := one[0].format(n=f"{number:,}".replace(",", "\u202f"), **words))
        )
        english = " ".join(part for one in pairs if (part := one[1].format(n=f"{number:,}", **words)))
        return french, english

    def sentence(self) -> Pair:
        if self.random.random() < 0.3:
            return self._fill([self.random.choice(_ALSO)])
        french, english = self._fill([self.random.choice(part) for part in (_WHO, _DID, _WHAT, _WHERE, _WHEN)])
        return f"{french}.", f"{english}."

    def passage(self, most: int = 2) -> Pair:
        sentences = [self.sentence() for _number in range(self.random.randint(1, most))]
        return " ".join(one[0] for one in sentences), " ".join(one[1] for one in sentences)

    def passages(self, number: int) -> Iterator[Pair]:
        """Yields pairs, of which one in twenty is a standard text."""
        for _number in range(number):
            yield self.random.choice(STANDARD) if self.random.random() < 0.05 else self.passage()
