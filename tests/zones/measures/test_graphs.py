"""Graphs of ties against naive counts: on random graphs, and on real members."""

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geodata
import zones
from geodata.errors import FileFormatError, IdentifierError
from zones.errors import MeasureError, MissingPackageError
from zones.measures.graphs import interop
from zones.measures.graphs.shared import shared_pairs

NODES = [f"FI_{number:03}" for number in range(14)]


def graph_of(pairs, nodes=NODES):
    table = pd.DataFrame(pairs, columns=["left", "right"]).assign(weight=1.0)
    return zones.TieGraph.from_pairs(nodes, table, kind="test", unit="")


@st.composite
def random_pairs(draw):
    return draw(
        st.lists(
            st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(
                lambda pair: pair[0] != pair[1]
            ),
            max_size=30,
        )
    )


def parts_of(ties, nodes):
    """Components by joining whatever a tie joins, one tie after the other."""
    part = {node: {node} for node in nodes}
    for left, right in ties:
        joined = part[left] | part[right]
        part |= dict.fromkeys(joined, joined)
    return {tuple(sorted(found)) for found in part.values()}


def without(ties, node):
    return {tie for tie in ties if node not in tie}


@given(random_pairs())
def test_structure_is_what_losing_a_node_or_a_tie_shows(pairs):
    graph = graph_of(pairs)
    ties = {tuple(sorted(pair)) for pair in pairs}
    whole = parts_of(ties, NODES)
    assert {*graph.components()} == whole
    assert list(graph.components()) == sorted(whole, key=lambda part: (-len(part), part))
    assert graph.bridges() == tuple(
        tie for tie in sorted(ties) if len(parts_of(ties - {tie}, NODES)) > len(whole)
    )
    cut = [
        node
        for node in NODES
        if len(parts_of(without(ties, node), set(NODES) - {node})) > len(whole)
    ]
    assert graph.articulation_points() == tuple(cut)
    for node in NODES:
        part = next(set(part) for part in whole if node in part)
        assert {*graph.remainders(node)} == parts_of(
            {tie for tie in without(ties, node) if part & {*tie}}, part - {node}
        )
    ends = [end for tie in ties for end in tie]
    assert graph.degree().to_dict() == {node: ends.count(node) for node in NODES}
    assert graph.strength().sum() == 2 * len(pairs)
    assert graph.isolates() == tuple(node for node in NODES if node not in ends)


@given(random_pairs())
def test_hops_are_rounds_of_passing_on(pairs):
    near = {node: {node} for node in NODES}
    for left, right in pairs:
        near[left].add(right)
        near[right].add(left)
    for row, start in zip(graph_of(pairs).hops(), NODES, strict=True):
        known, hops = {start}, {start: 0}
        for step in range(1, len(NODES)):
            known = set().union(*(near[node] for node in known))
            hops = dict.fromkeys(known, step) | hops
        assert row.tolist() == [hops.get(node, math.inf) for node in NODES]


def test_a_long_chain_needs_no_recursion():
    nodes = [f"n{number:05}" for number in range(5000)]
    graph = graph_of(list(itertools.pairwise(nodes)), nodes)
    assert len(graph.articulation_points()) == 4998
    assert len(graph.bridges()) == 4999


def test_an_empty_graph():
    graph = graph_of([], [])
    assert repr(graph) == "<TieGraph test: 0 nodes, 0 edges, 0 components, 0 isolates>"
    assert graph.articulation_points() == graph.bridges() == graph.isolates() == ()


@pytest.mark.parametrize(
    "make",
    [
        zones.border_graph,
        zones.link_graph,
        zones.membership_graph,
        lambda area: zones.border_graph(area, queen=True),
        lambda area: zones.distance_graph(area, nearest=3),
        lambda area: zones.distance_graph(area, within_km=60),
    ],
)
def test_there_and_back(make):
    area = zones.area("peramerenkaari")
    graph = make(area)
    assert list(graph.nodes) == list(area.units.index)
    assert (graph.ties["left"] < graph.ties["right"]).all()
    for way in ("networkx", "libpysal"):
        if way == "libpysal":
            pytest.importorskip("libpysal", exc_type=ImportError)
        other = getattr(graph, f"to_{way}")()
        back = getattr(zones.TieGraph, f"from_{way}")(other, kind=graph.kind, unit=graph.unit)
        assert repr(back) == repr(graph)
        assert list(back.nodes) == list(graph.nodes)
        known = graph.ties if way == "networkx" else graph.ties.fillna({"weight": 0})
        pd.testing.assert_frame_equal(back.ties, known, check_dtype=False)


