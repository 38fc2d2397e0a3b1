"""The command `zones table`, and tables beside the figures of other commands."""

import json

import pandas as pd
import pytest

from tests.zones.measures.indicators.tables import UNITS

ARC = "peramerenkaari"
DESCRIPTION = """
year = 2019
division = 2019
source = "Own, 2019"
[[column]]
name = "Työpaikat"
id = "jobs"
kind = "count"
unit = "jobs"
unit_names = {fi = "työpaikkaa"}
[[column]]
name = "Aste"
id = "unemployment"
kind = "rate"
base = "jobs"
factor = 100
unit = "percent"
"""


@pytest.fixture
def path(tmp_path):
    frame = pd.DataFrame({"Kunta": UNITS, "Työpaikat": range(10, 10 + len(UNITS)), "Aste": 5.5})
    file = tmp_path / "jobs.csv"
    frame.to_csv(file, index=False)
    (tmp_path / "jobs.toml").write_text(DESCRIPTION, encoding="utf-8")
    return file


def test_the_figures_of_a_zone(path, run):
    code, out, err = run("table", path, ARC, "--lang", "fi")
    assert (code, err) == (0, "")
    assert "Sijaintiosamäärä: Työpaikat" in out
    assert "Suomen osa" in out
    assert "5,5\xa0%" in out
    assert "Own, 2019" in out
    assert "Oulu" not in out
    assert "Oulu" in run("table", path, ARC, "--members", "--column", "jobs")[1]


def test_figures_for_programs(path, run):
    code, out, _ = run("table", path, "Oulu", "--json")
    assert code == 2  # a municipality is no zone
    code, out, _ = run("table", path, f"{ARC}@2022", "--json", "--column", "jobs")
    rows = {(row["name"], row["key"]): row for row in json.loads(out)["measures"]}
    assert rows["jobs", None]["value"] is None
    whole = rows["jobs", "FI"]["value"] + rows["jobs_rest", None]["value"]
    assert whole == rows["jobs_country", None]["value"] == sum(range(10, 10 + len(UNITS)))
    assert rows["jobs", "FI_564"]["unit"] == "jobs"
    _, out, _ = run("table", path, ARC, "--csv")
    assert out.splitlines()[0].startswith("zone,extent,name,key,value")


def test_figures_in_a_file(path, tmp_path, run):
    target = tmp_path / "figures.csv"
    code, out, _ = run("table", path, ARC, "-o", target)
    assert (code, "figures.csv" in out) == (0, True)
    assert "jobs_location_quotient" in target.read_text("utf-8")


def test_without_a_zone_it_says_what_is_in_the_table(path, run):
    code, out, _ = run("table", path, "--lang", "sv")
    assert code == 0
    assert "311 kommuner, kommunindelningen 2019" in out
    assert "relationstal" in out
    _, out, _ = run("table", path, "--json")
    found = json.loads(out)
    assert (found["division"], found["by_municipality"]) == (2019, True)
    assert found["columns"][0] | {"id": "jobs", "year": 2019, "known": 311} == found["columns"][0]


def test_a_description_to_begin_with(path, run):
    path.with_suffix(".toml").unlink()
    code, out, _ = run("table", path, "--starter")
    assert code == 0
    assert 'name = "Työpaikat"' in out
    code, _, err = run("table", path, ARC)
    assert code == 2
    assert "--starter" in err
    assert "--describe" in err


