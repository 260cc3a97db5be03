"""Collects comments, docstrings and the messages of commands and checks, all in English, for the rules of texts.

It replaces names of code within them: what is in backticks, has an underscore, a dot or parentheses, or is quoted.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache

from iom.tests.test_house_rules import files
from iom.tests.texts import BASE, Text, without_code

COMMENT, MESSAGE = "comment", "message"
# Folders with generated code, or with texts of other authors
_EXCLUDED_FOLDERS = {"migrations", "texts"}
_CODE = re.compile(
    r"``?[^`]*``?|\b\w*[a-z][A-Z]\w*|\w+(?:[./_]+\w+)+\(?|\b\w+\([^)]*\)|\B--?\w[\w-]*|#[0-9a-f]{3,8}\b"
    r"|[\"“][^\"”]*[\"”]|«[^»]*»"
)
_COMMENT_PATTERNS = {
    ".html": re.compile(r"\{#(.*?)#\}|\{% comment %\}(.*?)\{% endcomment %\}|<!--(.*?)-->", re.DOTALL),
    ".css": re.compile(r"/\*(.*?)\*/", re.DOTALL),
    ".js": re.compile(r"/\*(.*?)\*/|(?<![:\"'`\w])//([^\n]*)", re.DOTALL),
    ".toml": re.compile(r"^#(.*)$|\s#\s(.*)$", re.MULTILINE),
}
_MESSAGE_CALLS = {
    "CommandError",
    "Error",
    "Warning",
    "Info",
    "ImproperlyConfigured",
    "info",
    "warning",
    "error",
    "exception",
}


@cache
def comments() -> list[Text]:
    found = []
    for file in files(".py", *_COMMENT_PATTERNS):
        if file.exists() and not _EXCLUDED_FOLDERS & set(file.parts):
            source = file.read_text()
            parts = (
                _python_comments(source)
                if file.suffix == ".py"
                else _matched_comments(source, _COMMENT_PATTERNS[file.suffix])
            )
            for line, part, words in parts:
                if part == COMMENT or "tests" not in file.parts:
                    place = f"{file.relative_to(BASE)}:{line}"
                    found.append(Text(place, "en", part, _CODE.sub("x", without_code(words))))
    return found


def _matched_comments(source: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    for match in pattern.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, COMMENT, next(filter(None, match.groups()), "")


def _python_comments(source: str) -> Iterator[tuple[int, str, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], COMMENT, token.string.lstrip("# ")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if docstring := ast.get_docstring(node):
                yield node.body[0].lineno, COMMENT, docstring
        elif isinstance(node, ast.Call):
            arguments = node.args if getattr(node.func, "id", getattr(node.func, "attr", "")) in _MESSAGE_CALLS else []
            for value in [
                *arguments,
                *(keyword.value for keyword in node.keywords if keyword.arg in ("help", "hint")),
            ]:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.lineno, MESSAGE, value.value
