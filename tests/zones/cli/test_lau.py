"""Countries of a file on the command line: --lau and --countries, wherever --boundaries is."""

import json

import pytest

from geodata import countries
from tests.lau import lau_layer
from zones.cli import app

ZONE = """
id = "nord"
name_fi = "Nord"
division = 2026
codes = ["NO_5403", "NO_5610", "NO_5501", "Bærum"]
spine = ["NO_5403", "NO_5610"]
[[claim]]
id = "members"
text = "four"
value = 4
unit = "municipalities"
date = "2026"
refers_to = "all"
confidence = "high"
source = "s"
measure = "members"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lau_layer().to_file("lau.gpkg")
    (tmp_path / "nord.toml").write_text(ZONE, encoding="utf-8")
    return tmp_path


def said(capsys, *words):
    status = app.status(list(words))
    return status, *capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nord.toml"),
        ("check", "nord.toml"),
        ("coverage", "nord.toml"),
        ("connectivity", "nord.toml"),
        ("reach", "nord.toml", "--within", "0,25"),
        ("what-if", "nord.toml", "--add", "NO_0301"),
        ("compare", "nord.toml", "nord.toml/spine-passes"),
        ("claims", "nord.toml"),
    ],
)
def test_commands_take_countries_of_a_file(folder, capsys, words):
    status, out, err = said(
        capsys, *words, "--lau", "lau.gpkg", "--countries", "NO", "--lang", "en"
    )
    assert (status, err) == (0, "")
    assert out
    assert "Finland" not in out
    # The next command knows nothing of it.
    assert countries.codes() == ("FI", "SE")


def test_figures_are_those_of_the_library(folder, capsys):
    status, out, _ = said(capsys, "coverage", "nord.toml", "--lau", "lau.gpkg", "--json")
    assert status == 0
    rows = json.loads(out)["measures"]
    shares = [row["value"] for row in rows if row["name"] == "area_share"]
    assert shares == [pytest.approx(50)]


def test_a_map_and_a_report(folder, capsys):
    status, _, err = said(capsys, "map", "nord.toml", "--lau", "lau.gpkg", "-o", "map.html")
    assert (status, err) == (0, "")
    assert "Karasjok" in (folder / "map.html").read_text("utf-8")
    status, out, err = said(
        capsys, "report", "nord.toml", "--lau", "lau.gpkg", "-o", "report", "--lang", "en"
    )
    assert (status, err) == (0, "")
    assert "of the population of Norway" in out


def test_what_is_not_known_says_which_option_to_give(folder, capsys):
    status, _, err = said(capsys, "coverage", "nord.toml")
    assert status == 2
    assert "'NO_5403' is of a country NO that is not known here; bring it in with --lau FILE" in err
    status, _, err = said(capsys, "coverage", "nord.toml", "--countries", "NO")
    assert status == 2
    assert "--countries has no effect without --lau: give --lau FILE too" in err
    status, _, err = said(capsys, "coverage", "nord.toml", "--lau", "lau.gpkg", "--countries", "ES")
    assert status == 2
    assert (
        "no row of ES in column 'CNTR_CODE', which has DE, FI, NO; give --countries of these" in err
    )
