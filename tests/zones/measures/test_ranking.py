"""The best next member, held against sums by hand, shapely, and the scenario itself."""

import geopandas as gpd
import pytest
import shapely

import geodata
import zones
from tests.golden import inputs
from zones.errors import MeasureError

ARC, FIVE = "peramerenkaari", "viitoskaytava"
PEOPLE = inputs.people(2026)


@pytest.fixture(scope="module")
def arc():
    return zones.area(ARC)


def test_the_spine_names_its_gaps_in_order_of_length():
    ranking = zones.rank_candidates(ARC, by="spine")
    assert [str(candidate.name) for candidate in ranking] == [
        "Pyhäjoki",
        "Siikajoki",
        "Lumijoki",
        "Keminmaa",
    ]
    # 94.8 of 236.3 km of the Finnish part are outside, some of it in the sea.
    assert sum(candidate.gain for candidate in ranking) < 236.3 - 141.5
    frame = geodata.municipalities(2026).geometry
    spine = gpd.GeoSeries([zones.spine_line(ARC)], crs=3067).iloc[0]
    for candidate in ranking:
        inside = shapely.intersection(frame[candidate.lau_id], spine).length / 1e3
        assert candidate.gain == pytest.approx(inside, rel=1e-9)
        assert candidate.people == PEOPLE[candidate.lau_id][2022]


def test_the_reasons_hold_in_the_scenario_itself(arc):
    best = zones.rank_candidates(arc, by="components")[0]
    assert (best.lau_id, best.gain) == ("FI_625", 1)
    change = zones.what_if(arc, add=[best.lau_id])
    assert change.get("components").difference == -1
    assert change.get("population").difference == best.people
    share = change.get("spine_inside_share")
    assert share.difference == pytest.approx(100 * best.spine_km / 448.578, rel=1e-3)
    assert next(reason.render("sv") for reason in best.reasons) == (
        "förenar 2 delar till en: Kalajoki, Brahestad"
    )


def test_by_people_ranks_neighbours_and_linked_alone(arc):
    ranking = zones.rank_candidates(arc, by="people", limit=3)
    assert [c.lau_id for c in ranking] == ["SE_2480", "FI_698", "FI_272"]
    assert [c.people for c in ranking] == [
        PEOPLE[unit][2022] for unit in ("SE_2480", "FI_698", "FI_272")
    ]
    everyone = zones.rank_candidates(arc, by="people")
    assert "FI_072" in {c.lau_id for c in everyone}  # Hailuoto, by ferry and no border
    assert [c.rank for c in everyone] == list(range(1, len(everyone) + 1))
    gains = [c.gain for c in everyone if c.gain is not None]
    assert gains == sorted(gains, reverse=True)


def test_a_neighbour_across_the_border_is_found_by_its_bridge():
    frame = geodata.municipalities(2026)
    mine = zones.read_zone(frame.loc[["FI_851"]], id="tornio", division=2026)
    area = zones.area(mine, data_year=2020)
    ranking = zones.rank_candidates(area, by="people")
    haparanda = next(c for c in ranking if c.lau_id == "SE_2583")
    assert haparanda.people == 9601
    assert "linked to Tornio" in [str(reason) for reason in haparanda.reasons]
    assert "förbindelse: Torneå" in [reason.render("sv") for reason in haparanda.reasons]
    change = zones.what_if(area, add=["Haparanda"])
    assert change.get("population").difference == 9601
    assert change.get("border_links").difference == 0
    assert change.get("border_crossings").difference > 0


def test_where_nobody_gains_the_table_is_empty_and_still_a_table():
    ranking = zones.rank_candidates(FIVE, by="spine")
    assert len(ranking) == 0
    assert list(ranking.to_frame().columns)[:3] == ["rank", "name", "region"]
    full = zones.rank_candidates(ARC, by="spine", limit=1)
    assert full.to_frame("fi").loc["FI_625", "reasons"][0].startswith("sulkee akselista 22,7 km")
    assert "Pyhäjoki" in full._repr_html_()
    assert full.to_dict()["candidates"][0]["lau_id"] == "FI_625"


@pytest.mark.parametrize(
    ("area", "choice", "message"),
    [
        (FIVE, {"by": "jobs"}, "people, spine, components"),
        (FIVE, {"limit": 0}, "1 or more"),
        ("sixnet", {"by": "spine"}, "no spine"),
    ],
)
def test_a_ranking_that_cannot_be_is_refused(area, choice, message):
    with pytest.raises(MeasureError, match=message):
        zones.rank_candidates(area, **choice)
    with pytest.raises(MeasureError, match="no boundaries"):
        zones.rank_candidates(zones.area(FIVE, year=2015))
