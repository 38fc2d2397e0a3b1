"""
Zones of your own, read from a TOML or CSV file or made of a table.

A TOML file names the zone and lists its municipalities, as text, in a division::

    id = "kaksi-rannikkoa"
    name_fi = "Kaksi rannikkoa"      # name_sv, name_en, short_name_fi ... if there are any
    division = 2026
    codes = ["564", "FI_678", "Keminmaa", "2580"]
    spine = ["678", "564"]           # optional: the centres of its axis, in order
    description = "..."              # optional, and so is source

It may also have the form of the library's own files (``zones/facts/README.md``), with extents,
members, claims and a spine, each extent with its own division.

A CSV file has the columns ``id``, ``name_fi`` (``name_sv``, ``name_en``), ``division`` and
``codes``: a row a municipality, or one row with all codes apart by spaces or semicolons. A row
without ``id`` belongs to the zone above it.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import geodata
from geodata.errors import FileFormatError, GeodataError
from geodata.files.tables import read_table
from geodata.register.divisions import YEARS, division_ids, lifetimes
from zones.catalogue.finding import get
from zones.catalogue.schema import lau_id, read_zone
from zones.errors import CatalogueError, UnknownGroupError
from zones.model.evidence import Membership
from zones.model.groups import Extent, SpinePoint, Zone
from zones.model.values import Names

__all__ = ["zone_from_csv", "zone_from_frame", "zone_from_toml"]

OWN_EXTENT = "own"
_NAMES = ("name_fi", "name_sv", "name_en", "short_name_fi", "short_name_sv", "short_name_en")
_KEYS = {"id", "division", "codes", "spine", "description", "source", "aliases", "name", *_NAMES}
_CODE = re.compile(r"\d{3,4}")
_LAU_ID = re.compile(r"(?:FI_\d{3}|SE_\d{4})")


def zone_from_toml(path: str | os.PathLike[str]) -> Zone:
    """
    Read a zone from a TOML file.

    Raises
    ------
    CatalogueError
        With every fault of the file.
    """
    name = Path(path).name
    try:
        table = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name} is no valid TOML: {error}; mend that place") from error
    return _full_zone(table, name) if "extent" in table else _zone(table, name)


def zone_from_csv(
    path: str | os.PathLike[str],
    *,
    id: str | None = None,  # noqa: A002 - the column's name
) -> Zone:
    """
    Read a zone from a CSV file, or from Excel.

    Parameters
    ----------
    path
        The file, of any dialect.
    id
        Which zone to read, where the file holds several.

    Raises
    ------
    CatalogueError
        With every fault of the file.
    """
    name = Path(path).name
    try:
        rows = read_table(path, expected="a zone").rename(columns=str.casefold)
    except FileFormatError as fault:
        raise CatalogueError(str(fault)) from fault
    missing = [column for column in ("id", "division", "codes") if column not in rows.columns]
    if missing:
        raise CatalogueError(
            f"{name} has no column {', '.join(missing)} among {', '.join(rows.columns)}: "
            "it needs id, division and codes, and names in name_fi, name_sv, name_en"
        )
    if rows.empty:
        raise CatalogueError(f"{name} has no row below its header: give a row a municipality")
    rows = rows.apply(lambda column: column.str.strip())
    # As in a spreadsheet, what is said once holds for the rows below.
    rows["id"] = rows["id"].ffill()
    ids = list(rows["id"].dropna().unique())
    if id is None and len(ids) > 1:
        raise CatalogueError(f"{name} holds the zones {', '.join(ids)}: say which with id=")
    if id is not None and id not in ids:
        raise CatalogueError(f"{name} has no zone {id!r}: it holds {', '.join(ids) or 'none'}")
    chosen = id or (ids[0] if ids else "")
    nameless = int(rows["id"].isna().sum())
    rows = rows[rows["id"] == chosen]
    table: dict[str, Any] = {"id": chosen}
    faults = [f"{nameless} rows have no id, nor has one above them"] if nameless else []
    for column in sorted(set(rows.columns) & (_KEYS - {"id", "codes", "spine", "aliases"})):
        values = list(rows[column].dropna().unique())
        if len(values) > 1:
            faults.append(f"{column} differs between rows ({', '.join(values[:3])})")
        if values:
            table[column] = values[0]
    # A spreadsheet may write a year with a decimal.
    year = str(table.get("division", "")).removesuffix(".0")
    if year.isdecimal():
        table["division"] = int(year)
    table["codes"] = [code for cell in rows["codes"].dropna() for code in _codes(cell)]
    return _zone(table, name, faults)


def zone_from_frame(
    frame: pd.DataFrame,
    *,
    id: str | None = None,  # noqa: A002 - the field's name
    division: int | None = None,
    spine: Iterable[str] = (),
    **names: str,
) -> Zone:
    """
    Make a zone of the rows of a table, such as a selection of `geodata.municipalities`.

    Parameters
    ----------
    frame
        A row a municipality: ``lau_id`` in the index, or in a column ``lau_id`` or ``code``.
    id
        Name for commands and tables.
    division
        Year of the division that the municipalities are of.
    spine
        Centres of its axis, in order.
    names
        ``name_fi``, ``name_sv``, ``name_en``, short names, ``description``, ``source``.

    Raises
    ------
    CatalogueError
        With every fault of the table.
    """
    if not isinstance(frame, pd.DataFrame):
        raise CatalogueError(
            f"a {type(frame).__name__} is no table: give a DataFrame with a row a municipality"
        )
    if isinstance(division, int | np.integer) and not isinstance(division, bool):
        division = int(division)
    column = next((name for name in ("lau_id", "code", "codes") if name in frame.columns), None)
    codes = frame[column] if column and frame.index.name != "lau_id" else frame.index
    table: dict[str, Any] = {"codes": list(codes), "spine": list(spine), **names}
    table |= {key: value for key, value in (("id", id), ("division", division)) if value}
    return _zone(table, "the table")


def _text(path: str | os.PathLike[str]) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise CatalogueError(f"{os.fspath(path)} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{Path(path).name} is not in UTF-8: save it as UTF-8") from error


def _codes(cell: str) -> list[str]:
    """Return the codes of a cell; a name may have a space, as "Koski Tl" has."""
    codes: list[str] = []
    for part in re.split(r"[;,\n]+", cell):
        try:
            geodata.parse_id(part)
        except GeodataError:
            codes += part.split()
        else:
            codes.append(part.strip())
    return codes


def _zone(table: Mapping[str, Any], where: str, faults: Iterable[str] = ()) -> Zone:
    """Make a zone of its short form; raise with every fault."""
    faults = [*faults]
    known = ", ".join(sorted(_KEYS))
    unknown = sorted(set(table) - _KEYS)
    faults += [f"unknown key {key}: the keys are {known}" for key in unknown]
    _check_id(table, faults)
    faults += [
        f"{key} {table[key]!r} is not text: write it in quotes"
        for key in ("name", "description", "source", *_NAMES)
        if not isinstance(table.get(key, ""), str)
    ]
    for key in ("spine", "aliases"):
        if not _texts(table.get(key, [])):
            faults.append(f'{key} {table[key]!r} is no list of texts: write {key} = ["...", "..."]')
            table = {**table, key: []}
    division = _division(table.get("division"), faults, "")
    codes = table.get("codes", [])
    if not isinstance(codes, list) or not codes:
        faults.append('codes are missing: list them as text, codes = ["091", "049"]')
        codes = []
    units = _units(codes, division, faults, "codes")
    spine = _units(table.get("spine", []), division, faults, "spine")
    if len(spine) == 1:
        faults.append("spine has one centre: give two or more, or none")
    _raise(faults, where)
    assert division is not None  # a missing one is a fault
    zone, source = table["id"], table.get("source", where)
    names = {unit: _unit_names(unit, division) for unit in (*units, *spine)}
    fallback = next((table[key] for key in ("name", *_NAMES) if key in table), zone)
    full = Names(table.get("name_fi", fallback), table.get("name_sv"), table.get("name_en"))
    return Zone(
        id=zone,
        names=full,
        short_names=Names(
            table.get("short_name_fi", full.fi),
            table.get("short_name_sv", full.sv),
            table.get("short_name_en", full.en),
        ),
        aliases=tuple(table.get("aliases", ())),
        extents=(
            Extent(
                id=OWN_EXTENT,
                group=zone,
                division=division,
                units=units,
                description=table.get("description", ""),
                source=source,
                default=True,
            ),
        ),
        memberships=tuple(
            Membership(
                lau_id=unit,
                group=zone,
                name_fi=names[unit][0],
                name_sv=names[unit][1],
                role="member",
                confidence="high",
                source=source,
                division=division,
            )
            for unit in units
        ),
        spine=tuple(
            SpinePoint(order, unit, names[unit][0], "both", "own", source)
            for order, unit in enumerate(spine, start=1)
        ),
        complete=True,
        source=source,
    )


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)


def _full_zone(table: Mapping[str, Any], where: str) -> Zone:
    """Make a zone of a file of the form of the library's own; what it need not say is filled in."""
    faults: list[str] = []
    _check_id(table, faults)
    filled = {
        "short_name_fi": table.get("name_fi", ""),
        "complete": False,
        **dict.fromkeys(("gaps", "contradictions", "member", "spine"), ()),
        **table,
    }
    extents = []
    rows = table["extent"]
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        faults.append("extent is no list of tables: begin each with [[extent]]")
        rows = []
    for row in rows:
        if not isinstance(row.get("codes", []), list):
            faults.append(f"extent {row.get('id', '?')}: codes {row['codes']!r} are no list")
            continue
        name = f"extent {row.get('id', '?')}"
        division = _division(row.get("division"), faults, f"{name}: ")
        _units(row.get("codes", []), division, faults, name)
        empty = {"description": "", "use": "", "source": where}
        extents.append(empty | {"n_municipalities": len(row.get("codes", []))} | row)
    if len(extents) < len(rows) or not rows:
        _raise(faults, where)
    if len(extents) == 1:
        extents[0]["default"] = True
    zone = read_zone({**filled, "extent": extents}, faults)
    _raise(faults, where)
    assert zone is not None  # read_zone gives none only with a fault
    return zone


