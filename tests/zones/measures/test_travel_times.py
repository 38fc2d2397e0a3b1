"""Travel times: matrices and road graphs against networkx and by hand, and wrong input."""

import itertools

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata
import zones
from geodata.errors import FileFormatError, IdentifierError, TravelTimeError
from geodata.travel.matrices import read_travel_times, travel_times
from zones.errors import MeasureError
from zones.texts import LANGUAGES, Text, phrases


@pytest.fixture(scope="module")
def area():
    """Mäntyharju, Mikkeli, Joroinen and Suonenjoki."""
    return zones.area("viitoskaytava", extent="partners-seen")


@pytest.fixture(scope="module")
def pairs(area):
    """A minute a kilometre between centres, and some more that goes one way only."""
    centres = geodata.centres(2026).geometry
    rows = []
    for unit, member in itertools.product(centres.index, area.units.index):
        extra = 7 if unit < member else 0
        rows.append((unit, member, centres[unit].distance(centres[member]) / 1000 + extra))
    return pd.DataFrame(rows, columns=["from", "to", "minutes"])


def by_hand(pairs, area, limit):
    people = geodata.population(area.data_year, division=2026)
    nearest = pairs.groupby("from")["minutes"].min()
    nearest[list(area.units.index)] = 0
    return int(people[nearest.index[nearest <= limit]].sum())


def within(area, **options):
    table = zones.reach(area, **options)
    return {row.key: row for row in table if row.name == "population_within_time"}


def test_people_within_minutes_of_the_nearest_centre(area, pairs):
    rows = within(area, matrix=pairs)
    assert list(rows) == ["30", "60", "90"]
    for key, row in rows.items():
        assert row.value == by_hand(pairs, area, int(key))
        assert (row.low, row.high) == (None, None)
        assert row.year == area.data_year
    assert [row.value for row in within(area, matrix=pairs, minutes=[0]).values()] == [
        area.units["population"].sum()
    ]


def test_every_form_of_a_matrix_gives_the_same(area, pairs, tmp_path):
    expected = [row.value for row in within(area, matrix=pairs).values()]
    wide = pairs.pivot_table(index="from", columns="to", values="minutes")
    long_file, wide_file, finnish = (tmp_path / f"{name}.csv" for name in ("long", "wide", "fi"))
    pairs.to_csv(long_file, index=False)
    wide.to_csv(wide_file)
    wide.to_csv(finnish, sep=";", decimal=",")
    array = wide.loc[area.municipalities["FI"].index, area.units.index].to_numpy()
    for given_as in (wide, long_file, str(wide_file), finnish, array, read_travel_times(long_file)):
        assert [row.value for row in within(area, matrix=given_as).values()] == expected
    assert within(area, matrix=long_file)["30"].sources[0] == "long.csv"


def test_codes_may_be_written_as_people_write_them(area, pairs):
    bare = pairs.assign(**{"from": pairs["from"].str[3:], "to": pairs["to"].str[3:]})
    assert within(area, matrix=bare)["60"].value == by_hand(pairs, area, 60)


def test_municipalities_that_are_not_in_the_matrix_are_named(area, pairs):
    near = pairs[pairs["from"] != "FI_491"]
    row = within(area, matrix=near[near["from"] != "FI_097"])["90"]
    note = next(note for note in row.notes if note.key == "reach.note.no_time_municipalities")
    # Mikkeli is a member: 0 minutes from itself, and so not missing.
    assert str(note) == "No travel time is given from, and so not counted: Hirvensalmi."


def test_of_many_without_travel_times_ten_are_named(pairs):
    corridor = zones.area("viitoskaytava")
    times = pd.DataFrame({"from": "FI_297", "to": corridor.units.index, "minutes": 10.0})
    notes = map(str, within(corridor, matrix=times)["90"].notes)
    lost = next(note for note in notes if note.startswith("No travel time"))
    # Of 308 municipalities of Finland 46 are members, at 0 minutes from themselves.
    assert lost.endswith("Akaa, Brändö, Eckerö, Enontekiö and 252 more.")
    assert "FI_" not in lost


def test_members_that_are_not_in_the_matrix_are_all_listed(area, pairs):
    few = pairs[~pairs["to"].isin(["FI_491", "FI_171"])]
    with pytest.raises(TravelTimeError, match="no travel times to FI_171, FI_491") as error:
        zones.reach(area, matrix=few)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("minutes", [-3, np.inf, "far", True, 2j, pd.Timestamp("2026-01-01")])
def test_bad_minutes_are_refused_with_their_row_and_value(area, pairs, minutes):
    bad = pairs.astype({"minutes": object})
    bad.loc[4, "minutes"] = minutes
    with pytest.raises(FileFormatError, match=r"'minutes' has .+ \(row index 4\), and minutes are"):
        zones.reach(area, matrix=bad)


