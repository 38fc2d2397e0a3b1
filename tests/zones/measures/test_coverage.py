"""Coverage: the spine, overlaps, regions and bounds; every figure is in test_golden.py."""

import json

import pytest
import shapely

import geodata
import zones
from tests.golden import inputs
from zones.extents.spine import spine_line
from zones.model.contract import CONTRACT


def own_zone(units, **more):
    frame = geodata.municipalities(2026).loc[units]
    return zones.read_zone(frame, id="oma", division=2026, name_fi="Oma vyöhyke", **more)


def test_all_names_in_order(arc):
    assert list(dict.fromkeys(row.name for row in zones.coverage(arc))) == [
        row.name for row in CONTRACT.values() if row.table == "coverage"
    ]


@pytest.mark.parametrize(
    ("zone", "km"),
    [("peramerenkaari", 448.6), ("suomen-kasvukaytava", 331.2), ("viitoskaytava", 769.9)],
)
def test_spines_are_as_long_as_known(zone, km):
    length = zones.coverage(zones.area(zone)).get("spine_length")
    assert length.value == pytest.approx(km, abs=0.05)
    assert length.low == length.value == length.high


def test_the_finnish_part_of_the_arc(arc):
    table = zones.coverage(arc)
    length, share = (table.get(f"spine_{name}", "FI") for name in ("length", "inside_share"))
    assert length.value == pytest.approx(236.3, abs=0.05)
    assert length.value * share.value / 100 == pytest.approx(141.5, abs=0.05)
    names = geodata.municipalities(2026)["name_fi"]
    gaps = {names[unit] for unit in table.get("spine_gaps", "FI").items}
    assert gaps == {"Pyhäjoki", "Siikajoki", "Lumijoki", "Keminmaa"}


def test_the_whole_has_the_leg_between_the_countries(arc):
    table = zones.coverage(arc)
    parts = [table.get("spine_length", key).value for key in ("FI", "SE")]
    ends = [
        geodata.centres(2026, country=unit[:2]).geometry[unit] for unit in ("FI_851", "SE_2583")
    ]
    between = ends[0].distance(ends[1]) / 1e3
    assert table.get("spine_length").value == pytest.approx(sum(parts) + between)


def test_the_layers_that_overlap_at_tornio_make_no_gap(arc):
    swedish = zones.coverage(arc).get("spine_gaps", "SE")
    assert swedish.items == ()
    assert not {"FI_851", "SE_2583"} & set(zones.coverage(arc).get("spine_gaps").items)


def test_bounds_hold_the_value_and_follow_the_border(arc):
    for area in (arc, zones.area("suomen-kasvukaytava", extent="named")):
        share = zones.coverage(area).get("spine_inside_share", "FI")
        assert share.low < share.value < share.high
        union = shapely.union_all(area.units.loc[area.members("FI")].geometry.to_numpy())
        wider = shapely.intersection(shapely.buffer(union, 360), spine_line(area.group.id)).length
        if area.countries == ("FI",):
            whole = zones.coverage(area).get("spine_length").value
            assert share.high == pytest.approx(wider / 10 / whole, rel=1e-9)
    inside = zones.coverage(zones.area("viitoskaytava")).get("spine_inside_share")
    # What borders stray makes them, as it does those of an area.
    assert zones.coverage(arc).get("spine_inside_share").bounds_kind == "error"
    assert inside.value == pytest.approx(100)
    assert inside.low <= inside.high


def test_a_network_has_no_spine_and_says_so():
    table = zones.coverage(zones.area("sixnet"))
    for name in ("spine_length", "spine_inside_share", "spine_gaps"):
        row = table.get(name)
        assert row.value is None
        assert "no spine" in str(row.notes[0])
        assert len({row.notes[0].render(lang) for lang in ("fi", "sv", "en")}) == 3


def test_overlaps_with_networks(arc):
    table = zones.coverage(arc)
    network = zones.get("sixnet").default_extent
    both = set(network.units) & set(arc.units.index)
    assert table.get("overlap_units", "sixnet").items == tuple(sorted(both))
    jaccard = len(both) / len(set(network.units) | set(arc.units.index))
    assert table.get("overlap_jaccard", "sixnet").value == pytest.approx(jaccard)
    people = sum(inputs.people(2026)[unit][2025] for unit in both)
    assert table.get("overlap_people", "sixnet").value == people
    assert table.get("overlap_people", "sixnet").year == 2025
    area = table.get("overlap_area", "sixnet")
    assert area.low < area.value < area.high


def test_the_three_zones_do_not_overlap():
    ids = [zone.id for zone in zones.all_groups("zone")]
    for zone in zones.all_groups("zone"):
        for extent in zone.extents:
            table = zones.coverage(zones.area(zone, extent=extent.id))
            assert not {row.key for row in table if row.name == "overlap_units"} & set(ids)


def test_overlap_with_a_zone_of_ones_own(arc):
    mine = own_zone(["FI_564", "FI_244"])
    table = zones.coverage(arc, others=[mine])
    assert table.get("overlap_units", "oma").items == ("FI_564",)
    assert table.get("overlap_jaccard", "oma").value == pytest.approx(1 / 16)
    back = zones.coverage(zones.area(mine))
    assert back.get("overlap_units", "peramerenkaari").items == ("FI_564",)
    for name in ("units", "area", "people", "jaccard"):
        there = table.get(f"overlap_{name}", "oma").value
        assert back.get(f"overlap_{name}", "peramerenkaari").value == pytest.approx(there)
    assert "oma" not in {row.key for row in zones.coverage(arc)}


def test_a_spine_of_ones_own():
    mine = own_zone(["FI_564", "FI_244", "FI_208"], spine=["FI_208", "FI_564"])
    table = zones.coverage(zones.area(mine))
    centres = geodata.centres(2026).geometry
    assert table.get("spine_length").value == pytest.approx(
        centres["FI_208"].distance(centres["FI_564"]) / 1e3
    )
    assert table.get("spine_inside_share", "SE").value is None
    assert table.get("spine_length", "SE").value == 0


def test_boundaries_of_ones_own_have_no_bounds():
    area = zones.area("viitoskaytava", boundaries=geodata.municipalities(2026))
    table = zones.coverage(area)
    for name in ("area", "spine_inside_share"):
        assert table.get(name).value is not None
        assert table.get(name).low is table.get(name).high is None
        assert "scale" in " ".join(map(str, table.get(name).notes))


def test_without_boundaries_nothing_is_left_out():
    table = zones.coverage(zones.area("viitoskaytava", year=2013))
    names = {row.name for row in table}
    # Rows of regions have keys, which are not there where there is no row to make.
    assert {row.name for row in CONTRACT.values() if row.table == "coverage"} <= names
    assert all(row.value is not None or row.notes for row in table)
    assert table.get("overlap_units", "liukas").value > 0
    assert table.get("overlap_area", "liukas").value is None


def test_every_figure_is_ready_for_json(arc):
    for row in zones.coverage(arc):
        again = json.loads(json.dumps(row.to_dict()))
        assert (again["method"] and again["sources"]) or again["value"] is None
        assert again["name"] == row.name
