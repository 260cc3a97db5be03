"""From the blocks of a TOML file to the data of a StreamField, in one language, with ids that both languages share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iom.demo.content import Table, identity
from iom.demo.records import Library

_PAGE_LINK = re.compile(r'<a linktype="page" key="([a-z0-9-]+)">')


@dataclass
class Body:
    """Builds the body of the page `key` in `language`; `library` gives the records and pages that it names."""

    key: str
    language: str
    original: str
    library: Library

    def build(self, blocks: list[Table]) -> list[Table]:
        """StreamField data. Raises PageToCome where it names a page that does not exist yet."""
        return [
            {"type": block["type"], "value": self._value(block, number), "id": self._id(number)}
            for number, block in enumerate(blocks)
        ]

    def _id(self, *place: object) -> str:
        return str(identity("/".join([self.key, *map(str, place)])))

    def _value(self, block: Table, number: int) -> object:
        words = block.get(self.language, {})
        match block["type"]:
            case "paragraph":
                return self._html(words)
            case "heading":
                return words
            case "picture":
                return self._picture(block)
            case "quote":
                return {
                    "text": words["text"].strip(),
                    "speaker": block.get("speaker", ""),
                    "role": words["role"],
                    "name_changed": block.get("name_changed", False),
                    "language": block.get("language", ""),
                }
            case "contact_box":
                contacts = [self.library.contacts[key].pk for key in block["contacts"]]
                return {"contacts": self._items(number, "contacts", contacts), "media_only": block["media_only"]}
            case "table":
                return {
                    "columns": [{"type": "text", "heading": heading} for heading in words["columns"]],
                    "rows": [{"values": row} for row in words["rows"]],
                    "caption": words["caption"],
                }
        return {"title": words["title"]} | self._titled(block, words, number)

    def _titled(self, block: Table, words: Table, number: int) -> Table:
        """The value of a block that has a title, without it."""
        match block["type"]:
            case "gallery":
                return {"pictures": self._items(number, "pictures", map(self._picture, block["pictures"]))}
            case "video":
                return {
                    "url": block["video_url"],
                    "poster": self.library.images[block["poster"]].pk,
                    "captions": None,
                    "transcript": self._html(words["transcript"]),
                }
            case "documents":
                documents = self.library.documents
                items = [
                    {"document": documents[item["document"]].pk, "label": item[self.language]}
                    for item in block["items"]
                ]
                return {"items": self._items(number, "items", items)}
            case "links":
                items = [
                    {"url": item["url"], "language": item["language"], "label": item[self.language]}
                    for item in block["items"]
                ]
                return {"items": self._items(number, "items", items)}
            case "key_figures":
                return {"figures": self._items(number, "figures", map(self._figure, block["figures"]))}
            case "callout":
                return {"text": self._html(words["text"])}
            case "related_pages":
                pages = [self.library.page(key, self.original).pk for key in block["pages"]]
                return {"pages": self._items(number, "pages", pages)}
            case "map":
                return {"region": block.get("region", "")}
        raise ValueError(f"The demonstration has no block “{block['type']}”.")

    def _items(self, number: int, name: str, values: Iterable[object]) -> list[Table]:
        """List items in the form that keeps their ids."""
        return [{"type": "item", "value": value, "id": self._id(number, name, i)} for i, value in enumerate(values)]

    def _html(self, html: str) -> str:
        """The rich text as the editor stores it: links by the id of the page, no line breaks between tags."""

        def link(match: re.Match[str]) -> str:
            return f'<a linktype="page" id="{self.library.page(match[1], self.original).pk}">'

        return _PAGE_LINK.sub(link, re.sub(r">\s*\n\s*<", "><", html.strip()))

    def _picture(self, picture: Table) -> Table:
        words = picture[self.language]
        return {
            "image": self.library.images[picture["image"]].pk,
            "decorative": picture.get("decorative", False),
            "alt": words["alt"],
            "caption": words.get("caption", ""),
        }

    def _figure(self, figure: Table) -> Table:
        words = figure[self.language]
        return {
            "number": str(figure["number"]),
            "unit": words.get("unit", ""),
            "label": words["label"],
            "source": words.get("source", ""),
            "source_url": figure.get("source_url", ""),
            "date": figure["date"].isoformat() if isinstance(figure.get("date"), date) else None,
            "is_year": figure.get("is_year", False),
        }
