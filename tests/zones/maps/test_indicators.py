"""Columns of a table as a map shows them."""

import pytest

from geodata.errors import ArgumentError, IndicatorError
from geodata.tables.indicator import Indicator
from tests.zones.maps.tables import COLUMNS, table_by_hand
from zones.maps.indicators import map_columns
from zones.maps.shapes import bundled_shapes, own_shapes


@pytest.fixture(scope="module")
def shapes():
    return bundled_shapes(2026)


@pytest.fixture(scope="module")
def columns(shapes):
    return {one.indicator.id: one for one in map_columns(table_by_hand(), shapes)}


def test_every_unit_drawn_has_a_figure_or_a_reason(columns, shapes):
    for column in columns.values():
        assert list(column.cells.index) == list(shapes.units.index)
        assert (column.cells["value"].isna() == column.cells["gap"].notna()).all()


def test_suppressed_and_not_available_are_told_apart(columns):
    jobs = columns["jobs"].cells
    assert jobs.loc["FI_047", ["low", "high", "gap"]].tolist() == [0, 4, "suppressed"]
    assert jobs.loc[["FI_261", "SE_2580"], "gap"].tolist() == ["missing", "missing"]


def test_a_merged_municipality_has_bounds_where_a_part_is_suppressed(columns):
    jobs = columns["jobs"].cells.loc["FI_507"]
    assert jobs["high"] - jobs["low"] == 4
    assert jobs["gap"] == "suppressed"


def test_part_of_a_coarser_place_is_known_between_bounds(shapes):
    table = table_by_hand()
    places = dict(table.places) | {"FI_091": ("FI_091", "FI_049")}
    del places["FI_049"]
    coarse = type(table)(
        indicators=table.indicators, cells=table.cells, places=places, division=2019
    )
    [jobs] = map_columns(coarse, shapes, columns="jobs")
    assert jobs.cells.loc["FI_091", "gap"] == "bounds"
    assert jobs.cells.loc["FI_049", "low"] == 0


def test_counts_are_circles_and_rates_have_quantiles(columns):
    assert {name for name, one in columns.items() if one.circles} == {
        "jobs", "labour_force", "balance",
    }  # fmt: skip
    assert columns["jobs"].limits == ()
    assert len(columns["unemployment"].limits) == 5
    assert columns["unemployment"].ramp == "amount"


def test_a_value_with_a_meaning_turns_the_colours(columns):
    migration = columns["migration"]
    assert migration.ramp == "change"
    assert 0 in migration.limits
    assert migration.colour(-1) != migration.colour(1)
    assert columns["balance"].colour(-1) != columns["balance"].colour(1)


def test_classes_asked_for_colour_counts_too(shapes):
    [jobs] = map_columns(table_by_hand(), shapes, columns="jobs", classes=[1000, 5000])
    assert (jobs.circles, jobs.limits) == (False, (1000.0, 5000.0))
    [jobs] = map_columns(table_by_hand(), shapes, columns="jobs", classes="quantiles")
    assert (jobs.circles, len(jobs.limits)) == (False, 5)


def test_the_newest_year_is_shown_or_that_of_then(columns, shapes):
    assert columns["jobs"].year == 2019
    then = map_columns(table_by_hand(), shapes, until=2018)
    assert [(one.indicator.id, one.year) for one in then] == [("jobs", 2018)]
    with pytest.raises(IndicatorError, match=r"balance: no figures up to 2018"):
        map_columns(table_by_hand(), shapes, columns=["jobs", "balance"], until=2018)
    with pytest.raises(IndicatorError, match=r"up to 2000; the table has those of 2018, 2019"):
        map_columns(table_by_hand(), shapes, until=2000)


def test_what_does_not_fit_is_refused_with_what_to_give(shapes):
    with pytest.raises(IndicatorError, match=r"column='a'.*; column='b'.*give one of jobs"):
        map_columns(table_by_hand(), shapes, columns=["a", "b"])
    with pytest.raises(ArgumentError, match=r"column=\[\] shows nothing"):
        map_columns(table_by_hand(), shapes, columns=[])
    with pytest.raises(ArgumentError, match="limits of one column, and there are 5"):
        map_columns(table_by_hand(), shapes, classes=[1, 2])
    with pytest.raises(ArgumentError, match="classes='equal' is not known: give one of quantiles"):
        map_columns(table_by_hand(), shapes, classes="equal")


def test_units_that_are_no_municipalities_are_refused(shapes):
    other = shapes.units.set_axis([f"X{n}" for n in range(len(shapes.units))])
    with pytest.raises(ArgumentError, match="boundaries= are of other units"):
        map_columns(table_by_hand(), own_shapes(other, 2026))


def test_a_heading_says_name_unit_and_year(columns):
    assert columns["unemployment"].heading("fi") == "Työttömyysaste, %, 2019"
    assert columns["jobs"].heading("fi") == "Työpaikat, 2019"
    assert columns["migration"].heading("en") == "Net migration, ‰, 2019"
    assert columns["labour_force"].heading("sv") == "Arbetskraft, invånare, 2019"


def test_a_column_of_its_own_source_is_credited_to_it(columns):
    assert columns["migration"].source == "Synthetic, of another publisher"
    assert columns["jobs"].source == "Synthetic, made for tests"


def test_a_column_without_any_figure_has_no_classes(shapes):
    table = table_by_hand((*COLUMNS, Indicator(id="mean_age", kind="mean", weight="jobs")))
    empty = table.cells.loc[["jobs"]].rename(index={"jobs": "mean_age"}, level=0)
    empty = empty.assign(value=float("nan"), low=float("nan"), high=float("nan"), state="missing")
    cells = type(table.cells)(
        [*table.cells.to_dict("records"), *empty.to_dict("records")],
        index=table.cells.index.append(empty.index),
    ).sort_index()
    made = type(table)(indicators=table.indicators, cells=cells, places=table.places, division=2019)
    [column] = map_columns(made, shapes, columns="mean_age")
    assert (column.limits, column.most) == ((), 0.0)


def test_a_column_is_taken_by_its_name_too(shapes):
    [jobs] = map_columns(table_by_hand(), shapes, columns=["JOBS", "jobs"])
    assert jobs.indicator.id == "jobs"
