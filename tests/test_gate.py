"""
Every public function, with each of its arguments mistaken in each plausible way.

What comes out is an answer or an error of the library's own that is one line; never an error of
Python's or of a library below. A function without a good call here is a failure of its own.
"""

import datetime as dt
import inspect
import pickle
from functools import cache
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from typeguard import suppress_type_checks

import geodata
import zones
from geodata import sources
from geodata.errors import GeodataError
from geodata.gate import misfits
from tests.lau import lau_layer
from zones.errors import ZonesError

UNITS = ["FI_240", "FI_241", "FI_564"]
ZONE = ["Kemi", "Keminmaa"]


@cache
def polygons():
    return geodata.municipalities(2026)[["geometry"]].loc[UNITS]


def points():
    return gpd.GeoDataFrame({"people": [1]}, geometry=[shapely.Point(385_500, 6_672_500)], crs=3067)


def jobs():
    return pd.DataFrame({"code": UNITS, "jobs": [5, 6, 7]})


JOBS = zones.Indicator(id="jobs", kind="count")
FLOWS = pd.DataFrame({"origin": ["Kemi"], "destination": ["Keminmaa"], "people": [5]})
MINUTES = pd.DataFrame(40.0, index=UNITS, columns=UNITS)
EDGES = pd.DataFrame({"from": [1, 2], "to": [2, 3], "minutes": [10, 5]})


def table():
    return geodata.read_indicators(jobs(), JOBS, year=2019, division=2026)


def borders():
    return geodata.border_table(polygons().geometry)


def assignment():
    return geodata.assign_points(points(), geodata.municipalities(2026))


