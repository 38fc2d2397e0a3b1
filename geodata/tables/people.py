"""People as the base of a rate or the weight of a mean, in the division of a table."""

from collections.abc import Iterable

import pandas as pd

from geodata import countries
from geodata.errors import HarmoniseError, YearError
from geodata.people import population_estimate
from geodata.register.carried import parts

__all__ = ["people_of"]


def people_of(units: Iterable[str], year: int, division: int) -> pd.DataFrame:
    """
    Return people on 31 December by unit of a division, with bounds.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``lau_id``: ``value``, missing where it is an estimate or not known; ``low`` and
        ``high``, missing where nothing is known.

    Examples
    --------
    >>> people_of(["FI_091"], 2022, 2026).loc["FI_091", "value"]
    np.float64(664028.0)
    >>> people_of(["FI_091"], 2024, 2026).loc["FI_091", ["value"]].isna().all()
    np.True_
    """
    index = pd.Index(sorted(set(units)), name="lau_id")
    found = []
    for code in countries.in_order(index):
        earliest = countries.country(code).people_divisions[0]
        try:
            people = population_estimate(year, division=max(division, earliest), country=code)
        except (YearError, HarmoniseError):
            continue
        if division < earliest:
            # What an heir has since taken in is not its own people then.
            whole = [heir for heir, held in parts(division, earliest).items() if len(held) == 1]
            people = people.loc[people.index.isin(whole)]
        found.append(people.assign(value=people["value"].where(people["exact"])))
    columns = ["value", "low", "high"]
    if not found:
        return pd.DataFrame(index=index, columns=columns, dtype=float)
    return pd.concat(found)[columns].astype(float).reindex(index)
