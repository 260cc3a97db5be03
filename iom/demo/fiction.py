"""Articles of the demonstration say first what they are: invented, or adapted from a real release.

Each begins with a notice, and its summary and description with the title of that notice, so that whoever reads only a
list, a feed, a plain text or a search result has it as well. A file with `adapted` brings a notice of its own; in one
with `fiction`, the notice of all others says this besides.
"""

import tomllib
from collections.abc import Callable
from functools import cache

from iom.demo import content
from iom.demo.content import Table

_BEGINNING_SO = ("summary", "search_description")


@cache
def _notices() -> Table:
    return tomllib.loads((content.FOLDER / "notices.toml").read_text())


def articles() -> list[Table]:
    """The articles as they are shown, in the order of their files."""
    return [marked(table) for table in content.articles()]


def notice(language: str) -> Table:
    """The callout with which an invented text begins: title and text."""
    said: Table = _notices()["fictional"][language]
    return dict(said)


def beginning(title: str, text: str) -> str:
    """The text after the title of a notice."""
    return f"{title}. {text}"


def source(name: str, language: str) -> str:
    """The source of an invented figure."""
    said: str = _notices()["figure"][language]
    return f"{name}, {said}" if name else said[0].upper() + said[1:]


def marked(table: Table) -> Table:
    """The article with its notice."""
    notices = {language: _notice_of(table, language) for language in content.LANGUAGES}

    def begin(words: Table, language: str) -> Table:
        title = notices[language]["title"]
        begun = {name: beginning(title, words[name]) for name in _BEGINNING_SO if name in words}
        return _with_caption(words, language, "picture_caption") | begun

    blocks = (_block(block, is_invented="adapted" not in table) for block in table["body"])
    article = _in_each_language(table, begin) | {"body": [{"type": "callout", **notices}, *blocks]}
    if "change" in table:
        article["change"] = table["change"] | {"index": table["change"]["index"] + 1}
    if "begun" in table:
        titles = {language: said["title"] for language, said in notices.items()}
        article["begun"] = table["begun"] | {"words": [titles, *table["begun"]["words"]]}
    return article


def _notice_of(table: Table, language: str) -> Table:
    if "adapted" in table:
        return dict(table["adapted"][language])
    said = notice(language)
    if "fiction" in table:
        said["text"] += f"<p>{table['fiction'][language]}</p>"
    return said


def _block(block: Table, *, is_invented: bool) -> Table:
    """The block with its captions marked; where the article is invented, its figures as well."""
    match block["type"]:
        case "picture":
            return _in_each_language(block, _with_caption)
        case "gallery":
            return block | {"pictures": [_in_each_language(one, _with_caption) for one in block["pictures"]]}
        case "key_figures" if is_invented:
            return block | {"figures": [_in_each_language(one, _with_source) for one in block["figures"]]}
        case "table" if is_invented:
            return _in_each_language(block, _with_remark)
    return block


def _in_each_language(table: Table, mark: Callable[[Table, str], Table]) -> Table:
    marked = {language: mark(table[language], language) for language in content.LANGUAGES if language in table}
    return table | marked


def _with_caption(words: Table, language: str, name: str = "caption") -> Table:
    """The pictures are drawings, also those of adapted texts."""
    return words | {name: f"{_notices()['caption'][language]} {words[name]}"} if words.get(name) else words


def _with_source(words: Table, language: str) -> Table:
    return words | {"source": source(words.get("source", ""), language)}


def _with_remark(words: Table, language: str) -> Table:
    return words | {"caption": f"{words['caption']} ({_notices()['table'][language]})"}