def test_columns_that_hold_no_times(pairs):
    truth, complexes = pairs["minutes"] > 0, pairs["minutes"] * 1j
    dates = pd.to_datetime(pairs["minutes"])
    for values, said in (
        (truth, "is a truth value; numbers were expected"),
        (complexes, "is a complex number; numbers were expected"),
        (dates, r"Timestamp\(.*, and minutes are numbers of 0 or more"),
    ):
        with pytest.raises(FileFormatError, match=said):
            travel_times(pairs.assign(minutes=values))


def test_durations_are_minutes_and_r5py_s_names_are_known(area, pairs):
    times = pd.to_timedelta(pairs["minutes"], unit="min")
    given = pairs.assign(minutes=times).set_axis(["from_id", "to_id", "travel_time"], axis=1)
    found = travel_times(given).minutes
    pd.testing.assert_frame_equal(found, travel_times(pairs).minutes)
    edges = pd.DataFrame({"from": [1, 2], "to": [2, 3], "minutes": pd.to_timedelta([10, 5], "min")})
    roads = geodata.road_graph(edges, {"FI_240": 3})
    assert roads.minutes_to_nearest(["FI_240"]).tolist() == [15.0, 5.0, 0.0]


@pytest.mark.parametrize("none", [np.nan, None, pd.NA])
def test_no_minutes_are_no_way_and_counted(area, pairs, none):
    few = pairs.astype({"minutes": object})
    at = few.index[few["from"] != few["to"]][0]
    few.loc[at, "minutes"] = none
    times = travel_times(few)
    assert times.without == 1
    assert np.isinf(times.minutes.loc[few.loc[at, "from"], few.loc[at, "to"]])
    notes = zones.reach(area, matrix=few)[-1].notes
    assert "counted as not reachable: 1." in " ".join(map(str, notes))
    wide = pairs.pivot_table(index="from", columns="to", values="minutes")
    wide.loc["FI_005", "FI_491"] = none
    wide.loc["FI_491", "FI_491"] = np.nan  # from itself to itself
    assert travel_times(wide).without == 1
    assert within(area, matrix=wide)["60"].value == by_hand(pairs, area, 60)


def test_bad_minutes_in_a_matrix_are_refused_with_their_pair(pairs):
    wide = pairs.pivot_table(index="from", columns="to", values="minutes")
    wide.loc["FI_005", "FI_491"] = -1
    with pytest.raises(FileFormatError, match=r"the matrix has -1 \(FI_005 to FI_491\)"):
        travel_times(wide)


def test_codes_and_minutes_that_are_wrong_are_told_together(area, pairs):
    bad = pairs.head(3).assign(minutes=[5.0, -1, 7])
    bad.loc[bad.index[2], "to"] = "Atlantis"
    with pytest.raises(FileFormatError, match=r"(?s)-1 .row index 1.*'Atlantis'"):
        travel_times(bad)
    wide = pd.DataFrame([[5.0, -1]], index=["FI_005"], columns=["FI_491", "Atlantis"])
    with pytest.raises(FileFormatError, match=r"(?s)'Atlantis'.*FI_005 to Atlantis"):
        travel_times(wide)
    with pytest.raises(TravelTimeError, match=r"no travel times to (FI_\d+, )+FI_\d+ and 40 more"):
        zones.reach("viitoskaytava", matrix=pairs[pairs["to"] == "FI_171"])


