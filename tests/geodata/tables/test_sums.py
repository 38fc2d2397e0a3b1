"""What is conserved and bounded when figures are brought together over municipalities."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata
from geodata import Indicator, read_indicators
from geodata.register.carried import heirs, parts
from geodata.tables.sums import by_unit, of_country, total

OLD, NEW = 2019, 2026
UNITS = sorted(geodata.municipality_register(OLD).index)
LATER = sorted(geodata.municipality_register(NEW).index)
HEIR = heirs(OLD, NEW)
MERGED = [unit for unit, held in parts(OLD, NEW).items() if len(held) > 1]

JOBS = Indicator(id="jobs", kind="count")
FORCE = Indicator(id="force", kind="count")
RATE = Indicator(id="rate", kind="rate", base="force", factor=100)

# Few enough municipalities to make a merger likely to be inside, outside and across.
SOME = sorted({*MERGED, *LATER[:6]})
SOME_OLD = sorted(unit for unit, heir in HEIR.items() if heir in SOME)

zones = st.sets(st.sampled_from(SOME))
counts = st.lists(st.integers(0, 10**9), min_size=len(SOME_OLD), max_size=len(SOME_OLD))
gaps = st.sets(st.sampled_from(SOME_OLD))
few = settings(max_examples=settings.default.max_examples // 4, deadline=None)


def table_of(jobs, hidden=(), *, below=None, country=None, division=OLD, **more):
    """A table as a user has it, read; suppressed in the hidden municipalities."""
    frame = pd.DataFrame({"jobs": jobs, **more}, dtype=object)
    frame.loc[list(hidden), "jobs"] = "..."
    if country is not None:
        frame.loc["SSS"] = [country] * frame.shape[1]
    indicators = [Indicator(id="jobs", kind="count", suppressed_below=below)]
    indicators += [Indicator(id=name, kind="count") for name in more if name != "rate"]
    indicators += [RATE] if "rate" in more else []
    return read_indicators(frame, indicators, year=OLD, division=division)


@few
@given(counts, zones)
def test_zone_and_rest_are_the_country_over_mergers(jobs, zone):
    table = table_of(dict(zip(SOME_OLD, jobs, strict=True)))
    inside = total(table, "jobs", year=OLD, units=zone, division=NEW)
    outside = total(table, "jobs", year=OLD, units=set(SOME) - zone, division=NEW)
    assert inside.value + outside.value == sum(jobs)
    carried = sum(n for unit, n in zip(SOME_OLD, jobs, strict=True) if HEIR[unit] in zone)
    assert inside.value == carried
    rows = by_unit(table, "jobs", year=OLD, division=NEW)
    assert rows["value"].sum() == sum(jobs)
    assert rows["value"].reindex(sorted(zone)).sum() == carried


def test_zone_and_rest_are_the_country_exactly():
    jobs = {unit: 7 + 13 * at**2 for at, unit in enumerate(UNITS)}
    table = table_of(jobs, country=sum(jobs.values()))
    for division, units in ((OLD, UNITS), (NEW, LATER)):
        zone, rest = units[::3], sorted(set(units) - set(units[::3]))
        both = [
            total(table, "jobs", year=OLD, units=u, division=division).value for u in (zone, rest)
        ]
        country = of_country(table, "jobs", year=OLD, country="FI", division=division)
        assert sum(both) == country.value == sum(jobs.values())


@few
@given(counts, zones, gaps, st.booleans())
def test_bounds_hold_the_truth(jobs, zone, hidden, told):
    jobs = {unit: n % 5 if unit in hidden else n for unit, n in zip(SOME_OLD, jobs, strict=True)}
    table = table_of(jobs, hidden, below=5 if told else None)
    found = total(table, "jobs", year=OLD, units=zone, division=NEW)
    truth = sum(n for unit, n in jobs.items() if HEIR[unit] in zone)
    assert found.low <= truth
    assert found.high is None or truth <= found.high
    touched = {unit for unit in hidden if HEIR[unit] in zone}
    assert set(found.gaps) == {HEIR[unit] for unit in touched}
    assert (found.value is None) == bool(touched)
    if told:
        assert found.high - found.low == 4 * len(touched)
    else:
        assert (found.high is None) == bool(touched)


@few
@given(st.sets(st.sampled_from(UNITS), max_size=5), st.sets(st.sampled_from(LATER), max_size=40))
def test_the_country_narrows_what_is_hidden(hidden, zone):
    jobs = {unit: 3 if unit in hidden else 10 + at for at, unit in enumerate(UNITS)}
    table = table_of(jobs, hidden, country=sum(jobs.values()))
    found = total(table, "jobs", year=OLD, units=zone, division=NEW)
    truth = sum(n for unit, n in jobs.items() if HEIR[unit] in zone)
    assert found.low <= truth <= found.high
    assert found.high - found.low <= 3 * len(hidden)
    if not {HEIR[unit] for unit in hidden} - zone:
        assert found.value == truth


@few
@given(counts, zones)
def test_backward_a_merged_place_is_between_nothing_and_all(jobs, zone):
    later = dict(zip(SOME, jobs, strict=False))
    table = table_of(later, division=NEW)
    units = {unit for unit, heir in HEIR.items() if heir in zone}
    whole = total(table, "jobs", year=OLD, units=units, division=OLD)
    assert whole.value == sum(later[unit] for unit in zone)
    for heir in zone & set(MERGED):
        first, *_ = parts(OLD, NEW)[heir]
        part = total(table, "jobs", year=OLD, units=[first], division=OLD)
        assert (part.low, part.high) == (0, later[heir])
        assert part.gaps == (first,) or later[heir] == 0


@few
@given(
    st.lists(st.integers(1, 10**6), min_size=len(SOME_OLD), max_size=len(SOME_OLD)),
    st.lists(st.integers(0, 1000), min_size=len(SOME_OLD), max_size=len(SOME_OLD)),
    st.sets(st.sampled_from(SOME), min_size=1),
)
def test_a_rate_is_numerators_over_bases(force, tenths, zone):
    base = dict(zip(SOME_OLD, force, strict=True))
    rates = dict(zip(SOME_OLD, (n / 10 for n in tenths), strict=True))
    table = table_of(base, force=base, rate=rates)
    found = total(table, "rate", year=OLD, units=zone, division=NEW).value
    held = [unit for unit in SOME_OLD if HEIR[unit] in zone]
    top = sum(Fraction(rates[unit]) * base[unit] / 100 for unit in held)
    assert found == pytest.approx(float(100 * top / sum(base[unit] for unit in held)))


@few
@given(
    st.lists(st.integers(1, 1000), min_size=6, max_size=6),
    st.lists(st.floats(0, 100), min_size=6, max_size=6),
    st.sets(st.integers(0, 5), max_size=3),
)
def test_a_rate_whose_base_has_a_gap_is_bounded(force, rates, hidden):
    units = SOME_OLD[:6]
    known = dict(zip(units, force, strict=True))
    known |= {units[at]: 1 + known[units[at]] % 4 for at in hidden}
    shown = {unit: "<5" if at in hidden else known[unit] for at, unit in enumerate(units)}
    table = table_of(known, force=shown, rate=dict(zip(units, rates, strict=True)))
    found = total(table, "rate", year=OLD, units=units, division=OLD)
    truth = np.average(rates, weights=list(known.values()))
    assert found.low - 1e-9 <= truth <= found.high + 1e-9
    if not hidden:
        assert found.value == pytest.approx(truth)


def test_a_numerator_may_be_per_people_as_bundled():
    jobs = Indicator(id="jobs", kind="count")
    rate = Indicator(id="rate", kind="rate", base="population", numerator="jobs", factor=100)
    units = ["FI_049", "FI_091"]
    table = read_indicators(pd.DataFrame({"jobs": [5, 6]}, index=units), [jobs, rate], year=2022)
    # Statistics Finland, 31 December 2022: Espoo 305,274 and Helsinki 664,028.
    found = total(table, "rate", year=2022, units=units, division=NEW)
    assert found.value == pytest.approx(100 * 11 / 969_302)


def test_bounds_of_a_rate_below_nothing_are_in_their_order():
    jobs, force = (Indicator(id=name, kind="count") for name in ("jobs", "force"))
    rate = Indicator(id="rate", kind="rate", base="force", numerator="jobs", factor=100)
    units = ["FI_049", "FI_091"]
    frame = pd.DataFrame({"jobs": [-5, -6], "force": ["80-180", "20"]}, index=units)
    table = read_indicators(frame, [jobs, force, rate], year=OLD)
    found = total(table, "rate", year=OLD, units=units, division=OLD)
    assert (found.value, found.low, found.high) == (None, -11.0, -5.5)
    rows = by_unit(table, "rate", year=OLD, division=OLD)
    assert rows.loc["FI_049", ["low", "high"]].tolist() == [-6.25, pytest.approx(-500 / 180)]


def test_numerators_of_the_table_go_before_the_rate():
    indicators = [
        Indicator(id="out", kind="count"),
        FORCE,
        Indicator(id="rate", kind="rate", base="force", numerator="out", factor=100),
    ]
    frame = pd.DataFrame({"out": [1, 30], "force": [10, 100]}, index=UNITS[:2])
    table = read_indicators(frame, indicators, year=OLD)
    found = total(table, "rate", year=OLD, units=UNITS[:2], division=OLD)
    assert found.value == pytest.approx(100 * 31 / 110)
    assert by_unit(table, "rate", year=OLD, division=OLD)["value"].tolist() == [10, 30]


def test_what_is_other_is_never_brought_together():
    other = Indicator(id="age", kind="other")
    table = read_indicators(pd.DataFrame({"age": [40, 50]}, index=SOME_OLD[:2]), other, year=OLD)
    assert total(table, "age", year=OLD, units=SOME_OLD[:2], division=OLD).value is None
    assert by_unit(table, "age", year=OLD, division=OLD)["value"].tolist() == [40, 50]


def test_coarser_places_wholly_inside_and_touched():
    register = geodata.municipality_register(OLD)
    lapland = register.index[register["region"] == "19"]
    frame = pd.DataFrame({"region": ["MK19", "MK17"], "jobs": [100, 900]})
    table = read_indicators(frame, JOBS, year=OLD)
    inside = total(table, "jobs", year=OLD, units=lapland, division=OLD)
    assert inside.value == 100
    touched = total(table, "jobs", year=OLD, units=[*lapland, "FI_564"], division=OLD)
    assert (touched.low, touched.high, touched.value) == (100, 1000, None)
    part = total(table, "jobs", year=OLD, units=lapland[:-1], division=OLD)
    assert (part.low, part.high) == (0, 100)
    assert set(part.gaps) == set(lapland[:-1])


def test_a_municipality_that_the_table_does_not_have():
    table = table_of(dict.fromkeys(SOME_OLD[:3], 5))
    found = total(table, "jobs", year=OLD, units=UNITS[:40], division=OLD)
    assert (found.value, found.high) == (None, None)
    assert found.low == 5 * len(set(SOME_OLD[:3]) & set(UNITS[:40]))
    assert of_country(table, "jobs", year=OLD, country="FI", division=OLD).low == 15


def test_people_as_base_are_those_of_the_year():
    rate = Indicator(id="cars", kind="rate", base="population", factor=1000)
    units = ["FI_091", "FI_049"]
    table = read_indicators(pd.DataFrame({"cars": [400, 500]}, index=units), rate, year=2022)
    people = geodata.population(2022)[units]
    found = total(table, "cars", year=2022, units=units, division=table.division)
    assert found.value == pytest.approx(np.average([400, 500], weights=people))
