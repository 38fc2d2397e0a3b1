"""Surfaces: areas and borders of groups of units, many at once, with what borders stray."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.coverages.incidence import Incidence
from geodata.units import M2_PER_KM2, M_PER_KM
from zones.extents.area import Area

__all__ = ["surfaces"]


def surfaces(area: Area, groups: Mapping[Any, pd.Index]) -> pd.DataFrame:
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

    Returns
    -------
    pandas.DataFrame
        A row a group: ``km2``; ``outer_km`` and ``inner_km``, the borders of its units dissolved
        and those between them; and ``error_km2``, how far the area may be off at 90 %: the outer
        border times its error, missing where the scale of a country's boundaries is not known.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("viitoskaytava")
    >>> found = surfaces(area, {"all": area.units.index, "none": area.units.index[:0]})
    >>> found.loc["all"].round(1).tolist(), found.loc["none"].tolist()
    ([103424.8, 2598.4, 3613.1, 935.4], [0.0, 0.0, 0.0, 0.0])
    """
    columns = ["km2", "outer_km", "inner_km", "error_km2"]
    found = pd.DataFrame(0.0, index=pd.Index(list(groups), dtype=object), columns=columns)
    for country, frame in area.municipalities.items():
        if country not in area.countries:
            continue
        borders, error = area.borders[country], area.border_error_km[country]
        incidence = Incidence.of(
            frame.index, {key: units[units.isin(frame.index)] for key, units in groups.items()}
        )
        outer = borders.outer_borders_m(incidence) / M_PER_KM
        found["km2"] += incidence.sums(frame.geometry.area.to_numpy()) / M2_PER_KM2
        found["outer_km"] += outer
        found["inner_km"] += borders.inner_borders_m(incidence) / M_PER_KM
        if error is None:
            found.loc[incidence.counts().to_numpy() > 0, "error_km2"] = np.nan
        else:
            found["error_km2"] += error * outer
    return found
