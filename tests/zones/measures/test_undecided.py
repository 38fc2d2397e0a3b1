"""The land-border graph: facts, the sea, and bounds where polygons cannot decide."""

import math

import geopandas as gpd
import pytest
from shapely import box

import geodata
import zones
from tests.golden import inputs
from zones.measures.graphs.undecided import border_graphs
from zones.texts import LANGUAGES


def own(frame):
    """Take the bundled boundaries for a user's own, so that polygons decide."""
    return zones.area("viitoskaytava", boundaries=frame)


def test_a_drawn_border_that_is_no_fact_is_no_link():
    members = geodata.municipalities(2026).loc[["FI_046", "FI_090"]]
    area = zones.area(zones.read_zone(members, id="two", division=2026))
    table = zones.connectivity(area)
    assert table.get("border_links").value == 0
    assert table.get("isolated").items == ("FI_046", "FI_090")
    drawn = zones.area(area.group, boundaries=geodata.municipalities(2026))
    assert zones.connectivity(drawn).get("border_links").value == 1


def test_a_true_border_that_is_not_drawn_has_no_known_length():
    members = geodata.municipalities(2026).loc[["FI_240", "FI_851"]]
    graph = zones.border_graph(zones.read_zone(members, id="two", division=2026))
    assert len(graph.ties) == 1
    assert math.isnan(graph.ties["weight"].iloc[0])
    assert graph.components() == (("FI_240", "FI_851"),)
    assert graph.strength().isna().all()


def test_borders_through_the_sea_count_when_asked_for():
    land, sea = inputs.neighbours(2026)
    members = geodata.municipalities(2026).loc[["FI_072", "FI_564", "FI_425"]]
    zone = zones.read_zone(members, id="oulu", division=2026)
    inside = {pair for pair in sea if set(pair) <= set(members.index)}
    plain, wet = zones.connectivity(zone), zones.connectivity(zone, sea=True)
    assert inside
    assert plain.get("sea_links").value == wet.get("sea_links").value == len(inside)
    links = len({pair for pair in land if set(pair) <= set(members.index)})
    assert plain.get("border_links").value == links
    assert wet.get("border_links").value == links + len(inside)
    assert plain.get("isolated").items == ("FI_072",)
    assert wet.get("isolated").items == ()
    around = {
        unit
        for pair in land | sea
        if len(set(pair) & set(members.index)) == 1
        for unit in set(pair) - set(members.index)
    }
    assert set(wet.get("neighbours").items) == around
    for lang in LANGUAGES:
        assert wet.get("border_links").notes[0].render(lang)
    assert len(zones.border_graph(zone, sea=True).ties) == links + len(inside)


def test_pairs_in_sweden_that_the_scale_cannot_decide_bound_what_depends_on_them():
    """Piteå and Boden are nearer each other than the Swedish borders stray."""
    table = zones.connectivity("peramerenkaari")
    links = table.get("border_links")
    assert (links.low, links.value, links.high) == (13, 13, 14)
    assert "SE_2581–SE_2582" in str(links.notes)
    cut = table.get("cut_members")
    assert (cut.low, cut.high) == (None, None)
    graphs = border_graphs(zones.area("peramerenkaari"))
    assert len(graphs.least.ties) < len(graphs.most.ties)


def test_with_boundaries_of_an_unknown_scale_there_are_no_bounds():
    table = zones.connectivity(own(geodata.municipalities(2026)))
    links = table.get("border_links")
    assert (links.low, links.high) == (None, None)
    assert any(note.key == "measures.note.unknown_scale" for note in links.notes)
    assert table.get("sea_links").value is None
    assert table.get("sea_links").notes[0].key == "measures.note.no_sea_links"


def test_figures_say_where_small_counts_are_perturbed():
    lulea = geodata.municipalities(2026, country="SE").loc[["SE_2580"]]
    zone = zones.read_zone(lulea, id="lulea", division=2026)
    said = {
        year: any(
            note.key == "measures.note.perturbed"
            for note in zones.reach(zones.area(zone, data_year=year)).get("population").notes
        )
        for year in (2024, 2025)
    }
    assert said == {2024: False, 2025: True}
    finnish = zones.reach("viitoskaytava").get("population")
    assert finnish.year == 2025
    assert not [note for note in finnish.notes if note.key == "measures.note.perturbed"]


@pytest.mark.parametrize("sea", [False, True])
def test_one_municipality_alone_has_no_ties(sea):
    frame = gpd.GeoDataFrame(
        {"code": ["091"]}, geometry=[box(380_000, 6_670_000, 390_000, 6_680_000)], crs=3067
    )
    zone = zones.read_zone(["091"], id="helsinki", division=2026)
    frame = geodata.as_boundaries(frame, year=2026, partial=True, check=False)
    table = zones.connectivity(zones.area(zone, boundaries=frame), sea=sea)
    assert table.get("border_links").value == 0
