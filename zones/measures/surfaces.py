"""Surfaces: areas and borders of groups of units, many at once, with what borders stray."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from geodata.coverages.incidence import Incidence
from geodata.units import M2_PER_KM2, M_PER_KM
from zones.extents.area import Area

__all__ = ["Surface", "surfaces"]

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Surface:
    """What a group of units covers.

    Attributes
    ----------
    km2
        Its area.
    outer_km, inner_km
        The borders of its units dissolved, and those between them.
    error_km2
        How far the area may be off at 90 %: the outer border times its error; None where the scale
        of a country's boundaries is not known.
    """

    km2: float
    outer_km: float
    inner_km: float
    error_km2: float | None


def surfaces(area: Area, groups: Mapping[Key, pd.Index]) -> dict[Key, Surface]:
    """
    Return how large groups of units are, and how long the borders of each are.

    Each country is a coverage of its own: its units' areas and borders are multiplied with the
    incidence of the groups, and the countries added up.

    Parameters
    ----------
    area
        An extent in a year, with boundaries, whose countries the units are of.
    groups
        Units by group.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("viitoskaytava")
    >>> found = surfaces(area, {"all": area.units.index, "none": area.units.index[:0]})
    >>> round(found["all"].outer_km, 1), found["none"]
    (2598.4, Surface(km2=0.0, outer_km=0.0, inner_km=0.0, error_km2=0.0))
    """
    km2, outer, inner, error = np.zeros((4, len(groups)))
    for country in area.countries:
        geometry, borders = area.municipalities[country].geometry, area.borders[country]
        inside = Incidence.among(geometry.index, groups)
        between = borders.inner_borders_m(inside).to_numpy() / M_PER_KM
        around = inside.sums(borders.perimeter_m).to_numpy() / M_PER_KM - 2 * between
        km2 += inside.sums(geometry.area).to_numpy() / M2_PER_KM2
        outer += around
        inner += between
        stray = area.border_error_km[country]
        error += np.where(inside.counts, np.nan, 0.0) if stray is None else stray * around
    rows = zip(groups, km2, outer, inner, error, strict=True)
    return {
        key: Surface(float(size), float(around), float(between), None if np.isnan(e) else float(e))
        for key, size, around, between, e in rows
    }
