"""Files of a user on the command line: what is refused names an option, which then works."""

import csv
import io
import re

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geodata

# An argument of Python, which no one can give here.
ARGUMENT = re.compile(r"(?<![\w./-])[a-z]\w*=|dtype|geodata\.|zones\.\w+\(|in Python")


@pytest.fixture(scope="module")
def units():
    found = geodata.municipalities(2026)
    frame = found.assign(kunta=found.index.str[3:], nimi=found["name_fi"])
    return gpd.GeoDataFrame(frame[["kunta", "nimi", "geometry"]].reset_index(drop=True))


def _eastern(units):
    whole = geodata.municipalities(2026)
    codes = set(whole.index[whole["region"].isin(["10", "11", "18", "17", "19"])].str[3:])
    return units[units["kunta"].isin(codes)]


def _no_code(units, path):
    _eastern(units).rename(columns={"kunta": "aluenro", "nimi": "otsikko"}).to_file(path)


def _two_layers(units, path):
    units.to_file(path, layer="kunta")
    units[:3].drop(columns="kunta").to_file(path, layer="maakunta")


def _numbers(units, path):
    units.assign(kunta=units["kunta"].astype(int)).to_file(path)


def _wrong_crs(units, path):
    units.set_crs(4326, allow_override=True).to_file(path)


def _no_year(units, path):
    units.assign(vuosi=99999).to_file(path)


FILES = {
    "no code": (_no_code, ("--code", "aluenro", "--partial")),
    "two layers": (_two_layers, ("--layer", "kunta")),
    "numbers": (_numbers, ("--integer-codes",)),
    "another system": (_wrong_crs, ("--crs", "3067")),
    "no year": (_no_year, ("--boundaries-year", "2026")),
}


@pytest.mark.parametrize("name", FILES)
def test_what_a_message_advises_works(run, tmp_path, units, name):
    write, advice = FILES[name]
    path = tmp_path / "own boundaries.gpkg"
    write(units, path)
    for words in (("coverage", "viitoskaytava", "--boundaries", path), ("check", path)):
        follow = [
            "--year" if words[0] == "check" and word == "--boundaries-year" else word
            for word in advice
        ]
        status, _, err = run(*words)
        assert status == 2
        assert follow[0] in err
        assert not ARGUMENT.search(err), err
        status, _, err = run(*words, *follow)
        assert (status, err) == (0, "")


def test_a_part_of_a_country_is_enough_where_it_is_said(run, tmp_path, units):
    path = tmp_path / "part.gpkg"
    _eastern(units).to_file(path)
    words = ("map", "viitoskaytava", "-o", tmp_path / "map.svg", "--boundaries", path)
    status, _, err = run(*words)
    assert status == 2
    assert "--partial accepts a part of the country" in err
    assert not ARGUMENT.search(err), err
    assert run("check", path, "--partial")[0] == 0
    assert run(*words, "--partial")[0] == 0


def test_polygons_at_fault_are_shown_by_check(run, tmp_path, units):
    broken = units.copy()
    broken.loc[0, "geometry"] = shapely.buffer(broken.loc[0, "geometry"], 30_000)
    path = tmp_path / "overlap.gpkg"
    broken.to_file(path)
    status, _, err = run("coverage", "viitoskaytava", "--boundaries", path)
    assert status == 2
    assert f"see them all with `zones check {path}`" in err
    assert not ARGUMENT.search(err), err
    status, out, _ = run("check", path)
    assert status == 2
    assert out


def test_own_boundaries_give_the_figures_of_the_bundled_ones_they_are(run, tmp_path, units):
    path = tmp_path / "own.gpkg"
    units.to_file(path)
    tables = [
        run("coverage", "viitoskaytava", *own, "--csv")[1] for own in ((), ("--boundaries", path))
    ]
    areas = [
        next(row["value"] for row in csv.DictReader(io.StringIO(table)) if row["name"] == "area")
        for table in tables
    ]
    assert float(areas[0]) == pytest.approx(float(areas[1]))


