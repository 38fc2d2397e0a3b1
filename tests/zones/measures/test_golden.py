"""Every measure of every extent of every zone against figures computed by other means."""

import itertools
import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

import zones
from zones.measures.everything import all_measures
from zones.model.contract import CONTRACT
from zones.wording.formats import table_csv

GOLDEN = Path(__file__).parents[2] / "golden"
FIGURES = json.loads((GOLDEN / "figures.json").read_text("utf-8"))
CASES = [case.split() for case in FIGURES if not case.startswith("Finland")]
# Names that measures had in version 0.1.0.
NAMED_THEN = {"border_links": "links", "components": "groups"}


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def case(request):
    zone, extent, division = request.param
    area = zones.area(zone, extent=extent, year=int(division))
    tables = (zones.coverage(area), zones.reach(area), zones.connectivity(area))
    found = {
        row.name if row.key is None else f"{row.name} {row.key}": row
        for row in itertools.chain.from_iterable(tables)
        if not row.name.startswith("population_within")
    }
    return found, FIGURES[" ".join(request.param)]


def test_the_same_figures_are_there(case):
    found, expected = case
    assert sorted(found) == sorted(expected)


def test_figures_agree(case):
    found, expected = case
    differ = {}
    for name, figure in expected.items():
        for field in figure:
            have, want = getattr(found[name], field), figure[field]
            if field == "items":
                have = list(have)
            if want is not None and field not in ("items", "year"):
                want = pytest.approx(want, rel=1e-7)
            if have != want:
                differ[name, field] = have, want
    assert differ == {}


def test_the_main_job_has_the_figures_of_version_0_1_but_for_newer_people_and_true_neighbours():
    then = pd.read_csv(GOLDEN / "figures_0_1_0.csv", dtype=str, keep_default_na=False)
    newer = {row.name for row in CONTRACT.values() if {"people", "neighbours"} & {*row.bases}}
    then = then[~then["name"].isin({*newer, *map(NAMED_THEN.get, newer)})]
    parts = [(area, all_measures(area)) for area in map(zones.area, dict.fromkeys(then["zone"]))]
    now = pd.read_csv(StringIO(table_csv(parts)), dtype=str, keep_default_na=False)
    now = now[now["name"].isin(then["name"])]
    keys = ["zone", "extent", "name", "key"]
    both = then.merge(now[list(then.columns)], on=keys, how="outer", suffixes=("", "_now"))
    for field in ("value", "low", "high", "unit", "year"):
        changed = both[both[field] != both[f"{field}_now"]]
        assert changed[[*keys, field, f"{field}_now"]].to_dict("records") == []


def test_finland_has_the_known_neighbours():
    assert FIGURES["Finland 2026"] == {
        "land_pairs": 778,
        "sea_pairs": 50,
        "components": 10,
        "isolates": 7,
    }
    area = zones.area("viitoskaytava")
    graph = zones.border_graph(area, members_only=False)
    assert repr(graph) == "<TieGraph land border: 308 nodes, 778 edges, 10 components, 7 isolates>"
    assert len(zones.border_graph(area, members_only=False, sea=True).ties) == 828
    graph = zones.border_graph(zones.area("viitoskaytava", year=2022), members_only=False)
    assert len(graph.ties) == FIGURES["Finland 2022"]["land_pairs"]


@pytest.mark.parametrize(
    ("zone", "extent", "pairs"),
    [
        ("peramerenkaari", "list-about-us", 8),
        ("peramerenkaari", "list-about-us-with-keminmaa", 12),
        ("peramerenkaari", "wide-2010s", 56),
        ("suomen-kasvukaytava", "four-regions", 181),
        ("suomen-kasvukaytava", "three-regions", 141),
        ("viitoskaytava", "with-ita-lappi", 97),
        ("viitoskaytava", "area-named", 85),
    ],
)
def test_pairs_of_finnish_neighbours(zone, extent, pairs):
    area = zones.area(zone, extent=extent)
    finnish = area.only(area.members("FI"))
    assert zones.connectivity(finnish).get("border_links").value == pairs


# What the project must hold, in the figures computed by other means.
KNOWN = [
    ("peramerenkaari list-about-us 2026", "members FI", 9),
    ("peramerenkaari list-about-us 2026", "members SE", 6),
    ("peramerenkaari list-about-us 2026", "population FI", 312_165),
    ("peramerenkaari list-about-us 2026", "population SE", 252_833),
    ("peramerenkaari list-about-us 2026", "population", 557_488),
    ("peramerenkaari list-about-us 2022", "population FI", 308_363),
    ("peramerenkaari list-about-us 2022", "population SE", 249_125),
    ("viitoskaytava with-ita-lappi 2022", "members", 47),
    ("viitoskaytava with-ita-lappi 2026", "members", 46),
    ("viitoskaytava with-ita-lappi 2022", "population", 491_032),
    ("viitoskaytava with-ita-lappi 2026", "population", 487_181),
    ("viitoskaytava with-ita-lappi 2026", "components", 1),
    ("viitoskaytava with-ita-lappi 2026", "neighbours", 33),
    ("viitoskaytava area-named 2022", "members", 43),
    ("viitoskaytava area-named 2026", "members", 42),
    ("viitoskaytava area-named 2022", "population", 482_762),
    ("viitoskaytava area-named 2026", "population", 479_218),
    ("viitoskaytava partners-seen 2022", "population", 68_847),
    ("suomen-kasvukaytava four-regions 2026", "members", 78),
    ("suomen-kasvukaytava four-regions 2026", "population", 2_706_970),
    ("suomen-kasvukaytava three-regions 2026", "population", 2_517_496),
    ("suomen-kasvukaytava named 2026", "population", 1_170_951),
    ("suomen-kasvukaytava four-regions 2026", "border_links", 181),
    ("suomen-kasvukaytava four-regions 2026", "neighbours", 38),
]
KNOWN_ITEMS = [
    ("peramerenkaari list-about-us 2026", "isolated", ["FI_208", "FI_678"]),
    ("peramerenkaari list-about-us 2026", "holes", ["FI_241"]),
    (
        "peramerenkaari list-about-us 2026",
        "spine_gaps FI",
        ["FI_241", "FI_436", "FI_625", "FI_748"],
    ),
    ("suomen-kasvukaytava four-regions 2026", "cut_members", ["FI_049", "FI_301", "FI_710"]),
    ("viitoskaytava with-ita-lappi 2026", "cut_members", ["FI_740", "FI_777"]),
]


@pytest.mark.parametrize(("case", "name", "value"), KNOWN)
def test_known_figures(case, name, value):
    assert FIGURES[case][name]["value"] == value


@pytest.mark.parametrize(("case", "name", "items"), KNOWN_ITEMS)
def test_known_municipalities(case, name, items):
    assert FIGURES[case][name]["items"] == items


def test_known_shares_and_lengths():
    arc = FIGURES["peramerenkaari list-about-us 2026"]
    growth = FIGURES["suomen-kasvukaytava four-regions 2026"]
    five = FIGURES["viitoskaytava with-ita-lappi 2026"]
    assert round(arc["spine_length"]["value"], 1) == 448.6
    assert round(growth["spine_length"]["value"], 1) == 331.2
    assert round(five["spine_length"]["value"], 1) == 769.9
    finnish = arc["spine_length FI"]["value"]
    assert round(finnish, 1) == 236.3
    assert round(finnish * arc["spine_inside_share FI"]["value"] / 100, 1) == 141.5
    assert round(growth["population_share"]["value"], 1) == 47.9
    assert round(five["population_share"]["value"], 1) == 8.6