# A good call of each function: by name, its arguments. None where it takes none, or is tried below.
GOOD = {
    zones: {
        "all_groups": lambda: {"kind": "zone"},
        "area": lambda: {"zone": ZONE, "year": 2022, "extent": None, "division": None,
                         "data_year": None, "boundaries": None, "error_m": None,
                         "source": "bundled", "countries": ()},
        "border_graph": lambda: {"area": ZONE, "members_only": True, "queen": False, "sea": False},
        "bridging_members": lambda: {"groups": [ZONE, "liukas"]},
        "catchments": lambda: {"area": ZONE, "within_km": 10, "grid": None, "lang": None},
        "check_claims": lambda: {"zone": ZONE, "extent": None, "year": None, "data": None},
        "compare": lambda: {"before": ZONE, "after": [*ZONE, "Tornio"]},
        "connectivity": lambda: {"area": ZONE, "sea": False},
        "corridor": lambda: {"zone": "viitoskaytava", "within_km": 5, "year": 2026},
        "coverage": lambda: {"area": ZONE, "others": ["liukas"]},
        "distance_graph": lambda: {"area": ZONE, "nearest": 1, "within_km": None},
        "flow_graph": lambda: {"area": ZONE, "flows": FLOWS, "year": None},
        "flows": lambda: {"area": ZONE, "table": FLOWS, "year": None},
        "get": lambda: {"subject": ZONE},
        "incidence": lambda: {"groups": ["liukas"], "at": "2022-01-01", "division": 2022},
        "indicators": lambda: {"area": ZONE, "table": table(), "columns": ["jobs"]},
        "join": lambda: {"frame": polygons(), "groups": ["liukas"], "at": "2022-01-01",
                         "division": 2026},
        "link_graph": lambda: {"area": ZONE},
        "links": None,
        "map": lambda: {"groups": [ZONE], "year": 2026, "extents": None, "lang": "en",
                        "title": None, "view": None, "countries": ()},
        "membership_graph": lambda: {"area": ZONE, "groups": ["liukas"]},
        "memberships": lambda: {"group": "liukas", "at": "2022-01-01"},
        "over_time": lambda: {"zone": ZONE, "years": [2021, 2022], "extent": None, "data": None},
        "population_table": lambda: {"area": ZONE, "years": [2021, 2022], "lang": None},
        "potential": lambda: {"area": ZONE, "within_km": [10], "grid": None},
        "rank_candidates": lambda: {"area": ZONE, "by": "people", "data": None, "limit": 2},
        "reach": lambda: {"area": ZONE, "within_km": [10], "of": "zone", "grid": None,
                          "matrix": None, "minutes": None, "roads": None, "data": None,
                          "weight": None},
        "reached_by": lambda: {"areas": [ZONE, ["Tornio"]], "within_km": 10, "grid": None},
        "read_indicators": lambda: {"source": jobs(), "indicators": JOBS, "year": 2019,
                                    "division": 2026},
        "read_zone": lambda: {"source": ZONE, "id": "x", "division": 2026, "spine": ()},
        "report": lambda: {"groups": [ZONE], "folder": "report"},
        "spine_distances": lambda: {"zone": "viitoskaytava"},
        "spine_line": lambda: {"zone": "viitoskaytava"},
        "themes": None,
        "travel_time_graph": lambda: {"area": ZONE, "times": MINUTES, "within_minutes": 60},
        "what_if": lambda: {"area": ZONE, "add": ["Tornio"], "remove": (), "data": None},
    },
    geodata: {
        "as_boundaries": lambda: {"frame": polygons(), "code": None, "name": None, "year": 2026,
                                  "country": "FI", "crs": 3067, "partial": True},
        "as_country": lambda: {"frame": lau_layer(), "code": "NO", "id_column": None,
                               "name_column": None, "called": None, "crs": 3035,
                               "whole": True, "error_m": 100, "credit": None, "check": False},
        "assign_points": lambda: {"points": points(), "units": polygons(), "code": None,
                                  "people": None, "nearest_m": 0},
        "backdrop_layers": None,
        "border_table": lambda: {"geometry": polygons().geometry},
        "centres": lambda: {"division": 2026, "country": "FI"},
        "check_coverage": lambda: {"frame": polygons(), "gap_width": 1.0, "sliver_width": 1.0},
        "check_totals": lambda: {"assignment": assignment(), "population": {"FI_091": 1}},
        "classification": lambda: {"name": "nuts3", "year": 2026, "country": None},
        "contiguity": lambda: {"borders": borders(), "geometry": polygons().geometry,
                               "known": None, "error_m": 50},
        "describe_years": lambda: {"ids": UNITS},
        "detect_years": lambda: {"ids": UNITS},
        "find_faults": lambda: {"values": UNITS, "year": 2026, "country": "FI"},
        "harmonise": lambda: {"table": pd.DataFrame({"n": [1, 2, 3]}, UNITS), "from_year": 2024,
                              "to_year": 2026, "how": "sum", "weights": None},
        "inside_share": lambda: {"x": np.array([0.0]), "y": np.array([0.0]), "cell_m": 1000,
                                 "geometry": shapely.box(0, 0, 1, 1)},
        "known_neighbours": lambda: {"division": 2026, "country": "FI", "border": None},
        "mergers": None,
        "municipalities": lambda: {"year": 2026, "country": "FI"},
        "municipality_register": lambda: {"year": 2026, "country": "FI", "columns": ["nuts3"]},
        "parse_id": lambda: {"value": "091", "year": 2026, "country": "FI"},
        "parse_ids": lambda: {"values": UNITS, "year": 2026, "country": "FI", "column": "a"},
        "populated_places": lambda: {"country": "FI"},
        "population": lambda: {"year": 2022, "division": 2026, "country": "FI"},
        "population_estimate": lambda: {"year": 2023, "division": 2026, "country": "FI"},
        "people_by_unit": lambda: {"source": "none.parquet", "units": polygons(), "nearest_m": 0,
                                   "x": None, "y": None, "people": None, "code": None,
                                   "crs": None, "corner": None, "cell_m": None, "engine": None,
                                   "progress": None},
        "people_within": lambda: {"source": "none.parquet", "geometry": shapely.box(0, 0, 1, 1),
                                  "distances_m": [1000.0], "x": None, "y": None, "people": None,
                                  "crs": None, "corner": None, "cell_m": None, "engine": None,
                                  "progress": None},
        "population_line": lambda: {"year": 2022, "country": "FI"},
        "population_series": lambda: {"division": 2026, "country": "FI"},
        "read_boundaries": lambda: {"path": "none.gpkg", "code": None},
        "read_country": lambda: {"path": "none.gpkg", "code": "NO"},
        "read_description": lambda: {"path": "none.toml"},
        "read_flows": lambda: {"table": FLOWS, "year": None, "origin": None, "destination": None,
                               "count": None, "division": None, "suppressed_below": None,
                               "decimal": None, "sheet": None},
        "read_grid": lambda: {"path": "grid.csv", "x": None, "y": None, "people": None,
                              "code": None, "crs": None, "corner": None},
        "read_indicators": lambda: {"source": jobs(), "indicators": JOBS, "describe": None,
                                    "year": 2019, "division": 2026, "where": None,
                                    "decimal": None},
        "read_lau": lambda: {"path": "none.gpkg", "countries": "NO"},
        "region_changes": lambda: {"from_year": 2020, "to_year": 2026, "country": None},
        "repair_coverage": lambda: {"frame": polygons(), "snap_m": 0.1, "gap_width": 1.0},
        "road_graph": lambda: {"edges": EDGES, "places": {"FI_240": 3}, "cells": None,
                               "both_ways": False},
        "starter": lambda: {"source": jobs(), "sheet": None},
        "successors": lambda: {"ids": ["FI_588"], "from_year": 2024, "to_year": 2025},
        "unit_counter": lambda: {"units": polygons(), "nearest_m": 0, "x": None, "y": None,
                                 "people": None, "crs": None},
        "use_countries": lambda: {"more": ()},
        "within_distance_bands": lambda: {"x": np.array([0.0]), "y": np.array([0.0]),
                                          "geometry": shapely.box(0, 0, 1, 1),
                                          "distances_m": [1000.0]},
    },
    sources: {
        "cache_folder": None,
        "cached": lambda: {"folder": "cache"},
        "fetch_boundaries": lambda: {"year": 2026, "scale": "4500k", "folder": "cache",
                                     "base_url": "http://127.0.0.1:9"},
        "fetch_population": lambda: {"year": 2025, "folder": "cache",
                                     "base_url": "http://127.0.0.1:9"},
        "fetch_population_grid": lambda: {"year": 2025, "cell": "1km", "folder": "cache",
                                          "base_url": "http://127.0.0.1:9"},
        "update": lambda: {"datasets": ["boundaries-fi"], "year": 2026, "folder": "cache",
                           "wfs_url": "http://127.0.0.1:9"},
    },
}  # fmt: skip
FUNCTIONS = [(room, name) for room, calls in GOOD.items() for name in calls]
# What people give by mistake: of another kind, or of the right one and wrong.
MISTAKES = {
    "None": lambda: None,
    "a word": lambda: "Oulu",
    "a number as text": lambda: "25",
    "a year as text": lambda: "2022",
    "a number": lambda: 5,
    "below zero": lambda: -1,
    "a share": lambda: 2.5,
    "not a number": lambda: float("nan"),
    "a truth": lambda: True,
    "an empty list": list,
    "a list of names": lambda: ["Oulu", "Kemi"],
    "a list of anything": lambda: [None, 5, "x"],
    "a dict": lambda: {"a": 1},
    "a moment": lambda: dt.datetime(2021, 11, 30),  # noqa: DTZ001
    "a timestamp": lambda: pd.Timestamp("2021-11-30"),
    "a folder": Path,
    "a table": jobs,
    "a frame": points,
    "an array": lambda: np.array([[1.0, 2.0]]),
    "a graph": lambda: nx.path_graph(3),
    "an object": object,
}


