"""Colours, line styles and classes of ``palette.json``, the same on paper as on the page."""

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, Literal, get_args

from zones.catalogue.names import all_groups
from zones.model.groups import Network, Zone

__all__ = [
    "BASE",
    "DASHES",
    "FULLNESS",
    "LIMITS",
    "PALETTE",
    "RAMPS",
    "SHARED",
    "VIEWS",
    "Choropleth",
    "View",
    "class_of",
    "class_of_limits",
    "custom_properties",
    "mixed",
    "numbers",
]

Choropleth = Literal["density", "change"]
View = Literal["groups", "people", "density", "change"]
VIEWS: tuple[View, ...] = get_args(View)

SHARED: Mapping[str, Any] = json.loads(
    resources.files(__package__).joinpath("palette.json").read_text(encoding="utf-8")
)
"""The whole palette, as the page takes it."""

PALETTE: tuple[str, ...] = tuple(light for light, _ in SHARED["groups"])
"""Zones first: told apart under common colour blindness, each at least 3:1 on the land colour."""

DASHES: tuple[tuple[float, ...] | None, ...] = tuple(
    steps and tuple(steps) for steps in SHARED["dashes"]
)
"""Line styles of zones, in pixels; with round ends the third is dots."""

BASE: Mapping[str, str] = SHARED["light"]

FULLNESS: Mapping[str, float] = SHARED["evidence"]
"""How much of a group's colour a unit has, by what is known of its membership."""

LIMITS: Mapping[Choropleth, tuple[float, ...]] = {
    view: tuple(one["limits"]) for view, one in SHARED["views"].items()
}

RAMPS: Mapping[Choropleth, tuple[str, ...]] = {
    view: tuple(SHARED["ramps"][one["ramp"]]["light"]) for view, one in SHARED["views"].items()
}


def custom_properties(theme: Literal["light", "dark"]) -> str:
    """
    Return a theme's colours as custom properties of CSS.

    Examples
    --------
    >>> custom_properties("light").split("; ")[3]
    '--line-strong: #8794a0'
    """
    colours = SHARED[theme].items()
    return "; ".join(f"--{name.replace('_', '-')}: {colour}" for name, colour in colours)


def class_of(value: float, view: Choropleth) -> int:
    """
    Return the number of the class that a figure is in, from 0.

    Examples
    --------
    >>> class_of(1.9, "density"), class_of(2, "density"), class_of(3_000, "density")
    (0, 1, 5)
    """
    return class_of_limits(value, LIMITS[view])


def class_of_limits(value: float, limits: Sequence[float]) -> int:
    """Return the number of the class, from 0; a figure that is a limit is in the class above."""
    return sum(value >= limit for limit in limits)


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