def test_a_starter_that_failed_leaves_nothing_in_the_way(path, run):
    beside = path.with_suffix(".toml")
    table = path.read_bytes()
    # As `zones table FILE --starter > FILE.toml` leaves it.
    path.write_text("a;b\n1;2\n", "utf-8")
    beside.write_text("", "utf-8")
    code, out, err = run("table", path, "--starter")
    assert (code, out) == (2, "")
    assert f"{path.name}: no column of municipalities among 'a', 'b'" in err
    path.write_bytes(table)
    code, _, err = run("table", path)
    assert code == 2
    assert f"--starter > {beside}`" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((ARC, "--table-year", "2020"), "--table-year 2020 is not a year of the table"),
        ((ARC, "--column", "job"), "--column 'job' is not known: give one of jobs, unemployment"),
        ((ARC, "--since", "2019"), "--since 2019 is not before the year"),
        (("--column", "jobs"), "--column has no effect with a table without a zone"),
        ((ARC, "--starter"), "ID has no effect with --starter"),
        (("--starter", "--json"), "--json has no effect with --starter: leave it out"),
        (("--starter", "--division", "2019"), "--division has no effect with --starter"),
        (("--starter", "-o", "a.csv", "--extent", "x"), "--output, --extent have no effect with"),
        (("--division", "2019"), "--division has no effect with a table without a zone"),
        (("--partial",), "--partial has no effect with a table without a zone"),
    ],
)
def test_what_is_wrong_is_said_in_options(path, run, words, said):
    code, _, err = run("table", path, *words)
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_table_beside_other_figures(path, run):
    code, out, _ = run("what-if", ARC, "--add", "Keminmaa", "--table", path)
    assert code == 0
    assert "Työpaikat" in out
    _, out, _ = run("what-if", ARC, "--best", "jobs", "--table", path, "--json")
    ranked = json.loads(out)
    assert ranked["by"] == "jobs"
    assert ranked["candidates"][0]["gain"] >= ranked["candidates"][1]["gain"]
    _, out, _ = run("what-if", ARC, "--best", "jobs", "--table", path, "--lang", "fi")
    assert "tunnuslukuna ”Työpaikat”" in out
    assert "työpaikkaa" in out
    _, out, _ = run("compare", ARC, "viitoskaytava", "--table", path, "--json")
    assert "jobs_share" in {row["name"] for row in json.loads(out)["measures"]}
    _, out, _ = run("claims", "viitoskaytava", "--table", path, "--json")
    claims = {claim["id"]: claim for claim in json.loads(out)["claims"]}
    assert claims["road5-jobs"]["year"] == 2019


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--best", "unemployment"), "--best 'unemployment' is a rate"),
        (("--best", "people"), "--best 'people' is not of the table"),
    ],
)
def test_candidates_by_what_is_no_count(path, run, words, said):
    code, _, err = run("what-if", ARC, *words, "--table", path)
    assert code == 2
    assert said in err


def test_a_description_without_a_table(path, run):
    code, _, err = run("claims", ARC, "--describe", path.with_suffix(".toml"))
    assert code == 2
    assert "give --table FILE too" in err


def test_units_and_the_licence_are_written_as_elsewhere(path, run):
    with path.with_suffix(".toml").open("r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write(f'licence = "CC BY 4.0"\n{text}')
    _, out, _ = run("table", path, "--lang", "fi")
    assert "Own, 2019 (CC BY 4.0)" in out
    assert "percent" not in out
    _, out, _ = run("table", path, ARC, "--lang", "fi")
    assert "2025" in out.splitlines()[0]


@pytest.mark.parametrize(
    ("table", "described", "said"),
    [
        ("Kunta;Jobs\nEspoo;1,200\nVantaa;950\n", 'kind = "count"', "decimal = ','"),
        ("Kunta;Jobs\nEspoo;8\n", 'kind = "rate"', "give base = the id of a count"),
        ("Kunta;Sex;Jobs\nEspoo;M;1\nEspoo;F;2\n", 'kind = "count"', "where = {'Sex'"),
    ],
)
def test_what_a_table_lacks_is_asked_for_in_its_description(run, tmp_path, table, described, said):
    file = tmp_path / "own.csv"
    file.write_text(table, encoding="utf-8")
    text = f'year = 2024\n[[column]]\nname = "Jobs"\nid = "jobs"\n{described}\n'
    file.with_suffix(".toml").write_text(text, encoding="utf-8")
    code, _, err = run("table", file, "viitoskaytava")
    assert code == 2
    assert said in err
    assert "own.toml)" in err
    assert "--year" not in err
    assert "in Python" not in err


def test_a_table_without_a_year_asks_its_description_and_not_the_year_of_the_zone(tmp_path, run):
    file = tmp_path / "own.csv"
    file.write_text("Kunta;Jobs\nEspoo;8\n", encoding="utf-8")
    text = '[[column]]\nname = "Jobs"\nid = "jobs"\nkind = "count"\n'
    file.with_suffix(".toml").write_text(text, encoding="utf-8")
    _, _, err = run("table", file, "viitoskaytava")
    assert "year = 2019 in the description" in err
    assert "--year" not in err