NAMELESS = "POSITIONAL_ONLY"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder to write to, and no network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZONES_OFFLINE", "1")
    Path("grid.csv").write_text("x,y,people\n385500,6672500,1\n", encoding="utf-8")


@pytest.mark.parametrize("room", GOOD, ids=lambda room: room.__name__)
def test_no_function_is_forgotten(room):
    functions = {name for name in room.__all__ if inspect.isfunction(getattr(room, name))}
    assert functions == set(GOOD[room])


@pytest.mark.parametrize(
    ("room", "name"), FUNCTIONS, ids=[f"{room.__name__}.{name}" for room, name in FUNCTIONS]
)
def test_a_mistaken_argument_ends_in_one_line_of_the_library_s_own(room, name):
    call, good = getattr(room, name), (GOOD[room][name] or dict)()
    raw = []
    for argument in good:
        for kind, make in MISTAKES.items():
            if fits(call, argument, kind):
                continue
            try:
                with suppress_type_checks():
                    called(call, good | {argument: make()})
            except (GeodataError, ZonesError) as error:
                if "\n" in str(error) or not str(error):
                    raw.append(f"{argument}: {kind}: lines: {error}")
            except Exception as error:  # noqa: BLE001
                raw.append(f"{argument}: {kind}: {type(error).__name__}: {error}"[:200])
    assert raw == []


