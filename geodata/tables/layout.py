"""How a table is laid out: which column is of places, which of years, and where figures stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.errors import IndicatorError
from geodata.messages import listed
from geodata.register.codes import of_number
from geodata.register.names import fold
from geodata.tables.indicator import Indicator
from geodata.tables.marks import are_figures
from geodata.tables.places import as_place, share_of_places

__all__ = ["Layout", "Part", "laid_out", "stem_and_year", "year_of"]

_YEAR = r"((?:19|20)\d\d)"
_YEAR_FIRST = re.compile(rf"{_YEAR}\*?(?:[\s,;:_()–-]+(.*?))?[\s,;:_()–-]*")
_YEAR_LAST = re.compile(rf"(.*?)[\s,;:_()–-]+{_YEAR}\*?[\s)]*")
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_OF_YEAR = re.compile(rf"{_YEAR}(?:\.0)?(\*)?")
# A month, quarter or day of a year.
_WITHIN_YEAR = re.compile(
    rf"{_YEAR}(?:\s*[MQKT]\d{{1,2}}|-\d\d(?:-\d\d)?(?: 00:00:00)?)\*?", re.IGNORECASE
)
_DAY_FIRST = re.compile(rf"\d{{1,2}}\.\d{{1,2}}\.{_YEAR}")
_YEAR_NAMES = frozenset(
    {
        *("vuosi", "tilastovuosi", "aika", "ajanjakso", "year", "time", "period", "time period"),
        *("kuukausi", "neljannes", "vuosineljannes", "month", "quarter", "manad", "kvartal"),
        *("ar", "tid", "statistikar", "tidsperiod", "timeperiod", "timeperiod y", "timeperiod m"),
    }
)
_VALUE_NAMES = frozenset(
    {"value", "values", "arvo", "arvot", "varde", "varden", "lkm", "obs value"}
)
_ENOUGH = 0.5
_SOME = 0.2
# Digits of the codes that lose their zeros.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """
    Where figures of a column stand.

    Attributes
    ----------
    column
        Column of the table.
    year
        Their year, where the column's name says it.
    where
        Column and value of the rows that they stand in, where the table is long.
    """

    column: str
    year: int | None = None
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """
    How a table is laid out.

    Attributes
    ----------
    frame
        The rows that count.
    places
        Columns that say of which place a row is, the fullest first.
    year
        The column of years, where there is one.
    figures
        Columns that hold numbers and marks of missing ones, declared or not.
    parts
        By the id of a column where its figures stand.
    """

    frame: pd.DataFrame
    places: tuple[str, ...]
    year: str | None
    figures: tuple[str, ...]
    parts: Mapping[str, tuple[Part, ...]]

    @property
    def used(self) -> set[str]:
        """Columns that have a part in the reading."""
        parts = [part for found in self.parts.values() for part in found]
        named = {part.column for part in parts} | {part.where[0] for part in parts if part.where}
        return named | {*self.places} | ({self.year} if self.year else set())


def laid_out(
    frame: pd.DataFrame, indicators: Sequence[Indicator], where: Mapping[str, str]
) -> Layout:
    """
    Find how a table is laid out.

    Raises
    ------
    IndicatorError
        If it has no places, or a declared column is not there.
    """
    frame = selected(frame, where)
    declared = [
        str(name)
        for name in frame.columns
        if any(str(name) in (one.column, one.id) for one in indicators)
    ]
    year = year_column(frame, declared)
    places = place_columns(frame, [*declared, *([year] if year else [])])
    keys = [*places, *([year] if year else [])]
    figures = tuple(
        str(name) for name in frame.columns if name not in keys and are_figures(frame[name])
    )
    parts = parts_of(frame, indicators, keys, figures)
    return Layout(frame, tuple(places), year, figures, parts)


def place_columns(frame: pd.DataFrame, figures: Sequence[str]) -> list[str]:
    """
    Return the columns of places, found by what is in them; the first is the fullest.

    Raises
    ------
    IndicatorError
        If there is none.
    """
    shares = {
        name: share_of_places(frame[name].dropna())
        for name in frame.columns
        if name not in figures and _is_text(frame[name]) and frame[name].notna().any()
    }
    found = [name for name, share in shares.items() if share >= _ENOUGH]
    if found:
        # Each row of a table by municipality may say its region too.
        units = {name: share_of_places(frame[name].dropna(), kinds=("unit",)) for name in found}
        first, *rest = sorted(found, key=lambda name: (-units[name], -shares[name]))
        same = [name for name in rest if _agree(frame[first], frame[name])]
        others = (name for name in frame.columns if name not in (first, *same, *figures))
        return [first, *same, *(one for one in others if _are_codes(frame[first], frame[one]))]
    # Where few can be read, their rows say what is wrong with them.
    texts = [name for name, share in shares.items() if share >= _SOME]
    texts = [name for name in texts if not are_figures(frame[name])]
    if texts:
        return [max(texts, key=lambda name: shares[name])]
    if frame.empty:
        raise IndicatorError("no rows below the names of the columns; give a row a municipality")
    header = share_of_places(frame.columns)
    if header >= _ENOUGH:
        raise IndicatorError(
            "municipalities stand in the header; turn the table, so that each has a row"
        )
    raise IndicatorError(
        f"no column of municipalities among {listed(map(repr, frame.columns), most=None)}; give "
        "codes as text with their zeros, such as '091', or names" + _of_numbers(frame, figures)
    )


def _agree(one: "pd.Series[Any]", other: "pd.Series[Any]") -> bool:
    """Whether two columns are of the same places in most rows, not counts that look like codes."""
    texts = pd.DataFrame({"one": one, "other": other}).dropna().astype(str)
    pairs = zip(texts["one"], texts["other"], strict=True)
    same = sum(as_place(left).key == as_place(right).key != "" for left, right in pairs)
    return 2 * same >= len(texts) > 0


def _are_codes(places: "pd.Series[Any]", numbers: "pd.Series[Any]") -> bool:
    """Whether numbers are the codes of the very municipalities of their rows, without zeros."""
    pairs = pd.DataFrame({"place": places, "number": numbers}).dropna()
    units = pairs["place"].astype(str).map(lambda text: as_place(text).key)
    rows = [(unit, n) for unit, n in zip(units, pairs["number"], strict=True) if "_" in unit]
    return bool(rows) and all(unit in of_number(number) for unit, number in rows)


def _of_numbers(frame: pd.DataFrame, figures: Sequence[str]) -> str:
    """Name the column whose numbers may be codes that have lost their zeros."""
    for name in frame.columns.difference(list(figures), sort=False):
        texts = frame[name].dropna().astype(str).str.removesuffix(".0")
        if len(texts) and texts.str.fullmatch(r"\d{1,4}").all():
            share = share_of_places(texts.str.zfill(_SHORTEST))
            if share == 1:
                given = next((text for text in texts if len(text) < _SHORTEST), texts.iloc[0])
                return (
                    f" ({name!r} holds numbers, which are codes without their zeros: read it as "
                    f"text, dtype={{{name!r}: str}}, or write {given.zfill(_SHORTEST)} for {given})"
                )
    return ""


def _is_text(values: "pd.Series[Any]") -> bool:
    # A column of numbers is none of codes: 91 may have been "091" or something else.
    return not pd.api.types.is_numeric_dtype(values.dtype) and any(
        isinstance(value, str) for value in values
    )


def year_column(frame: pd.DataFrame, figures: Sequence[str]) -> str | None:
    """Return the column of years: the one called so, all of whose values are."""
    for name in frame.columns:
        if name in figures or fold(str(name)) not in _YEAR_NAMES:
            continue
        values = frame[name].dropna().unique()
        if len(values) and all(year_of(value)[0] is not None for value in values):
            return str(name)
    return None


def year_of(value: object) -> tuple[int | None, str]:
    """
    Return the year that a value says, and what else it says.

    Examples
    --------
    >>> year_of("2019*"), year_of("2019M12"), year_of(2019.0), year_of("31.12.2019"), year_of("x")
    ((2019, 'preliminary'), (2019, 'within'), (2019, ''), (2019, 'within'), (None, ''))
    """
    text = str(value).strip()
    if match := _OF_YEAR.fullmatch(text):
        return int(match[1]), "preliminary" if match[2] else ""
    if match := _WITHIN_YEAR.fullmatch(text) or _DAY_FIRST.fullmatch(text):
        return int(match[1]), "within"
    return None, ""


def selected(frame: pd.DataFrame, where: Mapping[str, str]) -> pd.DataFrame:
    """
    Return the rows that a description asks for.

    Raises
    ------
    IndicatorError
        If there is no such column or value.
    """
    faults = []
    for column, value in where.items():
        name = next((n for n in frame.columns if _same(n, column)), None)
        if name is None:
            columns = listed(map(repr, frame.columns), most=None)
            faults.append(f"where: no column {column!r}; the table has {columns}")
            continue
        texts = frame[name].astype(str).str.strip()
        if not (texts == str(value)).any():
            values = listed(map(repr, texts.drop_duplicates()), most=20)
            faults.append(f"where: {column!r} has no {value!r}; it has {values}")
            continue
        frame = frame[texts == str(value)].drop(columns=name)
    if faults:
        raise IndicatorError(listed(faults, most=None, mark="; "))
    return frame


def parts_of(
    frame: pd.DataFrame,
    indicators: Sequence[Indicator],
    keys: Sequence[str],
    figures: Sequence[str],
) -> dict[str, tuple[Part, ...]]:
    """
    Return where the figures of each declared column stand.

    A column of that name; columns of that name with a year before or behind it; or rows of that
    name in a column of names, with one column of values or one a year.

    Raises
    ------
    IndicatorError
        If a column is nowhere, or it is not plain where its values stand.
    """
    found: dict[str, tuple[Part, ...]] = {}
    faults: list[str] = []
    free = [str(name) for name in frame.columns if name not in keys]
    for one in indicators:
        if one.numerator is not None and not _has(free, one):
            # The column itself is not needed.
            continue
        parts = _by_name(free, one) or _by_year(free, one)
        if not parts:
            parts, fault = _in_rows(frame, free, one, figures)
            faults += fault
        if parts:
            found[one.id] = parts
        elif len(indicators) == 1 and (bare := _bare_years(free)):
            found[one.id] = bare
            faults = []
        elif not any(repr(one.column) in fault for fault in faults):
            faults.append(
                f"no column {one.column!r}; the table has {listed(map(repr, free), most=20)}"
            )
    if faults:
        raise IndicatorError(listed(faults, most=None, mark="; "))
    return found


def _same(name: object, other: str) -> bool:
    """Whether names differ in capitals and spaces alone."""
    return " ".join(str(name).split()).casefold() == " ".join(other.split()).casefold()


def _has(names: Sequence[str], one: Indicator) -> bool:
    return bool(_by_name(names, one) or _by_year(names, one))


def _by_name(names: Sequence[str], one: Indicator) -> tuple[Part, ...]:
    exact = [name for name in names if name == one.column]
    alike = exact or [name for name in names if _same(name, one.column)]
    if len(alike) != 1:
        return ()
    _, year = stem_and_year(alike[0])
    return (Part(alike[0], year),)


def _by_year(names: Sequence[str], one: Indicator) -> tuple[Part, ...]:
    stems = {name: stem_and_year(name) for name in names}
    return tuple(
        Part(name, year)
        for name, (stem, year) in stems.items()
        if year is not None and stem and _same(stem, one.column)
    )


def stem_and_year(name: str) -> tuple[str, int | None]:
    """
    Return what a column is called without its year, and the year.

    Examples
    --------
    >>> [stem_and_year(name) for name in ("Työlliset 2019", "2019* Jobs", "2019", "Jobs")]
    [('Työlliset', 2019), ('Jobs', 2019), ('', 2019), ('Jobs', None)]
    >>> stem_and_year("Change 2010-2019")
    ('Change 2010-2019', None)
    """
    if len(_ANY_YEAR.findall(name)) > 1:
        # From one year to another.
        return name, None
    if match := _YEAR_FIRST.fullmatch(name):
        return match[2] or "", int(match[1])
    if match := _YEAR_LAST.fullmatch(name):
        return match[1], int(match[2])
    return name, None


def _bare_years(names: Sequence[str]) -> tuple[Part, ...]:
    """Return the columns whose names are years."""
    stems = {name: stem_and_year(name) for name in names}
    return tuple(Part(name, year) for name, (stem, year) in stems.items() if year and not stem)


def _in_rows(
    frame: pd.DataFrame, names: Sequence[str], one: Indicator, figures: Sequence[str]
) -> tuple[tuple[Part, ...], list[str]]:
    """Return where figures stand in rows of their name, or what is not plain about it."""
    for column in names:
        if not _is_text(frame[column]):
            continue
        values = frame[column].dropna().astype(str).str.strip().drop_duplicates()
        alike = [value for value in values if value == one.column] or [
            value for value in values if _same(value, one.column)
        ]
        if len(alike) != 1:
            continue
        where = (column, alike[0])
        rest = [name for name in names if name != column]
        if years := _bare_years(rest):
            return tuple(Part(part.column, part.year, where) for part in years), []
        held = [name for name in figures if name in rest]
        named = [name for name in held if fold(name) in _VALUE_NAMES]
        if len(named or held) == 1:
            return (Part((named or held)[0], None, where),), []
        may = f"its figures may be in {listed(map(repr, held), most=None)}"
        fix = "call the column of figures 'value'"
        return (), [f"{one.column!r} stands in column {column!r}, and {may}; {fix}"]
    return (), []
