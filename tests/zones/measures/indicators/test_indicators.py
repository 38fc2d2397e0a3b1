"""Figures of a table over a zone: told by hand, conserved, bounded where the table has gaps."""

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata
import zones
from geodata import Indicator
from geodata.tables.sums import Total
from tests.zones.measures.indicators.tables import (
    AGE,
    FORCE,
    HELSINKI,
    INCOME,
    JOBS,
    NURMES,
    OLD,
    RATE,
    UNITS,
    column,
    several_years,
    table_of,
)
from zones.errors import MeasureError
from zones.measures.bounded import Bounded, change, difference, share
from zones.texts import LANGUAGES
from zones.wording.voice import Voice

ZONE = ("Helsinki", "Nurmes")
LATER = sorted(geodata.municipality_register(2026, country="FI").index)
MERGED = [NURMES, "FI_297", "FI_507", "FI_680", "FI_734", "FI_047"]


@pytest.fixture(scope="module")
def table():
    first = pd.DataFrame(
        {
            "jobs": column(1, helsinki=90, espoo=50, nurmes=40, valtimo=10),
            "labour_force": column(10),
            "unemployment": column(5),
        }
    )
    second = pd.DataFrame(
        {
            "jobs": column(1, helsinki=100, espoo=50, nurmes=30, valtimo=5),
            "labour_force": column(10, helsinki=200, nurmes=40, valtimo=10),
            "unemployment": column(5, helsinki=8, nurmes=10, valtimo=20),
        }
    )
    return several_years([JOBS, FORCE, RATE], {2014: first, 2019: second})


@pytest.fixture(scope="module")
def figures(table):
    return zones.indicators(ZONE, table)


# By hand. Nurmes has Valtimo in it in 2026: 30 + 5 jobs. 311 municipalities in 2019, all but four
# with one job. People at the end of 2019: Helsinki 653,835, Nurmes 9,552, Finland 5,525,292.


@pytest.mark.parametrize(
    ("name", "key", "value", "unit"),
    [
        ("jobs", None, 135, "jobs"),
        ("jobs", HELSINKI, 100, "jobs"),
        ("jobs", NURMES, 35, "jobs"),
        ("jobs_members", None, 2, "municipalities"),
        ("jobs_rest", None, 357, "jobs"),
        ("jobs_country", None, 100 + 50 + 30 + 5 + 307, "jobs"),
        ("jobs_share", None, 100 * 135 / 492, "percent"),
        ("jobs_location_quotient", None, 135 / 492 / ((653_835 + 9_552) / 5_525_292), "ratio"),
        ("jobs_change", None, 135 - (90 + 40 + 10), "jobs"),
        ("jobs_change_percent", None, 100 * (135 - 140) / 140, "percent"),
        ("unemployment", None, (8 * 200 + 10 * 40 + 20 * 10) / 250, "percent"),
        ("unemployment", NURMES, (10 * 40 + 20 * 10) / 50, "percent"),
        ("unemployment_rest", None, 5, "percent"),
        ("unemployment_country", None, (2200 + 5 * 10 * 308) / (250 + 10 * 308), "percent"),
        ("unemployment_change", None, 8.8 - 5, "points"),
    ],
)
def test_figures_are_those_told_by_hand(figures, name, key, value, unit):
    measure = figures.get(name, key)
    assert measure.value == pytest.approx(value, rel=1e-12)
    assert (measure.low, measure.high) == (measure.value, measure.value)
    assert (measure.unit, measure.year) == (unit, 2019)


CRIMES = pd.Series(5, index=sorted(geodata.municipality_register(2024, country="FI").index))


def test_a_rate_has_neither_share_nor_quotient(figures):
    assert {row.name for row in figures if row.name.startswith("unemployment")} == {
        "unemployment",
        *(f"unemployment_{suffix}" for suffix in ("members", "rest", "country", "change")),
    }


def test_people_of_the_home_country_stand_below_the_quotient(figures):
    assert "Population: Statistics Finland / THL Sotkanet" in [
        str(line) for line in figures.get("jobs_location_quotient").sources
    ]


