"""Connectivity of real members; every figure is in test_golden.py, graphs in test_graphs.py."""

import networkx as nx
import pytest

import geodata
import zones
from zones.measures.connectivity import people_cut_off
from zones.model.contract import CONTRACT


def test_all_names_in_order():
    table = zones.connectivity(zones.area("peramerenkaari"))
    assert list(dict.fromkeys(row.name for row in table)) == [
        row.name for row in CONTRACT.values() if row.table == "connectivity"
    ]


def test_what_must_hold():
    arc = zones.connectivity(zones.area("peramerenkaari"))
    assert arc.get("isolated").items == ("FI_208", "FI_678")
    growth = zones.connectivity(zones.area("suomen-kasvukaytava"))
    names = geodata.municipalities(2026)["name_fi"]
    assert {names[unit] for unit in growth.get("cut_members").items} == {
        "Espoo",
        "Kurikka",
        "Raasepori",
    }
    assert (growth.get("border_links").value, growth.get("neighbours").value) == (181, 38)


def test_the_people_cut_off_are_outside_the_most_populous_remainder():
    area = zones.area("suomen-kasvukaytava")
    graph = zones.border_graph(area)
    other = graph.to_networkx()
    for member in graph.articulation_points():
        component = nx.node_connected_component(other, member) - {member}
        parts = nx.connected_components(other.subgraph(component))
        totals = sorted(int(area.units.loc[list(part), "population"].sum()) for part in parts)
        assert people_cut_off(area, graph, member) == sum(totals[:-1])


def test_ties_across_the_border_are_links_and_no_borders():
    area = zones.area("peramerenkaari")
    table = zones.connectivity(area)
    assert table.get("border_crossings").value == 2
    assert table.get("border_crossings").items == ("FI_851", "SE_2583")
    ties = zones.border_graph(area).ties
    assert (ties["left"].str[:2] == ties["right"].str[:2]).all()


def test_one_member_has_no_distances():
    frame = geodata.municipalities(2026).loc[["FI_564"]]
    area = zones.area(zones.read_zone(frame, id="yksi", division=2026, name_fi="Yksi"))
    table = zones.connectivity(area)
    assert table.get("border_links").value == 0
    assert table.get("isolated").items == ("FI_564",)
    for name in ("mean_hops", "longest_hops", "centre_distance_mean"):
        assert table.get(name).value is None
        assert table.get(name).notes


def test_without_boundaries_nothing_is_left_out():
    table = zones.connectivity(zones.area("viitoskaytava", year=2013))
    names = {row.name for row in CONTRACT.values() if row.table == "connectivity"}
    names -= {"people_cut_off"}  # a row a cut member, and none is known
    assert names <= {row.name for row in table}
    assert all(row.value is not None or row.notes for row in table)
    assert table.get("border_links").value is None


def test_the_bridging_member_ties_the_arc_to_a_network():
    area = zones.area("peramerenkaari")
    (member,) = zones.connectivity(area).get("bridging_members").items
    assert zones.bridging_members().loc[member, "parted"] > 0


@pytest.mark.parametrize("zone", ["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"])
def test_distances_along_the_spine_add_up(zone):
    km = zones.spine_distances(zone)
    assert (km.to_numpy() == km.to_numpy().T).all()
    whole = zones.coverage(zones.area(zone)).get("spine_length").value
    assert km.to_numpy().max() == pytest.approx(whole)
    assert km.iloc[0, -1] == pytest.approx(whole)
    steps = [km.iloc[i, i + 1] for i in range(len(km) - 1)]
    centres = geodata.centres(2026).geometry
    for i, step in enumerate(steps):
        start, end = km.index[i], km.index[i + 1]
        if start in centres.index and end in centres.index:
            assert step == pytest.approx(centres[start].distance(centres[end]) / 1e3)
