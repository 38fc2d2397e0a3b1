"""Columns of a table in the page, without a browser."""

import json
import math

import pytest

import zones
from geodata.errors import ArgumentError
from geodata.tables.indicator import Indicator
from geodata.tables.table import IndicatorTable
from tests.zones.fixtures import HOSTILE, LONG
from tests.zones.maps.tables import SOURCE, UNITS, cells_of, table_by_hand, wide_table
from zones.maps.web.encode import to_script_text
from zones.texts import LANGUAGES


@pytest.fixture(scope="module")
def data():
    return zones.map(data=table_by_hand()).data


def column(data, name):
    return next(one for one in data["indicators"] if one["id"] == name)


def place(data, unit):
    return data["units"]["id"].index(unit)


def test_the_page_starts_with_the_first_column(data):
    assert data["view"] == "indicator"
    assert [one["id"] for one in data["indicators"]] == [
        "jobs", "labour_force", "unemployment", "migration", "balance",
    ]  # fmt: skip
    assert zones.map(data=table_by_hand(), view="groups").data["view"] == "groups"
    asked = zones.map(data=table_by_hand(), column=["migration", "jobs"]).data
    assert [one["id"] for one in asked["indicators"]] == ["migration", "jobs"]


def test_a_page_without_a_table_has_no_columns():
    data = zones.map("peramerenkaari").data
    assert (data["indicators"], data["view"]) == ([], "groups")


def test_figures_stand_in_the_order_of_the_units_and_gaps_apart(data):
    jobs = column(data, "jobs")
    assert len(jobs["values"]) == len(data["units"]["id"])
    gaps = {index: (why, low, high) for index, why, low, high in jobs["gaps"]}
    assert {index for index, value in enumerate(jobs["values"]) if value is None} == set(gaps)
    assert gaps[place(data, "FI_047")] == ("suppressed", 0, 4)
    assert gaps[place(data, "FI_261")] == ("missing", None, None)
    why, low, high = gaps[place(data, "FI_507")]
    assert (why, high - low) == ("suppressed", 4)


def test_names_and_units_come_in_three_languages(data):
    jobs = column(data, "jobs")
    assert [jobs["names"][lang] for lang in LANGUAGES] == ["Työpaikat", "Arbetsplatser", "Jobs"]
    assert jobs["units"]["fi"] == "työpaikkaa"
    assert column(data, "labour_force")["units"]["sv"] == "invånare"
    assert column(data, "unemployment")["percent"] is True


def test_sources_are_credited_once_each(data):
    own = [one for one in data["attribution"] if one["line"]["fi"] == one["line"]["en"]]
    assert [(one["line"]["sv"], one["licence"]) for one in own] == [
        (SOURCE, "CC0-1.0"),
        ("Synthetic, of another publisher", "CC0-1.0"),
    ]


def test_thirty_columns_stay_small():
    made = zones.map(data=wide_table(30))
    assert len(made.data["indicators"]) == 30
    assert len(made.render().encode()) < 1_500_000
    own = len(to_script_text(made.data["indicators"]))
    assert own < 250_000
    numbers = json.loads(to_script_text(made.data["indicators"][1]["values"]))
    assert not any(isinstance(value, float) and math.isnan(value) for value in numbers)


def hostile_table():
    words = dict.fromkeys(LANGUAGES, HOSTILE)
    one = Indicator(
        id="jobs", kind="count", name=HOSTILE, unit=HOSTILE, unit_names=words, names=words,
        source=HOSTILE + LONG, licence=HOSTILE, middle=0,
    )  # fmt: skip
    jobs = table_by_hand().column("jobs", 2019)["value"].reindex(UNITS)
    return IndicatorTable(
        indicators=(one,), cells=cells_of({("jobs", 2019): jobs}),
        places={unit: (unit,) for unit in UNITS}, division=2019,
    )  # fmt: skip


def test_hostile_names_never_leave_the_data():
    page = zones.map(data=hostile_table()).render()
    assert HOSTILE not in page
    assert "<script>window.pwned" not in page
    assert page.count("</script>") == page.count("<script>")


def test_the_same_table_makes_the_same_bytes():
    first, second = (zones.map(data=table_by_hand()).render() for _ in range(2))
    assert first == second


def test_what_is_of_a_table_needs_one():
    with pytest.raises(ArgumentError, match=r"column=, classes= are of a table: give data= too"):
        zones.map(column="jobs", classes=[1])