def test_isolates_survive_libpysal():
    pytest.importorskip("libpysal", exc_type=ImportError)
    graph = zones.border_graph(zones.area("peramerenkaari"))
    assert sorted(graph.to_libpysal().isolates) == ["FI_208", "FI_678"]
    assert graph.to_libpysal().n_components == len(graph.components())


def test_graphs_that_are_not_undirected_are_refused():
    with pytest.raises(MeasureError, match=r"DiGraph is directed .* networkx\.Graph\(graph\)"):
        zones.TieGraph.from_networkx(nx.DiGraph([("a", "b")]), kind="k", unit="")
    libpysal = pytest.importorskip("libpysal.graph", exc_type=ImportError)
    one_way = libpysal.Graph.from_arrays(["a", "b", "c"], ["b", "c", "c"], [1, 1, 0])
    with pytest.raises(MeasureError, match="2 ties are not the same in both directions"):
        zones.TieGraph.from_libpysal(one_way, kind="k", unit="")


def test_a_missing_package_says_how_to_install_it(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(interop, "import_module", missing)
    graph = graph_of([])
    with pytest.raises(MissingPackageError) as caught:
        graph.to_libpysal()
    assert 'python -m pip install "development-zones[graph]"' in str(caught.value)
    assert str(caught.value).startswith("libpysal")


def test_queen_adds_contacts_in_points():
    area = zones.area("suomen-kasvukaytava")
    rook, queen = zones.border_graph(area), zones.border_graph(area, queen=True)
    points = area.units.geometry
    corners = {
        tuple(sorted((a, b)))
        for position, a in enumerate(points.index)
        for b in points.index[position + 1 :]
        if points[a].touches(points[b])
    }
    assert set(queen.ties[["left", "right"]].itertuples(index=False, name=None)) == corners
    assert len(rook.ties) < len(queen.ties)
    assert (queen.ties["weight"] == 0).sum() == len(queen.ties) - len(rook.ties)


def test_distances_agree_with_every_pair():
    area = zones.area("viitoskaytava")
    centre = geodata.centres(2026).geometry.loc[area.units.index]
    km = {
        (a, b): centre[a].distance(centre[b]) / 1e3
        for a in centre.index
        for b in centre.index
        if a != b
    }
    near = zones.distance_graph(area, within_km=40).ties
    assert {(tie.left, tie.right): pytest.approx(tie.weight) for tie in near.itertuples()} == {
        pair: length for pair, length in km.items() if length <= 40 and pair[0] < pair[1]
    }
    nearest = {
        tuple(sorted((a, b)))
        for a in centre.index
        for b in sorted((b for b in centre.index if b != a), key=lambda b: km[a, b])[:3]
    }
    ties = zones.distance_graph(area, nearest=3).ties
    assert set(ties[["left", "right"]].itertuples(index=False, name=None)) == nearest


@pytest.mark.parametrize("given", [{}, {"nearest": 2, "within_km": 3}, {"nearest": 0}])
def test_distances_need_one_rule(given):
    with pytest.raises(MeasureError, match="give"):
        zones.distance_graph(zones.area("viitoskaytava"), **given)


def test_travel_times_count_there_and_back():
    area = zones.area("viitoskaytava", extent="partners-seen")
    units = list(area.units.index)
    minutes = pd.DataFrame(np.nan, index=units, columns=units)
    minutes.loc[units[0], units[1]], minutes.loc[units[1], units[0]] = 20, 35
    minutes.loc[units[0], units[2]] = 10
    graph = zones.travel_time_graph(area, minutes)
    assert graph.ties.to_numpy().tolist() == [[units[0], units[1], 35]]
    assert len(zones.travel_time_graph(area, minutes, within_minutes=30).ties) == 0
    assert graph.path_lengths()[0, 1] == 35
    with pytest.raises(MeasureError, match=units[3]):
        zones.travel_time_graph(area, minutes.drop(index=units[3]))


FLOWS = pd.DataFrame(
    [
        ("FI_491", "FI_491", 900),
        ("FI_491", "FI_171", 100),
        ("FI_171", "FI_491", 50),
        ("FI_091", "FI_491", 10),
        ("FI_091", "FI_092", 7),
    ],
    columns=["origin", "destination", "people"],
)


def test_flows_by_hand(tmp_path):
    area = zones.area("viitoskaytava", extent="partners-seen")
    graph = zones.flow_graph(area, FLOWS, kind="commuting")
    assert repr(graph) == ("<FlowGraph commuting: 4 nodes, 1 edges, 3 components, 2 isolates>")
    assert graph.ties.to_numpy().tolist() == [["FI_171", "FI_491", 150]]
    assert graph.elsewhere == 7
    mikkeli = graph.balance().loc["FI_491"]
    assert mikkeli.round(3).to_dict() == {
        "stay": 900,
        "in": 60,
        "out": 100,
        "balance": -40,
        "self_containment": 90,
        "job_containment": 93.75,
    }
    assert graph.balance().loc["FI_778"].isna().sum() == 2
    total = graph.total()
    assert total[["stay", "in", "out"]].tolist() == [1050, 10, 0]
    assert total["job_containment"] == pytest.approx(100 * 1050 / 1060)
    everyone = graph.flows["people"].sum() + graph.elsewhere
    assert everyone == FLOWS["people"].sum()
    file = tmp_path / "flows.csv"
    file.write_text("origin;destination;people\nKeuruu;Keuruu;1.250\nKeuruu;Mikkeli;900\n")
    with pytest.raises(FileFormatError, match=r"'1\.250' may be 1250 or 1\.25"):
        zones.flow_graph(area, file)
    file.write_text("origin;destination;people\nKeuruu;Keuruu;1.250\nKeuruu;Mikkeli;12,5\n")
    assert zones.flow_graph(area, file).elsewhere == 1250
    FLOWS.to_csv(file, index=False, sep=";")
    pd.testing.assert_frame_equal(zones.flow_graph(area, file).balance(), graph.balance())


def test_flows_with_faults_are_refused(tmp_path):
    area = zones.area("viitoskaytava")
    with pytest.raises(FileFormatError, match="no one column of counts"):
        zones.flow_graph(area, FLOWS.drop(columns="people"))
    with pytest.raises(FileFormatError, match=r"negative in row index 0 \(-1\)"):
        zones.flow_graph(area, FLOWS.assign(people=[-1, 2, 3, 4, 5]))
    with pytest.raises(FileFormatError, match="no number from FI_171 to FI_491; a graph needs all"):
        zones.flow_graph(area, FLOWS.assign(people=[1, 2, None, 4, 5]))
    with pytest.raises(FileFormatError, match=r"FI_491 to FI_171, .* is there more than once"):
        zones.flow_graph(area, pd.concat([FLOWS, FLOWS]))
    with pytest.raises(IdentifierError, match="origin"):
        zones.flow_graph(area, FLOWS.assign(origin="Atlantis"))
    with pytest.raises(FileFormatError, match="no such file"):
        zones.flow_graph(area, tmp_path / "none.csv")


@given(
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from("uvwxyz")), min_size=1, max_size=40)
)
def test_shared_membership_agrees_with_networkx(rows):
    mine = shared_pairs([unit for unit, _ in rows], [group for _, group in rows])
    graph = nx.Graph(rows)
    units = {unit for unit, _ in rows}
    projected = nx.bipartite.weighted_projected_graph(graph, units)
    expected = sorted((*sorted((a, b)), w) for a, b, w in projected.edges(data="weight"))
    assert list(mine.itertuples(index=False, name=None)) == expected


def test_no_membership_shares_nothing():
    assert list(shared_pairs([], []).columns) == ["left", "right", "weight"]
    assert shared_pairs([], []).empty


def test_bridging_members_by_hand():
    assert zones.bridging_members(["viitoskaytava", "sixnet"]).empty
    table = zones.bridging_members(["peramerenkaari", "sixnet", "viitoskaytava"])
    assert table.to_dict("index") == {"FI_564": {"groups": 2, "parted": 1}}


def test_joined_graphs_hold_the_ties_of_both():
    area = zones.area("peramerenkaari")
    borders, links = zones.border_graph(area), zones.link_graph(area)
    joined = borders.joined(links)
    assert len(joined.components()) == len(borders.components()) - 1
    assert any({"FI_851", "SE_2583"} <= {*part} for part in joined.components())
