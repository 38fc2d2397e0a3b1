"""Evidence, the table of units and groups, and its join. Figures counted by hand from the facts."""

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

import geodata
import zones
from geodata.errors import YearError
from geodata.register.carried import carried
from zones.errors import ExtentError, MeasureError, UnknownGroupError
from zones.extents.evidence import evidence_of
from zones.extents.membership import incidence, join, memberships

# Networks have 53 rows that are neither stale nor low, each of another unit and network.
NETWORK_ROWS = 53


def _squares(ids, **columns):
    """Municipalities whose borders do not matter: squares in a row."""
    index = pd.Index(list(ids), name="lau_id")
    shapes = [box(i, 0, i + 1, 1) for i in range(len(index))]
    return gpd.GeoDataFrame(columns, index=index, geometry=shapes, crs=3067)


def _finland(year):
    return _squares(geodata.municipality_register(year).index)


def test_weak_rows_are_kept_and_left_out_by_default():
    assert len(memberships(former=True)) == 22 + 8 + 47 + NETWORK_ROWS
    everything = memberships(weak=True, former=True)
    assert len(everything) == 24 + 13 + 47 + 65
    assert int(everything["weak"].sum()) == 2 + 5 + 12
    assert everything.index.name == "lau_id"
    assert everything["source"].str.len().min() > 0


def test_former_rows_are_marked_and_left_out_by_default():
    assert not memberships()["former"].any()
    arc = memberships("peramerenkaari", former=True)
    assert sorted(arc.index[arc["former"]]) == [
        *("FI_072", "FI_244", "FI_272", "FI_425", "FI_977", "SE_2581"),
    ]


@pytest.mark.parametrize(
    ("group", "at", "rows"),
    [
        ("peramerenkaari", 2021, 22),
        ("peramerenkaari", "2022", 16),
        ("peramerenkaari", 2026, 15),
        ("peramerenkaari", dt.date(2026, 1, 1), 15),
        ("viitoskaytava", 2021, 40),
        ("viitoskaytava", 2023, 47),
        ("viitoskaytava", 2024, 0),
        ("suomen-kasvukaytava", "2013", 1),
        ("suomen-kasvukaytava", "2024-12-31", 8),
        ("suomen-kasvukaytava", "2024-12", 8),
        ("suomen-kasvukaytava", "2025", 7),
        # A row without dates of its own has those of its network.
        ("terveysdata", "2021-08", 0),
        ("terveysdata", "2021-09-01", 5),
        ("terveysdata", "2024-03-31", 5),
        ("terveysdata", "2024-04", 0),
        ("etatyopisteet-kasvualustoina", "2021-10-31", 0),
        ("etatyopisteet-kasvualustoina", "2021-11-01", 2),
    ],
)
def test_evidence_in_force_at_a_date(group, at, rows):
    assert len(memberships(group, at=at)) == rows


def test_the_arc_of_today_is_its_default_extent():
    table = incidence("peramerenkaari", at=2026)
    assert table["relation"].tolist() == ["both"] * 15


@pytest.mark.parametrize("at", ["soon", "2021-13", "21", "2021-02-30", "0000", 3.5])
def test_what_is_no_date_is_refused(at):
    with pytest.raises(MeasureError, match="is not a date: give a year"):
        memberships(at=at)


def test_a_network_without_known_members_has_no_rows():
    assert memberships("koulutus-tyoelama-sote", weak=True).empty
    assert incidence("koulutus-tyoelama-sote").empty
    assert list(incidence("koulutus-tyoelama-sote").columns) == [
        *("group", "kind", "extent", "relation", "former"),
    ]


def test_incidence_says_why_a_unit_is_in_a_group():
    found = incidence(former=True).groupby(["group", "relation"]).size()
    assert found["peramerenkaari"].to_dict() == {"both": 15, "member": 6}
    today = incidence().groupby(["group", "relation"]).size()
    assert today["peramerenkaari"].to_dict() == {"both": 15, "member": 1}
    assert found["suomen-kasvukaytava"].to_dict() == {"both": 8, "extent": 70}
    assert found["viitoskaytava"].to_dict() == {"both": 46}
    networks = incidence().query("kind == 'network'")
    assert networks["relation"].unique().tolist() == ["both"]
    assert len(networks) == NETWORK_ROWS


def test_incidence_has_one_row_a_unit_and_group():
    table = incidence(weak=True).reset_index()
    assert not table.duplicated(["lau_id", "group"]).any()
    arc = incidence("peramerenkaari", former=True)
    assert sorted(arc.index[arc["relation"] == "member"]) == [
        *("FI_072", "FI_241", "FI_244", "FI_272", "FI_425", "FI_977"),
    ]
    # Piteå left and came back: it is not former. Keminmaa was there in the period itself.
    assert not arc.loc["SE_2581", "former"]
    assert not arc.loc["FI_241", "former"]
    assert arc.loc["FI_272", "former"]
    assert pd.isna(arc.loc["FI_272", "extent"])


def test_the_three_zones_share_no_unit_of_their_default_extents():
    table = incidence(["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"])
    inside = table[table["relation"] != "member"]
    assert len(inside) == 15 + 78 + 46
    assert inside.index.is_unique


@pytest.mark.parametrize(
    ("division", "units"), [(2026, 46), (2025, 46), (2024, 47), (2022, 47), (2021, 47), (2020, 47)]
)
def test_units_are_carried_across_mergers(division, units):
    table = incidence("viitoskaytava", division=division)
    assert len(table) == units
    assert ("FI_588" in table.index) == (division < 2025)


