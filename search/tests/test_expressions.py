from search.expressions import In, Phrase, Token, all_of, any_of, for_postgresql, for_sqlite

ASKED = all_of([any_of([Token("a"), all_of([Token("b"), Token("c")])]), In("title_tokens", Phrase(("d", "e")))])


def test_sqlite_and_postgresql_are_asked_the_same():
    assert for_sqlite(ASKED) == '(("a" OR ("b" AND "c")) AND (title_tokens : "d e"))'
    assert for_postgresql(ASKED) == "(('a' | ('b' & 'c')) & ('d':A <-> 'e':A))"


def test_one_part_needs_no_brackets():
    assert all_of([Token("a")]) == any_of([Token("a")]) == Token("a")
