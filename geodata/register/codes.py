"""Reading one municipality code or name: every form that is known, and why it is not one."""

import difflib
import math
import numbers
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata import countries
from geodata.countries import Country, cached_by_countries, country_of
from geodata.register.carried import merger_rows, successors
from geodata.register.divisions import YEARS, division_ids, lifetimes
from geodata.register.names import label_of, names_like, repair, units_named

__all__ = ["FIX", "NotAnIdError", "dated", "of_given_countries", "of_number", "read"]

# Full-width letters and digits as East Asian keyboards give them, and the mark that some
# programs put at the beginning of a file.
_PLAIN = {0xFEFF: None} | {0xFF01 + offset: 0x21 + offset for offset in range(94)}
# Spreadsheets keep a code as text by '091 and ="091"; where they do not, it becomes 91.0.
_QUOTED = re.compile(r"=?['\"]+(?P<code>\w+)['\"]*")
_DECIMAL = re.compile(r"(?P<code>[0-9]{1,5})[.,]0+")
# A code of a country by its letters, as Eurostat writes them.
_ABROAD = re.compile(rf"(?P<land>[A-Z]{{2}})(?:_{countries.ANY_CODE}|[ :-]?[0-9]{{3,}}[0-9A-Z]*)")
FIX = 'read codes as text, for instance with dtype={"code": str}'


class _Forms(NamedTuple):
    """How codes of the countries in use are written."""

    given: re.Pattern[str] | None
    """NO_0301, NO0301, PT_010103a: of countries whose codes may be anything."""
    code: re.Pattern[str]
    """FI_091, FI091, fi-091, KU091 (Statistics Finland), 091, SE_2580, 2580."""
    classified: re.Pattern[str]
    """kunta_1_20260101/091, alone or at the end of an address."""
    code_name: re.Pattern[str]
    """091 Helsinki, FI_091 - Helsinki."""
    name_code: re.Pattern[str]
    """Helsinki (091)."""


@cached_by_countries
def _forms() -> _Forms:
    known = [land for land in countries.countries() if land.digits]
    prefixes = "|".join(prefix for land in known for prefix in (land.code, *land.prefixes))
    digits = sorted(land.digits for land in known if land.digits)
    code = rf"(?:(?:{prefixes})[\s_:-]*)?[0-9]{{{digits[0]},{digits[-1]}}}"
    others = "|".join(land.code for land in countries.countries() if not land.digits)
    given = rf"(?P<prefix>{others})(?:_|[\s:-]*(?=[0-9]))(?P<code>{countries.ANY_CODE})"
    if others:
        code = rf"(?:{code}|(?:{others})_{countries.ANY_CODE})"
    classifiers = "|".join(land.classifier for land in known if land.classifier)
    date = "(?P<year>[0-9]{4})[0-9]{4}"
    texts = (
        rf"(?:(?P<prefix>{prefixes})[\s_:-]*)?(?P<code>[0-9]+)",
        rf"(?:.*/)?(?P<classifier>{classifiers})_[0-9]+_{date}[/#](?:code/)?(?P<code>[0-9]+)/?",
        rf"(?P<code>{code})[\s,;:–-]+(?P<name>[^\W\d].*)",
        rf"(?P<name>[^\W\d].*?)\s*\((?P<code>{code})\)",
    )
    first = re.compile(given, re.IGNORECASE) if others else None
    return _Forms(first, *(re.compile(text, re.IGNORECASE) for text in texts))


