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
import zlib
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
from geodata.register.identifiers import detect_years
from geodata.register.names import fold
from zones.catalogue import schema
from zones.catalogue.names import ZONE_FILES, known
from zones.errors import CatalogueError
from zones.model.evidence import Membership
from zones.model.groups import Extent, SpinePoint, Zone
from zones.model.values import Names
from zones.texts import Language, phrase

__all__ = ["read_zone"]

OWN_EXTENT = "own"
_CODES = ("lau_id", "code", "codes")
_SHOWN = 3
_GIVEN = "given by the user"
_NAMES = ("name_fi", "name_sv", "name_en", "short_name_fi", "short_name_sv", "short_name_en")
_KEYS = {"id", "division", "codes", "spine", "description", "source", "aliases", "name", *_NAMES}
_CODE = re.compile(r"\d{3,4}")
_LAU_ID = re.compile(r"(?:FI_\d{3}|SE_\d{4})")


def read_zone(
    source: "str | os.PathLike[str] | pd.DataFrame | Iterable[Any]",
    *,
    id: str | None = None,  # noqa: A002 - the column's name
    division: int | None = None,
    spine: Iterable[str] = (),
    **names: str,
) -> Zone:
    """
    Read a zone of your own: a TOML or CSV file, the rows of a table, or a list of municipalities.

    Parameters
    ----------
    source
        The path of a file; a table such as a selection of `geodata.municipalities`, with
        ``lau_id`` in the index or in a column ``lau_id``, ``code`` or ``codes``; or municipalities
        by name or code.
    id
        Which zone to read, where a file holds several. Of a table or list: the zone's id; one made
        of its municipalities where not given.
    division
        Of a table or list: the year whose municipalities they are; the newest that has them all
        where not given.
    spine
        Of a table or list: centres of the zone's axis, in order.
    names
        Of a table or list: ``name_fi``, ``name_sv``, ``name_en``, short names, ``description``,
        ``source``.

    Raises
    ------
    CatalogueError
        With every fault.

    Examples
    --------
    >>> zone = read_zone(["Kemi", "Tornio", "Haparanda"], name_fi="Kaksoiskaupungit")
    >>> zone.default_extent
    <Extent kemi-tornio-haaparanta/own: 3 units, division 2026, default>
    """
    if isinstance(source, str | os.PathLike):
        if division is not None or names or tuple(spine):
            raise CatalogueError(
                f"{os.fspath(source)} says its division, spine and names itself: give id= alone"
            )
        return _from_file(source, id)
    table: dict[str, Any] = {"spine": list(spine), "source": _GIVEN, **names}
    where = "the list"
    codes: Iterable[Any] = source
    if isinstance(source, pd.DataFrame):
        where = "the table"
        column = next((name for name in _CODES if name in source.columns), None)
        codes = source[column] if column and source.index.name != "lau_id" else source.index
    elif isinstance(source, bytes) or not isinstance(source, Iterable):
        raise CatalogueError(
            f"a {type(source).__name__} is no zone: give a file, a table with a row a "
            "municipality, or a list of municipalities"
        )
    # Text of NumPy is text.
    table["codes"] = [str(code) if isinstance(code, str) else code for code in codes]
    if isinstance(division, int | np.integer) and not isinstance(division, bool):
        division = int(division)
    table["division"] = _newest(table["codes"]) if division is None else division
    if id is not None:
        table["id"] = id
    return _zone(table, where, made=True)


def _from_file(path: "str | os.PathLike[str]", chosen: str | None) -> Zone:
    suffix = Path(path).suffix.lower()
    if suffix in ZONE_FILES - {".toml"}:
        return _from_table(path, chosen)
    if suffix != ".toml":
        raise CatalogueError(
            f"{os.fspath(path)!r} is no zone file: give the path of a TOML, CSV or Excel file, or "
            "a zone or network by name; extents are asked for with extent="
        )
    name = Path(path).name
    text = _text(path)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise CatalogueError(f"{name} is nested too deeply for a zone file") from None
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        raise CatalogueError(f"{name} is no valid TOML: {error}; mend that place") from error
    zone = _full_zone(table, name) if "extent" in table else _zone(table, name)
    if chosen not in (None, zone.id):
        raise CatalogueError(f"{name} has no zone {chosen!r}: it holds {zone.id}")
    return zone


def _from_table(path: "str | os.PathLike[str]", id: str | None) -> Zone:  # noqa: A002
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


def _newest(codes: list[Any]) -> int:
    """Return the newest division that holds all the municipalities; the newest if none does."""
    try:
        return max(detect_years(codes), default=YEARS[-1])
    except GeodataError:
        return YEARS[-1]


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


def _zone(
    table: Mapping[str, Any], where: str, faults: Iterable[str] = (), *, made: bool = False
) -> Zone:
    """Make a zone of its short form, in Python where it needs no id; raise with every fault."""
    faults = [*faults]
    unknown = sorted(set(table) - _KEYS)
    faults += [f"unknown key {key}: the keys are {', '.join(sorted(_KEYS))}" for key in unknown]
    if not made or "id" in table:
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
    names = {unit: _unit_names(unit, division) for unit in (*units, *spine)}
    table = {**_called([names[unit] for unit in units], units), **table} if made else table
    zone, source = table["id"], table.get("source", where)
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


def _called(names: list[tuple[str, str]], units: tuple[str, ...]) -> dict[str, str]:
    """Return the id and names of a zone that is called after its municipalities."""
    finnish, swedish = ([name[lang] for name in names[:_SHOWN]] for lang in (0, 1))
    parts = [re.sub(r"\W+", "-", fold(name)).strip("-") for name in finnish]
    more = len(names) - _SHOWN
    if more > 0:
        parts += ["and", str(more), f"{zlib.crc32(' '.join(sorted(units)).encode()):08x}"]

    def called(shown: list[str], lang: Language) -> str:
        if more <= 0:
            return ", ".join(shown)
        return phrase("groups.listed", lang, names=", ".join(shown), count=more)

    return {
        "id": "-".join(parts),
        "name_fi": called(finnish, "fi"),
        "name_sv": called(swedish, "sv"),
        "name_en": called(finnish, "en"),
    }


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
    zone = schema.read_zone({**filled, "extent": extents}, faults)
    _raise(faults, where)
    assert zone is not None  # read_zone gives none only with a fault
    return zone


def _check_id(table: Mapping[str, Any], faults: list[str]) -> None:
    name = table.get("id")
    if not isinstance(name, str) or not name:
        faults.append('id is missing: id = "my-zone"')
        return
    taken = known(name)
    if taken is not None:
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
    unit = schema.lau_id(code) if _CODE.fullmatch(code) else code
    if not _LAU_ID.fullmatch(unit):
        try:
            unit = geodata.parse_id(code, year=division)
        except GeodataError as error:
            return "", str(error)
    if unit in (lifetimes() if division is None else division_ids(division)):
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
