"""What-if, comparison and years, held against sums by hand and against their own laws.

Figures by hand are sums over rows of the files of people in ``tools/snapshot/source``.
"""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typeguard import suppress_type_checks

import geodata
import zones
from geodata.countries import country
from tests.golden import inputs
from zones.errors import MeasureError
from zones.measures.scenarios.differences import Comparison

ARC, FIVE = "peramerenkaari", "viitoskaytava"
PEOPLE = inputs.people(2026)


def people_of(zone, extent, year):
    """Sum the figures of the members; the extents themselves are held in the golden figures."""
    return sum(PEOPLE[unit][year] for unit in zones.area(zone, extent=extent).units.index)


@pytest.fixture(scope="module")
def arc():
    return zones.area(ARC)


@pytest.fixture(scope="module")
def finnish():
    """A small area in one country, for laws that are tried many times."""
    return zones.area(FIVE, extent="partners-seen", year=2022)


# What-if


def test_a_member_more_and_one_less_change_people_by_their_people(arc):
    change = zones.what_if(arc, add=["Keminmaa"], remove=["Kalajoki"])
    assert (change.added, change.removed) == (("FI_241",), ("FI_208",))
    whole = change.get("population")
    assert whole.before.value == people_of(ARC, "list-about-us", 2022) == 557_488
    assert whole.difference == PEOPLE["FI_241"][2022] - PEOPLE["FI_208"][2022]
    assert (whole.low, whole.high) == (whole.difference, whole.difference)
    finland = change.get("population", "FI")
    assert finland.difference == PEOPLE["FI_241"][2025] - PEOPLE["FI_208"][2025]
    assert finland.before.year == finland.after.year == 2025


def test_items_gained_and_lost_are_named(arc):
    change = zones.what_if(arc, add="Keminmaa", remove="Kalajoki")
    members = change.get("members")
    assert (members.difference, members.gained, members.lost) == (0, ("FI_241",), ("FI_208",))
    assert members.changed
    assert change.get("holes").lost == ("FI_241",)
    gaps = change.get("spine_gaps", "FI")
    assert (gaps.gained, gaps.lost) == (("FI_208",), ("FI_241",))


def test_municipalities_go_by_any_name_or_code():
    wanted = zones.what_if(ARC, add=["Keminmaa", "Liminka"]).added
    assert wanted == ("FI_241", "FI_425")
    assert zones.what_if(ARC, add=["241", "Limingo"]).added == wanted
    assert zones.what_if(ARC, add=["FI_241", "KU425"]).added == wanted


def test_the_bounds_of_an_area_are_those_of_the_border_that_changes(arc):
    keminmaa = geodata.municipalities(2026).geometry["FI_241"]
    row = zones.what_if(arc, add=["Keminmaa"]).get("area", "FI")
    error = country("FI").border_error_km * keminmaa.length / 1e3
    assert row.difference == pytest.approx(keminmaa.area / 1e6, rel=1e-9)
    assert row.low == pytest.approx(row.difference - error, rel=1e-9)
    assert row.high == pytest.approx(row.difference + error, rel=1e-9)
    naive = row.after.high - row.before.low - row.difference
    assert row.high - row.difference < naive / 10
    share = zones.what_if(arc, add=["Keminmaa"]).get("area_share")
    finland = geodata.municipalities(2026).geometry.area.sum() / 1e6
    assert share.high - share.difference == pytest.approx(100 * error / finland, rel=1e-9)


def test_people_are_of_the_same_year_on_both_sides():
    """Skellefteå has no figure for 2025, so that the corridor's people are taken in 2022 too."""
    change = zones.what_if(FIVE, add=["Skellefteå"])
    row = change.get("population")
    before, joined = people_of(FIVE, "with-ita-lappi", 2022), PEOPLE["SE_2482"][2022]
    assert (row.before.value, row.before.year) == (before, 2022)
    assert (row.after.value, row.after.year) == (before + joined, 2022)
    assert row.difference == joined
    assert "2022" in " ".join(map(str, change.notes))
    assert change.get("population", "FI").before.year == 2025
    assert change.before.data_year == 2025


def test_whole_regions_join_and_leave():
    change = zones.what_if(FIVE, add_regions=["Norra Karelen"])
    register = geodata.municipality_register(2026)
    assert list(change.added) == sorted(register.index[register["region_fi"] == "Pohjois-Karjala"])
    assert change.get("region_share_people", "FI_12").before.value == 0
    assert change.get("region_share_people", "FI_12").after.value == 100
    back = zones.what_if(change.after, remove_regions=["FI_12"])
    assert back.removed == change.added


def test_the_extent_and_the_year_can_change_too():
    change = zones.what_if(zones.area(ARC), extent="wide-2010s")
    assert change.get("population").after.value == people_of(ARC, "wide-2010s", 2022)
    assert change.after.extent.id == "wide-2010s"
    moved = zones.what_if(zones.area(FIVE, extent="partners-seen", year=2024), year=2025)
    people = moved.get("population")
    assert (people.before.year, people.after.year) == (2022, 2025)
    assert people.after.value == people_of(FIVE, "partners-seen", 2025)
    pertunmaa = 1600
    before = people_of(FIVE, "partners-seen", 2022) - pertunmaa
    assert people.difference == people.after.value - before


