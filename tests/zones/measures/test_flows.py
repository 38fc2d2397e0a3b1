"""Flows of a zone: plain sums, conservation, mergers, gaps, unknown ends, labels."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata
import zones
from zones.texts import LANGUAGES
from zones.wording.voice import Voice

MEMBERS = ["FI_491", "FI_507", "FI_171"]
TABLE = """origin,destination,people
FI_491,FI_491,9000
FI_491,FI_507,300
FI_507,FI_491,450
FI_507,FI_507,1500
FI_507,FI_286,80
FI_171,FI_171,700
FI_171,FI_297,90
FI_171,FI_491,60
FI_171,FI_507,0
FI_297,FI_491,130
FI_286,FI_507,55
FI_286,FI_297,99
"""


def table():
    return pd.read_csv(io.StringIO(TABLE))


def values(found):
    return {row.name: row.value for row in found if row.key is None}


def test_the_figures_are_plain_sums():
    rows = [(r["origin"], r["destination"], int(r["people"])) for r in _plain(TABLE)]
    inside = sum(n for o, d, n in rows if o in MEMBERS and d in MEMBERS)
    across = sum(n for o, d, n in rows if o in MEMBERS and d in MEMBERS and o != d)
    out = sum(n for o, d, n in rows if o in MEMBERS and d not in MEMBERS)
    into = sum(n for o, d, n in rows if o not in MEMBERS and d in MEMBERS)
    found = zones.flows(MEMBERS, table(), year=2026)
    assert values(found) == {
        "flow_inside": inside,
        "flow_across": across,
        "flow_out": out,
        "flow_in": into,
        "flow_net": into - out,
        "self_containment_origin": 100 * inside / (inside + out),
        "self_containment_destination": 100 * inside / (inside + into),
        "flow_spine": None,
        "flow_largest_inside": 2,
    }
    graph = zones.flow_graph(MEMBERS, table()).total()
    assert graph[["stay", "out", "in"]].tolist() == [inside, out, into]
    assert all(row.low == row.value == row.high for row in found if row.value is not None)
    assert {row.year for row in found} == {2026}


def _plain(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text else ","))


@pytest.mark.parametrize("name", ["viitoskaytava", "suomen-kasvukaytava"])
def test_the_example_table_agrees_with_sums_of_its_rows(name):
    path = Path(__file__).parents[3] / "notebooks" / "data" / "commuting_2019.csv"
    rows = _plain(path.read_text(encoding="utf-8"))
    area = zones.area(name, year=2019)
    inside = {unit[3:] for unit in area.units.index}
    sums = dict.fromkeys(("flow_inside", "flow_out", "flow_in"), 0)
    for row in rows:
        starts, ends = row["origin"] in inside, row["destination"] in inside
        kind = {(True, True): "inside", (True, False): "out", (False, True): "in"}
        if (starts, ends) in kind:
            sums[f"flow_{kind[starts, ends]}"] += int(row["people"])
    found = zones.flows(area, path, year=2019)
    assert {key: found.get(key).value for key in sums} == sums
    newer = zones.flows(zones.area(area, year=2026), path, year=2019)
    assert newer.get("flow_inside").value >= sums["flow_inside"]


def test_largest_flows_and_candidates():
    found = zones.flows(MEMBERS, table())
    largest = {row.key: (row.value, row.items) for row in found if row.name == "flow_largest"}
    assert largest == {
        "FI_491": (300, ("FI_507",)),
        "FI_507": (450, ("FI_491",)),
        "FI_171": (90, ("FI_297",)),
    }
    assert found.get("flow_largest_inside").items == ("FI_491", "FI_507")
    outside = [(row.key, row.value) for row in found if row.name == "flow_with"]
    assert outside == [("FI_297", 220), ("FI_286", 135)]


def test_flows_along_the_spine():
    area = zones.area("viitoskaytava")
    spine = [p.lau_id for p in area.group.spine if p.branch is None]
    one, two, three = spine[:3]
    rows = [(one, two, 5), (two, one, 7), (two, three, 11), (one, three, 100), (three, three, 9)]
    rows += [(unit, unit, 1) for unit in {*spine, *area.units.index} - {three}]
    row = zones.flows(area, pd.DataFrame(rows, columns=["from", "to", "n"])).get("flow_spine")
    assert (row.value, row.low, row.high) == (23, 23, 23)
    assert set(row.items) == set(spine)


UNITS = ["FI_588", "FI_507", "FI_491", "FI_097", "outside"]
SOME = st.lists(st.integers(0, 500) | st.just("<5"), min_size=25, max_size=25)


def matrix(numbers):
    pairs = [(a, b) for a in UNITS for b in UNITS]
    frame = pd.DataFrame(pairs, columns=["origin", "destination"]).assign(people=numbers)
    return frame.replace("outside", "Ulkomaat")


@settings(max_examples=settings.default.max_examples // 4)
@given(numbers=SOME, inside=st.sets(st.sampled_from(["FI_507", "FI_491", "FI_097"]), min_size=1))
def test_what_begins_in_a_zone_stays_or_leaves_over_a_merger_too(numbers, inside):
    """Pertunmaa merged into Mäntyharju in 2025: by hand, the two are one."""
    flows = matrix(numbers)
    found = zones.flows(sorted(inside), flows, division=2024)
    held = inside | ({"FI_588"} if "FI_507" in inside else set())
    low = flows["people"].replace("<5", 0).astype(int)
    high = flows["people"].replace("<5", 4).astype(int)
    starts, ends = flows["origin"].isin(held), flows["destination"].isin(held)
    for edge, people in (("low", low), ("high", high)):
        stay, out, into = (getattr(found.get(f"flow_{n}"), edge) for n in ("inside", "out", "in"))
        assert stay + out == people[starts].sum()
        assert stay + into == people[ends].sum()
    exact = not (flows["people"][starts & ends] == "<5").any()
    assert (found.get("flow_inside").value is not None) == exact


def test_a_later_table_over_a_merger_is_bounded():
    flows = pd.DataFrame(
        [("507", "507", 100), ("507", "491", 30), ("491", "491", 900), ("491", "297", 8)],
        columns=["from", "to", "n"],
    )
    part = pd.DataFrame({"code": ["FI_507", "FI_491"]})
    own = zones.read_zone(part, id="part", division=2024, name_fi="Osa")
    inside = zones.flows(zones.area(own, year=2024), flows, division=2026).get("flow_inside")
    assert (inside.value, inside.low, inside.high) == (None, 900, 1030)
    both = zones.area(["FI_507", "FI_588", "FI_491"], year=2024)
    found = zones.flows(both, flows, division=2026)
    assert found.get("flow_inside").value == 1030
    across = found.get("flow_across")
    assert (across.value, across.low, across.high) == (None, 30, 130)


def test_gaps_bound_the_figures():
    flows = table().astype({"people": object})
    flows.loc[[1, 4], "people"] = ["<5", ".."]
    found = zones.flows(MEMBERS, flows)
    inside, out = found.get("flow_inside"), found.get("flow_out")
    assert (inside.value, inside.low, inside.high) == (None, 11710, 11714)
    assert (out.value, out.low, out.high) == (None, 90, None)
    assert any(note.key == "flows.note.bounded" for note in out.notes)
    share = found.get("self_containment_origin")
    assert share.low is None
    assert share.high == pytest.approx(100 * 11714 / (11714 + 90))
    assert Voice("en").bounds(out) == "≥ 90"
    # What is missing may be larger.
    assert found.get("flow_largest", "FI_507").value is None
    assert found.get("flow_largest", "FI_507").low == 450


def test_unknown_ends_are_outside_in_the_value_and_anywhere_in_the_bounds():
    flows = pd.concat(
        [table(), pd.DataFrame([("FI_491", "Tuntematon", 40)], columns=list(table()))]
    )
    found = zones.flows(MEMBERS, flows)
    inside, out = found.get("flow_inside"), found.get("flow_out")
    assert (inside.value, inside.low, inside.high) == (12010, 12010, 12050)
    assert (out.value, out.low, out.high) == (210, 170, 210)


def test_members_and_the_world_that_a_table_lacks():
    alone = table()[lambda t: t["origin"].isin(MEMBERS) & t["destination"].isin(MEMBERS)]
    found = zones.flows(MEMBERS, alone)
    assert found.get("flow_inside").value == 12010
    for name in ("flow_out", "flow_in", "flow_net", "self_containment_origin"):
        assert found.get(name).value is None
        assert "outside the zone" in str(found.get(name).notes[0])
    more = zones.flows([*MEMBERS, "FI_213"], table()).get("flow_inside")
    assert (more.value, more.low, more.high) == (None, 12010, None)
    assert "FI_213" in str(more.notes[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_flows_is_said(lang):
    area = zones.area(MEMBERS)
    voice = Voice(lang)
    trips = zones.flows(area, table(), of="trips").get("flow_out")
    assert trips.unit == "trips"
    assert voice.figure(trips).endswith({"fi": "matkaa", "sv": "resor", "en": "trips"}[lang])
    goods = zones.flows(area, table(), of="timber", unit="m³").get("flow_out")
    assert voice.figure(goods).endswith("170 m³")
    assert voice.name(goods).endswith("(timber)")
    plain = zones.flows(area, table())
    assert plain.get("flow_out").label is None
    for row in plain:
        assert voice.name(row)
        assert voice.key(area, row) != (row.key or "none")
        assert voice.items(area, row) is not None
        assert all(voice.text(area, text) for text in (row.method, *row.notes))


def test_credit_and_years():
    flows = table().assign(year=2019)
    flows = pd.concat([flows, flows.assign(year=2018)])
    found = zones.flows(MEMBERS, flows, source="Statistics Finland, 115h").get("flow_inside")
    assert (found.value, found.year) == (12010, 2019)
    assert found.sources[0] == "Statistics Finland, 115h"
    assert any("2018" in str(note) for note in found.notes)
    read = geodata.read_flows(flows, year=2018)
    assert zones.flows(MEMBERS, read).get("flow_inside").year == 2018


def test_a_member_where_no_flow_begins_is_named_and_not_passed_over():
    table = pd.DataFrame(
        {
            "origin": ["Oulu", "Oulu", "Helsinki"],
            "destination": ["Oulu", "Kemi", "Oulu"],
            "people": [900, 40, 7],
        }
    )
    found = zones.flows(["Oulu", "Kemi"], table, year=2026)
    for name in ("flow_inside", "flow_across", "flow_out"):
        assert any("no flow begins in FI_240" in str(n) for n in found.get(name).notes)
    assert not any("no flow begins" in str(note) for note in found.get("flow_in").notes)
