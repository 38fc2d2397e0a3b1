"""Groups as a sparse matrix against shapely's dissolve, and what is conserved whatever they are."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import geodata
from geodata import border_table
from geodata.coverages.incidence import Incidence
from geodata.errors import ArgumentError, CoverageError

CELLS = gpd.GeoSeries(
    {f"{x}{y}": shapely.box(x, y, x + 1, y + 1) for x in range(4) for y in range(3)}
)
TABLE = border_table(CELLS)
UNITS = TABLE.perimeter_m.index


@pytest.fixture(scope="module")
def finland():
    return geodata.municipalities(2026)


@pytest.mark.parametrize("column", ["region", "wellbeing_county"])
def test_areas_and_borders_are_those_of_the_dissolved_coverage(finland, column):
    table = border_table(finland.geometry)
    groups = Incidence.of(finland.index, finland.groupby(column).groups)
    dissolved = finland[[column, "geometry"]].dissolve(column, method="coverage").geometry
    expected = dissolved.loc[groups.groups]
    assert np.allclose(groups.sums(finland.area), expected.area, rtol=1e-9, atol=0)
    assert np.allclose(table.outer_borders_m(groups), expected.length, rtol=1e-9, atol=0)
    members = finland.length.groupby(finland[column]).sum().loc[groups.groups]
    inner = (members - expected.length) / 2
    assert np.allclose(table.inner_borders_m(groups), inner, rtol=1e-9, atol=1e-6)


def test_what_two_groups_share_is_that_of_their_intersection(finland):
    parts = {
        "north": finland.index[finland["region"].isin(["17", "19", "18"])],
        "east": finland.index[finland["region"].isin(["18", "11", "12"])],
        "nobody": finland.index[:0],
    }
    groups = Incidence.of(finland.index, parts)
    counts, areas = groups.shared(), groups.shared(finland.area.to_numpy())
    for one, ours in parts.items():
        for other, theirs in parts.items():
            both = ours.intersection(theirs)
            assert counts.loc[one, other] == len(both)
            assert areas.loc[one, other] == pytest.approx(finland.area[both].sum(), rel=1e-12)


def test_units_count_once_and_others_are_refused_or_left_out():
    twice = Incidence.of(UNITS, {"a": ["00", "01", "00"], "b": "00"})
    assert twice.counts.tolist() == [2, 1]
    with pytest.raises(CoverageError, match="99 not among the 12 units"):
        Incidence.of(UNITS, {"a": ["00", "99"]})
    some = Incidence.among(UNITS, {"a": pd.Index(["99", "01", "00"]), "b": pd.Index(["99"])})
    assert some.counts.tolist() == [2, 0]
    assert repr(some) == "<Incidence: 12 units, 2 groups, 2 memberships>"


def test_a_sum_with_a_missing_figure_is_missing_and_figures_are_one_a_unit():
    groups = Incidence.of(["a", "b", "c"], {"west": ["a", "b"], "east": ["c"]})
    sums = groups.sums(pd.Series([1, None, 4], dtype="Int64"))
    assert np.isnan(sums["west"])
    assert sums["east"] == 4
    for mistaken in ([1, 2], [[1, 2, 3]], ["x", "y", "z"]):
        with pytest.raises(ArgumentError, match="one a unit"):
            groups.sums(mistaken)
    for mistaken in ("FI_091", 5):
        with pytest.raises(ArgumentError, match="no list of ids"):
            Incidence.of(mistaken, {})
    with pytest.raises(ArgumentError, match="by group, as a dict"):
        Incidence.of(["a"], ["a"])
    with pytest.raises(CoverageError, match="a given more than once"):
        Incidence.of(["a", "a"], {})


def test_groups_of_other_units_are_refused():
    with pytest.raises(CoverageError, match=r"give Incidence\.of"):
        TABLE.outer_borders_m(Incidence.of(UNITS[:3], {"a": UNITS[:2]}))


@given(st.lists(st.integers(0, 3), min_size=len(UNITS), max_size=len(UNITS)))
def test_nothing_is_lost_where_groups_part_the_units(owner):
    parts = {group: UNITS[np.equal(owner, group)] for group in sorted(set(owner))}
    groups = Incidence.of(UNITS, parts)
    figures = np.arange(len(UNITS), dtype=float) ** 2
    assert groups.sums(figures).sum() == figures.sum()
    assert groups.counts.sum() == len(UNITS)
    # Each border is within a group, between two, or on the outside.
    outer, inner = table_of(groups)
    between = TABLE.pairs["length_m"].sum() - inner.sum()
    outside = TABLE.outer_border_m(UNITS)
    assert outer.sum() == pytest.approx(outside + 2 * between)
    shapes = [shapely.union_all(CELLS[units].to_numpy()) for units in parts.values()]
    assert np.allclose(outer, shapely.length(shapes))


@given(st.lists(st.sets(st.sampled_from(list(UNITS))), max_size=5))
def test_many_groups_are_each_group_by_itself(sets):
    groups = Incidence.of(UNITS, dict(enumerate(map(sorted, sets))))
    outer, inner = table_of(groups)
    for place, units in enumerate(sets):
        assert outer[place] == pytest.approx(TABLE.outer_border_m(sorted(units)))
        assert inner[place] == pytest.approx(TABLE.inner_border_m(sorted(units)))


def table_of(groups):
    return TABLE.outer_borders_m(groups), TABLE.inner_borders_m(groups)
