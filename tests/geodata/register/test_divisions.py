"""Names, divisions and mergers, against the raw inputs read line by line."""

import csv
import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeguard import suppress_type_checks

import geodata
from geodata import countries
from geodata.countries import Merger
from geodata.errors import ArgumentError, IdentifierError, YearError
from geodata.register.divisions import YEARS, classifications, division_ids, lifetimes
from tools.snapshot.build import SOURCE

COUNTS = {
    2013: 320, 2014: 320, 2015: 317, 2016: 313, 2017: 311, 2018: 311, 2019: 311,
    2020: 310, 2021: 309, 2022: 309, 2023: 309, 2024: 309, 2025: 308, 2026: 308,
}  # fmt: skip
COLUMNS = [
    "country", "name_fi", "name_sv", "name_en",
    "region", "region_fi", "region_sv", "region_en",
    "sub_region", "sub_region_fi", "sub_region_sv", "sub_region_en",
    "wellbeing_county", "wellbeing_county_fi", "wellbeing_county_sv", "wellbeing_county_en",
]  # fmt: skip
years = st.sampled_from(YEARS)
# The first example reads the register; on a busy machine that takes its time.


def raw(name):
    with (SOURCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("year", YEARS)
def test_register_has_every_municipality_of_the_year(year):
    frame = geodata.municipality_register(year)
    expected = {
        "FI_" + row["code"]: row
        for row in raw("municipality_register_2013_2026.csv")
        if row["year"] == str(year)
    }
    names = {
        (row["division"], row["code"]): row
        for row in raw("division_names_2013_2026.csv")
        if row["year"] == str(year)
    }
    assert len(frame) == COUNTS[year]
    assert frame.columns.tolist() == COLUMNS
    assert frame.index.name == "lau_id"
    assert frame.index.tolist() == sorted(expected)
    for unit, row in frame.iterrows():
        for language in ("fi", "sv", "en"):
            assert row[f"name_{language}"] == expected[unit][f"name_{language}"]
        for column, source in (
            ("region", "maakunta"),
            ("sub_region", "seutukunta"),
            ("wellbeing_county", "hyvinvointialue"),
        ):
            code = expected[unit][source]
            if not code:
                assert row[[column, f"{column}_fi", f"{column}_sv", f"{column}_en"]].isna().all()
                continue
            assert row[column] == code
            assert row[f"{column}_sv"] == names[source, code]["name_sv"]
            assert row[f"{column}_en"] == names[source, code]["name_en"]


def test_joroinen_changes_region_with_the_year():
    before = geodata.municipality_register(2020).loc["FI_171"]
    after = geodata.municipality_register(2021).loc["FI_171"]
    assert (before["region"], before["region_fi"]) == ("10", "Etelä-Savo")
    assert (after["region"], after["region_fi"]) == ("11", "Pohjois-Savo")


def test_wellbeing_counties_are_missing_before_2018():
    assert geodata.municipality_register(2017)["wellbeing_county_fi"].isna().all()
    assert geodata.municipality_register(2021)["wellbeing_county_fi"].notna().all()


@pytest.mark.parametrize("year", [2013, 2026])
def test_swedish_register(year):
    frame = geodata.municipality_register(year, country="SE")
    assert len(frame) == 29
    assert frame.columns.tolist() == COLUMNS
    assert frame["region"].value_counts().to_dict() == {"24": 15, "25": 14}
    lulea = frame.loc["SE_2580"]
    assert (lulea["name_fi"], lulea["name_sv"], lulea["country"]) == ("Luulaja", "Luleå", "SE")
    assert lulea["region_fi"] == "Norrbottenin lääni"
    assert frame.loc["SE_2583", "name_fi"] == "Haaparanta"
    umea = frame.loc["SE_2480"]
    assert umea[["name_fi", "region_sv", "region_en"]].tolist() == [
        "Umeå",
        "Västerbottens län",
        "Västerbotten County",
    ]
    assert frame[["sub_region", "wellbeing_county_en"]].isna().all(axis=None)


def test_a_changed_copy_does_not_change_the_register():
    frame = geodata.municipality_register(2026)
    frame.loc[:, "name_fi"] = "x"
    assert geodata.municipality_register(2026).loc["FI_091", "name_fi"] == "Helsinki"
    rows = geodata.mergers()
    rows.loc[:, "successor"] = "x"
    assert "x" not in set(geodata.mergers()["successor"])


@pytest.mark.parametrize("year", [2012, 2027, "2012", 2020.5, True, None])
def test_a_year_out_of_range_names_the_range(year):
    with suppress_type_checks(), pytest.raises(YearError, match="2013-2026"):
        geodata.municipality_register(year)


def test_other_countries_are_refused():
    with pytest.raises(ArgumentError, match="expected 'FI' or 'SE'"):
        geodata.municipality_register(2026, country="NO")


def test_more_classifications():
    frame = geodata.municipality_register(2026, columns=["nuts3", "tyollisyysalue", "region"])
    assert frame.loc["FI_091", "nuts3"] == "FI1B1"
    assert frame["employment_area_fi"].notna().all()
    assert frame.columns.is_unique
    assert geodata.municipality_register(2026, columns="evk")["evk"].notna().all()
    swedish = geodata.municipality_register(2026, country="SE", columns=["nuts3"])
    assert swedish["nuts3_sv"].isna().all()
    with pytest.raises(ValueError, match="employment_area"):
        geodata.municipality_register(2026, columns=["maakunnat"])


@pytest.mark.parametrize("name", classifications())
@pytest.mark.parametrize("year", [2013, 2019, 2026])
def test_classification_has_a_name_for_every_code(name, year):
    frame = geodata.classification(name, year=year)
    assert len(frame) == COUNTS[year]
    named = frame["code"].notna()
    assert frame[named].notna().all(axis=None)
    assert frame[~named].isna().all(axis=None)


def test_mergers_are_the_yearly_differences():
    rows = geodata.mergers()
    assert rows.columns.tolist() == ["lau_id", "successor", "in_force"]
    assert len(rows) == 12
    assert all(type(day) is dt.date for day in rows["in_force"])
    by_year = {year: set(geodata.municipality_register(year).index) for year in YEARS}
    for year in range(2014, 2027):
        ceased = {
            unit
            for unit, day in zip(rows["lau_id"], rows["in_force"], strict=True)
            if day.year == year
        }
        assert by_year[year - 1] - by_year[year] == ceased
        assert not by_year[year] - by_year[year - 1]


def test_successors_between_any_two_years():
    at_once = geodata.successors(["FI_911", "FI_283", "SE_2580"], from_year=2013, to_year=2026)
    assert at_once.to_dict() == {"FI_911": "FI_541", "FI_283": "FI_098", "SE_2580": "SE_2580"}
    assert at_once.index.name == "lau_id"
    same = geodata.successors(["FI_588"], from_year=2024, to_year=2024)
    assert same.to_dict() == {"FI_588": "FI_588"}


def test_successors_follow_a_chain():
    # No chain has happened since 2013; the next one must not surprise.
    rows = (
        Merger("FI_099", "FI_214", dt.date(2021, 1, 1)),
        Merger("FI_214", "FI_609", dt.date(2025, 1, 1)),
    )
    both = ["FI_099", "FI_214"]
    with countries.using(replace(countries.country("FI"), mergers=lambda: rows)):
        assert geodata.successors(both, from_year=2020, to_year=2026).tolist() == ["FI_609"] * 2
        assert geodata.successors(both, from_year=2020, to_year=2024).tolist() == ["FI_214"] * 2
        late = geodata.successors(both[1:], from_year=2021, to_year=2026)
    assert late.tolist() == ["FI_609"]


@given(years, years, years)
def test_successors_are_transitive_and_idempotent(one, two, three):
    first, middle, last = sorted((one, two, three))
    ids = sorted(division_ids(first))
    halfway = geodata.successors(ids, from_year=first, to_year=middle)
    stepwise = geodata.successors(halfway, from_year=middle, to_year=last)
    direct = geodata.successors(ids, from_year=first, to_year=last)
    assert stepwise.tolist() == direct.tolist()
    assert set(direct) == division_ids(last)
    again = geodata.successors(direct, from_year=last, to_year=last)
    assert again.tolist() == direct.tolist()


def test_successors_refuse_what_they_cannot_follow():
    with pytest.raises(YearError, match="backwards"):
        geodata.successors(["FI_091"], from_year=2026, to_year=2020)
    with pytest.raises(IdentifierError, match=r"'FI_588', '091'"):
        geodata.successors(["FI_588", "FI_005", "091", "FI_588"], from_year=2026, to_year=2026)


def test_no_ids_have_no_successors():
    assert geodata.successors([], from_year=2020, to_year=2026).empty


def test_region_changes_without_a_change_of_code():
    changes = geodata.region_changes(2020, 2021)
    assert changes.index.tolist() == ["FI_090", "FI_142", "FI_152", "FI_171", "FI_291"]
    assert changes.loc["FI_171", ["region_from", "region_to"]].tolist() == ["10", "11"]
    assert len(geodata.region_changes(2015, 2016)) == 1
    assert geodata.region_changes(2021, 2026).empty
    back = geodata.region_changes(2021, 2020)
    assert back["region_from"].tolist() == changes["region_to"].tolist()


def test_lifetimes_cover_the_register():
    assert lifetimes()["FI_588"] == (2013, 2024)
    assert lifetimes()["SE_2580"] == (2013, 2026)
    assert len(lifetimes()) == 320 + 29


def test_text_columns_are_one_type_in_every_year():
    kinds = {
        (country, year): tuple(
            map(str, geodata.municipality_register(year, country=country).dtypes)
        )
        for country in ("FI", "SE")
        for year in YEARS
    }
    assert len(set(kinds.values())) == 1
    assert isinstance(geodata.municipality_register(2026).index, pd.Index)
