"""Countries: what is known of each, and which of them are in use.

Everything else reads a country's facts from its record, so that one more country is one more
record.
"""

import contextlib
import contextvars
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from geodata.countries.finland import FINLAND
from geodata.countries.record import PLANE_OF_EUROPE, Country, Merger
from geodata.countries.sweden import SWEDEN
from geodata.errors import ArgumentError

if TYPE_CHECKING:
    from pyproj import CRS

__all__ = [
    "ANY_CODE",
    "BRING_IN",
    "Country",
    "Merger",
    "beside",
    "cached_by_countries",
    "codes",
    "countries",
    "country",
    "country_named",
    "country_of",
    "home",
    "in_order",
    "lau_ids",
    "of_length",
    "plane_of",
    "session",
    "unit_of",
    "use_countries",
    "using",
]

ANY_CODE = r"[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?"
"""Pattern of the national codes of a country that writes them in no fixed length."""

BRING_IN = "bring it in with geodata.use_countries(geodata.read_lau(FILE))"
"""What a message says to who needs a country that is not in use."""

P = ParamSpec("P")
R = TypeVar("R")

_BUNDLED = (FINLAND, SWEDEN)
# Those of a block go before those of the session, which all threads have.
_IN_USE: contextvars.ContextVar[tuple[Country, ...] | None] = contextvars.ContextVar(
    "countries", default=None
)
_SESSION: list[tuple[Country, ...]] = [_BUNDLED]


def countries() -> tuple[Country, ...]:
    """Countries in use, the home country first.

    Examples
    --------
    >>> [country.code for country in countries()]
    ['FI', 'SE']
    """
    inside = _IN_USE.get()
    return _SESSION[-1] if inside is None else inside


def codes() -> tuple[str, ...]:
    """Codes of the countries in use, in their order."""
    return tuple(record.code for record in countries())


def country(code: str) -> Country:
    """Record of a country by its code.

    Raises
    ------
    ArgumentError
        If no country in use has that code.

    Examples
    --------
    >>> country("SE").names["en"]
    'northern Sweden'
    """
    for record in countries():
        if record.code == code:
            return record
    known = " or ".join(map(repr, codes()))
    raise ArgumentError(f"country {code!r} is not known here: expected {known}; {BRING_IN}")


def country_named(code: str | None) -> Country:
    """Record of a country by its code, of the home country where none is given."""
    return home() if code is None else country(code)


def country_of(unit: str) -> Country:
    """Record of the country that a `lau_id` is of."""
    return country(unit.partition("_")[0])


def home(of: Iterable[str] = ()) -> Country:
    """Country that shares are of: the first of those given that is known whole.

    Where none of them is, as northern Sweden, the one beside it that is, else the first in use.
    """
    given = {record.code: record for record in map(country, of)}
    near = (*given.values(), *beside(given))
    return next((record for record in near if record.whole), countries()[0])


def beside(of: Iterable[str]) -> tuple[Country, ...]:
    """Countries that are looked at together with those given, and these; all bundled with none.

    Examples
    --------
    >>> [record.code for record in beside(["SE"])]
    ['FI', 'SE']
    """
    wanted = set(of) or {countries()[0].code}
    wanted = {near for code in wanted for near in (code, *country(code).beside)}
    return tuple(record for record in countries() if record.code in wanted)


def of_length(code: str) -> tuple[Country, ...]:
    """Countries whose national codes all have as many digits as this one."""
    return tuple(record for record in countries() if record.digits == len(code))


def unit_of(code: str) -> str | None:
    """Return the `lau_id` of a bare national code by its length, if any country has such codes.

    Examples
    --------
    >>> unit_of("091"), unit_of("2580"), unit_of("91")
    ('FI_091', 'SE_2580', None)
    """
    fitting = of_length(code) if code.isascii() and code.isdigit() else ()
    return f"{fitting[0].code}_{code}" if fitting else None


def in_order(of: Iterable[str]) -> tuple[str, ...]:
    """Codes of the countries of several units, in the order of use."""
    found = {unit.partition("_")[0] for unit in of}
    return tuple(code for code in codes() if code in found)