def _check_id(table: Mapping[str, Any], faults: list[str]) -> None:
    name = table.get("id")
    if not isinstance(name, str) or not name:
        faults.append('id is missing: id = "my-zone"')
        return
    try:
        taken = get(name)
    except UnknownGroupError:
        return
    faults.append(f"id {name!r} is a name of the library's {taken.id}: choose another")


def _division(value: object, faults: list[str], where: str) -> int | None:
    """Return the division, or nothing after noting what is wrong with it."""
    if value is None:
        faults.append(
            f"{where}division is missing: the year whose municipalities the codes are of, "
            f"such as division = {YEARS[-1]}"
        )
    elif isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
        faults.append(f"{where}division {value!r}: give a year from {YEARS[0]} to {YEARS[-1]}")
    else:
        return value
    return None


def _units(
    codes: Iterable[Any], division: int | None, faults: list[str], where: str
) -> tuple[str, ...]:
    """
    Return the units of a list of codes; note what is not text, unknown codes and repeated ones.

    Where the division itself is not known, a code need only be of some year.
    """
    units: list[str] = []
    for code in codes:
        unit, fault = _unit(code, division)
        if fault:
            faults.append(f"{where}: {fault}")
        elif unit in units:
            also = "" if code == unit else f" ({unit})"
            faults.append(f"{where}: {code}{also} is given twice")
        else:
            units.append(unit)
    return tuple(units)