def test_years_are_chosen_and_never_added_up(table):
    before = zones.indicators(ZONE, table, year=2014, columns="jobs")
    assert before.get("jobs").value == 140
    assert "jobs_change" not in {row.name for row in before}
    # What is known in 2016 is the year 2014.
    assert zones.indicators(zones.area(ZONE, data_year=2016), table).get("jobs").year == 2014
    gone = zones.indicators(zones.area(ZONE, year=2013), table, columns=["jobs"]).get("jobs")
    assert (gone.value, len(gone.notes)) == (None, 1)
    assert "its years are 2014, 2019" in str(gone.notes[0])
    change = zones.indicators(ZONE, table, since=2014).get("jobs_change")
    assert Voice("en").year(change) == "2014–2019"
    assert "2019 less that of 2014" in str(change.method)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"columns": ["job"]}, "columns='job' is not known: give one of jobs, labour_force"),
        ({"columns": ["jobs", "jobs"]}, "jobs is given twice"),
        ({"columns": []}, "columns= is empty"),
        ({"year": 2020}, "year=2020 is not known: give one of 2014, 2019"),
        ({"since": 2018}, "since=2018 is not known"),
        ({"since": 2019}, "since=2019 is not before"),
        ({"year": 2014, "since": 2014}, "since=2014 is not before"),
    ],
)
def test_what_the_table_does_not_have_is_refused(table, asked, said):
    with pytest.raises(MeasureError, match=said):
        zones.indicators(ZONE, table, **asked)


def test_an_id_that_names_another_figure_is_refused():
    share = Indicator(id="jobs_share", kind="count")
    area = Indicator(id="density", kind="count")
    table = table_of([JOBS, share, area], jobs=column(1), jobs_share=column(1), density=column(1))
    with pytest.raises(MeasureError, match="'jobs_share' is a figure of jobs; 'density' is a mea"):
        zones.indicators(ZONE, table)
    assert zones.indicators(ZONE, table, columns="jobs").get("jobs").value == 3


def test_a_frame_does_not_say_what_it_is():
    frame = pd.DataFrame({"jobs": column(1)})
    with pytest.raises(MeasureError, match=r"zones\.read_indicators"):
        zones.indicators(ZONE, frame)
    with pytest.raises(MeasureError, match="a dict is no table"):
        zones.indicators(ZONE, {"jobs": 1})


def test_a_table_is_read_with_the_description_beside_it(tmp_path):
    text = 'year = 2019\ndivision = 2019\n[[column]]\nname = "jobs"\nid = "jobs"\nkind = "count"\n'
    (tmp_path / "jobs.toml").write_text(text, encoding="utf-8")
    column(2).rename("jobs").rename_axis("kunta").to_csv(tmp_path / "jobs.csv")
    assert zones.indicators(ZONE, tmp_path / "jobs.csv").get("jobs").value == 2 + 2 + 2


# Kinds


def test_a_mean_is_weighed_and_a_median_is_not_brought_together():
    table = table_of(
        [FORCE, INCOME, AGE],
        labour_force=column(10, helsinki=30, nurmes=5, valtimo=5),
        income=column(0, helsinki=100, nurmes=20, valtimo=60),
        median_age=column(40, helsinki=38, nurmes=50, valtimo=55),
    )
    found = zones.indicators(ZONE, table)
    assert found.get("income").value == (100 * 30 + 20 * 5 + 60 * 5) / 40
    age = found.get("median_age")
    assert (age.value, age.low, age.high) == (None, None, None)
    assert "cannot be brought together" in str(age.notes[0])
    assert found.get("median_age", HELSINKI).value == 38
    assert found.get("median_age", NURMES).value is None
    assert found.get("median_age_members").items == (HELSINKI,)
    assert "Nurmes" in str(found.get("median_age_members").notes[0])
    assert "median_age_country" not in {row.name for row in found}