@contextlib.contextmanager
def using(*more: Country) -> Iterator[None]:
    """Use more countries inside the block.

    Parameters
    ----------
    more
        Records; one with the code of a country in use takes its place.
    """
    token = _IN_USE.set(_with(more))
    try:
        yield
    finally:
        _IN_USE.reset(token)


def use_countries(more: Country | Iterable[Country | Iterable[Country]] = ()) -> None:
    """Use more countries for the rest of the session, beside those in use.

    Whatever takes municipalities then takes theirs: identifiers, zones, areas, measures, maps,
    reports. Inside of `geodata.countries.using` the block's own countries go before.

    Parameters
    ----------
    more
        A record, or several, as `geodata.read_country` and `geodata.read_lau` return them. One
        with the code of one brought in before takes its place; without any, only the bundled
        countries are in use again.

    Raises
    ------
    ArgumentError
        If one of them is no record of a country, or has the code of a bundled one.

    Examples
    --------
    >>> use_countries(geodata.read_lau("LAU_RG_01M_2023_3035.gpkg"))  # doctest: +SKIP
    >>> geodata.parse_id("NO_0301")  # doctest: +SKIP
    'NO_0301'
    """
    records = list(_records(more))
    bundled = {record.code: record for record in _BUNDLED}
    if taken := sorted({one.code for one in records if one is not bundled.get(one.code, one)}):
        raise ArgumentError(
            f"{', '.join(taken)} is bundled with the history that zones need: leave it out; its "
            "borders in a file are read with geodata.read_boundaries(FILE) and given with "
            "boundaries="
        )
    _SESSION[-1] = _with(records) if records else _BUNDLED


def _records(given: object) -> Iterator[Country]:
    if isinstance(given, Country):
        yield given
    elif isinstance(given, Iterable) and not isinstance(given, str):
        for one in given:
            yield from _records(one)
    else:
        raise ArgumentError(
            f"a {type(given).__name__} is no country: give what geodata.read_country() or "
            "geodata.read_lau() returns"
        )


@contextlib.contextmanager
def session() -> Iterator[None]:
    """Forget, after the block, which countries `use_countries` brought in during it."""
    _SESSION.append(_SESSION[-1])
    try:
        yield
    finally:
        _SESSION.pop()


def _with(more: Iterable[Country]) -> tuple[Country, ...]:
    return tuple({record.code: record for record in (*countries(), *more)}.values())


def plane_of(of: Iterable[str]) -> "CRS":
    """CRS in which areas and distances of municipalities are computed: nothing else decides it.

    That of their countries where they share one (EPSG:3067 of Finland and northern Sweden), else
    EPSG:3035 of Europe, in which areas are exact and distances off by up to a few per cent.

    Parameters
    ----------
    of
        Codes of countries, or their municipalities; the home country without any.

    Examples
    --------
    >>> plane_of(["FI_091", "SE_2580"]).to_epsg(), plane_of([]).to_epsg()
    (3067, 3067)
    """
    found = {code.partition("_")[0] for code in of} or {home().code}
    planes = {str(country(code).plane): country(code).plane for code in sorted(found)}
    return _crs(next(iter(planes)) if len(planes) == 1 else str(PLANE_OF_EUROPE))


@functools.cache
def _crs(plane: str) -> "CRS":
    import pyproj  # noqa: PLC0415 - start-up time

    return pyproj.CRS.from_user_input(int(plane) if plane.isdigit() else plane)


def cached_by_countries(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function returns, apart for each set of countries in use."""

    @functools.lru_cache(maxsize=256)
    def kept(_: tuple[Country, ...], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    @functools.wraps(function)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(countries(), *args, **kwargs)  # type: ignore[arg-type] # not said to be hashable

    return answered


@cached_by_countries
def lau_ids() -> re.Pattern[str]:
    """Pattern of the `lau_id` of the countries in use."""
    return re.compile(
        "|".join(
            rf"\b{land.code}_{f'[0-9]{{{land.digits}}}' if land.digits else ANY_CODE}\b"
            for land in countries()
        )
    )
