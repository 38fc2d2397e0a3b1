"""People by unit in the division of an area, also one older than the figures."""

import numpy as np
import pandas as pd
from scipy import sparse

import geodata
from geodata import countries
from geodata.countries import cached_by_countries
from geodata.coverages.incidence import Incidence
from geodata.register.carried import heirs
from geodata.register.divisions import municipality_register

__all__ = ["figures_by_unit", "own_figures", "totals"]


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
    whole = _of_division(division, country)
    return whole.copy() if units.equals(whole.index) else _figures(units, division, country)


def totals(figures: pd.DataFrame, groups: Incidence) -> pd.DataFrame:
    """Return the people of each of several groups of units, by year.

    There is no figure where a member has none, nor where it has only a part of the one that its
    figure is of.

    Parameters
    ----------
    figures
        People by unit and year, as `figures_by_unit` returns them.
    groups
        Groups of these units.

    Returns
    -------
    DataFrame
        Groups by year.

    Examples
    --------
    >>> units = pd.Index(["FI_091", "FI_049"])
    >>> groups = Incidence.of(units, {"both": units})
    >>> int(totals(figures_by_unit(units, 2026, "FI"), groups).loc["both", 2025])
    1020108
    """
    owner, names = pd.factorize(figures["figure_unit"].to_numpy())
    places = np.arange(len(owner))
    of = sparse.csr_array((np.ones(len(owner)), (owner, places)), shape=(len(names), len(owner)))
    held = sparse.csr_array((of @ groups.matrix).T)
    held.data[:] = 1.0
    whole = held @ np.bincount(owner) == groups.counts
    years = figures.columns[figures.columns != "figure_unit"]
    _, first = np.unique(owner, return_index=True)
    table = figures.iloc[first][years].to_numpy(dtype=float, na_value=np.nan)
    unknown = np.isnan(table)
    sums = held @ np.where(unknown, 0.0, table)
    sums[(held @ unknown.astype(float) > 0) | ~whole[:, None]] = np.nan
    return pd.DataFrame(sums, index=groups.groups, columns=years.astype(int))


@cached_by_countries
def _of_division(division: int, country: str) -> pd.DataFrame:
    """Return the figures of a whole division; shared, so that callers copy before they hand out."""
    units = municipality_register(division, country=country).index
    return _figures(units, division, country)


def _figures(units: pd.Index, division: int, country: str) -> pd.DataFrame:
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
