"""Colours, line styles and classes of ``palette.json``, the same on paper as on the page."""

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
    "NETWORK_DASHES",
    "PALETTE",
    "RAMPS",
    "SHARED",
    "VIEWS",
    "Choropleth",
    "View",
    "class_of",
    "class_of_limits",
    "custom_properties",
    "dash_at",
    "marks",
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
"""Zones first, then networks: each at least 3:1 on the land colour.

The catalogue's zones and the six hues of networks are told apart under common colour blindness.
"""

DASHES: tuple[tuple[float, ...] | None, ...] = tuple(
    steps and tuple(steps) for steps in SHARED["dashes"]
)
"""Line styles of zones, in pixels; with round ends the third is dots."""

NETWORK_DASHES: tuple[tuple[float, ...] | None, ...] = tuple(
    steps and tuple(steps) for steps in SHARED["network_dashes"]
)
"""Line styles of networks. With six hues no two of twelve networks look the same."""

_NETWORKS_FROM: int = SHARED["networks_from"]

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
    Return each group's number in the palette.

    Zones and networks of the catalogue have the same on every map, whatever else it shows; a
    user's own groups take the next ones, in the order given.

    Examples
    --------
    >>> numbers([group for group in all_groups()][1:4])
    {'suomen-kasvukaytava': 1, 'viitoskaytava': 2, 'alyagri': 16}
    """
    found = {}
    spans: tuple[tuple[Literal["zone", "network"], int, int], ...] = (
        ("zone", 0, _NETWORKS_FROM),
        ("network", _NETWORKS_FROM, len(PALETTE)),
    )
    for kind, first, end in spans:
        known = [group.id for group in all_groups(kind)]
        for group, place in _places(groups, kind).items():
            over = place - (end - first)
            # Own ones that are too many start again with the first that is no catalogue zone's.
            free = range(first + len(known), end) or range(first, end)
            found[group] = first + place if over < 0 else free[over % len(free)]
    return found


def marks(groups: Sequence[Zone | Network]) -> dict[str, str]:
    """
    Return the mark of each network on a map: its place in the catalogue, own ones after it.

    Examples
    --------
    >>> list(marks(all_groups("network")).values())[:3]
    ['1', '2', '3']
    """
    return {group: str(place + 1) for group, place in _places(groups, "network").items()}


def dash_at(number: int) -> tuple[float, ...] | None:
    """Return the line style that goes with a number in the palette; None for a plain line."""
    styles = DASHES if number < _NETWORKS_FROM else NETWORK_DASHES
    return styles[number % len(styles)]


def _places(groups: Sequence[Zone | Network], kind: Literal["zone", "network"]) -> dict[str, int]:
    known = {group.id: place for place, group in enumerate(all_groups(kind))}
    own = [group.id for group in groups if group.kind == kind and group.id not in known]
    given = known | {group: len(known) + place for place, group in enumerate(own)}
    return {group.id: given[group.id] for group in groups if group.kind == kind}