def test_a_rate_per_inhabitant_rests_on_bundled_people():
    rate = Indicator(id="crimes", kind="rate", base="population", factor=1000)
    found = zones.indicators(["Helsinki"], table_of([rate], crimes=column(5)))
    crimes = found.get("crimes")
    assert crimes.value == pytest.approx(5)
    assert "people at the end of 2019" in str(crimes.method)
    assert any("Sotkanet" in str(line) for line in crimes.sources)


def test_a_rate_of_a_year_without_people_names_the_years_there_are():
    rate = Indicator(id="crimes", kind="rate", numerator="jobs", base="population", factor=1000)
    jobs = Indicator(id="jobs", kind="count")
    table = table_of([rate, jobs], year=2024, division=2024, jobs=CRIMES)
    found = zones.indicators(["Helsinki"], table)
    crimes = found.get("crimes")
    assert crimes.value is None
    assert str(crimes.notes[0]) == (
        "Per people, and people at the end of 2024 are not known here; years with people: "
        "2000-2022, 2025."
    )
    assert not [row for row in found if any("Not available" in str(note) for note in row.notes)]
    quotient = found.get("jobs_location_quotient")
    assert quotient.value is not None
    assert [str(note) for note in quotient.notes] == [
        "People at the end of 2024 are not known here: the quotient is of the people of 2022."
    ]


@pytest.mark.parametrize(
    "name", ["jobs", "JOBS", "Työpaikat", "työpaikat", "arbetsplatser", "Jobs"]
)
def test_a_column_is_called_by_its_id_or_a_name_in_any_case(name):
    table = table_of([JOBS, FORCE], jobs=column(5), labour_force=column(9))
    names = {row.name for row in zones.indicators(["Helsinki"], table, columns=name)}
    assert "jobs" in names
    assert "labour_force" not in names
    near = zones.reach(["Helsinki"], within_km=1, data=table, weight=name)
    assert near.get("jobs_within", "1").low == 5


def test_a_name_of_several_columns_is_not_taken_for_one():
    twins = [Indicator(id=one, kind="count", names={"en": "Jobs"}) for one in ("a", "b")]
    table = table_of(twins, a=column(1), b=column(2))
    with pytest.raises(MeasureError, match="columns='jobs' is not known: give one of a, b"):
        zones.indicators(["Helsinki"], table, columns="jobs")
    with pytest.raises(MeasureError, match="a is given twice"):
        zones.indicators(["Helsinki"], table, columns=["a", "A"])


# Conservation