COMMANDS = (
    *("coverage", "reach", "connectivity", "flows", "what-if", "compare", "claims", "table"),
    *("map", "report"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_options_of_boundaries(run, command):
    _, out, _ = run(command, "--help")
    for option in (
        *("--boundaries", "--code", "--name", "--layer", "--crs", "--integer-codes", "--partial"),
        *("--country", "--boundaries-year", "--error-m"),
        # Published figures are held against those that come with the library.
        *(("--source",) if command != "claims" else ()),
    ):
        assert re.search(rf"^\s+{option}\b", out, re.MULTILINE), option


@pytest.mark.parametrize(
    "options", [("--code", "kunta"), ("--partial",), ("--layer", "a", "--crs", "3067")]
)
def test_options_of_boundaries_need_a_file(run, options):
    status, _, err = run("coverage", "viitoskaytava", *options)
    assert status == 2
    assert "no effect without --boundaries: give --boundaries FILE too" in err
    assert all(option in err for option in options if option.startswith("--"))


def cells(**columns):
    table = {"itä": [385500, 386500, 385500, 386500], "pohj": [6672500, 6672500, 6673500, 6673500]}
    return pd.DataFrame(table | {"VÄKI": [12, 30, 4, 5]} | columns)


NAMED = ("--grid-x", "itä", "--grid-y", "pohj", "--grid-people", "VÄKI")
METRES = cells().rename(columns={"itä": "x", "pohj": "y", "VÄKI": "people"})
DEGREES = METRES.assign(x=[24.9, 25.0, 24.9, 25.0], y=[60.2, 60.2, 60.3, 60.3])
GRIDS = {
    "x": (cells(), (), "--grid-x '...'"),
    "y": (cells(), NAMED[:2], "--grid-y '...'"),
    "people": (cells(), NAMED[:4], "--grid-people '...'"),
    "degrees": (DEGREES, (), "give --grid-crs 4326"),
    "crs": (METRES, ("--grid-crs", "tm35"), "--grid-crs 'tm35' is not a CRS"),
    "no such": (METRES, ("--grid-x", "lat"), "no column 'lat'; it has x, y, people"),
    "corner": (METRES[:2].assign(x=[385510, 386533]), ("--grid-corner",), "--grid-centre"),
    "cells": (
        pd.DataFrame({"id": ["1kmN6672E0385", "1kmN6672E0386"], "people": [1, 2]}),
        ("--grid-crs", "4326"),
        "leave out --grid-crs, or give --grid-x and --grid-y",
    ),
}
REACH = ("reach", "viitoskaytava", "--within", "0,25")


@pytest.mark.parametrize("name", GRIDS)
def test_what_is_wrong_with_a_grid_is_said_in_options(run, tmp_path, name):
    table, options, said = GRIDS[name]
    path = tmp_path / "grid.csv"
    table.to_csv(path, index=False)
    status, _, err = run(*REACH, "--grid", path, *options)
    assert status == 2
    assert said in err
    assert not ARGUMENT.search(err), err


@pytest.mark.parametrize(
    ("table", "options"),
    [(cells(), NAMED), (DEGREES, ("--grid-crs", "4326")), (METRES, ("--grid-cell-m", "1000"))],
)
def test_a_grid_is_read_with_what_the_message_advised(run, tmp_path, table, options):
    path = tmp_path / "grid.csv"
    table.to_csv(path, index=False)
    status, out, err = run(*REACH, "--grid", path, *options, "--csv")
    assert (status, err) == (0, "")
    assert "grid.csv" in out


def test_a_sheet_of_a_grid_or_of_travel_times_is_named(run, tmp_path):
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path) as book:
        METRES.to_excel(book, sheet_name="cells", index=False)
        minutes(4).to_excel(book, sheet_name="minutes", index=False)
    status, _, err = run(*REACH, "--grid", path)
    assert (status, "give --grid-layer, one of cells, minutes" in err) == (2, True)
    assert run(*REACH, "--grid", path, "--grid-layer", "cells")[0] == 0
    status, _, err = run("reach", "viitoskaytava", "--matrix", path)
    assert (status, "give --matrix-sheet, one of cells, minutes" in err) == (2, True)
    assert not ARGUMENT.search(err), err


def minutes(most=None, **named):
    members = geodata.municipalities(2026).index
    import zones  # noqa: PLC0415

    ends = list(zones.area("viitoskaytava").units.index)
    rows = [(start, end, 20.0) for start in members[:most] for end in ends]
    return pd.DataFrame(rows, columns=["from", "to", "minutes"]).rename(columns=named)


def test_columns_of_travel_times_are_named(run, tmp_path):
    path = tmp_path / "minutes.csv"
    minutes(minutes="aika").to_csv(path, index=False)
    words = ("reach", "viitoskaytava", "--matrix", path, "--csv")
    status, _, err = run(*words)
    assert status == 2
    assert "name them: --matrix-minutes '...'" in err
    assert not ARGUMENT.search(err), err
    status, out, err = run(*words, "--matrix-minutes", "aika")
    assert (status, err) == (0, "")
    assert "population_within_time" in out
    assert "no column 'tid'" in run(*words, "--matrix-minutes", "tid")[2]


def test_all_columns_of_travel_times_may_have_other_names(run, tmp_path):
    path = tmp_path / "minutes.csv"
    minutes(**{"from": "lähtö", "to": "määrä", "minutes": "aika"}).to_csv(path, index=False)
    named = (
        "--matrix-origin",
        "lähtö",
        "--matrix-destination",
        "määrä",
        "--matrix-minutes",
        "aika",
    )
    status, out, _ = run("reach", "viitoskaytava", "--matrix", path, "--csv", *named)
    assert status == 0
    assert "population_within_time" in out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--grid-x", "E"), "--grid-x has no effect without --grid: give --grid FILE too"),
        (("--matrix-minutes", "a"), "--matrix-minutes has no effect without --matrix: give"),
    ],
)
def test_columns_need_their_file(run, options, said):
    status, _, err = run(*REACH, *options)
    assert status == 2
    assert said in err
