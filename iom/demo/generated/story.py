"""The content of a generated article. The same number gives the same story, which has a text in each language."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

from babel.numbers import format_decimal

from iom.countries import short_name
from iom.demo import content, notices
from iom.demo.generated.records import Records, read_name_parts, read_words
from newsroom.kinds import Kind, Scope

_MAX_SENTENCES = 30  # of a text
_NOTICE_ID = str(content.stable_uuid("generated/notice"))
Block = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """The text of an article in one language."""

    title: str
    summary: str
    place: str
    body: list[Block]


class Story:
    """The article `number` with the date `date`: the values for all languages, and `text` for each language."""

    def __init__(self, number: int, date: datetime, records: Records) -> None:
        self._random = draw = Random(number)  # noqa: S311  (nothing secret)
        self.number, self.date = number, date
        self.kind = draw.choices(Kind.values, [30, 40, 8, 5, 12, 5])[0]
        self.scope = draw.choice(Scope.values)
        self.office = draw.choice(records.offices)
        self.countries = _choose(draw, records.countries, draw.choice([1, 1, 1, 2, 3]))
        self.topics = _choose(draw, records.topics, draw.choice([1, 1, 2]))
        self.contacts = [draw.choice(records.contacts)]
        self.picture = draw.choice(records.pictures) if draw.random() < 0.7 else None
        self.town = "".join(map(draw.choice, read_name_parts()["town"]))
        self._name = " ".join(map(draw.choice, read_name_parts()["person"]))
        self._headline, self._summary = self._choose_passage("headline"), self._choose_passage("summary")
        self._body = self._choose_blocks()

    def text(self, language: str) -> Text:
        render = _TextRenderer(language, self.town, self._name)
        headline = render(self._headline)
        separator = "\u00a0: " if language == "fr" else ": "
        title = f"{short_name(self.countries[0], language)}{separator}{headline}"
        body = [
            {"type": kind, "value": render.block_value(kind, parts), "id": block_id}
            for kind, parts, block_id in self._body
        ]
        notice = notices.get_notice(language)
        body.insert(0, {"type": "callout", "value": notice, "id": _NOTICE_ID})
        return Text(title, notices.prepend_title(notice["title"], render(self._summary)), self.town, body)

    def _choose_passage(self, kind: str) -> "_Passage":
        return self._build_passage(self._random.choice(read_words()[kind]))

    def _build_passage(self, template: dict[str, str]) -> "_Passage":
        draw = self._random
        many, few = draw.randrange(10, 990) * 100, draw.randrange(2, 90)
        return _Passage(template, many, few, draw.choice(read_words()["partner"]))

    def _choose_blocks(self) -> list[tuple[str, list["_Passage"], str]]:
        """Returns kind, passages and id of each block, which are the same in all languages."""
        draw = self._random
        templates = _choose(draw, read_words()["sentence"], _MAX_SENTENCES)
        sentences = iter([self._build_passage(template) for template in templates])
        kinds = ["paragraph", "heading", "paragraph", "quote", "paragraph", "heading", "paragraph"]
        kinds += draw.choice([[], ["callout"], ["key_figures", "paragraph"]])
        blocks = []
        for kind in kinds:
            if kind in ("heading", "quote"):
                parts = [self._choose_passage(kind)]
            else:
                count = draw.randrange(3, 7) if kind == "paragraph" else 2
                parts = [passage for passage, _count in zip(sentences, range(count), strict=False)]
            blocks.append((kind, parts, str(UUID(int=draw.getrandbits(128), version=4))))
        return blocks


@dataclass(frozen=True)
class _Passage:
    """A table of words.toml with values for its placeholders {many}, {few} and {partner}."""

    template: dict[str, str]
    many: int
    few: int
    partner: dict[str, str]


@dataclass(frozen=True)
class _TextRenderer:
    """Renders passages in one language."""

    language: str
    town: str
    name: str

    def __call__(self, passage: _Passage, part: str = "") -> str:
        return passage.template[f"{part}{self.language}"].format(
            town=self.town,
            name=self.name,
            partner=passage.partner[self.language],
            many=_format_number(passage.many, self.language),
            few=_format_number(passage.few, self.language),
        )

    def block_value(self, kind: str, parts: list[_Passage]) -> object:
        """Returns the value of a block, as the editor stores it."""
        match kind:
            case "heading":
                return self(parts[0])
            case "quote":
                role = self(parts[0], "role_")
                shared = {"speaker": self.name, "name_changed": False, "language": ""}
                return {"text": self(parts[0]), "role": role, **shared}
            case "callout":
                return {"title": "", "text": self._html(parts)}
            case "key_figures":
                return {"title": "", "figures": [self._figure(part) for part in parts]}
        return self._html(parts)

    def _html(self, parts: list[_Passage]) -> str:
        """Returns one paragraph, or two for more than three passages."""
        half = len(parts) // 2 if len(parts) > 3 else len(parts)
        paragraphs = [" ".join(map(self, part)) for part in (parts[:half], parts[half:]) if part]
        return "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)

    def _figure(self, part: _Passage) -> Block:
        partner = part.partner[self.language]
        source = notices.format_figure_source(partner[0].upper() + partner[1:], self.language)
        value = {"number": str(part.many), "unit": "", "label": self.town, "source": source}
        return {"type": "item", "value": {**value, "source_url": "", "date": None, "is_year": False}}


def _choose[Value](draw: Random, values: list[Value], count: int) -> list[Value]:
    """Returns `count` different values. Values at the beginning of the list are more frequent."""
    chosen: dict[int, None] = {}
    while len(chosen) < count:
        chosen[draw.choices(range(len(values)), cum_weights=_weights(len(values)))[0]] = None
    return [values[place] for place in chosen]


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (1 + place / 4) for place in range(count)))


@cache
def _format_number(number: int, language: str) -> str:
    return format_decimal(number, locale=language)
