"""For each translation check, a pair of passages with a fault that it finds, and a correct pair."""

from iom.translation.glossary.rows import Row, TermForms

GLOSSARY = [
    Row(
        terms={
            "en": TermForms("host community", (), ("receiving community",)),
            "fr": TermForms("communauté d’accueil", ("communauté hôte",), ("communauté réceptrice",)),
        },
        status="approved",
    ),
    Row(terms={"fr": TermForms("DTM")}, is_kept=True, status="approved"),
    Row(terms={"en": TermForms("cash grant"), "fr": TermForms("allocation en espèces")}, status="proposed"),
]
CALL = "Les familles ont quitté la vallée avant les pluies."

# By the name of the check: an original in French with what is wrong in English, and with what is right.
PAIRS = {
    "numbers": ("Plus de 25 000 personnes, vingt et un villages.", "More than 26,000 people, 21 villages.", "More than 25,000 people, twenty-one villages."),
    "dates_differ": ("Lundi 3 mai 2026, puis le 1er juin.", "On Tuesday, 3 May 2026, then on 1 June.", "On Monday, May 3, 2026, then on 1 June."),
    "amounts": ("1,5 million de dollars des États-Unis, soit 12 %.", "EUR 1.5 million, or 12 per cent.", "US$ 1.5 million, or 12 per cent."),
    "links": ("Écrire à presse@example.org ou https://www.iom.int/fr/a.", "Write to press@example.org or https://www.iom.int/en/a.", "Write to presse@example.org or https://www.iom.int/en/a."),
    "brackets": ("Le fleuve (au nord) a débordé.", "The river (in the north has flooded.", "The river (in the north) has flooded."),
    "quotation_marks": ("Elle dit : « Nous partons. »", "She says: We are leaving.”", "She says: “We are leaving.”"),
    "country_names": ("Au Tchad et aux Pays-Bas, le projet avance.", "In Mali and the Netherlands, the project advances.", "The project of Chadian and Dutch partners advances."),
    "names": ("La mission de Mariama Kouyaté à Genève continue.", "The mission of Mariama Kuoyaté in Geneva continues.", "Mariama Kouyaté’s mission in Geneva continues."),
    "terms": ("La communauté d’accueil de DTM est prête.", "The local people of DTM are ready now.", "The host community of DTM is ready."),
    "forbidden_variants": ("Les communautés d’accueil sont prêtes.", "The receiving community and the host community are ready.", "The host communities are ready."),
    "untranslated": (CALL, CALL, "Families left the valley before the rains."),
    "filler": (CALL, "Lorem ipsum dolor sit amet, families and rains.", "Families left the valley before the rains."),
    "length": (CALL, "Families left.", "Families left the valley before the rains."),
    "repetition": (CALL, "Families left the valley. Families left the valley.", "Families left the valley. They left before the rains."),
}  # fmt: skip

# By the name of the check: texts of two passages.
TEXTS = {
    "rendered_two_ways": (
        [("Host community of Gao.", "Communauté d’accueil de Gao."), ("A host community.", "Une communauté hôte.")],
        [("Host community of Gao.", "Communauté hôte de Gao."), ("A host community.", "Une communauté hôte.")],
    ),
    "same_for_different": (
        [("They left on foot.", "Ils sont partis à pied."), ("She speaks of rain.", "Ils sont partis à pied.")],
        [("They left on foot.", "Ils sont partis à pied."), ("They left on foot.", "Ils sont partis à pied.")],
    ),
}