def test_a_computed_extent_can_be_moved_to_and_changed():
    wide = zones.what_if(ARC, extent="corridor-25km")
    assert wide.after.extent.id == "corridor-25km"
    more = zones.what_if(wide.after, add=["Kuusamo"])
    assert more.get("members").difference == 1
    assert zones.check_claims(ARC, extent="corridor-25km", counts=False).get("inhabitants-710k")


def test_every_fault_is_listed_at_once():
    with pytest.raises(MeasureError) as error:
        zones.what_if(
            FIVE,
            add=["Oulou", "Kuopio", 91, "Kainuu", "Oulu", "Uleåborg"],
            remove=["Turku", "Helsinki"],
            add_regions=["Kainu", "Kainuu"],
            remove_regions=["Ahvenanmaa"],
        )
    message = str(error.value)
    assert "\n" not in message
    assert "10 faults" in message
    for part in (
        "did you mean 564 Oulu?",
        "'Kuopio' (FI_297) is in already",
        "'091'",
        "give it among the regions",
        "'Uleåborg' (FI_564) is added twice",
        "'Turku' (FI_853) is not in",
        "'Helsinki' (FI_091) is not in",
        "did you mean Kainuu?",
        "all municipalities of 'Kainuu' are in already",
        "no municipality of 'Ahvenanmaa' is in",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "nothing to change"),
        ({"remove": ["Juva", "Mikkeli", "Mäntyharju", "Suonenjoki", "Pieksämäki"]}, "is not in"),
        ({"remove": ["Mikkeli", "491"]}, "removed twice"),
        ({"add": ["Pertunmaa"]}, "merged into 507"),
    ],
)
def test_what_cannot_be_done_is_said(changes, message):
    with pytest.raises(MeasureError, match=message):
        zones.what_if(zones.area(FIVE, extent="partners-seen"), **changes)


def test_the_last_member_stays(finnish):
    with pytest.raises(MeasureError, match="no member would be left"):
        zones.what_if(finnish, remove=list(finnish.units.index))


def test_own_boundaries_are_kept():
    frame = geodata.municipalities(2022)
    area = zones.area(FIVE, year=2022, boundaries=frame)
    change = zones.what_if(area, add=["Oulu"])
    assert change.after.own_boundaries
    assert change.get("area").low is None
    assert change.get("members").difference == 1


def test_a_network_and_an_own_zone_have_scenarios():
    frame = geodata.municipalities(2026)
    mine = zones.read_zone(frame.loc[["FI_091", "FI_049"]], id="mine", division=2026)
    change = zones.what_if(mine, add=["Vantaa"])
    assert change.get("members").after.value == 3
    assert change.get("spine_length").difference is None
    assert zones.what_if("sixnet", add=["Inari"]).get("members").difference == 1


# Laws

OUTSIDE = sorted(set(geodata.municipality_register(2022).index) - {"FI_507", "FI_491"})


@st.composite
def disjoint(draw):
    members = ("FI_171", "FI_491", "FI_507", "FI_778")
    others = st.sampled_from([unit for unit in OUTSIDE if unit not in members])
    first = draw(st.lists(others, min_size=1, max_size=3, unique=True))
    second = draw(
        st.lists(others.filter(lambda u: u not in first), min_size=1, max_size=3, unique=True)
    )
    return first, second


