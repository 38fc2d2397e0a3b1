"""People by municipality on 31 December: figures, series, and bounds between known years.

Finland: 2000-2022, published in the division of 2023, whose units are those of 2021-2024.
Northern Sweden: a county has figures in some of the years 2017-2025; what lies between two of
them can be bounded, and is never taken for a figure.
"""

import functools
import io

import numpy as np
import pandas as pd

from geodata import snapshot
from geodata.errors import HarmoniseError, YearError
from geodata.register.divisions import (
    checked_country,
    checked_year,
    municipality_register,
    successors,
    whole_year,
)

__all__ = ["POPULATION_YEARS", "population", "population_estimate", "population_series"]

POPULATION_YEARS = range(2000, 2023)
"""Years whose figures are bundled for all of Finland."""

_DIVISION = 2023
"""Division of the bundled Finnish figures."""

# Units do not change between these and the division of the figures.
_OLDEST_DIVISION = 2021
_NEWEST_DIVISION = 2026


def population(year: int, *, division: int | None = None, country: str = "FI") -> pd.Series:
    """
    People in each municipality on 31 December of a year.

    Parameters
    ----------
    year
        Year of the figures: 2000-2022 for Finland, 2017-2025 for Sweden.
    division
        Year of the division whose units are counted, 2021-2026. By default that of `year`, or
        2021 for earlier years, because the figures of former municipalities are not bundled.
    country
        ``"FI"``, or ``"SE"`` for Norrbotten and Västerbotten, whose units never change.

    Returns
    -------
    pandas.Series
        Whole numbers named ``population``, indexed by `lau_id`, sorted. Finland: every unit of
        the division. Sweden: only the units that have an exact figure for the year.

    Raises
    ------
    YearError
        If no figure of that year is bundled.
    HarmoniseError
        If the figures cannot be carried to the division, which is one before 2021.

    Examples
    --------
    >>> int(population(2022).sum())
    5563970
    >>> int(population(2020, country="SE")["SE_2580"])
    78549
    """
    year = whole_year(year)
    checked_country(country)
    series = _known(country)
    if year not in series.columns:
        years = series.columns
        raise YearError(
            f"no figures of people in {year!r} for {country}: expected a year in "
            f"{years[0]}-{years[-1]}; population_estimate() gives bounds between known years"
        )
    if country == "SE":
        _checked_division(division, country)
        return series[year].dropna().astype("int64").rename("population")
    if division is None:
        division = max(year, _OLDEST_DIVISION)
    return _carried(division)[year].rename("population")


def population_series(*, division: int = 2026, country: str = "FI") -> pd.DataFrame:
    """
    People in each municipality on 31 December of every bundled year.

    Parameters
    ----------
    division
        Year of the division whose units are counted, 2021-2026.
    country
        ``"FI"`` or ``"SE"``.

    Returns
    -------
    pandas.DataFrame
        `lau_id` by year, nullable whole numbers; missing where the year is not known.

    Raises
    ------
    HarmoniseError
        If the figures cannot be carried to the division, which is one before 2021.

    Examples
    --------
    >>> population_series(division=2024).loc[["FI_507", "FI_588"], 2022].tolist()
    [5564, 1600]
    >>> int(population_series(division=2026).loc["FI_507", 2022])
    7164
    """
    checked_country(country)
    division = _checked_division(division, country)
    if country == "SE":
        return _known("SE").copy()
    return _carried(division).astype("Int64")


def population_estimate(
    year: int, *, division: int | None = None, country: str = "SE"
) -> pd.DataFrame:
    """
    People in each municipality on 31 December of any year, with bounds where it is not known.

    A known year is exact. Between two known years the value lies on the straight line between
    them and the two figures are its bounds: it is as if the population had moved only one way.
    Before the first and after the last known year nothing is said.

    Parameters
    ----------
    year
        Any year.
    division
        As in `population`; by default the division of `year` within 2021-2026.
    country
        ``"SE"`` or ``"FI"``.

    Returns
    -------
    pandas.DataFrame
        Indexed by `lau_id`, all units of the division: ``value``, ``low``, ``high`` (nullable
        whole numbers) and ``exact`` (bool).

    Raises
    ------
    HarmoniseError
        If the figures cannot be carried to the division, which is one before 2021.

    Examples
    --------
    >>> population_estimate(2022).loc["SE_2580"].to_dict()
    {'value': 79084, 'low': 78549, 'high': 79352, 'exact': False}
    """
    year = whole_year(year)
    if division is None:
        division = min(max(year, _OLDEST_DIVISION), _NEWEST_DIVISION)
    series = population_series(division=division, country=country)
    years = series.columns.to_numpy()
    rows = []
    for figures in series.to_numpy(dtype="float64", na_value=np.nan):
        known = ~np.isnan(figures)
        at, people = years[known], figures[known]
        place = int(np.searchsorted(at, year))
        if place < len(at) and at[place] == year:
            rows.append((people[place], people[place], people[place], True))
        elif 0 < place < len(at):
            before, after = people[place - 1], people[place]
            value = np.interp(year, at, people)
            rows.append((value, min(before, after), max(before, after), False))
        else:
            rows.append((np.nan, np.nan, np.nan, False))
    table = pd.DataFrame(rows, index=series.index, columns=["value", "low", "high", "exact"])
    bounds = {name: table[name].round().astype("Int64") for name in ("value", "low", "high")}
    return table.assign(**bounds).astype({"exact": "bool"})


@functools.cache
def _known(country: str) -> pd.DataFrame:
    """Bundled figures, units by year, shared: callers do not change it."""
    if country == "FI":
        content = io.BytesIO(snapshot.read_bytes("population_fi.csv"))
        table = pd.read_csv(content, dtype={"code": "str"}).set_index("code")
    else:
        content = io.BytesIO(snapshot.read_bytes("population_se.csv"))
        rows = pd.read_csv(content, dtype={"code": "str"})
        table = rows.pivot_table(index="code", columns="year", values="population")
    index = pd.Index(country + "_" + table.index, name="lau_id")
    columns = pd.Index([int(year) for year in table.columns], name="year")
    table = table.set_axis(index).set_axis(columns, axis="columns").sort_index()
    return table.astype("int64" if country == "FI" else "Int64")


@functools.cache
def _carried(division: int) -> pd.DataFrame:
    """Finnish figures in the units of a division, shared: callers do not change it."""
    division = _checked_division(division, "FI")
    known = _known("FI")
    if division <= _DIVISION:
        carried = known
    else:
        chain = successors(known.index, from_year=_DIVISION, to_year=division)
        carried = known.groupby(chain.to_numpy()).sum().rename_axis("lau_id")
    units = municipality_register(division).index
    if not carried.index.equals(units) or not (carried.sum() == known.sum()).all():
        raise HarmoniseError(
            f"people of the division of {_DIVISION} cannot be carried to {division} without loss; "
            f"take a division in {_OLDEST_DIVISION}-{_NEWEST_DIVISION}"
        )
    return carried


def _checked_division(division: int | None, country: str) -> int:
    division = checked_year(_NEWEST_DIVISION if division is None else division)
    if country == "FI" and division < _OLDEST_DIVISION:
        raise HarmoniseError(
            f"people cannot be carried to the division of {division}: the bundled figures are in "
            f"the units of {_OLDEST_DIVISION}-2024, and a merged municipality cannot be split "
            f"again; take a division in {_OLDEST_DIVISION}-{_NEWEST_DIVISION}"
        )
    return division
