"""The command line: what it prints, and what it says of wrong input."""

import csv
import io
import json
import subprocess
import sys
from importlib.metadata import version

import pytest

from geodata import snapshot
from zones.cli import app


def test_list_names_every_zone_and_network(run):
    status, out, _ = run("list")
    assert status == 0
    for name in ("peramerenkaari", "suomen-kasvukaytava", "viitoskaytava", "liukas"):
        assert name in out
    assert "members not known" in out


def test_list_as_json_is_one_object(run):
    _, out, _ = run("list", "--json")
    groups = json.loads(out)["groups"]
    kinds = [group["kind"] for group in groups]
    assert (kinds.count("zone"), kinds.count("network"), kinds.count("theme")) == (3, 12, 10)


def test_show_tells_extents_evidence_and_gaps(run):
    status, out, _ = run("show", "Bothnian Arc", "--lang", "sv")
    assert status == 0
    assert "list-about-us" in out
    assert "Brahestad" in out
    assert "Luckor i beläggen (10)" in out


@pytest.mark.parametrize("command", ["coverage", "reach", "connectivity"])
def test_json_is_one_object_in_english_and_nothing_else(run, command):
    status, out, _ = run(command, "viitoskaytava", "--json", "--lang", "fi", "--year", "2022")
    assert status == 0
    found = json.loads(out)
    assert list(found) == ["zone", "extent", "year", "measures"]
    assert (found["zone"], found["extent"], found["year"]) == (
        "viitoskaytava",
        "with-ita-lappi",
        2022,
    )
    expected = [
        "name",
        "key",
        "value",
        "low",
        "high",
        "unit",
        "year",
        "method",
        "sources",
        "notes",
        "items",
    ]
    for measure in found["measures"]:
        assert list(measure) == expected
        assert measure["value"] is not None or measure["notes"]


def test_reach_says_people_with_their_year(run):
    _, out, _ = run("reach", "peramerenkaari", "--json")
    people = {m["key"]: m for m in json.loads(out)["measures"] if m["name"] == "population"}
    assert (people[None]["value"], people[None]["year"]) == (557_488, 2022)
    assert (people["FI"]["value"], people["FI"]["year"]) == (312_165, 2025)


def test_numbers_are_written_as_the_language_writes_them(run):
    _, finnish, _ = run("reach", "suomen-kasvukaytava", "--lang", "fi")
    _, english, _ = run("reach", "suomen-kasvukaytava", "--lang", "en")
    assert "2\N{NO-BREAK SPACE}706\N{NO-BREAK SPACE}970 asukasta" in finnish
    assert "47,9\N{NO-BREAK SPACE}%" in finnish
    assert "2,706,970 people" in english
    assert "47.9%" in english


