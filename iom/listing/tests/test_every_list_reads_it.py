"""Lists read the listing: nothing else asks `visible()`, which is what the listing is checked against."""

import ast

from django.conf import settings

# What has to know more than the listing says: the rule itself, a single page and its translations, and what is written.
ALLOWED = {
    "iom/core/picture_words.py",  # the last use of one picture
    "iom/listing/hidden.py",
    "iom/listing/writing.py",
    "iom/navigation/translation_tree.py",
    "iom/translation/models/memory.py",  # whether an entry is still offered to translators
    "iom/withdrawal/public.py",  # whether one text that is offline was private
}
FOLDERS = ("iom", "home", "aboutus", "newsroom", "search")


def imports_visibility(source):
    nodes = ast.walk(ast.parse(source))
    return any(isinstance(node, ast.ImportFrom) and node.module == "iom.navigation.visibility" for node in nodes)


def test_no_list_asks_the_pages():
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts) and imports_visibility(path.read_text("utf-8"))
    }
    assert found == ALLOWED
