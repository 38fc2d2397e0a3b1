"""Colours and line styles, the same on paper as on the page of `web`."""

import itertools
import math
from collections.abc import Sequence
from typing import Literal

from zones.catalogue.names import all_groups
from zones.model.groups import Network, Zone

__all__ = [
    "BASE",
    "DASHES",
    "LIMITS",
    "PALETTE",
    "RAMPS",
    "Choropleth",
    "class_of",
    "mixed",
    "numbers",
]

Choropleth = Literal["people", "density", "change"]

PALETTE = (
    "#00796b", "#5e35b1", "#c94f12", "#1565c0", "#c2185b", "#5f7300", "#1a237e", "#9a6b00",
    "#2e7d32", "#b71c1c", "#37474f", "#8e24aa", "#6d4c41", "#880e4f", "#00838f", "#0277bd",
)  # fmt: skip
"""Zones first: told apart under common colour blindness, each at least 3:1 on the land colour."""

DASHES: tuple[tuple[float, ...] | None, ...] = (
    None, (13, 8), (0.1, 7.5), (16, 6, 2, 6), (7, 6),
)  # fmt: skip
"""Line styles of zones, in pixels; with round ends the third is dots."""

BASE = {
    "sea": "#d9e6ee",
    "unit": "#fbfbf7",
    "unit_line": "#c3cbd0",
    "group_line": "#ffffff",
    "casing": "#ffffff",
    "land": "#eceee7",
    "coast": "#b9c6cd",
    "lake": "#cbdee9",
    "lake_line": "#aec8d8",
    "border": "#8b98a3",
    "national": "#55626e",
    "ink": "#17212e",
    "muted": "#4d5b69",
    "line": "#dde3e8",
}

RAMPS: dict[Choropleth, tuple[str, ...]] = {
    "people": ("#f1f5f9", "#d5e1ec", "#adc6dc", "#7fa5c5", "#4b7ca6", "#234e79"),
    "density": ("#f1f5f9", "#d5e1ec", "#adc6dc", "#7fa5c5", "#4b7ca6", "#234e79"),
    "change": ("#b3673f", "#d9a27e", "#f0dccb", "#d5e3ec", "#8fb4cc", "#3f729c"),
}

LIMITS: dict[Choropleth, tuple[float, ...]] = {
    "people": (2500, 5000, 10000, 25000, 50000),
    "density": (2, 5, 15, 50, 250),
    "change": (-15, -10, -5, 0, 5),
}


def class_of(value: float, view: Choropleth) -> int:
    """
    Return the number of the class that a figure is in, from 0.

    Examples
    --------
    >>> class_of(2499, "people"), class_of(2500, "people"), class_of(700_000, "people")
    (0, 1, 5)
    """
    return sum(value >= limit for limit in LIMITS[view])


def mixed(colour: str, other: str, share: float = 0.5) -> str:
    """
    Return a colour with so much of another one in it.

    Examples
    --------
    >>> mixed("#000000", "#ffffff")
    '#808080'
    """
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{math.floor(a + (b - a) * share + 0.5):02x}" for a, b in pairs)


def numbers(groups: Sequence[Zone | Network]) -> dict[str, int]:
    """
    Return each group's number in the palette: the catalogue's zones keep theirs, on any map.

    Examples
    --------
    >>> numbers([zone for zone in all_groups("zone")][1:])
    {'suomen-kasvukaytava': 1, 'viitoskaytava': 2}
    """
    fixed = {zone.id: number for number, zone in enumerate(all_groups("zone"))}
    given = {group.id: fixed[group.id] for group in groups if group.id in fixed}
    free = (number for number in itertools.count() if number not in set(given.values()))
    rest = [group for group in groups if group.id not in given]
    for group in sorted(rest, key=lambda group: group.kind == "network"):
        given[group.id] = next(free)
    return given