def test_csv_has_commas_and_points(run):
    _, out, _ = run("reach", "viitoskaytava", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    people = next(row for row in rows if row["name"] == "population" and not row["key"])
    assert people["value"] == "487181"
    assert "." in next(row for row in rows if row["name"] == "density")["value"]


def test_excel_has_mark_semicolons_and_decimal_commas(run):
    _, out, _ = run("reach", "viitoskaytava", "--excel", "--lang", "fi")
    assert out.startswith("\ufeffzone;extent;name")
    density = next(line for line in out.splitlines() if ";density;" in line)
    assert "4,710485" in density


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["coverage", "perameri"], "did you mean peramerenkaari"),
        (["coverage", "viitoskaytava", "--year", "2031"], "2013-2026"),
        (["coverage", "viitoskaytava", "--year", "kaksi"], "kaksi"),
        (["coverage", "viitoskaytava", "--extent", "koko"], "with-ita-lappi"),
        (["coverage", "viitoskaytava", "--lang", "de"], "fi, sv, en"),
        (["coverage", "koulutus-tyoelama-sote"], "no known members"),
        (["coverage"], "ID"),
        (["nonsense"], "nonsense"),
        (["coverage", "viitoskaytava", "--nonsense"], "--nonsense"),
        (["reach", "viitoskaytava", "--data-year", "1999"], "2000-2026"),
        (["reach", "viitoskaytava", "--source", "newest"], "bundled"),
    ],
)
def test_wrong_input_is_one_line_and_status_2(run, arguments, said):
    status, out, err = run(*arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert said in err


def test_a_folder_that_cannot_be_written_is_status_1(run, tmp_path):
    occupied = tmp_path / "taken"
    occupied.write_text("a file, not a folder")
    status, _, err = run("report", "-o", str(occupied / "report"))
    assert status == 1
    assert err.count("\n") == 1
    assert "give a folder you may write to" in err
    assert list(tmp_path.iterdir()) == [occupied]


def test_a_damaged_snapshot_is_status_1(run, monkeypatch):
    def damaged(name):
        raise snapshot.SnapshotError(f"bundled file {name} is damaged; reinstall the package")

    monkeypatch.setattr(
        "zones.extents.polygons.geodata.municipalities", lambda *_, **__: damaged("x.npz")
    )
    status, _, err = run("coverage", "viitoskaytava")
    assert status == 1
    assert "reinstall" in err
    assert err.count("\n") == 1


def test_importing_the_library_loads_nothing_heavy():
    code = (
        "import sys, zones, geodata; "
        "print([m for m in ('pandas', 'geopandas', 'folium', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_help(run):
    for command in app.app.registered_commands:
        name = command.name or command.callback.__name__
        status, out, _ = run(name, "--help")
        assert status == 0
        assert "Usage" in out


def test_version_is_the_distributions(run):
    status, out, _ = run("--version")
    assert (status, out) == (0, f"development-zones {version('development-zones')}\n")


@pytest.mark.parametrize("command", ["coverage", "reach", "connectivity", "claims"])
def test_two_formats_at_once_are_refused(run, command):
    status, out, err = run(command, "viitoskaytava", "--json", "--csv")
    assert (status, out) == (2, "")
    assert "give one of them" in err


def test_a_group_without_swedish_members_credits_no_swedish_data(run):
    _, out, _ = run("reach", "liukas")
    assert "Statistics Sweden" not in out
    assert "Cannot be computed" not in out


def test_one_municipality_is_no_plural(run):
    _, out, _ = run("coverage", "kansallinen-vetyverkosto")
    assert "Known members, 1 municipality, division of 2026" in out


def test_show_takes_a_zone_of_your_own(run, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('id = "mine"\nname_fi = "Oma"\ndivision = 2026\ncodes = ["564"]\n')
    status, out, _ = run("show", str(mine))
    assert status == 0
    assert "Oma" in out
    assert "FI_564" in out


def test_an_extra_that_is_missing_is_one_line_and_status_1(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    status, out, err = run("data", "update")
    assert (status, out) == (1, "")
    assert "development-zones[online]" in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("zone", ["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"])
@pytest.mark.parametrize("command", ["coverage", "reach", "connectivity"])
def test_every_figure_of_a_csv_is_a_number(run, command, zone):
    _, out, _ = run(command, zone, "--csv")
    for row in csv.DictReader(io.StringIO(out)):
        for column in ("value", "low", "high"):
            assert row[column] == "" or float(row[column]) is not None
        assert row["year"] == "" or row["year"].isdecimal()


@pytest.mark.parametrize(
    "words",
    [
        ("what-if", "viitoskaytava", "--add", "Kouvola"),
        ("compare", "peramerenkaari", "viitoskaytava"),
    ],
)
def test_every_difference_of_a_csv_is_a_number(run, words):
    _, out, _ = run(*words, "--csv")
    for row in csv.DictReader(io.StringIO(out)):
        for column in ("before", "after", "difference", "low", "high"):
            assert row[column] == "" or float(row[column]) is not None


def test_a_report_without_boundaries_says_that_there_is_no_map(run, tmp_path):
    status, out, _ = run("report", "viitoskaytava", "-o", str(tmp_path / "out"), "--year", "2020")
    assert status == 0
    assert "No map and no GeoPackage" in out
    assert "2021–2026" in out
    assert not (tmp_path / "out" / "map.html").exists()


def test_notes_name_municipalities_rather_than_codes(run):
    _, out, _ = run("reach", "viitoskaytava", "--extent", "partners-seen")
    assert "Pertunmaa" in out
    assert "FI_588" not in out