def test_a_non_member_that_merged_with_a_member_is_in_from_then_on():
    small = {"viitoskaytava": "partners-seen"}
    before = incidence("viitoskaytava", division=2024, extents=small)
    after = incidence("viitoskaytava", division=2026, extents=small)
    assert before.loc["FI_588", "relation"] == "member"
    assert sorted(after.index[after["relation"] == "both"]) == [
        *("FI_171", "FI_491", "FI_507", "FI_778"),
    ]


def test_backwards_a_unit_becomes_all_that_merged_into_it():
    # Kuopio took in Nilsiä (2013), Maaninka (2015) and Juankoski (2017); Swedish codes stay.
    assert carried(["FI_297", "SE_2580"], 2021, 2014) == ("FI_174", "FI_297", "FI_476", "SE_2580")
    assert carried(["FI_174", "FI_476"], 2014, 2021) == ("FI_297",)


def test_extents_are_chosen_by_any_name_of_the_group():
    table = incidence("Growth Corridor Finland", extents={"hht": "named"})
    assert table["relation"].tolist() == ["both"] * 8
    with pytest.raises(ExtentError, match="no extent 'wide'"):
        incidence("hht", extents={"hht": "wide"})


def test_a_year_or_name_that_is_not_known_is_refused():
    with pytest.raises(YearError):
        incidence("hht", division=2030)
    with pytest.raises(UnknownGroupError):
        incidence(["hht", "nowhere"])


def test_join_keeps_units_in_no_group_and_repeats_those_in_many():
    frame = _finland(2026)
    joined = join(frame)
    table = incidence()
    finnish = table[table.index.str.startswith("FI_") & table["extent"].notna()]
    outside = set(frame.index) - set(finnish.index)
    assert isinstance(joined, gpd.GeoDataFrame)
    assert joined.crs == frame.crs
    assert len(joined) == len(finnish) + len(outside)
    assert set(joined.index[joined["group"].isna()]) == outside
    assert joined.index.unique().tolist() == frame.index.tolist()
    # Oulu: the Arc and four networks with it as known member.
    assert sorted(joined.loc["FI_564", "group"]) == [
        *("liukas", "peramerenkaari", "sdg-johtaminen", "sixnet", "terveysdata"),
        "ydinkeskustan-kestava-tulevaisuus",
    ]
    assert str(joined["former"].dtype) == "boolean"


def test_grouped_by_group_the_join_is_the_default_extents():
    everyone = pd.concat(
        [_finland(2026), _squares(geodata.municipality_register(2026, country="SE").index)]
    )
    for group, rows in join(everyone).groupby("group"):
        assert sorted(rows.index) == sorted(zones.area(group).units.index)


def test_what_is_known_of_each_unit():
    arc, corridor = (
        evidence_of(zones.area(name)) for name in ("peramerenkaari", "suomen-kasvukaytava")
    )
    assert arc.value_counts().to_dict() == {"documented": 15}
    assert corridor.value_counts().to_dict() == {"extent": 70, "documented": 8}
    wide = evidence_of(zones.area("peramerenkaari", extent="wide-2010s"))
    assert wide["FI_272"] == "former"
    # Riihimäki is documented until the end of 2024, and from 2017 on.
    early = evidence_of(zones.area("suomen-kasvukaytava", year=2015))
    assert (early == "documented").sum() < 8


@pytest.mark.parametrize(("year", "rows", "inside"), [(2022, 309, 47), (2026, 308, 46)])
def test_join_finds_the_division_of_the_frame(year, rows, inside):
    joined = join(_finland(year), "viitoskaytava")
    assert (len(joined), int(joined["group"].notna().sum())) == (rows, inside)


def test_join_of_both_countries_of_sweden_alone_and_of_nothing():
    swedish = _squares(geodata.municipality_register(2026, country="SE").index)
    assert len(swedish) == 29
    joined = join(swedish, "peramerenkaari")
    assert int(joined["group"].notna().sum()) == 6
    everyone = pd.concat([_finland(2026), swedish])
    assert int(join(everyone, "peramerenkaari")["group"].notna().sum()) == 15
    all_rows = join(everyone, "peramerenkaari", outside=True, former=True)
    assert int(all_rows["group"].notna().sum()) == 21
    assert join(swedish.iloc[:0]).empty


def test_join_keeps_the_order_and_the_columns_of_the_frame():
    frame = _squares(["SE_2580", "FI_564", "FI_091"], name=["c", "b", "a"])
    joined = join(frame, ["hht", "peramerenkaari"])
    assert joined["name"].tolist() == ["c", "b", "a"]
    assert joined["group"].tolist() == ["peramerenkaari", "peramerenkaari", "suomen-kasvukaytava"]


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        (_squares([0, 1]), "must hold lau_id such as 'FI_091', not 0, 1: set it with"),
        (_squares(["091", "049", "837", "005"]), "'837' and 1 more"),
        (_squares(["FI_091", "FI_091"]), "FI_091 more than once"),
        (_squares(["FI_588", "FI_999"]), "of no one division 2013-2026"),
        (_squares(["FI_091"], group=["x"], kind=["y"]), "already has the columns group, kind"),
    ],
)
def test_join_refuses_a_frame_it_cannot_join(frame, fault):
    with pytest.raises(MeasureError, match=fault):
        join(frame)
