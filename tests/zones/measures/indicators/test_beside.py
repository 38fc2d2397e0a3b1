"""Figures of a table beside the library's own: scenarios, candidates and claims."""

import pandas as pd
import pytest

import geodata
import zones
from geodata import Indicator
from tests.zones.measures.indicators.tables import (
    AGE,
    FORCE,
    JOBS,
    OLD,
    RATE,
    column,
    several_years,
    table_of,
)
from zones.errors import MeasureError

ARC, FIVE = "peramerenkaari", "viitoskaytava"
KEMINMAA, SIIKAJOKI = "FI_241", "FI_748"


@pytest.fixture(scope="module")
def table():
    jobs = column(10)
    jobs[KEMINMAA], jobs[SIIKAJOKI] = 500, "..."
    force, rate = column(100), column(5)
    rate[KEMINMAA] = 25
    return table_of(
        [
            Indicator(id="jobs", kind="count", unit="jobs", suppressed_below=5),
            FORCE,
            RATE,
            AGE,
        ],
        jobs=jobs,
        labour_force=force,
        unemployment=rate,
        median_age=column(40),
    )


# Scenarios


def test_what_joins_brings_what_the_table_has(table):
    change = zones.what_if(ARC, add=["Keminmaa"], data=table)
    jobs = change.get("jobs", "FI")
    assert (jobs.before.value, jobs.after.value, jobs.difference) == (90, 590, 500)
    assert change.get("jobs_members").gained == (KEMINMAA,)
    rate = change.get("unemployment", "FI")
    # 9 members with 5 of 100, and one with 25.
    assert rate.after.value == pytest.approx((9 * 5 + 25) / 10)
    assert (rate.difference, rate.unit_of_difference) == (pytest.approx(2), "points")
    assert change.get("members").difference == 1
    # Figures of single members are not compared.
    assert {row.key for row in change if row.name == "jobs"} == {None, "FI"}


def test_what_is_suppressed_bounds_the_difference(table):
    jobs = zones.what_if(["Oulu", "Raahe"], add=["Siikajoki"], data=table).get("jobs")
    assert (jobs.before.value, jobs.after.value, jobs.difference) == (20, None, None)
    assert (jobs.low, jobs.high) == (0, 4)
    assert "Siikajoki" in str(jobs.notes[0])


def test_a_part_that_one_side_lacks_is_no_row(table):
    change = zones.what_if(["Tornio"], add=["Haparanda"], data=table)
    assert {row.key for row in change if row.name == "jobs"} == {None}


def test_two_zones_are_compared_by_a_table(table):
    both = zones.compare(["Oulu"], ["Raahe", "Kemi"], data=table)
    assert both.get("jobs").difference == 10
    share = both.get("labour_force_share")
    assert share.difference == pytest.approx(share.before.value)
    # What is suppressed elsewhere bounds the share of the country.
    assert both.get("jobs_share").low < both.get("jobs_share").high


def test_without_a_table_nothing_is_beside():
    assert "jobs" not in {row.name for row in zones.compare(["Oulu"], ["Kemi"])}


def test_through_the_years_each_has_the_newest_year_before_it():
    frames = {year: pd.DataFrame({"jobs": column(jobs)}) for year, jobs in ((2012, 1), (2020, 3))}
    table = several_years([JOBS], frames)
    line = zones.over_time(["Nurmes"], years=(2013, 2021, 2026), data=table)
    # The zone of 2026 is Nurmes and Valtimo in 2013.
    values = [figures.get("jobs").value for figures in line.tables]
    assert values == [2, 6, 6]
    assert [figures.get("jobs").year for figures in line.tables] == [2012, 2020, 2020]
    assert line.change.get("jobs").difference == 4
    assert any("different years" in str(note) for note in line.change.get("jobs").notes)


# Candidates


def test_candidates_are_ranked_by_what_they_bring(table):
    ranking = zones.rank_candidates(ARC, by="jobs", data=table)
    first, last = ranking[0], ranking[-1]
    assert (str(first.name), first.gain, first.unit, first.rank) == ("Keminmaa", 500, "jobs", 1)
    assert "brings 500 jobs of “jobs” (2019), 555.6% more" in str(first.reasons[0])
    beside = {one.lau_id for one in zones.rank_candidates(ARC)}
    assert {one.lau_id for one in ranking} == beside
    unknown = next(one for one in ranking if one.lau_id == SIIKAJOKI)
    assert unknown.gain is None
    assert last.gain is None
    assert "not known of it in the table" in str(unknown.reasons[0])


def test_candidates_by_a_columns_name_are_those_by_its_id():
    named = Indicator(id="jobs", name="Työpaikat 2019", kind="count", unit="jobs")
    table = table_of([named], **{named.name: column(10)})
    ranking = zones.rank_candidates(ARC, by="Työpaikat 2019", data=table)
    assert ranking.by == "jobs"
    assert ranking[0].gain == 10


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "unemployment"}, "by='unemployment' is a rate, and only counts are added up"),
        ({"by": "job"}, "by='job' is not known: give one of jobs, labour_force"),
        ({"by": "people"}, "by='people' is not of the table"),
    ],
)
def test_what_candidates_cannot_be_ranked_by(table, asked, said):
    with pytest.raises(MeasureError, match=said):
        zones.rank_candidates(ARC, data=table, **asked)


