"""Countries: what is known of each, and which of them are in use.

Everything else reads a country's facts from its record, so that one more country is one more
record.
"""

import contextlib
import contextvars
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec, TypeVar

from geodata.countries.finland import FINLAND
from geodata.countries.record import Country, Merger
from geodata.countries.sweden import SWEDEN
from geodata.errors import ArgumentError

__all__ = [
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
    "unit_of",
    "using",
]

P = ParamSpec("P")
R = TypeVar("R")

_IN_USE: contextvars.ContextVar[tuple[Country, ...]] = contextvars.ContextVar(
    "countries", default=(FINLAND, SWEDEN)
)


def countries() -> tuple[Country, ...]:
    """Countries in use, the home country first.

    Examples
    --------
    >>> [country.code for country in countries()]
    ['FI', 'SE']
    """
    return _IN_USE.get()


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
    raise ArgumentError(f"country {code!r} is not known here: expected {known}")


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
    """Countries whose national codes have as many digits as this one."""
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
    new = {record.code: record for record in (*countries(), *more)}
    token = _IN_USE.set(tuple(new.values()))
    try:
        yield
    finally:
        _IN_USE.reset(token)


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
    return re.compile("|".join(rf"\b{land.code}_[0-9]{{{land.digits}}}\b" for land in countries()))
