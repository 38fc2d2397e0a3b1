"""Gaps of a table, and areas larger than municipalities: bounds, and a note of each kind."""

import pandas as pd
import pytest

import geodata
import zones
from geodata import Indicator
from tests.zones.measures.indicators.tables import (
    ESPOO,
    FORCE,
    HELSINKI,
    JOBS,
    NURMES,
    UNITS,
    VALTIMO,
    column,
    several_years,
    table_of,
)
from zones.texts import Text

ZONE = ("Helsinki", "Nurmes")


# Gaps


def suppressed(below=None, **more):
    jobs = Indicator(id="jobs", kind="count", suppressed_below=below)
    return table_of([jobs], jobs=column(10, helsinki=100, nurmes="...", **more))


def test_what_is_suppressed_is_from_nothing_to_the_threshold():
    found = zones.indicators(["Helsinki", "Nurmes", "Espoo"], suppressed(5))
    jobs = found.get("jobs")
    # Valtimo has 10; of Nurmes between 0 and 4 are suppressed.
    assert (jobs.value, jobs.low, jobs.high) == (None, 120, 124)
    notes = [str(note) for note in jobs.notes]
    assert notes[0] == "Suppressed by the publisher: Nurmes."
    assert "threshold of 5" in notes[1]
    assert found.get("jobs_members").items == (ESPOO, HELSINKI)
    rest = found.get("jobs_rest")
    assert (rest.value, rest.low) == (307 * 10, 307 * 10)
    share = found.get("jobs_share")
    assert (share.low, share.high) == pytest.approx((12000 / 3190, 12400 / 3194))
    quotient = found.get("jobs_location_quotient")
    assert quotient.value is None
    assert quotient.high / quotient.low == pytest.approx(share.high / share.low)


def test_without_a_threshold_there_is_no_upper_bound_and_a_note_says_so():
    jobs = zones.indicators(["Helsinki", "Nurmes"], suppressed()).get("jobs")
    assert (jobs.value, jobs.low, jobs.high) == (None, 110, None)
    assert "no upper bound" in str(jobs.notes[1])


def test_the_three_kinds_of_gaps_are_told_apart():
    jobs = column(1, helsinki="...", espoo="..").drop([NURMES, VALTIMO])
    found = zones.indicators(["Helsinki", "Espoo", "Nurmes", "Vantaa"], table_of([JOBS], jobs=jobs))
    assert [str(note) for note in found.get("jobs_members").notes] == [
        "Suppressed by the publisher: Helsinki.",
        "Not available in the table: Espoo.",
        "Not in the table: Nurmes.",
    ]
    assert found.get("jobs_members").value == 1
    assert found.get("jobs").low == 1


def test_a_merged_member_of_which_a_part_is_not_in_the_table_is_open():
    found = zones.indicators(["Nurmes"], table_of([JOBS], jobs=column(1).drop(VALTIMO)))
    assert (found.get("jobs").value, found.get("jobs").low) == (None, 1)
    assert str(found.get("jobs").notes[0]) == "Not in the table: Nurmes."


# Larger areas


def test_larger_areas_give_bounds_alone():
    regions = geodata.municipality_register(2026, country="FI")
    jobs = pd.Series(100, index=sorted({f"MK{code}" for code in regions["region"]}))
    table = table_of([JOBS], division=2026, jobs=jobs)
    assert table.coarse
    uusimaa = list(regions.index[regions["region"] == "01"])
    whole = zones.indicators(uusimaa, table)
    assert whole.get("jobs").value == 100
    assert whole.get("jobs_members").value == 0
    both = zones.indicators([*uusimaa, "Oulu"], table).get("jobs")
    assert (both.value, both.low, both.high) == (None, 100, 200)
    assert "larger than municipalities" in str(both.notes[0])


def test_what_is_per_nothing_is_not_said_to_have_merged():
    ratio = Indicator(id="ratio", kind="rate", base="labour_force", numerator="jobs")
    bases = column(1, helsinki=0)
    table = table_of([JOBS, FORCE, ratio], municipality=UNITS, jobs=column(1), labour_force=bases)
    found = zones.indicators(ZONE, table).get("ratio", HELSINKI)
    assert found.value is None
    assert found.notes == (Text.of("indicators.note.not_told"),)


def test_a_count_below_nothing_in_any_year_may_be_so_where_it_is_missing():
    net = Indicator(id="net", kind="count")
    first = pd.DataFrame({"net": column(1, helsinki=-5)})
    second = pd.DataFrame({"net": column(1)}).drop(index=ESPOO)
    table = several_years([net], {2018: first, 2019: second})
    assert zones.indicators(["Helsinki", "Espoo"], table).get("net").low is None