@settings(max_examples=max(1, settings.default.max_examples // 33))
@given(disjoint())
def test_adding_and_then_removing_restores_every_measure(finnish, sets):
    first, _ = sets
    there = zones.what_if(finnish, add=first)
    back = zones.what_if(there.after, remove=first)
    before = {(row.name, row.key): row.before for row in there}
    after = {(row.name, row.key): row.after for row in back}
    assert set(before) == set(after)
    for key, measure in before.items():
        restored = after[key]
        for name in ("value", "low", "high"):
            one, two = getattr(measure, name), getattr(restored, name)
            assert one == two or math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-9), key
        assert measure.items == restored.items, key


@settings(max_examples=max(1, settings.default.max_examples // 33))
@given(disjoint())
def test_differences_add_up_and_order_does_not_matter(finnish, sets):
    first, second = sets
    one = zones.what_if(finnish, add=first, remove=["FI_171"])
    two = zones.what_if(one.after, add=second)
    other = zones.what_if(zones.what_if(finnish, add=second).after, add=first, remove=["FI_171"])
    at_once = zones.what_if(finnish, add=[*first, *second], remove=["FI_171"])
    assert set(two.after.units.index) == set(other.after.units.index)
    ends = {(row.name, row.key): row.after for row in other}
    steps = {(row.name, row.key): row for row in one}
    for row in two:
        key = (row.name, row.key)
        assert row.after.value == ends[key].value or math.isclose(
            row.after.value, ends[key].value, rel_tol=1e-9, abs_tol=1e-9
        ), key
        assert row.after.items == ends[key].items
    for row in at_once:
        key = (row.name, row.key)
        parts = (steps.get(key), next((r for r in two if (r.name, r.key) == key), None))
        if row.difference is None or None in parts or None in {p.difference for p in parts}:
            continue
        total = sum(part.difference for part in parts)
        assert math.isclose(row.difference, total, rel_tol=1e-6, abs_tol=1e-6), key


# Comparison


def test_two_extents_side_by_side():
    wide = zones.area(ARC, extent="wide-2010s", year=2021)
    narrow = zones.area(ARC, extent="list-2021-08", year=2021)
    both = zones.compare(narrow, wide)
    assert both.get("members").difference == 37 - 13
    sums = [people_of(ARC, extent, 2021) for extent in ("list-2021-08", "wide-2010s")]
    assert both.get("population").difference == sums[1] - sums[0]
    assert both.get("population").before.year == 2021
    back = zones.compare(wide, narrow)
    assert back.get("population").difference == -both.get("population").difference
    assert back.added == both.removed


def test_figures_of_different_years_are_not_compared_in_silence():
    """Both are of 2026; the Arc's newest figures are of 2022, the Corridor's of 2025."""
    both = zones.compare(ARC, FIVE)
    people = both.get("population")
    assert (people.before.year, people.after.year) == (2022, 2022)
    five, arc = people_of(FIVE, "with-ita-lappi", 2022), people_of(ARC, "list-about-us", 2022)
    assert people.difference == five - arc
    assert any("2022" in str(note) for note in both.notes)
    years = zones.compare(zones.area(FIVE, year=2015), zones.area(FIVE, year=2022))
    people = years.get("population")
    assert (people.before.year, people.after.year) == (2015, 2022)
    assert "different years: 2015 and 2022" in str(people.notes[0])


def test_rows_that_one_side_lacks_are_zero_where_there_is_nothing_of_the_kind():
    both = zones.compare(ARC, FIVE)
    region = both.get("region_share_units", "FI_11")
    assert (region.before.value, region.before.high, region.after.value) == (0, 0, 100)
    assert both.get("region_share_units", "SE_25").after.value == 0


def test_a_comparison_is_a_table(arc):
    change = zones.what_if(arc, add=["Keminmaa"])
    assert isinstance(change, Comparison)
    frame = change.to_frame()
    assert len(frame) == len(change) == len(list(change))
    row = frame[(frame["name"] == "members") & frame["key"].isna()].iloc[0]
    assert (row["before"], row["after"], row["difference"]) == (15, 16, 1)
    assert change[0].name == "members"
    assert change[:2] == (change[0], change[1])
    assert "Keminmaa" in change._repr_html_()
    assert repr(change).startswith("<Comparison what-if: peramerenkaari/list-about-us in 2026")
    with pytest.raises(MeasureError, match="key='NO' is not known"):
        change.get("members", "NO")
    with pytest.raises(MeasureError, match="name='jobs' is not known"):
        change.get("jobs")


# Years


def test_a_merger_with_a_non_member_brings_it_in_and_the_step_says_so():
    line = zones.over_time(FIVE, years=(2024, 2025), extent="partners-seen")
    step = line[0]
    people = step.get("population")
    assert (people.before.year, people.after.year) == (2022, 2025)
    assert (people.before.value, people.after.value) == (68_847, 69_628)
    assert "different years: 2022 and 2025" in str(people.notes[0])
    assert str(step.notes[0]) == (
        "Pertunmaa merged into Mäntyharju and is in from 2025 on, with 1,600 people (end of 2022)."
    )
    for lang, word in (("fi", "liittyi"), ("sv", "gick samman")):
        assert word in step.notes[0].render(lang)


def test_the_years_before_boundaries_have_people_and_reasons():
    line = zones.over_time(FIVE, extent="partners-seen")
    assert line.years == (2013, 2021, 2026)
    assert [table.get("population").value for table in line.tables] == [73_591, 69_272, 69_628]
    area = line[0].get("area")
    assert area.before.value is None
    assert area.difference is None
    assert any("no boundaries for the division of 2013" in str(note) for note in area.notes)
    assert line.change.get("population").difference == 69_628 - 73_591
    frame = line.to_frame()
    assert list(frame.columns) == [2013, 2021, 2026]
    assert frame.loc[("population", "FI"), 2021] == 69_272
    assert "2013: 4 municipalities" in repr(line)
    assert len(line) == 2
    assert line[:1] == (line[0],)


def test_steps_add_up_to_the_change():
    line = zones.over_time(ARC, years=(2021, 2024, 2026), extent="wide-2010s")
    for name in ("members", "population"):
        assert sum(step.get(name).difference for step in line) == line.change.get(name).difference
    with pytest.raises(MeasureError, match="two different years"):
        zones.over_time(ARC, years=(2021, 2021))


def test_one_thing_where_several_were_asked_for_is_refused_by_what_it_is(arc):
    with suppress_type_checks(), pytest.raises(MeasureError, match="5 is a number"):
        zones.what_if(arc, add=5)
    with suppress_type_checks(), pytest.raises(MeasureError, match="two different years"):
        zones.over_time(FIVE, years=2026)
