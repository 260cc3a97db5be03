"""Lists read the listing. Only the listing, and its check, use `visible()`."""

import ast

from django.conf import settings

# Modules that need more than the listing: those of the rule itself, of single pages, and of the listing's writers.
ALLOWED = {
    "iom/core/picture_descriptions.py",  # the last use of one picture
    "iom/listing/hidden.py",
    "iom/listing/writing.py",
    "iom/navigation/translation_tree.py",
    "iom/translation/models/memory.py",  # whether an entry is still offered to translators
    "iom/withdrawal/responses.py",  # whether one text that is offline was private
}
FOLDERS = ("iom", "home", "aboutus", "newsroom", "search")


def imports_visibility(source):
    nodes = ast.walk(ast.parse(source))
    return any(isinstance(node, ast.ImportFrom) and node.module == "iom.navigation.visibility" for node in nodes)


def test_no_list_uses_the_rule_of_visibility_itself():
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts) and imports_visibility(path.read_text("utf-8"))
    }
    assert found == ALLOWED
