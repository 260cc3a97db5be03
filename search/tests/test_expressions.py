from search.expressions import COLUMNS, In, Phrase, Token, all_of, any_of, columns, for_postgresql, for_sqlite

ASKED = all_of([any_of([Token("a"), all_of([Token("b"), Token("c")])]), In("title_tokens", Phrase(("d", "e")))])


def test_sqlite_and_postgresql_get_equivalent_expressions():
    assert for_sqlite(ASKED) == '(("a" OR ("b" AND "c")) AND (title_tokens : "d e"))'
    assert for_postgresql(ASKED) == "(('a' | ('b' & 'c')) & ('d':A <-> 'e':A))"


def test_one_part_needs_no_brackets():
    assert all_of([Token("a")]) == any_of([Token("a")]) == Token("a")


def test_the_columns_of_an_expression():
    title, names = In("title_tokens", ASKED), In("names_tokens", Token("f"))
    assert columns(title) == {"title_tokens"}
    assert columns(all_of([title, names])) == columns(any_of([names, title])) == {"title_tokens", "names_tokens"}
    assert columns(ASKED) == columns(all_of([title, Token("g")])) == columns(Phrase(("d", "e"))) == set(COLUMNS)