@settings(max_examples=settings.default.max_examples // 4)
@given(
    st.lists(st.integers(0, 10**9), min_size=len(UNITS), max_size=len(UNITS)),
    st.sets(st.sampled_from(sorted({*MERGED, *LATER[:20]})), min_size=1),
)
def test_zone_and_rest_are_the_country_over_a_merger(numbers, members):
    jobs = pd.Series(numbers, index=UNITS)
    found = zones.indicators(sorted(members), table_of([JOBS], jobs=jobs))
    zone, rest, country = (found.get(f"jobs{part}").value for part in ("", "_rest", "_country"))
    assert zone + rest == country == sum(numbers)
    assert zone == sum(row.value for row in found if row.key is not None)
    carried = geodata.successors(UNITS, from_year=OLD, to_year=2026)
    assert zone == jobs[carried.isin(members).to_numpy()].sum()


def test_a_table_carried_by_hand_gives_the_same():
    jobs = column(3, helsinki=100, nurmes=30, valtimo=5)
    by_hand = (
        jobs.astype(int)
        .groupby(geodata.successors(UNITS, from_year=OLD, to_year=2026).to_numpy())
        .sum()
    )
    carried = zones.indicators("viitoskaytava", table_of([JOBS], division=2026, jobs=by_hand))
    for row in zones.indicators("viitoskaytava", table_of([JOBS], jobs=jobs)):
        assert row.value == carried.get(row.name, row.key).value, (row.name, row.key)


def test_the_country_is_the_row_of_the_table_with_what_no_municipality_has():
    jobs = pd.concat([column(1), pd.Series({"SSS": 320})])
    found = zones.indicators(["Helsinki"], table_of([JOBS], jobs=jobs))
    assert found.get("jobs_country").value == 320
    assert found.get("jobs").value + found.get("jobs_rest").value == 320
    assert "differs from the sum of the municipalities by 9" in str(found.get("jobs_rest").notes[0])


# Two countries


@pytest.fixture(scope="module")
def arc(table):
    return zones.indicators("peramerenkaari", table)


def test_a_zone_in_two_countries_with_a_table_of_one(arc):
    whole, part = arc.get("jobs"), arc.get("jobs", "FI")
    assert (whole.value, whole.low, whole.high) == (None, 9, None)
    assert (part.value, part.notes) == (9, ())
    assert [str(note) for note in whole.notes[:1]] == ["The table has nothing of: northern Sweden."]
    assert "SE" not in {row.key for row in arc}
    assert arc.get("jobs_members").value == 9
    assert part.value + arc.get("jobs_rest").value == arc.get("jobs_country").value
    assert arc.get("jobs_share").value == pytest.approx(100 * 9 / 492)
    assert arc.get("jobs_location_quotient").value is not None
    assert arc.get("jobs_change").low is None


def test_a_zone_abroad_has_nothing_of_the_country(table):
    found = zones.indicators(["Luleå", "Piteå"], table)
    assert found.get("jobs").value is None
    assert found.get("jobs_share").value == 0
    assert found.get("jobs_rest").value == found.get("jobs_country").value == 492
    assert "no members in this country" in str(found.get("jobs_location_quotient").notes[0])


# What a person reads


@pytest.mark.parametrize(
    ("lang", "names", "figure"),
    [
        ("fi", ("Työpaikat", "Sijaintiosamäärä: Työpaikat"), "135 työpaikkaa"),
        ("sv", ("Arbetsplatser", "Lokaliseringskvot: Arbetsplatser"), "135 arbetsplatser"),
        ("en", ("Jobs", "Location quotient: Jobs"), "135 jobs"),
    ],
)
def test_names_units_and_digits_by_language(figures, lang, names, figure):
    voice = Voice(lang)
    jobs, quotient = figures.get("jobs"), figures.get("jobs_location_quotient")
    assert (voice.name(jobs), voice.name(quotient)) == names
    assert voice.figure(jobs) == figure
    assert voice.figure(quotient) == {"en": "2.29"}.get(lang, "2,29")


def test_every_text_is_there_in_every_language(figures, arc):
    for row in (*figures, *arc):
        for lang in LANGUAGES:
            lines = [row.method, *row.notes, row.label.name]
            assert all(line.render(lang).strip() for line in lines)
        assert "division of 2019, carried to that of 2026" in str(row.method)


# Bounds


def test_bounds_of_bounded_figures():
    between = Total(None, 10, 20)
    assert difference(between, Total(5, 5, 5)) == Bounded(None, 5, 15)
    assert share(between, Total(10, 10, 10), Total(None, 20, 30)) == Bounded(
        None, 50, 100 * 20 / 30
    )
    assert change(between, Total(30, 30, 30)) == Bounded(None, 50, 200)
    assert change(Total(0, 0, 0), Total(5, 5, 5)) == Bounded(None, None, None)
    assert share(Total(-1, -1, -1), between, between) == Bounded(None, None, None)


def test_thirty_columns_take_well_below_a_second():
    names = [f"c{at}" for at in range(30)]
    ones = [
        Indicator(id=name, kind="count")
        if at < 15
        else Indicator(id=name, kind="rate", base="c0", factor=100)
        for at, name in enumerate(names)
    ]
    table = table_of(ones, **dict.fromkeys(names, column(7)))
    area = zones.area("viitoskaytava")
    zones.indicators(area, table, columns="c0")
    start = time.process_time()
    zones.indicators(area, table)
    assert time.process_time() - start < 1


def test_the_name_of_no_figure_is_a_measure_of_the_library():
    cut = Indicator(id="cut", kind="count")
    with pytest.raises(MeasureError, match="'cut_members', a figure of 'cut', is a measure"):
        zones.indicators(ZONE, table_of([cut], cut=column(1), municipality=UNITS))
