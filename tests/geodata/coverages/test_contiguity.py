"""Neighbours: facts against the raw pairs, and what polygons can and cannot decide."""

import geopandas as gpd
import pytest
from shapely import Polygon, box

import geodata
from geodata.errors import NoGeometryError, YearError
from tests.golden import inputs


def pairs_of(table):
    return set(table[["left", "right"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("division", "land", "sea"),
    [(2021, 781, 50), (2024, 781, 50), (2025, 778, 50), (2026, 778, 50)],
)
def test_known_neighbours_are_the_pairs_of_the_source_carried_to_the_division(division, land, sea):
    table = geodata.known_neighbours(division)
    assert table["border"].value_counts().to_dict() == {"land": land, "sea": sea}
    expected = dict(zip(("land", "sea"), inputs.neighbours(division), strict=True))
    for border, pairs in expected.items():
        assert pairs_of(geodata.known_neighbours(division, border=border)) == pairs
    assert (table["left"] < table["right"]).all()
    assert not table.duplicated(["left", "right"]).any()


def test_a_merged_municipality_has_the_neighbours_of_its_parts():
    """Pertunmaa merged into Mäntyharju, which got its borders with Hartola and Heinola."""
    before, after = (pairs_of(geodata.known_neighbours(year)) for year in (2024, 2026))
    around = {unit for pair in before if "FI_588" in pair for unit in pair} - {"FI_588", "FI_507"}
    assert around
    assert not any("FI_588" in pair for pair in after)
    assert {tuple(sorted(("FI_507", unit))) for unit in around} <= after


def test_what_is_returned_is_the_callers_own():
    del geodata.known_neighbours()["border"]
    assert "border" in geodata.known_neighbours()


def test_neighbours_that_are_not_known():
    assert geodata.known_neighbours(country="SE") is None
    with pytest.raises(NoGeometryError, match="2020 are not known: give a year in 2021-2026"):
        geodata.known_neighbours(2020)
    with pytest.raises(YearError):
        geodata.known_neighbours(2012)


@pytest.fixture(scope="module")
def bundled():
    frame = geodata.municipalities(2026)
    known = geodata.known_neighbours(2026)
    return geodata.contiguity(geodata.border_table(frame.geometry), frame.geometry, known=known)


def test_facts_decide_and_polygons_give_the_length(bundled):
    length = bundled.pairs.set_index(["left", "right"])["length_m"]
    frame = geodata.municipalities(2026).geometry
    drawn = frame["FI_049"].intersection(frame["FI_091"]).length
    assert length["FI_049", "FI_091"] == pytest.approx(drawn)
    # Enonkoski and Heinävesi are drawn as neighbours, though Savonlinna lies between.
    assert frame["FI_046"].intersection(frame["FI_090"]).length > 0
    assert ("FI_046", "FI_090") not in length.index
    # Kemi and Tornio share a border that is not drawn.
    assert frame["FI_240"].intersection(frame["FI_851"]).length == 0
    assert length.isna()["FI_240", "FI_851"]
    assert (len(length), int(length.isna().sum())) == (778, 13)
    assert bundled.known
    assert bundled.undecided.empty


def test_borders_through_the_sea_are_apart_until_asked_for(bundled):
    assert pairs_of(bundled.sea).isdisjoint(pairs_of(bundled.pairs))
    both = bundled.with_sea()
    assert pairs_of(both.pairs) == pairs_of(bundled.pairs) | pairs_of(bundled.sea)
    hailuoto = bundled.neighbours(["FI_072"])
    assert hailuoto == ()
    assert set(both.neighbours(["FI_072"])) == {
        unit for pair in inputs.neighbours(2026)[1] if "FI_072" in pair for unit in pair
    } - {"FI_072"}


# A row of cells of 1 km: a and b share 1,000 m, b and c 100 m, c and d meet in a point, d and e lie
# 100 m apart, e and f 900 m.
CELLS = {
    "a": box(0, 0, 1000, 1000),
    "b": Polygon([(1000, 0), (2000, 0), (2000, 900), (2000, 1000), (1000, 1000)]),
    "c": Polygon([(2000, 900), (3000, 900), (3000, 1900), (2000, 1900), (2000, 1000)]),
    "d": box(3000, 1900, 4000, 2900),
    "e": box(4100, 1900, 5100, 2900),
    "f": box(6000, 1900, 7000, 2900),
}


def found(error_m):
    cells = gpd.GeoSeries(CELLS, crs=3067)
    return geodata.contiguity(geodata.border_table(cells), cells, error_m=error_m)


@pytest.mark.parametrize(
    ("error_m", "undecided"),
    [
        (None, {("c", "d", False)}),
        (50, {("c", "d", False)}),
        (360, {("b", "c", True), ("c", "d", False), ("d", "e", False)}),
        (950, {("b", "c", True), ("c", "d", False), ("d", "e", False), ("e", "f", False)}),
    ],
)
def test_pairs_that_the_scale_cannot_decide_are_named(error_m, undecided):
    table = found(error_m)
    near = set(table.undecided.itertuples(index=False, name=None))
    assert near == undecided
    assert pairs_of(table.pairs) == {("a", "b"), ("b", "c")}
    assert not table.known


def test_undecided_pairs_give_bounds():
    table = found(360)
    assert pairs_of(table.pairs_at("least")) == {("a", "b")}
    most = {("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")}
    assert pairs_of(table.pairs_at("most")) == most
    assert table.neighbours(["c"]) == ("b",)
    assert table.bounds_of_neighbours(["c"]) == (0, 2)
