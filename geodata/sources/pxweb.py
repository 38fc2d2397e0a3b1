"""Statistics Finland's PxWeb: people by municipality, from the table of key figures."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.errors import ServiceError
from geodata.register.divisions import whole_year
from geodata.sources.cache import load, store
from geodata.sources.http import Answer, IncompleteAnswerError, Session, excerpt
from geodata.sources.records import CC_BY_4_0, Fetched, attribution_line, fetched
from geodata.sources.transport import Progress, Transport, progress_reporter, refuse_offline

__all__ = ["PXWEB_URL", "fetch_population", "read_json_stat"]

PXWEB_URL = "https://pxdata.stat.fi/PxWeb/api/v1/en/StatFin"

_TABLE = "vaerak/11ra.px"
# The service allows 40 calls a minute.
_PAUSE = 1.6
_MAX_CELLS = 100_000


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
    if not refresh and (hit := load(_key(year), folder=folder)) is not None:
        content, entry = hit
        return fetched(_people(json.loads(content), url=entry.url), year, entry)
    refuse_offline(url)
    limits = transport or Transport(pause=_PAUSE)
    with progress_reporter(progress) as report, Session(limits, progress=report) as session:
        metadata = _json(session.get(url, label="metadata", check=_parses))
        codes = _codes(metadata, url)
        found = _year(codes, year, url)
        if not refresh and (hit := load(_key(found), folder=folder)) is not None:
            content, entry = hit
            return fetched(_people(json.loads(content), url=entry.url), year, entry)
        answer = session.post(
            url, _request(codes, found), label=f"population {found}", check=_parses
        )
    people = _people(_json(answer), url=url)
    _believe(people, answer, codes, found, url)
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    title = f"population {found} in the municipalities of {codes.division} (table 11ra)"
    entry = store(
        answer.content,
        dataset="population-fi",
        layer=_key(found),
        suffix=".json",
        year=found,
        division=codes.division,
        title=title,
        url=url,
        fetched_at=moment,
        licence=CC_BY_4_0,
        line=attribution_line(title, moment),
        folder=folder,
    )
    return fetched(people, year, entry)


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
    try:
        names = [str(name) for name in document["id"]]
        sizes = [int(size) for size in document["size"]]
        axes = [_axis(document["dimension"][name]["category"]) for name in names]
        values = document["value"]
    except (KeyError, TypeError, ValueError) as fault:
        message = f"not a json-stat2 dataset: {fault!r} is missing or of another kind"
        raise ServiceError(message) from fault
    if [len(axis) for axis in axes] != sizes:
        message = f"json-stat2: size says {sizes}, the categories are {[len(a) for a in axes]}"
        raise ServiceError(message)
    count = math.prod(sizes)
    if isinstance(values, dict):
        values = [values.get(str(position)) for position in range(count)]
    if not isinstance(values, list) or len(values) != count:
        came = len(values) if isinstance(values, list) else repr(values)
        message = f"json-stat2: {count} values were expected, {came} came"
        raise ServiceError(message)
    status = document.get("status") or {}
    if isinstance(status, dict):
        states = [str(status.get(str(position), "")) for position in range(count)]
    elif isinstance(status, list):
        states = [str(state or "") for state in status]
    else:
        states = [str(status)] * count
    if len(states) != count:
        message = f"json-stat2: {count} values were expected, {len(states)} states came"
        raise ServiceError(message)
    # Row-major: the last dimension runs fastest. The same code may stand in two dimensions, so
    # cells are known by their position and never by their codes.
    table = pd.DataFrame(list(itertools.product(*axes)), columns=names)
    try:
        table["value"] = pd.array(values, dtype="Float64")
    except (TypeError, ValueError) as fault:
        message = f"json-stat2: values are numbers or null, others came ({fault})"
        raise ServiceError(message) from fault
    table["status"] = states
    return table


@dataclass(frozen=True, slots=True)
class _Codes:
    """What this edition of the table calls its variables and values."""

    area: str
    areas: tuple[str, ...]
    contents: str
    people: str
    time: str
    years: tuple[str, ...]
    others: dict[str, str]

    @property
    def division(self) -> int:
        found = re.search(r"_(\d{4})\d{4}$", self.area)
        return int(found[1]) if found else int(self.years[-1]) + 1


def _key(year: int) -> str:
    return f"StatFin:11ra_{year}"


def _codes(metadata: dict[str, Any], url: str) -> _Codes:
    """Find the variables by what they are: their codes carry versions that change every year."""
    variables = metadata.get("variables")
    if not isinstance(variables, list) or not all(
        isinstance(variable, dict) and isinstance(variable.get("values", []), list)
        for variable in variables
    ):
        message = f"{url}: metadata with variables were expected; found {sorted(metadata)}"
        raise ServiceError(message)
    area = contents = time = None
    for variable in variables:
        values = [str(value) for value in variable.get("values", [])]
        if any(re.fullmatch(r"KU\d{3}", value) for value in values):
            area = variable
        elif variable.get("time") or (values and all(re.fullmatch(r"\d{4}", v) for v in values)):
            time = variable
        elif _people_code(variable) is not None:
            contents = variable
    if area is None or contents is None or time is None:
        seen = ", ".join(str(variable.get("code")) for variable in variables)
        message = (
            f"{url}: a variable of municipalities (KU...), one of years and one with the "
            f"population were expected; variables found: {seen}"
        )
        raise ServiceError(message)
    others = {}
    for variable in variables:
        if variable in (area, contents, time) or variable.get("elimination"):
            continue
        others[str(variable["code"])] = str(variable["values"][0])
    return _Codes(
        area=str(area["code"]),
        areas=tuple(v for v in area["values"] if re.fullmatch(r"KU\d{3}|SSS", v)),
        contents=str(contents["code"]),
        people=str(_people_code(contents)),
        time=str(time["code"]),
        years=tuple(sorted(time["values"])),
        others=others,
    )


def _people_code(variable: dict[str, Any]) -> str | None:
    values = [str(value) for value in variable.get("values", [])]
    texts = [str(text) for text in variable.get("valueTexts", [])]
    for value in values:
        if value in {"vaerak-vaesto", "vaesto"}:
            return value
    for value, text in zip(values, texts, strict=False):
        if text.strip().casefold() in {"population", "population 31 dec", "population, 31 dec"}:
            return value
    return None


def _year(codes: _Codes, year: int, url: str) -> int:
    for candidate in (year, year - 1):
        if str(candidate) in codes.years:
            return candidate
    message = f"{url} has people of {codes.years[0]}-{codes.years[-1]}, {year} was asked for"
    raise ServiceError(message)


def _request(codes: _Codes, year: int) -> dict[str, Any]:
    chosen = {
        codes.time: [str(year)],
        codes.area: list(codes.areas),
        codes.contents: [codes.people],
    } | {code: [value] for code, value in codes.others.items()}
    cells = math.prod(len(values) for values in chosen.values())
    if cells > _MAX_CELLS:
        message = f"{cells:,} cells would be asked for, {_MAX_CELLS:,} are allowed"
        raise ServiceError(message)
    return {
        "query": [
            {"code": code, "selection": {"filter": "item", "values": values}}
            for code, values in chosen.items()
        ],
        "response": {"format": "json-stat2"},
    }


def _people(document: dict[str, Any], *, url: str) -> pd.Series:
    """Take the municipalities from the dataset, and check them against the country."""
    table = read_json_stat(document)
    areas = [name for name in table.columns[:-2] if table[name].str.fullmatch(r"KU\d{3}|SSS").all()]
    if len(areas) != 1:
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
    if (units % 1 != 0).any() or (units < 0).any() or units.empty:
        message = f"{url}: whole numbers of people were expected"
        raise ServiceError(message)
    units.index = pd.Index([f"FI_{code[2:]}" for code in units.index], name="lau_id")
    return units.astype("int64").rename("population").sort_index()


def _believe(people: pd.Series, answer: Answer, codes: _Codes, year: int, url: str) -> None:
    """Raise unless it is the municipalities and the year that were asked for that came."""
    asked = {f"FI_{code[2:]}" for code in codes.areas if code != "SSS"}
    if strangers := sorted(asked ^ set(people.index)):
        message = (
            f"{url}: {len(asked)} municipalities were asked for and {len(people)} came; they "
            f"differ in {', '.join(strangers[:5])}; nothing was kept, try again later"
        )
        raise ServiceError(message)
    table = read_json_stat(_json(answer))
    if codes.time in table.columns and set(table[codes.time]) != {str(year)}:
        came = ", ".join(sorted(set(table[codes.time])))
        message = f"{url}: people of {year} were asked for, those of {came} came; try again later"
        raise ServiceError(message)


def _axis(category: dict[str, Any]) -> list[str]:
    """Return a dimension's codes in their order; one code alone needs no index."""
    index = category.get("index")
    if index is None:
        return [str(code) for code in category["label"]]
    if isinstance(index, dict):
        return [str(code) for code in sorted(index, key=lambda code: int(index[code]))]
    return [str(code) for code in index]


def _parses(answer: Answer) -> None:
    if answer.content.lstrip()[:1] in {b"{", b"["}:
        try:
            json.loads(answer.content)
        except ValueError as fault:
            message = f"the JSON is cut off or garbled ({fault})"
            raise IncompleteAnswerError(message) from fault
    elif not answer.content.strip():
        message = "the body is empty"
        raise IncompleteAnswerError(message)


def _json(answer: Answer) -> dict[str, Any]:
    if not answer.content.lstrip().startswith(b"{"):
        message = (
            f"{answer.url}: JSON was expected, {answer.media_type or 'something without a type'} "
            f"came ({excerpt(answer.content)!r}); the service may be out of order"
        )
        raise ServiceError(message)
    document: dict[str, Any] = json.loads(answer.content)
    return document
