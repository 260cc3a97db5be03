"""The story of a generated article: the same for the same number, and told in each language."""

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
from iom.demo import content, fiction
from iom.demo.generated.records import Records, names, words
from newsroom.kinds import Kind, Scope

_DRAWN = 30  # sentences of a text at most
_NOTICE = str(content.identity("generated/notice"))
Block = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """What an article says in one language."""

    title: str
    summary: str
    place: str
    body: list[Block]


class Story:
    """Article `number`, of the day `date`: what all languages share, and `words` in each."""

    def __init__(self, number: int, date: datetime, records: Records) -> None:
        self._random = draw = Random(number)  # noqa: S311  (nothing secret)
        self.number, self.date = number, date
        self.kind = draw.choices(Kind.values, [30, 40, 8, 5, 12, 5])[0]
        self.scope = draw.choice(Scope.values)
        self.office = draw.choice(records.offices)
        self.countries = _some(draw, records.countries, draw.choice([1, 1, 1, 2, 3]))
        self.topics = _some(draw, records.topics, draw.choice([1, 1, 2]))
        self.contacts = [draw.choice(records.contacts)]
        self.picture = draw.choice(records.pictures) if draw.random() < 0.7 else None
        self.town = "".join(map(draw.choice, names()["town"]))
        self._name = " ".join(map(draw.choice, names()["person"]))
        self._headline, self._summary = self._draw("headline"), self._draw("summary")
        self._body = self._shape()

    def words(self, language: str) -> Words:
        say = _Teller(language, self.town, self._name)
        headline = say(self._headline)
        separator = "\u00a0: " if language == "fr" else ": "
        title = f"{short_name(self.countries[0], language)}{separator}{headline}"
        body = [{"type": kind, "value": say.value(kind, parts), "id": place} for kind, parts, place in self._body]
        notice = fiction.notice(language)
        body.insert(0, {"type": "callout", "value": notice, "id": _NOTICE})
        return Words(title, fiction.beginning(notice["title"], say(self._summary)), self.town, body)

    def _draw(self, kind: str) -> "_Passage":
        return self._passage(self._random.choice(words()[kind]))

    def _passage(self, said: dict[str, str]) -> "_Passage":
        draw = self._random
        return _Passage(said, draw.randrange(10, 990) * 100, draw.randrange(2, 90), draw.choice(words()["partner"]))

    def _shape(self) -> list[tuple[str, list["_Passage"], str]]:
        """The blocks: kind, passages and id, the same in all languages."""
        draw = self._random
        sentences = iter([self._passage(said) for said in _some(draw, words()["sentence"], _DRAWN)])
        kinds = ["paragraph", "heading", "paragraph", "quote", "paragraph", "heading", "paragraph"]
        kinds += draw.choice([[], ["callout"], ["key_figures", "paragraph"]])
        shape = []
        for kind in kinds:
            if kind in ("heading", "quote"):
                parts = [self._draw(kind)]
            else:
                count = draw.randrange(3, 7) if kind == "paragraph" else 2
                parts = [passage for passage, _count in zip(sentences, range(count), strict=False)]
            shape.append((kind, parts, str(UUID(int=draw.getrandbits(128), version=4))))
        return shape


@dataclass(frozen=True)
class _Passage:
    """A table of words.toml with what stands for its {many}, {few} and {partner}."""

    said: dict[str, str]
    many: int
    few: int
    partner: dict[str, str]


@dataclass(frozen=True)
class _Teller:
    """Writes passages in one language."""

    language: str
    town: str
    name: str

    def __call__(self, passage: _Passage, part: str = "") -> str:
        return passage.said[f"{part}{self.language}"].format(
            town=self.town,
            name=self.name,
            partner=passage.partner[self.language],
            many=_number(passage.many, self.language),
            few=_number(passage.few, self.language),
        )

    def value(self, kind: str, parts: list[_Passage]) -> object:
        """The value of a block, as the editor stores it."""
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
        """Two paragraphs, where there is enough to say."""
        half = len(parts) // 2 if len(parts) > 3 else len(parts)
        paragraphs = [" ".join(map(self, part)) for part in (parts[:half], parts[half:]) if part]
        return "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)

    def _figure(self, part: _Passage) -> Block:
        partner = part.partner[self.language]
        source = fiction.source(partner[0].upper() + partner[1:], self.language)
        value = {"number": str(part.many), "unit": "", "label": self.town, "source": source}
        return {"type": "item", "value": {**value, "source_url": "", "date": None, "is_year": False}}


def _some[Value](draw: Random, values: list[Value], count: int) -> list[Value]:
    """`count` different values; the first of `values` come often, the last seldom."""
    found: dict[int, None] = {}
    while len(found) < count:
        found[draw.choices(range(len(values)), cum_weights=_weights(len(values)))[0]] = None
    return [values[place] for place in found]


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (1 + place / 4) for place in range(count)))


@cache
def _number(number: int, language: str) -> str:
    return format_decimal(number, locale=language)