def _unit(code: object, division: int | None) -> tuple[str, str | None]:
    """Return the unit that a code or name means in a division, and what is wrong if none."""
    if not isinstance(code, str):
        shown = f"{int(code):03d}" if isinstance(code, Integral) else str(code)
        return "", f'{code} is not text: write codes as text, "{shown}"'
    if code.isdigit() and not _CODE.fullmatch(code):
        return "", f"{code!r} has {len(code)} digits: a Finnish code has three, a Swedish one four"
    unit = lau_id(code) if _CODE.fullmatch(code) else code
    if not _LAU_ID.fullmatch(unit):
        try:
            unit = geodata.parse_id(code, year=division)
        except GeodataError as error:
            return "", str(error)
    known = lifetimes() if division is None else division_ids(division)
    if unit in known:
        return unit, None
    if unit in lifetimes():
        first, last = lifetimes()[unit]
        return "", f"{code} was a municipality in {first}-{last}, not in {division}"
    return "", f"{code} was never a municipality that is known here (2013 or later)"


def _unit_names(unit: str, division: int) -> tuple[str, str]:
    row = geodata.municipality_register(division, country=unit[:2]).loc[unit]
    return str(row["name_fi"]), str(row["name_sv"])


def _raise(faults: list[str], where: str) -> None:
    if faults:
        count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise CatalogueError(f"{where} has {count}: " + "; ".join(faults))
