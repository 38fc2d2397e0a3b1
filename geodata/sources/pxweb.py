"""Statistics Finland's PxWeb: people by municipality, from the table of key figures."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.errors import ServiceError
from geodata.register.divisions import YEARS, division_ids, whole_year
from geodata.sources.answers import excerpt, shaped_answer, whole_json
from geodata.sources.cache import earlier, store
from geodata.sources.http import Session
from geodata.sources.json_stat import read_json_stat
from geodata.sources.records import Fetched, fetched
from geodata.sources.transport import Progress, Transport, progress_reporter, refuse_offline

__all__ = ["PXWEB_URL", "fetch_population"]

PXWEB_URL = "https://pxdata.stat.fi/PxWeb/api/v1/en/StatFin"

_TABLE = "vaerak/11ra.px"
# The service allows 40 calls a minute.
_PAUSE = 1.6
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

    def kept(of: int) -> Fetched[pd.Series] | None:
        return earlier(_key(of), year, read, refresh=refresh, folder=folder)

    def read(content: bytes, _: int) -> pd.Series:
        return _people(json.loads(content), {}, url)

    if (result := kept(year)) is not None:
        return result
    refuse_offline(url)
    limits = transport or Transport(pause=_PAUSE)
    with progress_reporter(progress) as report, Session(limits, progress=report) as session:
        answer = session.ask(url, label="metadata", check=whole_json)
        variables = shaped_answer(answer, _Metadata, "JSON with variables").variables
        query = _query(variables, url)
        found = _newest(query, year, url)
        if found != year and (result := kept(found)) is not None:
            return result
        request = {
            "query": [
                {"code": code, "selection": {"filter": "item", "values": values}}
                for code, values in query.chosen(found).items()
            ],
            "response": {"format": "json-stat2"},
        }
        answer = session.ask(url, body=request, label=f"population {found}", check=whole_json)
    document = shaped_answer(answer, dict[str, Any], "json-stat2")
    people = _people(document, query.chosen(found), url)
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

    @property
    def total(self) -> str | None:
        """The value that stands for all of them, where one is known to."""
        return self.values[0] if len(self.values) == 1 else self.called(_TOTAL)


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
        found = excerpt(", ".join(v.code for v in variables))
        raise ServiceError(
            f"{url}: a variable of municipalities (KU...), one of years and one with the "
            f"population were expected; variables found: {found}"
        )
    known = [*times, *areas, *contents]
    rest = [v for v in variables if v not in known and not v.elimination]
    if unknown := [f"{v.code} ({','.join(v.matching('.*'))[:60]})" for v in rest if not v.total]:
        raise ServiceError(
            f"{url}: no value of these variables is known to be the total: "
            f"{excerpt('; '.join(unknown))}; the table has changed, use the bundled figures"
        )
    others = {v.code: str(v.total) for v in rest}
    others[contents[0].code] = str(contents[0].called(_PEOPLE))
    return _Query(times[0], areas[0], others)


def _newest(query: _Query, year: int, url: str) -> int:
    for candidate in (year, year - 1):
        if str(candidate) in query.years:
            return candidate
    first, *_, last = [query.years[0], *query.years]
    raise ServiceError(f"{url} has people of {first}-{last}, {year} was asked for")


def _people(document: dict[str, Any], asked: dict[str, list[str]], url: str) -> pd.Series:
    try:
        return _municipalities(read_json_stat(document), asked)
    except ServiceError as fault:
        raise ServiceError(f"{url}: {fault}") from fault


def _municipalities(table: pd.DataFrame, asked: dict[str, list[str]]) -> pd.Series:
    """Take the municipalities from the cells; they should be what was asked for, and add up."""
    areas = [name for name in table.columns[:-2] if table[name].str.fullmatch(_UNIT).any()]
    if len(areas) != 1 or not table[areas[0]].str.fullmatch(_AREA).all():
        raise ServiceError(f"one dimension of municipalities was expected, found {areas}")
    (area,) = areas
    hidden = table[table["value"].isna()]
    if not hidden.empty:
        cells = ", ".join(f"{row[area]} {row['status']!r}" for _, row in hidden.head(5).iterrows())
        raise ServiceError(f"{len(hidden)} figures are not given ({cells}); try again later")
    if table[area].duplicated().any():
        raise ServiceError("a municipality came twice, so the query was read in another way")
    # A variable of which one value was asked for may be left out.
    for code in (code for code in asked if code in table.columns):
        if differing := sorted(set(asked[code]) ^ set(table[code])):
            raise ServiceError(
                f"{len(asked[code])} values of {code} were asked for and {table[code].nunique()} "
                f"came; they differ in {excerpt(', '.join(differing))}; nothing was kept, try "
                "again later"
            )
    codes = {unit[3:] for year in YEARS for unit in division_ids(year, country="FI")}
    strange = [code for code in table[area] if code != "SSS" and code[2:] not in codes]
    if strange:
        raise ServiceError(
            f"{excerpt(', '.join(strange))} of dimension {area} are no municipalities known here; "
            "nothing was kept, use the bundled figures"
        )
    people = table.set_index(area)["value"]
    units = people[people.index != "SSS"]
    country = people.get("SSS")
    if country is not None and units.sum() != country:
        raise ServiceError(
            f"the municipalities add up to {units.sum():,.0f} people, the country has "
            f"{country:,.0f}; nothing was kept"
        )
    if (units % 1 != 0).any() or not units.between(0, 1e9).all():
        raise ServiceError("whole numbers of people were expected")
    units.index = pd.Index([f"FI_{code[2:]}" for code in units.index], name="lau_id")
    return units.astype("int64").rename("population").sort_index()
