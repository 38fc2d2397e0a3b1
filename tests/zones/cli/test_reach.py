"""`zones reach` with distances, grids and travel times: the same figures as the library."""

import json
from functools import partial

import pandas as pd
import pytest

import geodata
import zones


@pytest.fixture
def run(run):
    return partial(run, "reach")


def rows(out, name):
    measures = json.loads(out)["measures"]
    return {row["key"]: row["value"] for row in measures if row["name"] == name}


@pytest.mark.parametrize("of", ["zone", "spine", "centres"])
def test_distances(run, of):
    status, out, _ = run("peramerenkaari", "--within", "0,10,2.5", "--of", of, "--json")
    assert status == 0
    table = zones.reach(zones.area("peramerenkaari"), within_km=[0, 10, 2.5], of=of)
    expected = {row.key: row.value for row in table if row.name == "population_within"}
    assert list(expected) == ["0", "2.5", "10"]
    assert rows(out, "population_within") == expected


def test_distances_as_a_person_reads_them(run):
    _, out, _ = run("viitoskaytava", "--within", "2.5", "--lang", "fi")
    line = next(line for line in out.splitlines() if "2,5 km" in line)
    assert "Väestö etäisyydellä enintään" in line
    assert ",0–" not in line


def test_a_grid_and_a_matrix(run, tmp_path):
    centres = geodata.centres().geometry
    area = zones.area("viitoskaytava", extent="partners-seen")
    grid, matrix = tmp_path / "grid.csv", tmp_path / "matrix.csv"
    pd.DataFrame({"x": centres.x, "y": centres.y, "people": 10}).to_csv(grid, index=False)
    members = centres[area.units.index]
    minutes = pd.DataFrame({unit: centres.distance(point) / 1e3 for unit, point in members.items()})
    minutes.to_csv(matrix)
    given = ("viitoskaytava", "--extent", "partners-seen", "--json")
    status, out, _ = run(*given, "--within", "50", "--grid", str(grid))
    assert status == 0
    metres = pd.concat([area.units.distance(point) for point in centres], axis=1).min()
    assert rows(out, "population_within") == {"50": 10 * int((metres <= 50_000).sum())}
    status, out, _ = run(*given, "--matrix", str(matrix), "--minutes", "15,45")
    assert status == 0
    table = zones.reach(area, matrix=minutes, minutes=[15, 45])
    expected = {row.key: row.value for row in table if row.name == "population_within_time"}
    assert rows(out, "population_within_time") == expected
    assert list(expected) == ["15", "45"]


def test_estimates(run):
    _, out, _ = run("peramerenkaari", "--estimates", "--json")
    assert rows(out, "population")[None] == pytest.approx(563_731, abs=5)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--within", "ten"], "'ten' is not a list of numbers"),
        (["--within", "-1"], "--within has -1"),
        (["--within", "10", "--of", "moon"], "zone, spine, centres"),
        (["--of", "spine"], "give --within"),
        (["--within", "10", "--grid", "nowhere.csv"], "nowhere.csv: no such file"),
        (["--matrix", "nowhere.csv"], "nowhere.csv: no such file"),
        (["--minutes", "30"], "give --matrix FILE"),
        (["--minutes", "nan", "--matrix", "nowhere.csv"], "--minutes has nan"),
    ],
)
def test_wrong_input_is_one_line(run, options, words):
    status, out, err = run("viitoskaytava", *options)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_travel_times_to_some_centres(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.csv").write_text("from,to,minutes\n402,297,50\n749,297,22\n", "utf-8")
    given = ("Kuopio,Siilinjärvi", "--matrix", "m.csv", "--minutes", "30")
    people = geodata.population(2025)[["FI_297", "FI_749"]].sum()
    status, out, _ = run(*given, "--to", "Kuopio", "--json")
    assert (status, rows(out, "population_within_time")) == (0, {"30": people})
    _, _, err = run(*given)
    assert "no travel times to FI_749" in err
    assert "in place of all members': --to NAME" in err
    _, _, err = run(*given, "--to", "Kupio,Foo")
    assert "--to 'Kupio' is not a name" in err
    assert "--to 'Foo' is not a name" in err
    assert "--to has no effect" in run("viitoskaytava", "--to", "Kuopio")[2]
