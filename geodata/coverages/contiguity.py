"""Contiguity: who is whose neighbour over land, as a fact where it is known, else from polygons.

At a small scale a polygon layer draws borders that do not exist and lacks some that do. Where the
pairs of neighbours are known they decide, and the polygons only say how long a border is. Where
they are not, pairs whose border is shorter than borders stray are left undecided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.countries import cached_by_countries, country_named
from geodata.coverages.borders import BorderTable
from geodata.errors import NoGeometryError
from geodata.register.carried import heirs
from geodata.register.divisions import YEARS, checked_year

__all__ = ["Contiguity", "contiguity", "known_neighbours"]

_COLUMNS = ["left", "right"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Contiguity:
    """The neighbours among the units of one country.

    Attributes
    ----------
    pairs
        Neighbours over land: ``left``, ``right``, ``length_m`` of the border as drawn, missing
        where the polygons have none.
    sea
        Pairs whose border runs through the sea only: ``left``, ``right``; none where not known.
    undecided
        Pairs that the polygons cannot decide: ``left``, ``right``, and ``drawn``, whether they
        are among `pairs`.
    known
        Whether the pairs are facts, and not read off polygons.
    """

    pairs: pd.DataFrame
    sea: pd.DataFrame
    undecided: pd.DataFrame
    known: bool

    def neighbours(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the units outside ``ids`` with a land border to one of them, sorted."""
        return _outside(self.pairs, ids)

    def bounds_of_neighbours(self, ids: Iterable[str]) -> tuple[int, int]:
        """Return the least and greatest number of neighbours outside, over what is undecided."""
        ids = list(ids)
        if self.undecided.empty:
            return (len(self.neighbours(ids)),) * 2
        sure, possible = self.pairs_at("least"), self.pairs_at("most")
        return len(_outside(sure, ids)), len(_outside(possible, ids))

    def with_sea(self) -> "Contiguity":
        """Return the neighbours with those among them whose border runs through the sea only."""
        if self.sea.empty:
            return self
        both = pd.concat([self.pairs, self.sea.assign(length_m=np.nan)])
        return replace(self, pairs=both.sort_values(_COLUMNS, ignore_index=True))

    def pairs_at(self, end: Literal["least", "most"]) -> pd.DataFrame:
        """Return the pairs if none of the undecided ones were neighbours, or all of them."""
        return self._ends[end]

    @cached_property
    def _ends(self) -> Mapping[str, pd.DataFrame]:
        return {end: self._with(end) for end in ("least", "most")}

    def _with(self, end: str) -> pd.DataFrame:
        if end == "most":
            more = self.undecided.loc[~self.undecided["drawn"], _COLUMNS]
            tables = [self.pairs, more] if len(more) else [self.pairs]
            return pd.concat(tables, ignore_index=True)
        unsure = pd.MultiIndex.from_frame(self.undecided[_COLUMNS])
        sure = ~pd.MultiIndex.from_frame(self.pairs[_COLUMNS]).isin(unsure)
        return self.pairs[sure].reset_index(drop=True)


def _outside(pairs: pd.DataFrame, ids: Iterable[str]) -> tuple[str, ...]:
    left, right = pairs["left"].isin(list(ids)), pairs["right"].isin(list(ids))
    found = {*pairs.loc[right & ~left, "left"], *pairs.loc[left & ~right, "right"]}
    return tuple(sorted(found))


def known_neighbours(
    division: int = YEARS[-1], *, country: str | None = None, border: str | None = None
) -> pd.DataFrame | None:
    """Return the pairs of municipalities that share a border, where they are known as facts.

    Those of Finland are those of 2021, from the division of the National Land Survey at 1:1
    million and from Statistics Finland's layer of land at the same scale; they are carried to later
    divisions, in which a merged municipality has the neighbours of its parts.

    Parameters
    ----------
    division
        Year of the division, 2021-2026.
    country
        ``"FI"`` or ``"SE"``; the home country by default.
    border
        ``"land"`` or ``"sea"`` (through the sea only); both where not given.

    Returns
    -------
    pandas.DataFrame or None
        ``left`` and ``right`` (`lau_id`, ``left`` sorts first) and ``border``; rows are sorted.
        None for a country whose neighbours are not known as facts.

    Raises
    ------
    YearError
        If the year is none of the register.
    NoGeometryError
        If the neighbours of that division are not known.

    Examples
    --------
    >>> known_neighbours(2026)["border"].value_counts().to_dict()
    {'land': 778, 'sea': 50}
    """
    division = checked_year(division)
    record = country_named(country)
    if record.neighbours is not None and division < record.neighbours_division:
        raise NoGeometryError(
            f"the neighbours of the division of {division} are not known: give a year in "
            f"{record.neighbours_division}-{YEARS[-1]}"
        )
    pairs = _carried(division, record.code)
    if pairs is None or border is None:
        return pairs if pairs is None else pairs.copy()
    return pairs[pairs["border"] == border].reset_index(drop=True)


