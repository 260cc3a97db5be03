"""pyproject.toml declares the packages that the code imports, and no others."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

from django.conf import settings

from iom.tests.test_house_rules import files

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
OURS = set(PROJECT["tool"]["importlinter"]["root_packages"])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}


RUNTIME = declared(PROJECT["project"]["dependencies"])
DEVELOPMENT = declared(PROJECT["dependency-groups"]["dev"])


@cache
def distributions() -> dict[str, set[str]]:
    """Returns the distributions that contain the modules of each name."""
    return {module: set(map(normal, names)) for module, names in metadata.packages_distributions().items()}


def is_for_tests(path: Path) -> bool:
    return not {"tests", "tools"}.isdisjoint(path.parts) or path.name == "conftest.py"


def imported(path: Path) -> set[str]:
    """Returns the names of the third-party packages that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    return {name.split(".")[0] for name in found} - OURS - sys.stdlib_module_names


def named(path: Path) -> set[str]:
    """Returns the packages that the strings of a file name, such as settings of Django and command lines."""
    strings = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    words = {text.split(".")[0] for text in strings if isinstance(text, str) and re.fullmatch(r"[\w.]+", text)}
    return words & distributions().keys()


def undeclared(tests: bool, allowed: set[str]) -> list[str]:
    return [
        f"{path.relative_to(settings.BASE_DIR)}: {name}"
        for path in files(".py")
        if is_for_tests(path) is tests
        for name in sorted(imported(path))
        if not distributions().get(name, set()) & allowed
    ]


def test_what_the_site_imports_is_declared():
    assert undeclared(tests=False, allowed=RUNTIME) == []


def test_what_the_tests_import_is_declared():
    assert undeclared(tests=True, allowed=RUNTIME | DEVELOPMENT) == []


def test_the_site_uses_the_declared_packages():
    names = {name for path in files(".py") if not is_for_tests(path) for name in imported(path) | named(path)}
    used = {distribution for name in names for distribution in distributions().get(name, ())}

    assert not RUNTIME - used


def test_the_declared_development_packages_are_used():
    names = {name for path in files(".py") if is_for_tests(path) for name in imported(path)}
    used = {distribution for name in names for distribution in distributions().get(name, ())}
    scripts = "".join((settings.BASE_DIR / name).read_text() for name in ("Makefile", ".ci/audit"))
    commands = set(re.findall(r"bin/([\w-]+)", scripts))
    stubs = {f"{name}-stubs" for name in names | {"django"}}
    for name in DEVELOPMENT:
        distribution = metadata.distribution(name)
        plugin = any(point.group == "pytest11" for point in distribution.entry_points)
        parts = {part for file in distribution.files for part in (file.parts[0], file.name)}
        if plugin or parts & (commands | stubs):
            used.add(name)

    assert DEVELOPMENT - used == set()
