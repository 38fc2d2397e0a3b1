"""People by municipality on 31 December: figures, series, and bounds between known years.

Finland: 2000-2022, published in the division of 2023, whose units are those of 2021-2024; and 2025,
in that of 2026. Northern Sweden: 2000-2024, and 2025 in part. What lies between two known years can
be bounded, and is never taken for a figure.
"""

import numpy as np
import pandas as pd

from geodata.countries import Country, cached_by_countries, country_named
from geodata.errors import HarmoniseError, YearError
from geodata.messages import spans
from geodata.register.carried import heirs, parts, summed
from geodata.register.divisions import YEARS, checked_year, division_ids, whole_year

__all__ = [
    "POPULATION_YEARS",
    "population",
    "population_estimate",
    "population_line",
    "population_series",
]

POPULATION_YEARS = (*range(2000, 2023), 2025)
"""Years whose figures are bundled for all of Finland."""


def population(year: int, *, division: int | None = None, country: str | None = None) -> pd.Series:
    """People in each municipality on 31 December of a year.

    Parameters
    ----------
    year
        Year of the figures: 2000-2022 and 2025 for Finland, 2000-2025 for Sweden.
    division
        Year of the division whose units are counted, 2021-2026. By default that of `year`, or
        2021 for earlier years, because the figures of former municipalities are not bundled.
    country
        ``"FI"``, or ``"SE"`` for Norrbotten and Västerbotten, whose units never change; the home
        country by default.

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
        If the figures cannot be carried to the division: one before 2021, or one in which units
        are apart that had merged by the division of the figures.

    Examples
    --------
    >>> int(population(2025).sum())
    5652881
    >>> int(population(2022, country="SE")["SE_2580"])
    79244
    """
    year = whole_year(year)
    record = country_named(country)
    known = [int(at) for table in _tables(record).values() for at in table.columns]
    if year not in known:
        raise YearError(
            f"no figures of people in {year!r} for {record.code}: expected a year in "
            f"{spans(known)}; population_estimate() gives bounds between known years"
        )
    division = _division(division, record, year)
    figures = _carried(division, record.code)[year]
    later = [own for own, table in record.later_people.items() if year in table().columns]
    if merged := sorted(unit for own in later for unit in _merged(division, own)):
        raise HarmoniseError(
            f"people at the end of {year} cannot be carried to the division of {division}: "
            f"{', '.join(merged)} have figures only as merged, and a merged municipality cannot be "
            "split again; take a later division"
        )
    return figures.dropna().astype("int64").rename("population")


def population_series(*, division: int = YEARS[-1], country: str | None = None) -> pd.DataFrame:
    """People in each municipality on 31 December of every bundled year.

    Parameters
    ----------
    division
        Year of the division whose units are counted, 2021-2026.
    country
        ``"FI"`` or ``"SE"``.

    Returns
    -------
    pandas.DataFrame
        `lau_id` by year, nullable whole numbers; missing where no figure of the unit is known, as
        in divisions before 2025 for the parts of what merged since.

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
    record = country_named(country)
    return _carried(_division(division, record), record.code).copy()


def population_estimate(
    year: int, *, division: int | None = None, country: str | None = None
) -> pd.DataFrame:
    """People in each municipality on 31 December of any year, with bounds where it is not known.

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
        As in `population`.

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
    >>> population_estimate(2024).loc["FI_564"].to_dict()
    {'value': 215595, 'low': 211848, 'high': 217469, 'exact': False}
    """
    year = whole_year(year)
    record = country_named(country)
    series = _carried(_division(division, record, year), record.code).astype("float64")
    known = series.reindex(columns=sorted({*series.columns, year}))
    before, after = known.ffill(axis="columns")[year], known.bfill(axis="columns")[year]
    line = known.T.interpolate(method="index", limit_area="inside").loc[year]
    figures = {"value": line, "low": np.minimum(before, after), "high": np.maximum(before, after)}
    table = pd.DataFrame(figures).round().astype("Int64")
    return table.assign(exact=known[year].notna())


def population_line(year: int, *, country: str | None = None) -> str:
    """Return the line that credits the bundled figures of a year.

    Parameters
    ----------
    year
        A year with figures.
    country
        As in `population`.

    Examples
    --------
    >>> population_line(2022), population_line(2025)
    ('Population: Statistics Finland / THL Sotkanet',
     'Population: Statistics Finland, Population structure')
    """
    record = country_named(country)
    later = any(year in table().columns for table in record.later_people.values())
    return record.line(f"population-{year}" if later else "population")


def _tables(record: Country) -> dict[int | None, pd.DataFrame]:
    """Figures by the division that they are of; None where units never change."""
    later = {division: table() for division, table in record.later_people.items()}
    return {record.people_division: record.people()} | later


def _merged(division: int, own: int) -> list[str]:
    """Units of a division that are together in a later one."""
    return [unit for held in parts(division, own).values() if len(held) > 1 for unit in held]


@cached_by_countries
def _carried(division: int, code: str) -> pd.DataFrame:
    """Figures of a country in the units of a division, shared: callers do not change it."""
    record = country_named(code)
    units = pd.Index(sorted(division_ids(division, country=code)), name="lau_id")
    columns = []
    for own, table in _tables(record).items():
        figures = table.astype("Int64")
        if own is not None and own <= division:
            figures = summed(figures, own, division)
        elif own is not None:
            alone = units.drop(units.intersection(_merged(division, own)))
            figures = figures.reindex([heirs(division, own)[u] for u in alone]).set_axis(alone)
        columns.append(figures.reindex(units))
    return pd.concat(columns, axis="columns").rename_axis("year", axis="columns")


def _division(division: int | None, record: Country, year: int = YEARS[-1]) -> int:
    """Return the division that is given, else the one nearest to the year that figures reach."""
    reached = record.people_divisions
    if division is None:
        return min(max(year, reached[0]), reached[-1])
    division = checked_year(division)
    if division not in reached:
        raise HarmoniseError(
            f"people cannot be carried to the division of {division}: the bundled figures are in "
            f"the units of {reached[0]} and later, and a merged municipality cannot be split "
            f"again; take a division in {spans(reached)}"
        )
    return division
