"""The guides in docs/, shown in the admin: `docs/<name>.<language>.md`."""

import logging
from collections.abc import Sequence
from itertools import chain, pairwise

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDES: dict[str, str | Promise] = {
    "officers": _("Guide for press officers"),
    "translators": _("Guide for translators"),
    "administrators": _("Guide for administrators"),
}
logger = logging.getLogger(__name__)
STATIC = "../static/"  # relative to docs/, so that the pictures are also shown there


def show(request: HttpRequest, name: str) -> TemplateResponse:
    """Shows a guide in the user's language, else in the default language. Raises Http404 for an unknown name."""
    if name not in GUIDES:
        raise Http404
    files = [settings.BASE_DIR / "docs" / f"{name}.{code}.md" for code in (get_language(), settings.LANGUAGE_CODE)]
    html, contents = render(next(file for file in files if file.exists()).read_text())
    context = {"title": GUIDES[name], "html": html, "contents": contents}
    return TemplateResponse(request, "editorial/guide.html", context)


def render(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Returns the HTML of a guide without its first heading, and its sections as (id, title)."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(text)
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]
    contents = _name_sections(tokens)
    for token in chain(tokens, *(token.children or [] for token in tokens)):
        source = token.attrs.get("src")
        if token.type == "image" and isinstance(source, str) and source.startswith(STATIC):
            try:
                token.attrs |= {"src": static(source.removeprefix(STATIC)), "loading": "lazy"}
            except ValueError as error:  # the file is not in the manifest
                logger.error("A guide is shown without a picture: %s", error)
                token.type, token.content = "text", ""
    return markdown.renderer.render(tokens, markdown.options, {}), contents


def _name_sections(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    sections = []
    for opening, title in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            key = slugify(title.content)
            opening.attrs["id"] = key
            sections.append((key, title.content))
    return sections
