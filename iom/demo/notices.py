"""Adds notices to the articles of the demonstration: that they are invented, or adapted from a real release.

Each article begins with a notice. Its summary and description begin with the title of the notice, so that lists,
feeds, plain texts and search results show it as well. A file with `adapted` has a notice of its own. A file with
`fiction` has a text that is added to the common notice.
"""

import tomllib
from collections.abc import Callable
from functools import cache

from iom.demo import content
from iom.demo.content import Table

_FIELDS_WITH_TITLE = ("summary", "search_description")


@cache
def _read_notices() -> Table:
    return tomllib.loads((content.FOLDER / "notices.toml").read_text())


def get_articles() -> list[Table]:
    """Returns the articles with their notices, in the order of their files."""
    return [add_notices(table) for table in content.read_articles()]


def get_notice(language: str) -> Table:
    """Returns the callout at the beginning of an invented text: title and text."""
    notice: Table = _read_notices()["fictional"][language]
    return dict(notice)


def prepend_title(title: str, text: str) -> str:
    """Returns the text after the title of a notice."""
    return f"{title}. {text}"


def format_figure_source(name: str, language: str) -> str:
    """Returns the source of an invented figure, marked as invented."""
    remark: str = _read_notices()["figure"][language]
    return f"{name}, {remark}" if name else remark[0].upper() + remark[1:]


def add_notices(table: Table) -> Table:
    """Returns the article with its notice, and with marks on its captions and figures."""
    notices = {language: _notice_of(table, language) for language in content.LANGUAGES}

    def mark_texts(words: Table, language: str) -> Table:
        title = notices[language]["title"]
        marked = {name: prepend_title(title, words[name]) for name in _FIELDS_WITH_TITLE if name in words}
        return _mark_caption(words, language, "picture_caption") | marked

    blocks = (_mark_block(block, is_invented="adapted" not in table) for block in table["body"])
    article = _in_each_language(table, mark_texts) | {"body": [{"type": "callout", **notices}, *blocks]}
    if "change" in table:
        article["change"] = table["change"] | {"index": table["change"]["index"] + 1}
    if "begun" in table:
        titles = {language: notice["title"] for language, notice in notices.items()}
        article["begun"] = table["begun"] | {"words": [titles, *table["begun"]["words"]]}
    return article


def _notice_of(table: Table, language: str) -> Table:
    if "adapted" in table:
        return dict(table["adapted"][language])
    notice = get_notice(language)
    if "fiction" in table:
        notice["text"] += f"<p>{table['fiction'][language]}</p>"
    return notice


def _mark_block(block: Table, *, is_invented: bool) -> Table:
    """Returns the block with marked captions, and with marked figures if the article is invented."""
    match block["type"]:
        case "picture":
            return _in_each_language(block, _mark_caption)
        case "gallery":
            return block | {"pictures": [_in_each_language(one, _mark_caption) for one in block["pictures"]]}
        case "key_figures" if is_invented:
            return block | {"figures": [_in_each_language(one, _mark_source) for one in block["figures"]]}
        case "table" if is_invented:
            return _in_each_language(block, _mark_table)
    return block


def _in_each_language(table: Table, mark: Callable[[Table, str], Table]) -> Table:
    marked = {language: mark(table[language], language) for language in content.LANGUAGES if language in table}
    return table | marked


def _mark_caption(words: Table, language: str, name: str = "caption") -> Table:
    """Marks the pictures as drawings, in adapted texts as well."""
    return words | {name: f"{_read_notices()['caption'][language]} {words[name]}"} if words.get(name) else words


def _mark_source(words: Table, language: str) -> Table:
    return words | {"source": format_figure_source(words.get("source", ""), language)}


def _mark_table(words: Table, language: str) -> Table:
    return words | {"caption": f"{words['caption']} ({_read_notices()['table'][language]})"}
