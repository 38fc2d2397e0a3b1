"""People by unit and year for the page: the first figure, then the steps from each to the next."""

from typing import Any

import pandas as pd

from geodata.countries import codes
from zones.extents.people import own_figures
from zones.maps.shapes import Shapes

__all__ = ["people_series", "steps_of"]


def people_series(shapes: Shapes) -> dict[str, Any] | None:
    """
    Return people by unit and year; nothing for units that are no municipalities.

    ``years`` are those of each country, ``steps`` a list a unit in the order drawn, as `steps_of`
    makes it, in the years of its country.
    """
    if not shapes.known:
        return None
    index = shapes.units.index
    years: dict[str, list[int]] = {}
    steps: dict[str, list[int | None]] = {}
    for country in codes():
        units = index[index.str.startswith(f"{country}_")]
        if not len(units):
            continue
        figures = own_figures(units, shapes.division, country)
        years[country] = [int(year) for year in figures.columns]
        for unit, row in zip(figures.index, figures.to_numpy(), strict=True):
            steps[str(unit)] = steps_of([None if pd.isna(one) else int(one) for one in row])
    return {"years": years, "steps": [steps[str(unit)] for unit in index]}


def steps_of(figures: list[int | None]) -> list[int | None]:
    """
    Return the first figure and the step from each known one to the next; None stays where it is.

    Examples
    --------
    >>> steps_of([100, 103, None, 99, None])
    [100, 3, None, -4]
    """
    last, steps = 0, list[int | None]()
    for figure in figures:
        steps.append(None if figure is None else figure - last)
        last = last if figure is None else figure
    while steps and steps[-1] is None:
        steps.pop()
    return steps