def test_a_column_needs_its_table_and_a_year_that_is_not_later(table):
    with pytest.raises(MeasureError, match="or a count of a table with data="):
        zones.rank_candidates(ARC, by="jobs")
    with pytest.raises(MeasureError, match="none until 2018: take the area of a later year"):
        zones.rank_candidates(zones.area(ARC, data_year=2018), by="jobs", data=table)


# Claims


def claims_on(**jobs):
    indicator = Indicator(id="jobs", kind="count", unit="jobs", suppressed_below=5)
    frames = {year: pd.DataFrame({"jobs": column}) for year, column in jobs.items()}
    return several_years([indicator], {int(year[1:]): frame for year, frame in frames.items()})


def own(tmp_path, **claim):
    path = tmp_path / "mine.toml"
    lines = {"value": 110, "unit": "jobs", "date": "2021", "refers_to": "both", **claim}
    text = "\n".join(f"{key} = {value!r}" for key, value in lines.items())
    path.write_text(
        'id = "mine"\nname_fi = "Oma"\n[[extent]]\nid = "two"\ndivision = 2021\n'
        'codes = ["091", "049"]\n[[claim]]\nid = "jobs"\ntext = "110 jobs"\n'
        f'confidence = "high"\nsource = "own"\nindicator = "jobs"\n{text}\n',
        encoding="utf-8",
    )
    return zones.read_zone(path)


def test_a_claim_on_jobs_is_held_against_the_table(tmp_path):
    table = claims_on(y2019=column(1, helsinki=100, espoo=9))
    zone = own(tmp_path)
    checked = zones.check_claims(zone, data=table).get("jobs")
    assert (checked.verdict, checked.value, checked.year) == ("fits", 109, 2019)
    assert checked.deviation == pytest.approx(-100 / 110)
    assert checked.to_dict()["measure"] == "jobs"
    alone = zones.check_claims(zone).get("jobs")
    assert alone.verdict == "cannot-be-computed"
    assert "A table with a column “jobs” can decide it." in str(alone.reason)


def test_a_claim_in_per_cent_is_on_the_share_of_the_country(tmp_path):
    table = claims_on(y2019=column(1, helsinki=100, espoo=91))
    checked = zones.check_claims(own(tmp_path, value=38, unit="percent"), data=table).get("jobs")
    # 191 of 500.
    assert (checked.verdict, checked.to_dict()["measure"]) == ("fits", "jobs_share")
    assert checked.value == pytest.approx(38.2)


def test_the_year_of_a_claim_must_be_one_of_the_table(tmp_path):
    table = claims_on(y2012=column(1), y2013=column(2))
    checked = zones.check_claims(own(tmp_path, year=2019), data=table).get("jobs")
    assert checked.verdict == "cannot-be-computed"
    assert "The table has “jobs” of 2012, 2013" in str(checked.reason)
    # A claim of 2021 without a year may mean one of 2018 to 2021.
    assert zones.check_claims(own(tmp_path), data=table).get("jobs").readings == ()
    chosen = zones.check_claims(own(tmp_path), data=table, year=2012).get("jobs")
    assert (chosen.value, chosen.verdict) == (2, "does-not-fit")


def test_bounds_decide_where_both_ends_agree(tmp_path):
    table = claims_on(y2019=column(1, helsinki=108, espoo="..."))
    checked = zones.check_claims(own(tmp_path), data=table).get("jobs")
    # 108 to 112 is within 3 percent of 110 at both ends.
    assert (checked.verdict, checked.value, checked.low, checked.high) == ("fits", None, 108, 112)
    assert checked.shown_value() == "between 108 jobs and 112 jobs"
    open_ = zones.check_claims(own(tmp_path, value=113, qualifier="at-most"), data=table)
    assert open_.get("jobs").verdict == "fits"
    undecided = zones.check_claims(own(tmp_path, qualifier="at-least"), data=table).get("jobs")
    assert undecided.verdict == "cannot-be-computed"
    assert "leaves it open: between 108 jobs and 112 jobs. Suppressed" in str(undecided.reason)


def test_claims_of_the_catalogue_name_what_a_table_tells():
    people = geodata.population(OLD, division=2026).reindex(
        geodata.municipality_register(2026, country="FI").index
    )
    table = table_of([JOBS], division=2026, jobs=people)
    checked = zones.check_claims("suomen-kasvukaytava", data=table).get("jobs-40")
    assert checked.readings == ()  # published 2015-2017, and the table is of 2019
    jobs = zones.check_claims(FIVE, data=table).get("road5-jobs")
    assert (jobs.verdict, jobs.year) == ("does-not-fit", 2019)
    assert jobs.value == sum(people[list(zones.area(FIVE).units.index)])
