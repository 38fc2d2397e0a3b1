"""What a user says of a table, in Python or in a small TOML file beside it."""

import math
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

from geodata.countries.record import LANGUAGES, YEARS
from geodata.errors import IndicatorError
from geodata.files.paths import checked_path
from geodata.messages import did_you_mean, listed
from geodata.register.names import suggest
from geodata.tables.indicator import Indicator, Kind, check_indicators

__all__ = [
    "DECIMAL_MARKS",
    "Description",
    "description_beside",
    "description_of",
    "read_description",
]

DECIMAL_MARKS = (",", ".")

_KINDS = ", ".join(get_args(Kind))


@dataclass(frozen=True, kw_only=True)
class Description:
    """
    What a table is.

    Attributes
    ----------
    indicators
        Its columns.
    year
        Year of its figures, where no column says it.
    division
        Year whose municipalities its rows are.
    source, licence
        What to credit.
    where
        Which rows count: a value by column, such as the total of both sexes.
    decimal
        The decimal mark, comma or point, where the numbers do not tell.
    """

    indicators: tuple[Indicator, ...]
    year: int | None = None
    division: int | None = None
    source: str = ""
    licence: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None


def read_description(path: "str | os.PathLike[str]") -> Description:
    r"""
    Read the description of a table from TOML.

    The table's own keys are ``year``, ``division``, ``source``, ``licence``, ``where`` and
    ``decimal``; each ``[[column]]`` has the attributes of an `Indicator`.

    Parameters
    ----------
    path
        The TOML file.

    Raises
    ------
    IndicatorError
        With every fault and its place in the file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "jobs.toml"
    >>> _ = path.write_text('year = 2019\n[[column]]\nid="jobs"\nkind="count"\nunit="jobs"\n')
    >>> read_description(path).year
    2019
    """
    file = checked_path(path, "TOML that describes a table")
    try:
        table = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as fault:
        raise IndicatorError(f"{file}: cannot be read ({fault.strerror})") from fault
    except UnicodeDecodeError as fault:
        raise IndicatorError(f"{file} is not in UTF-8; save it as UTF-8") from fault
    except RecursionError:
        raise IndicatorError(f"{file} is nested too deeply for a description") from None
    except ValueError as fault:
        raise IndicatorError(f"{file} is no valid TOML: {fault}; mend that place") from fault
    return description_of(table, file.name)


def description_beside(path: "str | os.PathLike[str]") -> Path:
    """Return where the description of a table is, if it is beside it."""
    return Path(path).parent / f"{Path(path).stem}.toml"


def description_of(table: Mapping[str, Any], where: str = "the description") -> Description:
    """
    Make a description of what TOML has, or raise `IndicatorError` with every fault.

    Examples
    --------
    >>> jobs = {"name": "Työpaikat", "id": "jobs", "kind": "count"}
    >>> description_of({"year": 2019, "column": [jobs]}).indicators[0].column
    'Työpaikat'
    >>> description_of({"yaer": 2019, "column": [jobs | {"kind": "?"}]})
    Traceback (most recent call last):
    geodata.errors.IndicatorError: the description has 2 faults: yaer: unknown key; did you mean
    year?; column[1].kind: '?' says nothing; give one of count, rate, mean, other
    """
    faults = list(_checked(table, _TABLE, ""))
    rows = table.get("column", [])
    indicators: list[Indicator] = []
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        faults.append("column: write each column under a line [[column]]")
    elif not rows:
        faults.append("column is missing: write what each column is under a line [[column]]")
    else:
        for number, row in enumerate(rows, start=1):
            place = f"column[{number}]."
            found = [*_missing(row, place), *_checked(row, _COLUMN, place)]
            if not found:
                try:
                    indicators.append(Indicator(**row))
                except IndicatorError as fault:
                    found = [f"{place[:-1]}: {fault}"]
            faults += found
        if not faults:
            try:
                check_indicators(indicators)
            except IndicatorError as fault:
                faults.append(str(fault))
    if faults:
        count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise IndicatorError(f"{where} has {count}: {listed(faults, most=None, mark='; ')}")
    rest = {key: value for key, value in table.items() if key != "column"}
    return Description(indicators=tuple(indicators), **rest)


def _missing(row: Mapping[str, Any], place: str) -> Iterable[str]:
    examples = {"id": 'such as id = "jobs"', "kind": f"one of {_KINDS}"}
    return [f"{place}{key} is missing: {what}" for key, what in examples.items() if key not in row]


def _checked(
    table: Mapping[str, Any], keys: Mapping[str, Callable[[Any], str | None]], place: str
) -> Iterable[str]:
    for key, value in table.items():
        if key not in keys:
            near = did_you_mean(suggest(key, keys)) or f"; the keys are {', '.join(keys)}"
            yield f"{place}{key}: unknown key{near}"
        elif fault := keys[key](value):
            yield f"{place}{key}: {fault}"


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) else f"expected text in quotes, got {value!r}"


def _number(value: Any) -> str | None:
    wrong = isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value)
    return f"expected a number, got {value!r}" if wrong else None


def _whole(value: Any) -> str | None:
    wrong = isinstance(value, bool) or not isinstance(value, int) or value < 0
    return f"expected a whole number, got {value!r}" if wrong else None


def _year(value: Any) -> str | None:
    wrong = isinstance(value, bool) or not isinstance(value, int) or value not in range(1000, 3000)
    return f"expected a year such as 2019, got {value!r}" if wrong else None


def _division(value: Any) -> str | None:
    wrong = isinstance(value, bool) or not isinstance(value, int) or value not in YEARS
    if value == "?":
        return (
            f"'?' says nothing; give the year of the municipalities, {YEARS[0]} to {YEARS[-1]}: "
            "older ones are not known"
        )
    return f"expected a year from {YEARS[0]} to {YEARS[-1]}, got {value!r}" if wrong else None


def _kind(value: Any) -> str | None:
    if value in get_args(Kind):
        return None
    blank = isinstance(value, str) and not value.strip(" ?")
    return f"{value!r} {'says nothing' if blank else 'is not known'}; give one of {_KINDS}"


def _names(value: Any) -> str | None:
    if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
        return None
    return f'expected a text by language ({", ".join(LANGUAGES)}), such as {{fi = "Työpaikat"}}'


def _where(value: Any) -> str | None:
    if isinstance(value, Mapping) and all(isinstance(v, str | int) for v in value.values()):
        return None
    return 'expected a value by column, such as {Sukupuoli = "Yhteensä"}'


def _decimal(value: Any) -> str | None:
    return None if value in DECIMAL_MARKS else f"expected ',' or '.', got {value!r}"


_TABLE: Mapping[str, Callable[[Any], str | None]] = {
    "year": _year,
    "division": _division,
    "source": _text,
    "licence": _text,
    "where": _where,
    "decimal": _decimal,
    "column": lambda _: None,
}
_COLUMN: Mapping[str, Callable[[Any], str | None]] = {
    **{one.name: _text for one in fields(Indicator)},
    "kind": _kind,
    **dict.fromkeys(("factor", "suppressed_below", "middle"), _number),
    "digits": _whole,
    **dict.fromkeys(("names", "unit_names"), _names),
}
