"""People inside by year, and how they grow: by member, by country and for the whole."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from geodata.countries import country as country_record
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.resolving import as_area
from zones.texts import Language, check_language, phrase

__all__ = ["population_table"]

WHOLE = "whole"


def population_table(
    area: Subject, *, years: Iterable[int] | None = None, lang: Language | None = None
) -> pd.DataFrame:
    r"""
    Return the members' people by year, with their growth.

    Growth is :math:`100 (p_b - p_a) / p_a` from the first year :math:`a` to the last year
    :math:`b` of the table that the row has a figure for. A country, and the whole, have a figure
    for a year only if all their members do.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    years
        Years to show; by default all up to `Area.people_until` in which a member has a figure.
    lang
        Language of the names.

    Returns
    -------
    DataFrame
        A row a member, then ``FI``, ``SE`` (if the extent has members there) and ``whole``. Columns
        ``name``, ``country``, a year each (nullable whole numbers), then ``first_year``,
        ``last_year``, ``change`` (people) and ``growth`` (percent).

    Raises
    ------
    MeasureError
        If no member has a figure for a year asked for.

    Examples
    --------
    >>> import zones
    >>> table = population_table(zones.area("peramerenkaari"), years=[2018, 2020, 2022])
    >>> table.loc[["FI_564", "FI", "SE", "whole"], "growth"].round(2).to_dict()
    {'FI_564': 4.07, 'FI': 1.55, 'SE': 1.14, 'whole': 1.37}
    >>> table.loc["whole", ["first_year", "last_year", "change"]].astype(int).tolist()
    [2018, 2022, 7514]
    """
    area = as_area(area)
    lang = check_language(lang)
    figures = _figures(area)
    known = [int(year) for year in figures.columns if figures[year].notna().any()]
    chosen = known if years is None else _chosen(years, known)
    people = figures.reindex(columns=chosen)
    totals = {
        part or WHOLE: [area.population_in(year, part) for year in chosen]
        for part in (*area.countries, None)
    }
    sums = pd.DataFrame(totals, index=chosen, dtype="Int64").T
    table = pd.concat([people, sums]).astype("Int64")
    table.index.name = "lau_id"
    parts = [country_record(code).parts[lang] for code in area.countries]
    names = [*area.units[f"name_{lang}"], *parts, phrase("measures.key.whole", lang)]
    countries = [*area.units["country"], *area.countries, None]
    grown = _growth(table)
    table.insert(0, "name", names)
    table.insert(1, "country", countries)
    return table.join(grown)


def _figures(area: Area) -> pd.DataFrame:
    """Return the members' figures up to the newest year; none where shared with another unit."""
    parts = []
    for country in area.countries:
        people = area.people[country].loc[area.members(country)]
        shared = area.people[country]["figure_unit"].duplicated(keep=False)
        figures = people.drop(columns="figure_unit")
        parts.append(figures.mask(shared.loc[figures.index], axis="index"))
    together = pd.concat(parts).reindex(area.units.index)
    years = sorted(int(year) for year in together.columns)
    return together[[year for year in years if year <= area.people_until]]


def _chosen(years: Iterable[int], known: list[int]) -> list[int]:
    chosen = sorted(set(years))
    unknown = [str(year) for year in chosen if year not in known]
    if unknown or not chosen:
        span = f"{known[0]}-{known[-1]}" if known else "no year"
        msg = (
            f"no member has a figure for {', '.join(unknown) or 'an empty list of years'}: "
            f"figures are known for years in {span}"
        )
        raise MeasureError(msg)
    return chosen


def _growth(people: pd.DataFrame) -> pd.DataFrame:
    values = people.to_numpy(dtype=float, na_value=np.nan)
    years = np.array([int(year) for year in people.columns])
    rows: list[tuple[Any, ...]] = []
    for row in values:
        known = np.flatnonzero(~np.isnan(row))
        if len(known) < 2:
            rows.append((pd.NA, pd.NA, pd.NA, np.nan))
            continue
        first, last = known[0], known[-1]
        change = row[last] - row[first]
        percent = 100 * change / row[first] if row[first] else np.nan
        rows.append((years[first], years[last], int(change), percent))
    columns = ["first_year", "last_year", "change", "growth"]
    table = pd.DataFrame(rows, index=people.index, columns=columns)
    whole = dict.fromkeys(columns[:-1], "Int64")
    return table.astype({**whole, "growth": "float64"})
