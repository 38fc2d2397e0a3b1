"""Colours and line styles of groups: the same on every map, and told apart."""

import itertools

import numpy as np
import pytest

import zones
from tests.zones.fixtures import own_zone
from zones.catalogue.names import all_groups
from zones.maps.palette import PALETTE, SHARED, dash_at, marks, numbers

NETWORKS = all_groups("network")
# Machado, Oliveira and Fernandes 2009, deuteranopia, on linear sRGB.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
AS_IT_IS = np.eye(3)
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour):
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(light):
    x, y, z = XYZ @ np.clip(light, 0, 1) / np.array([0.95047, 1, 1.08883])
    a, b, c = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * b - 16, 500 * (a - b), 200 * (b - c)])


def apart(one, other, *, sight=AS_IT_IS):
    """Difference (CIE 1976) of two colours as they are seen."""
    return float(np.linalg.norm(np.subtract(*(lab(sight @ linear(c)) for c in (one, other)))))


def difference(one, other):
    """Smaller of the differences in normal sight and in deuteranopia."""
    return min(apart(one, other), apart(one, other, sight=DEUTERANOPIA))


def contrast(one, other):
    high, low = sorted(
        (float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True
    )
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "place"), [("light", 0), ("dark", 1)])
def test_zones_and_networks_are_told_apart_in_deuteranopia(theme, place):
    first = SHARED["networks_from"]
    hues = {SHARED["groups"][number][place] for number in range(first, len(PALETTE))}
    assert len(hues) == 6
    zones_ = [SHARED["groups"][number][place] for number in range(3)]
    for one, other in itertools.combinations([*zones_, *sorted(hues)], 2):
        assert difference(one, other) > 20
    for hue in hues:
        assert contrast(hue, SHARED[theme]["land"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_class_of_a_figure_looks_like_water(theme):
    for ramp in SHARED["ramps"].values():
        for colour in ramp[theme]:
            for water in ("lake", "sea"):
                assert apart(colour, SHARED[theme][water]) > 12
    for colour in SHARED["ramps"]["amount"][theme]:
        assert difference(colour, SHARED[theme]["lake"]) > 18


def test_classes_are_told_apart_and_turn_at_zero():
    for ramp, theme in itertools.product(SHARED["ramps"].values(), ("light", "dark")):
        for one, other in itertools.pairwise(ramp[theme]):
            assert difference(one, other) > 12


def test_no_two_networks_have_one_hue_and_one_line():
    found = numbers(NETWORKS)
    assert len({(PALETTE[number], dash_at(number)) for number in found.values()}) == len(NETWORKS)


def test_a_network_looks_the_same_with_all_and_alone():
    together = numbers([*all_groups("zone"), *NETWORKS])
    for network in NETWORKS:
        assert numbers([network]) == {network.id: together[network.id]}
        assert marks([network])[network.id] == marks(NETWORKS)[network.id]


def test_groups_of_ones_own_take_the_next_colours():
    own = [own_zone(f"own-{rank}", ["FI_091"]) for rank in range(30)]
    found = numbers([*own, all_groups("zone")[2]])
    taken = numbers([*all_groups("zone"), *NETWORKS])
    assert found["viitoskaytava"] == taken["viitoskaytava"]
    assert found["own-0"] == 3
    assert not {found[zone.id] for zone in own} & set(taken.values())
    assert len({found[zone.id] for zone in own[:13]}) == 13


def test_the_page_and_paper_agree(tmp_path):
    alone = zones.map("liukas", networks=False).data["groups"][0]
    together = next(g for g in zones.map().data["groups"] if g["id"] == "liukas")
    assert (alone["colour"], alone["mark"]) == (together["colour"], together["mark"])
    drawn = zones.map("liukas", networks=False).static(tmp_path / "map.svg").read_text("utf-8")
    assert PALETTE[alone["colour"]] in drawn


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_waves_are_seen_on_a_lake_in_grey_too(theme):
    # Six steps from light to dark leave no grey for water: what tells it apart is its pattern.
    assert contrast(SHARED[theme]["wave"], SHARED[theme]["lake"]) >= 2
