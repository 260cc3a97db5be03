"""From the blocks of a TOML file to the data of a StreamField, in one language, with ids that both languages share."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from iom.demo.content import identity
from iom.demo.records import Library

_PAGE_LINK = re.compile(r'<a linktype="page" key="([a-z0-9-]+)">')


class Body:
    """Builds the body of the page `key` in `language`; `library` gives the records and pages that it names."""

    def __init__(self, key: str, language: str, original: str, library: Library) -> None:
        self.key = key
        self.language = language
        self.original = original
        self.library = library

    def build(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """StreamField data. Raises PageToCome where it names a page that does not exist yet."""
        return [
            {"type": block["type"], "value": self._value(block, number), "id": self._id(number)}
            for number, block in enumerate(blocks)
        ]

    def _id(self, *place: object) -> str:
        return str(identity("/".join([self.key, *map(str, place)])))

    def _value(self, block: dict[str, Any], number: int) -> Any:
        build: Callable[[dict[str, Any], Any, int], Any] = getattr(self, f"_{block['type']}")
        return build(block, block.get(self.language, {}), number)

    def _items(self, number: int, name: str, values: list[Any]) -> list[dict[str, Any]]:
        """List items in the form that keeps their ids."""
        return [{"type": "item", "value": value, "id": self._id(number, name, i)} for i, value in enumerate(values)]

    def _html(self, html: str) -> str:
        """The rich text as the editor stores it: links by the id of the page, no line breaks between tags."""

        def link(match: re.Match[str]) -> str:
            return f'<a linktype="page" id="{self.library.page(match[1], self.original).pk}">'

        return _PAGE_LINK.sub(link, re.sub(r">\s*\n\s*<", "><", html.strip()))

    def _picture_value(self, picture: dict[str, Any]) -> dict[str, Any]:
        words = picture[self.language]
        return {
            "image": self.library.images[picture["image"]].pk,
            "decorative": picture.get("decorative", False),
            "alt": words["alt"],
            "caption": words.get("caption", ""),
        }

    def _paragraph(self, block: dict[str, Any], words: str, number: int) -> str:
        return self._html(words)

    def _heading(self, block: dict[str, Any], words: str, number: int) -> str:
        return words

    def _quote(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        shared = {name: block.get(name, "") for name in ("speaker", "language")}
        return shared | {
            "name_changed": block.get("name_changed", False),
            "text": words["text"].strip(),
            "role": words["role"],
        }

    def _contact_box(self, block: dict[str, Any], words: Any, number: int) -> dict[str, Any]:
        contacts = [self.library.contacts[key].pk for key in block["contacts"]]
        return {"contacts": self._items(number, "contacts", contacts), "media_only": block["media_only"]}

    def _picture(self, block: dict[str, Any], words: Any, number: int) -> dict[str, Any]:
        return self._picture_value(block)

    def _gallery(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        pictures = [self._picture_value(picture) for picture in block["pictures"]]
        return {"title": words["title"], "pictures": self._items(number, "pictures", pictures)}

    def _video(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        return {
            "title": words["title"],
            "url": block["video_url"],
            "poster": self.library.images[block["poster"]].pk,
            "captions": None,
            "transcript": self._html(words["transcript"]),
        }

    def _documents(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        items = [
            {"document": self.library.documents[item["document"]].pk, "label": item[self.language]}
            for item in block["items"]
        ]
        return {"title": words["title"], "items": self._items(number, "items", items)}

    def _links(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        items = [
            {"url": item["url"], "language": item["language"], "label": item[self.language]} for item in block["items"]
        ]
        return {"title": words["title"], "items": self._items(number, "items", items)}

    def _key_figures(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        figures = [
            {
                "number": str(figure["number"]),
                "unit": figure[self.language].get("unit", ""),
                "label": figure[self.language]["label"],
                "source": figure[self.language].get("source", ""),
                "source_url": figure.get("source_url", ""),
                "date": figure["date"].isoformat() if isinstance(figure.get("date"), date) else None,
                "is_year": figure.get("is_year", False),
            }
            for figure in block["figures"]
        ]
        return {"title": words["title"], "figures": self._items(number, "figures", figures)}

    def _table(self, block: dict[str, Any], words: dict[str, Any], number: int) -> dict[str, Any]:
        return {
            "columns": [{"type": "text", "heading": heading} for heading in words["columns"]],
            "rows": [{"values": row} for row in words["rows"]],
            "caption": words["caption"],
        }

    def _callout(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        return {"title": words["title"], "text": self._html(words["text"])}

    def _related_pages(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        pages = [self.library.page(key, self.original).pk for key in block["pages"]]
        return {"title": words["title"], "pages": self._items(number, "pages", pages)}

    def _map(self, block: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
        return {"title": words["title"], "region": block.get("region", "")}