class NotAnIdError(Exception):
    """What is wrong with one value; becomes a `Fault` or an `IdentifierError`."""

    def __init__(self, reason: str, suggestions: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self._suggestions = suggestions

    @cached_property
    def suggestions(self) -> tuple[str, ...]:
        """What may be meant, looked for when it is asked for: a column may be all wrong."""
        return tuple(self._suggestions)


def read(value: object, year: int | None, country: str | None) -> str:
    """Return the `lau_id` of one value, or raise `NotAnIdError` with what is wrong with it."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value.translate(_PLAIN).strip())
        if text:
            return _read_text(text, year, country)
        raise NotAnIdError("is empty; give a code or a name, or drop the row")
    if value is None or value is pd.NA or value is pd.NaT or _is_nan(value):
        raise NotAnIdError("is missing; give a code or a name, or drop the row")
    # A truth value is a number to Python, but no code that has lost its zeros.
    if isinstance(value, bool) or not isinstance(value, numbers.Number):
        raise NotAnIdError(f"is a {type(value).__name__}; give a code or a name as text")
    raise NotAnIdError(
        f"is a number, where a code is text such as '091', with leading zeros; {FIX}",
        of_number(value, country),
    )


def dated(value: object) -> int | None:
    """Year of the division that a classification's identifier names, else None."""
    match = _forms().classified.fullmatch(value.strip()) if isinstance(value, str) else None
    year = int(match["year"]) if match else None
    return year if year in YEARS else None


def _is_nan(value: object) -> bool:
    return isinstance(value, float | np.floating) and math.isnan(value)


def of_number(value: object, country: str | None = None) -> tuple[str, ...]:
    """Units whose code a number may be, without its leading zeros; a text of digits is one.

    Examples
    --------
    >>> of_number(91), of_number("91.0"), of_number(0.5), of_number("Oulu")
    (('FI_091',), ('FI_091',), (), ())
    """
    if isinstance(value, str):
        value = value.strip().removesuffix(".0")
        # Of texts only plain digits are numbers here, not " 1_0" or "1e2".
        value = int(value) if value.isascii() and value.isdigit() else None
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return ()
    if number != value:
        return ()
    found = (land.unit(str(number)) for land in _lands(country))
    return tuple(unit for unit in found if unit in lifetimes())


def _lands(country: str | None) -> tuple[Country, ...]:
    return countries.countries() if country is None else (countries.country(country),)


def _read_text(text: str, year: int | None, country: str | None) -> str:
    forms = _forms()
    if match := forms.classified.fullmatch(text):
        # The identifier names its division; a year asked for goes before it.
        land = _called(match["classifier"])
        return _read_code(land, match["code"], dated(text) if year is None else year, country)
    if match := _QUOTED.fullmatch(text):
        return _read_text(match["code"], year, country)
    if match := _DECIMAL.fullmatch(text):
        raise NotAnIdError(
            f"is a number that became text, and may have lost its leading zeros; {FIX}",
            of_number(int(match["code"]), country),
        )
    for reading in (_as_given, _as_code, _as_both):
        if unit := reading(text, year, country):
            return unit
    if (abroad := _ABROAD.fullmatch(text)) and not _is_prefix(abroad["land"]):
        raise NotAnIdError(
            f"is of a country {abroad['land']} that is not known here; {countries.BRING_IN}"
        )
    return _read_name(text, year, country)


def _as_given(text: str, _: int | None, country: str | None) -> str | None:
    """Read a code of a country whose codes may be anything, with its letters or where asked for."""
    form = _forms().given
    if match := form.fullmatch(text) if form else None:
        return _read_given(_called(match["prefix"]), match["code"], country)
    asked = None if country is None else countries.country(country)
    if asked is None or asked.digits:
        return None
    # Without its letters, a code may look like anything, a name too.
    unit = asked.unit(text)
    return unit if unit in lifetimes() else None


def _as_code(text: str, year: int | None, country: str | None) -> str | None:
    """Read a code of so many digits, with or without its country's letters."""
    match = _forms().code.fullmatch(text)
    if match is None:
        return None
    if match["prefix"]:
        return _read_code(_called(match["prefix"]), match["code"], year, country)
    land = _by_length(match["code"], country)
    if land.digits is None:
        return _read_given(land, match["code"], country)
    if not land.whole and len(text) == land.digits and land.unit(text) not in lifetimes():
        raise NotAnIdError(
            f"{land.unknown}; a code of another country, or of one brought in with "
            "geodata.use_countries(), has its letters before it, such as 'NO_0301'",
            _near(land.unit(text), year),
        )
    return _read_code(land, match["code"], year, country)


def _as_both(text: str, year: int | None, country: str | None) -> str | None:
    """Read a code with its name; the two must be of one municipality."""
    forms = _forms()
    match = forms.code_name.fullmatch(text) or forms.name_code.fullmatch(text)
    if match is None:
        return None
    by_code = _read_text(match["code"], year, country)
    by_name = _read_text(match["name"], year, country_of(by_code).code)
    if by_code != by_name:
        raise NotAnIdError(
            f"code and name are of two municipalities, {label_of(by_code)} and "
            f"{label_of(by_name)}; correct one of them",
            (by_code, by_name),
        )
    return by_code


def _is_prefix(letters: str) -> bool:
    known = countries.countries()
    return any(letters in (land.code, *land.prefixes, *land.area_prefixes) for land in known)


def of_given_countries(code: str) -> list[str]:
    """Units that a code without letters may be of, in countries whose codes may be anything.

    Examples
    --------
    >>> of_given_countries("0301")
    []
    """
    units = (land.unit(code) for land in countries.countries() if land.digits is None)
    return [unit for unit in units if unit in lifetimes()]


def _called(text: str) -> Country:
    """Return the country whose codes or classification begin with a text."""
    begin = text.casefold()
    return next(
        land
        for land in countries.countries()
        for known in (land.code, *land.prefixes, land.classifier or "")
        if known.casefold() == begin
    )


def _by_length(code: str, country: str | None) -> Country:
    """Return the country that a bare code may be of; of several, one that has it."""
    if country is not None and not countries.country(country).digits:
        return countries.country(country)
    fitting = countries.of_length(code)
    wanted = [land for land in fitting if land.code == country]
    having = [land for land in fitting if land.unit(code) in lifetimes()]
    if country is None and (units := of_given_countries(code)):
        units = [*(land.unit(code) for land in having), *units]
        named = " or ".join(f"{unit} {label_of(unit).split(' ', 1)[1]}" for unit in units)
        others = [] if having else [f"another place of {land.code}" for land in fitting]
        raise NotAnIdError(
            f"is a code without its country, and may be {' or '.join([named, *others])}; give it "
            f"with the country's letters, such as {units[-1]!r}, or country="
        )
    return [*wanted, *having, *fitting, *countries.countries()][0]


def _read_given(land: Country, code: str, country: str | None) -> str:
    if country is not None and land.code != country:
        raise NotAnIdError(f"is not a code of {country}; give one of that country, or country=None")
    for form in (code, code.upper()):
        if (unit := land.unit(form)) in lifetimes():
            return unit
    known = [unit for unit in lifetimes() if land.has(unit)]
    near = difflib.get_close_matches(land.unit(code.upper()), known, n=3, cutoff=0.8)
    raise NotAnIdError(land.unknown, near)


def _read_code(land: Country, code: str, year: int | None, country: str | None) -> str:
    if country is not None and land.code != country:
        raise NotAnIdError(f"is not a code of {country}; give one of that country, or country=None")
    unit = land.unit(code)
    if len(code) != land.digits:
        raise NotAnIdError(
            f"has {len(code)} digits, where codes of {land.code} have {land.digits}, with leading "
            "zeros",
            (unit,) if unit in lifetimes() else (),
        )
    if unit not in lifetimes():
        raise NotAnIdError(land.unknown, _near(unit, year))
    return _in_year(unit, year)


def _in_year(unit: str, year: int | None) -> str:
    """Return the unit if the year's division holds it, else say what became of it."""
    if year is None or unit in division_ids(year):
        return unit
    heir, day = next((heir, day) for old, heir, day in merger_rows() if old == unit)
    now = str(successors([unit], from_year=lifetimes()[unit][1], to_year=year).iloc[0])
    later = "" if now == heir else f" (since then part of {label_of(now)})"
    raise NotAnIdError(
        f"{label_of(unit)} was merged into {label_of(heir, year=day.year)} on "
        f"{day.day}.{day.month}.{day.year}{later}; "
        f"use {now.partition('_')[2]}, a year before {day.year}, or successors()"
    )


def _read_name(text: str, year: int | None, country: str | None) -> str:
    found = sorted(units_named(text) & _scope(country))
    if not found:
        raise _unknown_name(text, country)
    current = [unit for unit in found if year is None or unit in division_ids(year)]
    if len(current) > 1:
        both = " and ".join(f"{unit} {label_of(unit).split(' ', 1)[1]}" for unit in current)
        raise NotAnIdError(
            f"is the name of {len(current)} municipalities, {both}; give the code or the country"
        )
    return _in_year((current or found)[0], year)


def _unknown_name(text: str, country: str | None) -> NotAnIdError:
    scope = _scope(country)
    repaired = repair(text)
    if repaired is not None and (meant := units_named(repaired) & scope):
        return NotAnIdError(
            f"has broken encoding (UTF-8 read as Latin-1: it seems to be {repaired!r}); "
            'read the file with encoding="utf-8"',
            sorted(meant),
        )
    return NotAnIdError("is not a name of a municipality known here", names_like(text, scope))


@cached_by_countries
def _scope(country: str | None) -> frozenset[str]:
    lands = _lands(country)
    return frozenset(unit for unit in lifetimes() if country_of(unit) in lands)


def _near(unit: str, year: int | None) -> list[str]:
    """Units with another last digit or two digits swapped, else the nearest of that first digit."""
    land, code = unit.split("_")
    known = {
        other
        for other in (lifetimes() if year is None else division_ids(year))
        if other.startswith(f"{land}_")
    }
    swapped = {
        f"{land}_{code[:i]}{code[i + 1]}{code[i]}{code[i + 2 :]}" for i in range(len(code) - 1)
    }
    first = f"{land}_{code[0]}"
    numbers_of = {other: int(other.partition("_")[2]) for other in known}
    nearest = sorted(known, key=lambda other: (abs(numbers_of[other] - int(code)), other))
    alike = [other for other in nearest if other.startswith(first)]
    beside = [other for other in nearest if other[:-1] == unit[:-1]][:2]
    return ([*beside, *sorted(swapped & known - set(beside))] or alike)[:3]
