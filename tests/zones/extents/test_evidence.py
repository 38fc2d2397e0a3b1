"""What is known of memberships, year by year, and of which years it is."""

import pytest

import zones
from geodata.register.carried import carried
from zones.extents import evidence
from zones.extents.evidence import evidence_of, evidence_years, membership_period

ZONES = ("peramerenkaari", "suomen-kasvukaytava", "viitoskaytava")


def counted(status):
    return status.value_counts().to_dict()


def test_the_corridor_is_known_one_city_after_another():
    corridor = zones.area("suomen-kasvukaytava")
    years = evidence_years(corridor)
    assert years == (2013, 2014, 2016, 2017, 2018, 2019)
    known = [counted(evidence_of(corridor, known=year))["documented"] for year in years]
    assert known == [1, 2, 3, 5, 7, 8]


@pytest.mark.parametrize("name", ZONES)
def test_between_two_years_of_change_nothing_changes(name):
    area = zones.area(name)
    years = evidence_years(area)
    for year in range(2010, area.year + 1):
        last = max((one for one in years if one <= year), default=years[0] - 1)
        assert evidence_of(area, known=year).equals(evidence_of(area, known=last))


@pytest.mark.parametrize("name", ZONES)
def test_a_year_looked_back_to_is_known_as_the_area_of_that_year_is(name):
    now = zones.area(name)
    for year in evidence_years(now):
        then = zones.area(name, year=year)
        status = evidence_of(then)
        for known in ("documented", "former"):
            units = status.index[status == known]
            back = evidence_of(now, known=year)
            assert set(back.index[back == known]) == set(
                carried(tuple(units), then.division, now.division)
            )


def test_former_members_are_outside_the_extent_and_only_given_when_asked_for():
    arc = zones.area("peramerenkaari")
    assert set(evidence_of(arc)) == {"documented"}
    beyond = evidence_of(arc, outside=True).drop(arc.units.index)
    assert counted(beyond) == {"former": 5, "documented": 1}


def test_measure_and_status_count_the_same_of_what_is_or_was():
    for name in ZONES:
        for extent in zones.get(name).extents:
            area = zones.area(name, extent=extent.id)
            measured = zones.coverage(area).get("members_with_evidence").value
            assert measured == (evidence_of(area) != "extent").sum()


def test_the_period_of_memberships_is_open_where_one_has_no_end():
    assert [membership_period(zones.get(name)) for name in ZONES] == [
        ("2021", None),
        ("2013", None),
        ("2021", "2023"),
    ]
    assert membership_period(zones.get("terveysdata")) == ("2021", "2024")
    assert membership_period(zones.get("koulutus-tyoelama-sote")) == (None, None)


@pytest.mark.parametrize(
    ("year", "ended", "note"),
    [
        (2022, [], ""),
        (2023, ["FI_240"], "Evidence of membership ends before 2023: 1 municipality."),
        (2026, ["FI_240", "FI_241"], "Evidence of membership ends before 2026: 2 municipalities."),
    ],
)
def test_evidence_that_ended_before_the_year_counts_and_is_said(tmp_path, year, ended, note):
    path = tmp_path / "own.toml"
    path.write_text(
        """
        id = "own"
        division = 2022
        codes = ["240", "241", "564", "851"]
        member = [
          {code = "240", valid_to = "2022-12-31"},
          {code = "241", valid_to = "2022"},
          {code = "241", valid_from = 2024-01-01, valid_to = "2025"},
          {code = "564", valid_to = "2026-11"},
          {code = "851", valid_to = "2021", confidence = "low"},
        ]
        """,
        "utf-8",
    )
    area = zones.area(path, year=year)
    assert evidence.out_of_time(area) == {"ended": ended, "to_come": []}
    for figure in (
        zones.coverage(area).get("members_with_evidence"),
        zones.reach(area).get("population_with_evidence"),
    ):
        assert " ".join(text for one in figure.notes if "ends" in (text := str(one))) == note
    assert zones.coverage(area).get("members_with_evidence").value == 3


def test_zones_of_the_past_keep_their_members_and_say_that_they_are_of_the_past():
    counted = zones.coverage(zones.area("viitoskaytava", year=2024)).get("members_with_evidence")
    assert counted.value == 47
    assert [note.render("fi") for note in counted.notes if "Näyttö" in note.render("fi")] == [
        "Näyttö jäsenyydestä päättyy ennen vuotta 2024: 47 kuntaa."
    ]


def test_evidence_that_begins_after_the_year_counts_and_is_said(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        """
        id = "own"
        division = 2022
        codes = ["240", "241", "564"]
        member = [
          {code = "240", valid_from = "2024"},
          {code = "241", valid_from = "2024"},
          {code = "241", valid_to = "2019"},
          {code = "564"},
        ]
        """,
        "utf-8",
    )
    area = zones.area(path, year=2022)
    assert evidence.out_of_time(area) == {"ended": [], "to_come": ["FI_240"]}
    seen = zones.coverage(area).get("members_with_evidence")
    said = "Evidence of membership begins after 2022: 1 municipality."
    assert (seen.value, said in map(str, seen.notes)) == (3, True)
    assert evidence.out_of_time(zones.area(path, year=2024))["to_come"] == []
    # One dated row of several is not when the zone began.
    assert evidence.membership_period(zones.read_zone(path))[0] is None