@cached_by_countries
def _carried(division: int, code: str) -> pd.DataFrame | None:
    record = country_named(code)
    if record.neighbours is None:
        return None
    pairs, later = record.neighbours(), heirs(record.neighbours_division, division)
    ends = np.sort(np.column_stack([pairs[side].map(later) for side in _COLUMNS]), axis=1)
    table = pd.DataFrame(ends, columns=_COLUMNS).assign(border=pairs["border"].to_numpy())
    table = table[table["left"] != table["right"]]
    # Land sorts before sea: where parts of a unit differ, the land border is there.
    table = table.sort_values([*_COLUMNS, "border"]).drop_duplicates(_COLUMNS)
    return table.reset_index(drop=True)


def contiguity(
    borders: BorderTable,
    geometry: gpd.GeoSeries,
    *,
    known: pd.DataFrame | None = None,
    error_m: float | None = None,
) -> Contiguity:
    """Return the neighbours among the units of a coverage.

    Parameters
    ----------
    borders
        The border table of the coverage.
    geometry
        Its polygons, by unit.
    known
        Pairs that are facts, as `known_neighbours` returns them: these decide.
    error_m
        How far borders stray, in metres. Without known pairs, those that share a border shorter
        than that, or lie nearer each other than that without one, are undecided; without an
        error, only those that meet in points are.

    Examples
    --------
    >>> from shapely import box
    >>> from geodata.coverages.borders import border_table
    >>> cells = gpd.GeoSeries({"a": box(0, 0, 9, 9), "b": box(9, 0, 18, 9), "c": box(9, 9, 18, 18)})
    >>> found = contiguity(border_table(cells), cells)
    >>> found.pairs["length_m"].tolist(), found.undecided.to_numpy().tolist()
    ([9.0, 9.0], [['a', 'c', False]])
    """
    drawn = borders.pairs
    if known is not None:
        land = known.loc[known["border"] == "land", _COLUMNS]
        return Contiguity(
            pairs=land.merge(drawn, on=_COLUMNS, how="left"),
            sea=known.loc[known["border"] == "sea", _COLUMNS].reset_index(drop=True),
            undecided=pd.DataFrame(columns=[*_COLUMNS, "drawn"]).astype({"drawn": bool}),
            known=True,
        )
    parts = [borders.touching[_COLUMNS].assign(drawn=False)]
    if error_m is not None:
        parts.append(drawn.loc[drawn["length_m"] < error_m, _COLUMNS].assign(drawn=True))
        parts.append(_gaps(geometry, error_m, [drawn, borders.touching]))
    undecided = pd.concat(parts, ignore_index=True).astype({"drawn": bool})
    return Contiguity(
        pairs=drawn,
        sea=pd.DataFrame(columns=_COLUMNS, dtype=object),
        undecided=undecided.sort_values(_COLUMNS, ignore_index=True),
        known=False,
    )


def _gaps(geometry: gpd.GeoSeries, error_m: float, met: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the pairs that do not meet, and are nearer each other than borders stray."""
    polygons, ids = geometry.to_numpy(), geometry.index.to_numpy()
    one, other = shapely.STRtree(polygons).query(polygons, predicate="dwithin", distance=error_m)
    ends = np.sort(np.column_stack([ids[one[one < other]], ids[other[one < other]]]), axis=1)
    near = pd.DataFrame(ends, columns=_COLUMNS)
    meet = pd.MultiIndex.from_frame(pd.concat([pairs[_COLUMNS] for pairs in met]))
    return near[~pd.MultiIndex.from_frame(near).isin(meet)].assign(drawn=False)
