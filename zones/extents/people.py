"""People by unit in the division of an area, also one older than the figures."""

import pandas as pd

import geodata
from geodata import countries
from geodata.register.carried import heirs

__all__ = ["figures_by_unit", "own_figures"]


def figures_by_unit(units: pd.Index, division: int, country: str) -> pd.DataFrame:
    """Return people on 31 December by unit and year, with the unit that each figure is of.

    A unit of a division before 2021 has the figures of what it has since become, in common with
    what merged into the same.

    Parameters
    ----------
    units
        The ``lau_id`` of units of one country.
    division
        Year of the division that they are of.
    country
        Their country.

    Returns
    -------
    DataFrame
        ``figure_unit``, and a column a year, nullable whole numbers.
    """
    figure_division = max(division, countries.country(country).people_divisions[0])
    heir = heirs(division, figure_division)
    figure_unit = [heir.get(unit, unit) for unit in units]
    series = geodata.population_series(division=figure_division, country=country)
    figures = series.reindex(figure_unit).set_axis(units)
    figures.insert(0, "figure_unit", figure_unit)
    return figures


def own_figures(units: pd.Index, division: int, country: str) -> pd.DataFrame:
    """Return people by unit and year, missing for units that have a figure only with others."""
    figures = figures_by_unit(units, division, country)
    shared = figures["figure_unit"].duplicated(keep=False)
    return figures.drop(columns="figure_unit").mask(shared)
