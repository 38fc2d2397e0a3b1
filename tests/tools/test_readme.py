"""The README's Python for type checkers, and the oldest versions for pip."""

import re
from pathlib import Path

import pytest

from tools.oldest import constraints
from tools.readme import python_of

ROOT = Path(__file__).parents[2]


def test_blocks_of_a_page_one_below_the_other():
    page = "One:\n\n```python\nimport zones\n```\n\n```sh\nzones\n```\n\n```python\nx = 1\n```\n"
    assert python_of(page) == "import zones\n\nx = 1\n"
    with pytest.raises(ValueError, match="no block of Python"):
        python_of("```sh\nzones\n```\n")


def test_the_readme_is_code():
    code = python_of((ROOT / "README.md").read_text("utf-8"))
    assert "import geodata, zones\n" in code
    compile(code, "README.md", "exec")


def test_every_requirement_has_one_lower_bound():
    found = constraints((ROOT / "pyproject.toml").read_text("utf-8"))
    names = [line.partition("==")[0] for line in found]
    assert names == sorted(set(names))
    assert all(re.fullmatch(r"[a-z0-9._-]+==[0-9.]+", line) for line in found)
    text = '[project]\ndependencies = ["a>=1"]\n[project.optional-dependencies]\ntest = ["A>=2"]\n'
    assert constraints(text, extras=()) == ["a==1"]
    with pytest.raises(ValueError, match="a has the lower bounds 1 and 2"):
        constraints(text)
    with pytest.raises(ValueError, match="'a' has no lower bound"):
        constraints('[project]\ndependencies = ["a"]\n', extras=())


def test_the_recipe_has_the_bounds_of_the_project():
    recipe = (ROOT / "recipe" / "meta.yaml").read_text("utf-8")
    bounds = dict(re.findall(r"^    - ([a-z-]+) >=([0-9.]+)$", recipe, re.MULTILINE))
    for line in constraints((ROOT / "pyproject.toml").read_text("utf-8"), extras=()):
        name, _, version = line.partition("==")
        name = {"matplotlib": "matplotlib-base"}.get(name, name)
        assert bounds.get(name, version) == version, name
