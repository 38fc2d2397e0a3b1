"""How modules import one another, beyond the layers that import-linter keeps (pyproject.toml)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path for package in ("geodata", "zones") for path in (ROOT / package).rglob("*.py")
)
HIDDEN = re.compile(r"noqa: PLC0415(?P<reason>.*)")


def named(path):
    return path.relative_to(ROOT).as_posix()


def own_door(path):
    """Lines that import something through the package that the module itself is part of."""
    package = path.relative_to(ROOT).parts[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and package in [alias.name for alias in node.names]:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == package:
            room = {found.stem for found in (ROOT / package).iterdir()}
            yield from (node.lineno for alias in node.names if alias.name not in room)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_imports_what_it_uses_where_it_stands(path):
    # The command line is a user of the library like others, and starts before figures load.
    if path.relative_to(ROOT).parts[:2] != ("zones", "cli"):
        assert list(own_door(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_an_import_inside_a_function_says_why(path):
    found = map(HIDDEN.search, path.read_text(encoding="utf-8").splitlines())
    lacking = [line.string.strip() for line in found if line and len(line["reason"].strip()) < 4]
    assert lacking == []