def called(call, given):
    """Call with arguments by name, but for those that have none."""
    parameters = inspect.signature(call).parameters
    nameless = [n for n in given if n in parameters and parameters[n].kind.name == NAMELESS]
    return call(*(given[n] for n in nameless), **{n: given[n] for n in given if n not in nameless})


def test_an_argument_that_is_none_is_told_with_those_there_are():
    with pytest.raises(TypeError, match=r"^reach\(\) got an unexpected .* 'km'; .* within_km"):
        zones.reach("viitoskaytava", km=5)
    with pytest.raises(TypeError, match=r"^parse_id\(\) missing a required argument: 'value'"):
        geodata.parse_id()


def fits(call, argument, kind):
    """Whether a value is of the right kind, and so no mistake; it may be wrong all the same."""
    with suppress_type_checks():
        right = not misfits(inspect.unwrap(call), {argument: MISTAKES[kind]()})
    return right and (kind not in OF_THE_RIGHT_KIND or call.__name__ in DEAR)


# Functions whose answer takes seconds.
DEAR = {"map", "report"}
OF_THE_RIGHT_KIND = {"a word", "a number", "below zero", "a share", "an empty list", "an object"}


AREA = zones.area(ZONE)


@pytest.mark.parametrize("year", ["2022", 2022.0, " 2022 ", np.int64(2022), np.float64(2022)])
def test_a_whole_year_is_a_year_however_it_is_written(year):
    assert zones.area(ZONE, year=year).year == 2022
    assert geodata.population(year).equals(geodata.population(2022))
    one = zones.population_table(ZONE, years=year)
    assert one.equals(zones.population_table(ZONE, years=[2022]))


@pytest.mark.parametrize("day", [dt.datetime(2021, 11, 30), pd.Timestamp("2021-11-30")])  # noqa: DTZ001
def test_a_moment_is_its_day(day):
    for function in (zones.memberships, zones.incidence):
        expected = function("peramerenkaari", at=dt.date(2021, 11, 30))
        assert function("peramerenkaari", at=day).equals(expected)


def test_what_is_wrong_is_named_by_its_argument():
    for call, expected in {
        lambda: zones.reach(AREA, minutes=30): "minutes= has no effect without travel times",
        lambda: zones.reach(AREA, within_km="25"): "within_km= has '25'",
        lambda: zones.reach(AREA, roads=nx.path_graph(3)): r"reach\(\): roads=.* is a Graph: give",
        lambda: geodata.road_graph(nx.path_graph(3), {}): "no column minutes among from, to",
        lambda: zones.reach(AREA, matrix="."): "is a folder",
        lambda: zones.flow_graph(AREA, "."): "is a folder",
        lambda: zones.reach(AREA)["popul"]: "'popul' is not known: give one of population",
        lambda: zones.report([], "report"): "is no zone: give one or more",
    }.items():
        with (
            suppress_type_checks(),
            pytest.raises((ZonesError, GeodataError), match=expected),
        ):
            call()


def test_a_table_gives_a_figure_by_its_name():
    table = zones.reach(AREA)
    assert table["population"] == table.get("population")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Nothing differs"), ("fi", "Mikään ei eroa"), ("sv", "Inget skiljer")]
)
def test_compared_with_itself_nothing_differs(lang, said):
    assert said in " ".join(note.render(lang) for note in zones.compare(AREA, AREA).notes)
    assert zones.compare(AREA, AREA).added == ()


def test_functions_behind_the_gate_are_those_of_their_package():
    assert pickle.loads(pickle.dumps(zones.area)) is zones.area
    assert zones.area.__doc__.startswith("Resolve an extent")
    assert "year" in inspect.signature(zones.area).parameters
