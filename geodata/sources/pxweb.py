"""Statistics Finland's PxWeb: people by municipality, from the table of key figures."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.errors import ServiceError
from geodata.register.divisions import whole_year
from geodata.sources.answers import shaped, shaped_answer, whole_json
from geodata.sources.cache import load, store
from geodata.sources.http import Session
from geodata.sources.records import Fetched, fetched
from geodata.sources.transport import Progress, Transport, progress_reporter, refuse_offline

__all__ = ["PXWEB_URL", "fetch_population", "read_json_stat"]

PXWEB_URL = "https://pxdata.stat.fi/PxWeb/api/v1/en/StatFin"

_TABLE = "vaerak/11ra.px"
# The service allows 40 calls a minute.
_PAUSE = 1.6
_MAX_CELLS = 120_000
# How the values are called that are asked for: their codes, and their texts in English.
_PEOPLE = frozenset(
    {"vaerak-vaesto", "vaesto", "population", "population 31 dec", "population, 31 dec"}
)
_TOTAL = frozenset({"SSS", "total", "yhteensä", "totalt"})
_YEAR = "[0-9]{4}"
_UNIT = "KU[0-9]{3}"
_AREA = f"{_UNIT}|SSS"


def fetch_population(
    year: int,
    *,
    refresh: bool = False,
    folder: str | Path | None = None,
    progress: Progress | bool | None = None,
    base_url: str = PXWEB_URL,
    transport: Transport | None = None,
) -> Fetched[pd.Series]:
    """Fetch the people of Finland's municipalities on 31 December of a year.

    The table has all years in the division of its newest edition, which the result's
    ``division`` names; where the year is not out yet, that before is given and ``year`` says so.

    Parameters
    ----------
    year
        From 1990 on.
    refresh
        Ask the service even where the cache has the year. Each new edition of the table carries
        all years to its own division.
    folder, progress, transport
        As in `geodata.sources.fetch_boundaries`.
    base_url
        The address of the database, up to ``StatFin``.

    Returns
    -------
    Fetched
        ``data`` is a Series of whole numbers named ``population``, indexed by ``lau_id``.

    Raises
    ------
    ServiceError
        No usable answer; the municipalities do not add up to the country, or one is hidden.
    OfflineError
        ``ZONES_OFFLINE`` forbids the network and the cache does not have the year.

    Examples
    --------
    >>> fetched = fetch_population(2025)  # doctest: +SKIP
    >>> fetched.data["FI_091"], fetched.division  # doctest: +SKIP
    (694392, 2026)
    """
    year = whole_year(year)
    url = f"{base_url.rstrip('/')}/{_TABLE}"

    def earlier(found: int) -> Fetched[pd.Series] | None:
        if refresh or (hit := load(_key(found), folder=folder)) is None:
            return None
        content, entry = hit
        return fetched(_people(json.loads(content), url=entry.url), year, entry)

    if (result := earlier(year)) is not None:
        return result
    refuse_offline(url)
    limits = transport or Transport(pause=_PAUSE)
    with progress_reporter(progress) as report, Session(limits, progress=report) as session:
        answer = session.get(url, label="metadata", check=whole_json)
        variables = shaped_answer(answer, _Metadata, "JSON with variables").variables
        query = _query(variables, url)
        found = _newest(query, year, url)
        if found != year and (result := earlier(found)) is not None:
            return result
        request = {
            "query": [
                {"code": code, "selection": {"filter": "item", "values": values}}
                for code, values in query.chosen(found).items()
            ],
            "response": {"format": "json-stat2"},
        }
        answer = session.post(url, request, label=f"population {found}", check=whole_json)
    document = whole_json(answer)
    people = _people(document, url=url)
    _believe(read_json_stat(document), query.chosen(found), url)
    entry = store(
        answer.content,
        dataset="population-fi",
        layer=_key(found),
        year=found,
        division=query.division,
        title=f"population {found} in the municipalities of {query.division} (table 11ra)",
        url=url,
        folder=folder,
    )
    return fetched(people, year, entry)


@dataclass(frozen=True)
class _Category:
    index: dict[str, int] | list[str] | None = None
    label: dict[str, str] | None = None

    @property
    def codes(self) -> list[str]:
        """The codes in their order; one code alone needs no index."""
        if isinstance(self.index, dict):
            return sorted(self.index, key=self.index.__getitem__)
        return list(self.label or {}) if self.index is None else self.index


@dataclass(frozen=True)
class _Dimension:
    category: _Category


@dataclass(frozen=True)
class _Dataset:
    """A json-stat2 dataset, as far as it is read."""

    id: list[str]
    size: list[int]
    dimension: dict[str, _Dimension]
    value: list[float | None] | dict[str, float | None]
    status: list[str | None] | dict[str, str] | str | None = None

    def cells(self, values: Any, count: int) -> list[Any]:
        """Return a value a cell, of a list or of a table by position."""
        if isinstance(values, dict):
            return [values.get(str(position)) for position in range(count)]
        return values if isinstance(values, list) else [values] * count


def read_json_stat(document: dict[str, Any]) -> pd.DataFrame:
    """Read a json-stat2 dataset into one row a cell.

    Parameters
    ----------
    document
        The parsed JSON. A category ``index`` may be a dict of positions or a list, ``value`` a
        list or a dict of positions, ``status`` a dict, a list, one text, or not there.

    Returns
    -------
    DataFrame
        A column of codes for each dimension, by its code, then ``value`` (Float64; hidden cells
        are NA) and ``status``.

    Raises
    ------
    ServiceError
        The document is not such a dataset, or its parts do not fit together.

    Examples
    --------
    >>> read_json_stat({
    ...     "class": "dataset", "id": ["area", "year"], "size": [2, 1],
    ...     "dimension": {
    ...         "area": {"category": {"index": {"KU005": 1, "SSS": 0}}},
    ...         "year": {"category": {"index": ["2025"]}},
    ...     },
    ...     "value": [30, None], "status": {"1": "..."},
    ... })
        area  year  value status
    0    SSS  2025   30.0
    1  KU005  2025   <NA>    ...
    """
    dataset = shaped(document, _Dataset, "not a json-stat2 dataset")
    axes = [
        dataset.dimension[name].category.codes for name in dataset.id if name in dataset.dimension
    ]
    sizes = [len(axis) for axis in axes]
    if sizes != dataset.size or len(set(dataset.id)) != len(sizes):
        message = f"json-stat2: size says {dataset.size}, the categories are {sizes}"
        raise ServiceError(message)
    count = math.prod(sizes)
    if count > _MAX_CELLS:
        message = f"json-stat2: {count:,} cells came, at most {_MAX_CELLS:,} are given at a time"
        raise ServiceError(message)
    values = dataset.cells(dataset.value, count)
    states = dataset.cells(dataset.status, count)
    if differing := {len(values), len(states)} - {count}:
        message = f"json-stat2: {count} values were expected, {min(differing)} came"
        raise ServiceError(message)
    # Row-major: the last dimension runs fastest. The same code may stand in two dimensions, so
    # cells are known by their position and never by their codes.
    table = pd.DataFrame(list(itertools.product(*axes)), columns=dataset.id)
    table["value"] = pd.array(values, dtype="Float64")
    table["status"] = [state or "" for state in states]
    return table


@dataclass(frozen=True)
class _Variable:
    code: str
    values: list[str]
    valueTexts: list[str] = field(default_factory=list)  # noqa: N815  the service's name
    elimination: bool = False

    def matching(self, pattern: str) -> list[str]:
        """Return the values that have a form."""
        return [value for value in self.values if re.fullmatch(pattern, value)]

    def called(self, texts: frozenset[str]) -> str | None:
        """Return the first value whose code or text is one of these."""
        named = itertools.zip_longest(self.values, self.valueTexts, fillvalue="")
        return next((v for v, text in named if {v, text.strip().casefold()} & texts), None)


@dataclass(frozen=True)
class _Metadata:
    variables: list[_Variable]


@dataclass(frozen=True)
class _Query:
    """What this edition of the table calls its variables, and the values to ask for."""

    time: _Variable
    area: _Variable
    others: dict[str, str]

    @property
    def years(self) -> list[str]:
        return sorted(self.time.matching(_YEAR))

    @property
    def division(self) -> int:
        found = re.search(r"_(\d{4})\d{4}$", self.area.code)
        return int(found[1]) if found else int(self.years[-1]) + 1

    def chosen(self, year: int) -> dict[str, list[str]]:
        """Return the values to ask for, by the code of their variable."""
        known = {self.time.code: [str(year)], self.area.code: self.area.matching(_AREA)}
        return known | {code: [value] for code, value in self.others.items()}


def _key(year: int) -> str:
    return f"StatFin:11ra_{year}"


def _query(variables: list[_Variable], url: str) -> _Query:
    """Find the variables by what they are: their codes carry versions that change every year."""
    times = [v for v in variables if len(v.matching(_YEAR)) == len(v.values) > 0]
    areas = [v for v in variables if v.matching(_UNIT)]
    contents = [v for v in variables if v.called(_PEOPLE)]
    if not len(times) == len(areas) == len(contents) == 1:
        message = (
            f"{url}: a variable of municipalities (KU...), one of years and one with the "
            f"population were expected; variables found: {', '.join(v.code for v in variables)}"
        )
        raise ServiceError(message)
    known = [*times, *areas, *contents]
    others, unknown = {contents[0].code: str(contents[0].called(_PEOPLE))}, []
    for variable in variables:
        if variable in known or variable.elimination:
            continue
        total = variable.called(_TOTAL) or ",".join(variable.matching(".*"))
        if total in variable.matching(".*"):
            others[variable.code] = total
        else:
            unknown.append(f"{variable.code} ({total[:60]})")
    if unknown:
        message = (
            f"{url}: no value of these variables is known to be the total: {'; '.join(unknown)}; "
            "the table has changed, use the bundled figures"
        )
        raise ServiceError(message)
    return _Query(times[0], areas[0], others)


def _newest(query: _Query, year: int, url: str) -> int:
    for candidate in (year, year - 1):
        if str(candidate) in query.years:
            return candidate
    first, *_, last = [query.years[0], *query.years]
    message = f"{url} has people of {first}-{last}, {year} was asked for"
    raise ServiceError(message)


def _people(document: Any, *, url: str) -> pd.Series:
    """Take the municipalities from the dataset, and check them against the country."""
    table = read_json_stat(document)
    areas = [name for name in table.columns[:-2] if table[name].str.fullmatch(_UNIT).any()]
    if len(areas) != 1 or not table[areas[0]].str.fullmatch(_AREA).all():
        message = f"{url}: one dimension of municipalities was expected, found {areas}"
        raise ServiceError(message)
    (area,) = areas
    hidden = table[table["value"].isna()]
    if not hidden.empty:
        cells = ", ".join(f"{row[area]} {row['status']!r}" for _, row in hidden.head(5).iterrows())
        message = f"{url}: {len(hidden)} figures are not given ({cells}); try again later"
        raise ServiceError(message)
    if table[area].duplicated().any():
        message = f"{url}: a municipality came twice, so the query was read in another way"
        raise ServiceError(message)
    people = table.set_index(area)["value"]
    units = people[people.index != "SSS"]
    country = people.get("SSS")
    if country is not None and units.sum() != country:
        message = (
            f"{url}: the municipalities add up to {units.sum():,.0f} people, "
            f"the country has {country:,.0f}; nothing was kept"
        )
        raise ServiceError(message)
    if (units % 1 != 0).any() or not units.between(0, 1e9).all():
        message = f"{url}: whole numbers of people were expected"
        raise ServiceError(message)
    units.index = pd.Index([f"FI_{code[2:]}" for code in units.index], name="lau_id")
    return units.astype("int64").rename("population").sort_index()


def _believe(table: pd.DataFrame, chosen: dict[str, list[str]], url: str) -> None:
    """Raise unless what came is what was asked for; a variable of one value may be left out."""
    for code, values in chosen.items():
        if code not in table.columns:
            continue
        differing = sorted(set(values) ^ set(table[code]))
        if differing:
            message = (
                f"{url}: {len(values)} values of {code} were asked for and "
                f"{table[code].nunique()} came; they differ in {', '.join(differing[:5])}; "
                "nothing was kept, try again later"
            )
            raise ServiceError(message)
