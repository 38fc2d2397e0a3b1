"""What is a number of minutes, and what is not."""

import datetime as dt

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from geodata.errors import FileFormatError
from geodata.files.numbers import numbers
from geodata.travel.matrices import read_travel_times, travel_times
from geodata.travel.minutes import minutes_of
from geodata.travel.roads import road_graph

PAIRS = pd.DataFrame({"from": ["FI_240", "FI_241"], "to": "FI_241", "minutes": [10, 5]})
DURATIONS = pd.to_timedelta([10, 5], unit="min")


@pytest.mark.parametrize(
    "times",
    [
        DURATIONS,
        list(DURATIONS),
        [dt.timedelta(minutes=10), dt.timedelta(minutes=5)],
        [np.timedelta64(600, "s"), 5],
        ["0 days 00:10:00", "00:05:00"],
        ["10,0", "5"],
    ],
)
def test_durations_are_minutes_everywhere(times):
    assert travel_times(PAIRS.assign(minutes=times)).minutes["FI_241"].tolist() == [10, 5]
    edges = pd.DataFrame({"from": [1, 2], "to": [2, 3], "minutes": times})
    roads = road_graph(edges, {"FI_240": 3}, both_ways=True)
    assert roads.minutes_to_nearest(["FI_240"]).tolist() == [15, 5, 0]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "a truth value"),
        (np.True_, "a truth value"),
        (1j, "a complex number"),
        (dt.date(2022, 1, 1), "a date"),
        (pd.Timestamp(2022, 1, 1), "a date"),
        (dt.time(0, 12), "a time of day"),
    ],
)
@pytest.mark.parametrize("among", [[], [12, "7"]])
def test_what_is_no_number_is_refused_by_its_kind(value, kind, among):
    values = [*among, value]
    with pytest.raises(FileFormatError, match=f"people: .* is {kind}; numbers were expected"):
        numbers(values, "people")
    _, faults = minutes_of(pd.Series(values), "minutes", str)
    assert len(faults) == 1


def test_durations_are_no_people():
    with pytest.raises(FileFormatError, match="is a duration"):
        numbers(DURATIONS, "people")


def test_where_a_router_found_no_way_nobody_is_reached_and_it_is_counted():
    times = travel_times(PAIRS.assign(minutes=[np.nan, 5]))
    assert times.minutes["FI_241"].tolist() == [np.inf, 5]
    assert times.without == 1


def test_graphs_of_networkx_and_osmnx_are_taken_as_they_are():
    graph = nx.MultiDiGraph()
    graph.add_edge(1, 2, key=0, travel_time=600.0, length=9000.0)
    graph.add_edge(2, 3, key=0, travel_time=300.0, length=4000.0)
    edges = nx.to_pandas_edgelist(graph, "u", "v", edge_key="key").set_index(["u", "v", "key"])
    ends = edges.assign(**{"from": "a", "to": "b"})
    for given in (graph, edges, ends, nx.Graph(graph)):
        roads = road_graph(given, {"FI_240": 3})
        assert roads.minutes_to_nearest(["FI_240"]).tolist() == [15, 5, 0]


@pytest.mark.parametrize(
    "header", ["mistä;mihin;kesto", "Lähtökunta;Kohdekunta;Minuutit", "från;till;restid"]
)
def test_columns_of_pairs_are_known_in_finnish_and_swedish(tmp_path, header):
    path = tmp_path / "times.csv"
    path.write_text(f"{header}\nKuopio;Kuopio;0\nSiilinjärvi;Kuopio;22,5\n", encoding="utf-8")
    times = read_travel_times(path)
    assert times.minutes.loc["FI_749", "FI_297"] == 22.5


def test_a_table_that_may_be_of_pairs_is_asked_for_the_names_of_its_columns(tmp_path):
    path = tmp_path / "times.csv"
    path.write_text("A;B;C\nKuopio;Kuopio;0\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"of its columns A, B, C none is a municipality"):
        read_travel_times(path)
    with pytest.raises(FileFormatError, match=r"name them: destination='...', minutes='...'"):
        read_travel_times(path, origin="A")
    times = read_travel_times(path, origin="A", destination="B", minutes="C")
    assert times.minutes.loc["FI_297", "FI_297"] == 0


def test_columns_of_other_minutes_are_not_chosen_among(tmp_path):
    table = pd.DataFrame({"from_id": ["091"], "to_id": ["049"], "minutes": [20]})
    peak = table.assign(travel_time=[35], time=["peak"])
    with pytest.raises(FileFormatError, match="'minutes' and 'travel_time' differ; keep one"):
        travel_times(peak)
    path = tmp_path / "times.csv"
    peak.to_csv(path, index=False)
    with pytest.raises(FileFormatError, match="or name it: minutes='minutes'"):
        read_travel_times(path)
    assert read_travel_times(path, minutes="travel_time").minutes.loc["FI_091", "FI_049"] == 35
    same = table.assign(travel_time=["0:20:00"])
    assert travel_times(same).minutes.loc["FI_091", "FI_049"] == 20
