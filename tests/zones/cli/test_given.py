"""The options of a user's table: --table, --describe, --column, --classes."""

import json
import re
from pathlib import Path

import pytest

import zones
from tests.zones.maps.tables import table_by_hand


@pytest.fixture
def read(monkeypatch):
    """Stand in for the reading of a file, and say with what it was called."""
    calls = []

    def reading(path, *, describe=None, **_):
        calls.append((path.name, describe and describe.name))
        return table_by_hand()

    monkeypatch.setattr(zones, "read_indicators", reading, raising=False)
    return calls


def test_a_map_has_the_columns_asked_for(read, tmp_path, run):
    path = tmp_path / "x.html"
    code, *_ = run("map", "viitoskaytava", "--table", "jobs.csv", "--describe", "jobs.toml",
        "--column", "migration", "--column", "jobs", "-o", str(path),
    )  # fmt: skip
    assert code == 0
    assert read == [("jobs.csv", "jobs.toml")]
    page = path.read_text(encoding="utf-8")
    assert re.findall(r'"id":"(jobs|migration|balance)"', page) == ["migration", "jobs"]
    assert '"view":"indicator"' in page


@pytest.mark.parametrize(("given", "limits"), [("1000,5000", [1000, 5000]), ("quantiles", None)])
def test_classes_are_given_or_quantiles(read, tmp_path, run, given, limits):
    path = tmp_path / "x.html"
    words = ("--table", "jobs.csv", "--column", "jobs", "--classes", given)
    code, *_ = run("map", "viitoskaytava", *words, "-o", str(path))
    assert code == 0
    found = json.loads(re.search(r'"limits":(\[[^\]]*\]),"limit_', path.read_text("utf-8"))[1])
    assert found == limits if limits else len(found) == 5


def test_a_picture_is_drawn_of_a_column(read, tmp_path, run):
    path = tmp_path / "x.svg"
    words = ("--table", "jobs.csv", "--column", "unemployment", "--lang", "en")
    assert run("map", "viitoskaytava", *words, "-o", str(path))[0] == 0
    assert "Unemployment rate" in path.read_text(encoding="utf-8")


def test_a_report_has_the_table(read, tmp_path, run):
    words = ("--table", "jobs.csv", "--lang", "sv", "-o", str(tmp_path))
    assert run("report", "viitoskaytava", *words)[0] == 0
    assert "Arbetslöshetsgrad" in (tmp_path / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--column", "jobs"), "--column and --classes are of a table: give --table FILE too"),
        (("--classes", "1,2"), "--column and --classes are of a table: give --table FILE too"),
        (("--describe", "x.toml"), "--describe is of a table: give --table FILE too"),
        (("--table", "x.csv", "--classes", "a"), "'a' is not quantiles or a list of limits"),
        (
            ("--table", "x.csv", "--column", "hats"),
            "--column 'hats' is not known: give one of jobs",
        ),
        (("--table", "x.csv", "--classes", "1,2"), "give --column one of jobs, labour_force"),
        (
            ("--table", "x.csv", "--column", "migration", "--classes", "1,2"),
            "--classes 1,2 do not suit colours that turn at 0: give 0",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_options(read, tmp_path, run, words, said):
    code, _, err = run("map", "viitoskaytava", *words, "-o", str(tmp_path / "x.html"))
    assert code == 2
    assert said in err
    assert not list(tmp_path.iterdir())


def test_a_file_is_read_with_its_description_beside_it(tmp_path, run):
    path = tmp_path / "x.html"
    table = Path(__file__).parents[3] / "notebooks" / "data" / "example_2019.csv"
    words = ("--table", str(table), "--column", "unemployment", "--lang", "en")
    assert run("map", "viitoskaytava", *words, "-o", str(path))[0] == 0
    page = path.read_text(encoding="utf-8")
    assert '"id":"unemployment"' in page
    assert "synthetic" in page.lower()