def test_other_faults_of_a_matrix(area, pairs, tmp_path):
    with pytest.raises(FileFormatError, match="more than once"):
        travel_times(pd.concat([pairs, pairs.head(1)]))
    wide = pairs.pivot_table(index="from", columns="to", values="minutes")
    with pytest.raises(FileFormatError, match="origin FI_005 is there more than once"):
        travel_times(pd.concat([wide, wide.head(1)]))
    with pytest.raises(IdentifierError):
        travel_times(pairs.assign(**{"from": range(len(pairs))}))
    with pytest.raises(FileFormatError, match="no rows"):
        travel_times(pairs.head(0))
    with pytest.raises(TravelTimeError, match=r"shape \(2, 3\)"):
        zones.reach(area, matrix=np.ones((2, 3)))
    with pytest.raises(FileFormatError, match="no such file"):
        zones.reach(area, matrix=tmp_path / "none.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("från,to,minutes\n".encode("latin-1"))
    with pytest.raises(FileFormatError, match="no rows"):
        zones.reach(area, matrix=latin)
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(FileFormatError, match="header"):
        zones.reach(area, matrix=empty)


@pytest.fixture(scope="module")
def edges():
    """A random road network of 400 nodes with one-way streets, parallel roads and an island."""
    random = np.random.default_rng(3)
    ends = random.integers(0, 390, (1600, 2))
    minutes = random.integers(0, 40, 1600) / 2
    island = pd.DataFrame({"from": [395], "to": [396], "minutes": [1.0]})
    table = pd.DataFrame({"from": ends[:, 0], "to": ends[:, 1], "minutes": minutes})
    return pd.concat([table, island], ignore_index=True)


def plain_graph(edges):
    graph = nx.DiGraph()
    for start, end, minutes in edges.itertuples(index=False):
        if not graph.has_edge(start, end) or graph[start][end]["minutes"] > minutes:
            graph.add_edge(start, end, minutes=minutes)
    return graph


def test_minutes_over_roads_agree_with_networkx(area, edges):
    places = dict(zip(area.units.index, [3, 50, 120, 395], strict=True))
    roads = geodata.road_graph(edges, places)
    found = roads.minutes_to_nearest(area.units.index)
    backward = plain_graph(edges).reverse()
    expected = nx.multi_source_dijkstra_path_length(
        backward, set(places.values()), weight="minutes"
    )
    for node, minutes in zip(roads.nodes, found, strict=True):
        assert minutes == pytest.approx(expected.get(node, np.inf))
    limited = roads.minutes_to_nearest(area.units.index, limit=12)
    near = found <= 12
    assert np.array_equal(limited[near], found[near])
    assert np.isinf(limited[~near]).all()


def test_roads_may_be_driven_both_ways(edges):
    roads = geodata.road_graph(edges, {"FI_091": 3}, both_ways=True)
    graph = nx.Graph()
    for start, end, minutes in edges.itertuples(index=False):
        if not graph.has_edge(start, end) or graph[start][end]["minutes"] > minutes:
            graph.add_edge(start, end, minutes=minutes)
    expected = nx.single_source_dijkstra_path_length(graph, 3, weight="minutes")
    found = roads.minutes_to_nearest(["FI_091"])
    assert found == pytest.approx([expected.get(node, np.inf) for node in roads.nodes])


def test_a_road_that_takes_no_time_is_a_road():
    edges = pd.DataFrame({"from": ["a", "b"], "to": ["b", "c"], "minutes": [0, 5]})
    roads = geodata.road_graph(edges, {"FI_091": "c"})
    assert roads.minutes_to_nearest(["FI_091"]).tolist() == [5, 5, 0]


def test_people_of_municipalities_over_roads(area, edges):
    units = list(area.municipalities["FI"].index)
    places = dict(zip(units, range(len(units)), strict=True))
    rows = within(area, roads=geodata.road_graph(edges, places), minutes=[5, 20])
    graph, people = plain_graph(edges).reverse(), geodata.population(2025)
    expected = nx.multi_source_dijkstra_path_length(
        graph, {places[unit] for unit in area.units.index}, weight="minutes"
    )
    for key, row in rows.items():
        reached = [unit for unit in units if expected.get(places[unit], np.inf) <= int(key)]
        assert row.value == people[reached].sum()
    assert str(rows["5"].sources[0]) == "road graph of the user"


def test_people_of_cells_over_roads(area, edges):
    random = np.random.default_rng(5)
    people = random.integers(1, 500, 1000)
    nodes = random.integers(0, 390, 1000)
    graph = plain_graph(edges)
    on_road = [int(node) if node in graph else None for node in nodes]
    grid = gpd.GeoDataFrame(
        {"people": people},
        geometry=gpd.points_from_xy(random.integers(0, 9e5, 1000), np.full(1000, 7e6)),
        crs=3067,
    )
    places = dict(zip(area.units.index, [3, 50, 120, 60], strict=True))
    roads = geodata.road_graph(edges, places, cells=on_road)
    expected = nx.multi_source_dijkstra_path_length(
        graph.reverse(), set(places.values()), weight="minutes"
    )
    rows = within(area, roads=roads, grid=grid, minutes=[10, 25])
    for key, row in rows.items():
        near = [node is not None and expected.get(node, np.inf) <= int(key) for node in on_road]
        assert row.value == people[near].sum()
        assert row.year is None
    with pytest.raises(MeasureError, match="1,000 cells"):
        zones.reach(area, roads=geodata.road_graph(edges, places), grid=grid)


def test_cells_may_have_a_matrix(area):
    grid = gpd.GeoDataFrame(
        {"people": [5, 70, 900]},
        geometry=gpd.points_from_xy([5e5, 5.01e5, 5.02e5], [6.8e6] * 3),
        crs=3067,
    )
    matrix = pd.DataFrame(50.0, index=["0", "1", "2"], columns=area.units.index)
    matrix.loc["1", "FI_491"] = 10
    rows = within(area, matrix=matrix, grid=grid)
    assert [row.value for row in rows.values()] == [70, 975, 975]
    assert (rows["30"].low, rows["30"].high) == (70, 70)
    with pytest.raises(MeasureError, match="none of its origins is a cell"):
        zones.reach(area, matrix=matrix.set_axis(["x", "y", "z"]), grid=grid)


def test_faults_of_a_road_graph(area, edges):
    with pytest.raises(FileFormatError, match="no column minutes"):
        geodata.road_graph(edges.drop(columns="minutes"), {})
    for minutes in (np.nan, -1, np.inf, "slow"):
        bad = edges.astype({"minutes": object})
        bad.loc[9, "minutes"] = minutes
        with pytest.raises(FileFormatError, match="row index 9"):
            geodata.road_graph(bad, {})
    with pytest.raises(TravelTimeError, match=r"FI_091 \(5000\), FI_092 \(x\)"):
        geodata.road_graph(edges, {"FI_091": 5000, "FI_049": 3, "FI_092": "x"})
    with pytest.raises(TravelTimeError, match="cells are on nodes that no edge has, 7777"):
        geodata.road_graph(edges, {}, cells=[3, None, 7777])
    roads = geodata.road_graph(edges, {"FI_491": 3})
    with pytest.raises(TravelTimeError, match="no node is given for FI_171, FI_507, FI_778"):
        zones.reach(area, roads=roads)
    with pytest.raises(MeasureError, match="one of the two"):
        zones.reach(area, roads=roads, matrix=np.ones((4, 4)))


@settings(max_examples=settings.default.max_examples // 5)
@given(limits=st.lists(st.floats(0, 200), min_size=2, max_size=5, unique=True))
def test_more_time_is_never_fewer_people(limits):
    area = zones.area("viitoskaytava", extent="partners-seen")
    centres = geodata.centres(2026).geometry
    members = centres[area.units.index]
    wide = pd.DataFrame({unit: centres.distance(point) / 1000 for unit, point in members.items()})
    values = [row.value for row in within(area, matrix=wide, minutes=limits).values()]
    assert values == sorted(values)
    assert values[0] >= area.units["population"].sum()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_methods_and_notes_in_every_language(area, pairs, lang):
    for row in within(area, matrix=pairs[pairs["from"] != "FI_005"]).values():
        assert row.method.render(lang)
        assert all(note.render(lang) for note in row.notes)


def test_potential_by_time(area, pairs):
    table = zones.potential(area, matrix=pairs, minutes=[30, 60])
    people = geodata.population(2025)
    to_mikkeli = pairs[pairs["to"] == "FI_491"].set_index("from")["minutes"]
    to_mikkeli["FI_491"] = 0
    for limit in (30, 60):
        expected = people[to_mikkeli.index[to_mikkeli <= limit]].sum()
        assert table.loc[("FI_491", limit), "people"] == expected
    assert table["low"].isna().all()


def test_centres_may_be_named_in_the_place_of_the_members():
    """Kuopio alone counts: Siilinjärvi is within 30 minutes of it, Lapinlahti is not."""
    pairs = pd.DataFrame(
        {"from": ["749", "402", "402"], "to": ["297", "297", "749"], "minutes": [22, 50, 25]}
    )
    people = geodata.population(2025)

    def found(**options):
        return within(zones.area(["Kuopio", "Siilinjärvi"]), matrix=pairs, **options)["30"]

    assert found(minutes=30).value == people[["FI_297", "FI_749", "FI_402"]].sum()
    only = found(minutes=30, to=["Kuopio"])
    assert only.value == people[["FI_297", "FI_749"]].sum()
    assert "the nearest of these centres (Kuopio)" in only.method.render("en")
    assert found(minutes=30, to="297").value == only.value
    with pytest.raises(TravelTimeError, match=r"no travel times to FI_405: give minutes to each$"):
        found(minutes=30, to=["Lappeenranta"])
    with pytest.raises(MeasureError, match=r"to='Kupio' is not .*; to='Foo' is not"):
        found(minutes=30, to=["Kupio", "Foo"])
    with pytest.raises(MeasureError, match="to= has no effect without travel times"):
        zones.reach("viitoskaytava", to=["Kuopio"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_named_centres_replace_stands_in_the_methods(lang):
    methods = [text for key, text in phrases("reach", lang).items() if ".time_" in key]
    assert len(methods) == 3
    for text in methods:
        assert Text("reach.nearest.member").render(lang) in text
