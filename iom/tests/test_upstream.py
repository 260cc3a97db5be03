"""docs/upstream.md lists the private interfaces of other packages that the site uses."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENT = (ROOT / "docs" / "upstream.md").read_text()
PUBLIC = {"_meta", "_default_manager", "_base_manager", "_replace", "_asdict"}  # documented


def modules():
    for folder in ("iom", "newsroom", "home", "aboutus", "search"):
        for path in (ROOT / folder).rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts):
                yield path, ast.parse(path.read_text())


def own_names(tree):
    """Yields the names that a module defines or assigns on its own objects."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            yield node.attr


def test_every_private_name_of_another_package_is_listed():
    trees = dict(modules())
    own = {name for tree in trees.values() for name in own_names(tree)}
    missing = set()
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or not re.match(r"_[a-z]", node.attr) or node.attr in PUBLIC:
                continue
            if node.attr not in own and f"`{node.attr}`" not in DOCUMENT and f"._{node.attr[1:]}`" not in DOCUMENT:
                missing.add((str(path.relative_to(ROOT)), node.attr))

    assert not missing


def test_every_file_and_test_that_is_named_exists():
    for name in re.findall(r"`([\w/]+\.py)(?:`|::)", DOCUMENT):
        assert (ROOT / name).is_file() or (ROOT / "iom/translation" / name).is_file(), name
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT)
    assert len(named) > 15
    for name, test in named:
        assert re.search(rf"^def {test}\(", (ROOT / name).read_text(), re.M), (name, test)
