"""A release is of one version everywhere, and its wheel holds the library alone."""

import shutil
from pathlib import Path

import pytest

from tools.release import foreign, mismatches, release

ROOT = Path(__file__).parents[2]
FILES = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md", "recipe/meta.yaml")


@pytest.fixture
def project(tmp_path):
    (tmp_path / "recipe").mkdir()
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def changed(project, name, before, after):
    path = project / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_everything_is_of_one_version(project):
    assert list(mismatches(project, draft=True)) == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("CITATION.cff", "version: 0.", "version: 9."),
        ("recipe/meta.yaml", 'version = "0.', 'version = "9.'),
        ("CHANGELOG.md", "## 0.", "## 9."),
        ("recipe/meta.yaml", "- shapely", "- shapefully"),
    ],
)
def test_what_differs_is_named(project, name, before, after):
    changed(project, name, before, after)
    (fault,) = mismatches(project, draft=True)
    assert fault.startswith(name)


def test_a_version_without_a_date_is_a_draft(project):
    changed(project, "CHANGELOG.md", "## ", "## 9.9.9 - unreleased\n\n## ")
    assert any("no date" in fault for fault in mismatches(project))


def test_nothing_is_built_of_what_does_not_fit_together(project):
    changed(project, "CITATION.cff", "version: 0.", "version: 9.")
    with pytest.raises(ValueError, match=r"CITATION\.cff says 9"):
        release(project, draft=True, tests=[])
    assert not (project / "dist").exists()


def test_tests_and_scripts_have_no_place_in_a_wheel():
    names = ["zones/a.py", "geodata/b.py", "development_zones-1.dist-info/METADATA"]
    assert foreign([*names, "tools/release.py", "conftest.py"]) == [
        "tools/release.py",
        "conftest.py",
    ]
