"""Zones of your own, read from a TOML or CSV file or made of a table.

A TOML file names the zone and lists its municipalities, as text, in a division::

    id = "kaksi-rannikkoa"
    name_fi = "Kaksi rannikkoa"      # name_sv, name_en, short_name_fi ... if there are any
    division = 2026
    codes = ["564", "FI_678", "Keminmaa", "2580"]
    spine = ["678", "564"]           # optional: the centres of its axis, in order
    description = "..."              # optional, and so is source

It may have ``[[member]]``, ``[[claim]]`` and all else that the library's own files have
(``zones/facts/README.md``), and in place of ``codes`` several extents, each with its own division.
Without ``[[member]]`` each of the codes is a member; with it, those rows alone are the evidence.

A CSV file has the columns ``id``, ``name_fi`` (``name_sv``, ``name_en``), ``division`` and
``codes``: a row a municipality, or one row with all codes apart by spaces or semicolons. An ``id``
or ``division`` may stand once above rows that leave it blank, as merged cells do; any other blank
is a fault. ``valid_from``, ``valid_to``, ``role``, ``confidence``, ``source`` and ``note`` say of a
row what ``[[member]]`` says; any other column is refused.
"""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.errors import FileFormatError, GeodataError
from geodata.files.paths import checked_path
from geodata.files.tables import read_table
from geodata.messages import listed, named_rows
from geodata.register.divisions import YEARS
from geodata.register.identifiers import detect_years
from geodata.tables.merged import said_once
from zones.catalogue.forms import zone_of
from zones.catalogue.names import ZONE_FILES, part_of_file
from zones.catalogue.rows import (
    ZONE_COLUMNS,
    codes_and_members,
    members_of,
    of_each,
    one_source,
    said_in,
    with_known_columns,
)
from zones.errors import CatalogueError
from zones.model.credits import GIVEN
from zones.model.groups import Zone

__all__ = ["read_zone"]

_CODES = ("lau_id", "code", "codes")
# A zone lists each of some hundred municipalities once; beyond this it is another kind of file.
_MOST_BYTES, _MOST_ROWS = 2 * 2**20, 100_000


def read_zone(
    source: "str | os.PathLike[str] | pd.DataFrame | Iterable[Any]",
    /,
    *,
    id: str | None = None,  # noqa: A002 - the column's name
    division: int | None = None,
    spine: Iterable[str] = (),
    **names: str,
) -> Zone:
    """Read your own zone: a TOML or CSV file, the rows of a table, or a list of municipalities.

    Parameters
    ----------
    source
        The path of a file, with ``#`` and the id after it where it holds several zones; a table
        such as a selection of `geodata.municipalities`, with
        ``lau_id`` in the index or in a column ``lau_id``, ``code`` or ``codes``, of which
        ``valid_from``, ``valid_to``, ``role``, ``confidence``, ``source`` and ``note`` are read
        too; or municipalities by name or code.
    id
        Which zone to read, where a file holds several. Of a table or list: the zone's id; one made
        of its municipalities where not given.
    division
        Of a table or list: the year whose municipalities they are; the newest that has them all
        where not given.
    spine
        Of a table or list: centres of the zone's axis, in order.
    **names
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
    table: dict[str, Any] = {
        "spine": [spine] if isinstance(spine, str) else list(spine),
        "source": GIVEN,
        **names,
    }
    where, said = "the list", pd.DataFrame()
    codes: Iterable[Any] = source
    if isinstance(source, pd.DataFrame):
        where = "the table"
        column = next((name for name in _CODES if name in source.columns), None)
        if column is None and isinstance(source.index, pd.RangeIndex) and len(source):
            raise CatalogueError(
                f"the table has none of the columns {listed(_CODES)} among "
                f"{listed(source.columns, most=20)}: call that of the municipalities so"
            )
        codes = source[column] if column and source.index.name != "lau_id" else source.index
        said = said_in(source, where)
        table["source"] = names.get("source") or one_source(said) or GIVEN
    elif isinstance(source, bytes) or not isinstance(source, Iterable):
        raise CatalogueError(
            f"a {type(source).__name__} is no zone: give a file, a table with a row a "
            "municipality, or a list of municipalities"
        )
    # Text of NumPy is text.
    given = [str(code) if isinstance(code, str) else code for code in codes]
    faults: list[str] = []
    table |= members_of([[code] for code in given], said, faults)
    if isinstance(division, int | np.integer) and not isinstance(division, bool):
        division = int(division)
    table["division"] = _newest(given) if division is None else division
    if id is not None:
        table["id"] = id
    return zone_of(table, where, faults, made=True)


def _from_file(path: "str | os.PathLike[str]", chosen: str | None) -> Zone:
    path, part = part_of_file(os.fsdecode(path))
    if part is not None and chosen not in (None, part):
        raise CatalogueError(f"{path}#{part} and id={chosen!r} are two zones: give one of them")
    chosen = chosen or part
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
    zone = zone_of(table, name)
    if chosen not in (None, zone.id):
        raise CatalogueError(f"{name} has no zone {chosen!r}: it holds {zone.id}")
    return zone


def _rows(path: "str | os.PathLike[str]") -> pd.DataFrame:
    name = Path(path).name
    try:
        rows = read_table(path, expected="a zone").rename(columns=str.casefold)
    except FileFormatError as fault:
        raise CatalogueError(str(fault)) from fault
    missing = [column for column in ("id", "division", "codes") if column not in rows.columns]
    if missing:
        raise CatalogueError(
            f"{name} has no column {' or '.join(missing)} among {listed(rows.columns)}: a zone "
            "needs id, division and codes, such as my-zone, 2026 and Oulu (a row a municipality)"
        )
    if rows.empty:
        raise CatalogueError(f"{name} has no row below its header: give a row a municipality")
    if len(rows) > _MOST_ROWS:
        raise CatalogueError(
            f"{name} has {len(rows):,} rows, and a zone file at most {_MOST_ROWS:,}: give a row a "
            "municipality"
        )
    return rows


def _from_table(path: "str | os.PathLike[str]", id: str | None) -> Zone:  # noqa: A002
    name = Path(path).name
    rows = _rows(path)
    rows = with_known_columns(rows, name)
    rows = rows.apply(lambda column: column.str.strip()).replace("", pd.NA)
    rows["id"], faults, notes = _filled(rows["id"], "id")
    ids = list(rows["id"].dropna().unique())
    if id is None and len(ids) > 1:
        raise CatalogueError(
            f"{name} holds the zones {listed(ids)}: say which, as in {name}#{ids[0]}, or keep each "
            f"in a file of its own{''.join(f'; {fault}' for fault in faults)}"
        )
    if id is not None and id not in ids:
        raise CatalogueError(f"{name} has no zone {id!r}: it holds {', '.join(ids) or 'none'}")
    chosen = id or (ids[0] if ids else "")
    rows = rows[rows["id"] == chosen].copy() if ids else rows
    if rows["division"].notna().any():
        rows["division"], missing, said = _filled(rows["division"], "division")
        faults, notes = [*faults, *missing], [*notes, *said]
    if (blank := rows["codes"].isna()).any():
        faults.append(f"no codes in {named_rows(rows.index[blank])}: give the municipality")
    table: dict[str, Any] = {"id": chosen}
    for column in sorted(ZONE_COLUMNS & set(rows.columns) - {*of_each(rows)}):
        values = list(rows[column].dropna().unique())
        if len(values) > 1:
            faults.append(f"{column} differs between rows ({', '.join(values[:3])})")
        if values:
            table[column] = values[0]
    # A spreadsheet may write a year with a decimal.
    year = str(table.get("division", "")).removesuffix(".0")
    if year.isdecimal():
        table["division"] = int(year)
    table |= codes_and_members(rows[~blank], faults)
    return zone_of(table, name, faults, notes=notes)


def _filled(column: "pd.Series[str]", name: str) -> tuple["pd.Series[str]", list[str], list[str]]:
    """Return a key in each row, or which rows have none; and a note of what was filled in."""
    blank = column.isna()
    if not blank.any():
        return column, [], []
    rows = named_rows(column.index[blank])
    if not said_once(column):
        return column, [f"no {name} in {rows}: give it in each row, or only above rows of it"], []
    return column.ffill(), [], [f"{name} of {rows} is that of the row above, as in merged cells"]


def _newest(codes: list[Any]) -> int:
    """Return the newest division that holds all the municipalities; the newest if none does."""
    try:
        return max(detect_years(codes), default=YEARS[-1])
    except GeodataError:
        return YEARS[-1]


def _text(path: str | os.PathLike[str]) -> str:
    try:
        file = checked_path(path, "a zone")
        with file.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except FileFormatError as fault:
        raise CatalogueError(str(fault)) from fault
    except OSError as error:
        raise CatalogueError(f"{os.fspath(path)} cannot be read ({error.strerror})") from error
    if len(content) > _MOST_BYTES:
        raise CatalogueError(
            f"{file.name} is larger than {_MOST_BYTES // 2**20} MiB, and a zone file lists "
            "municipalities alone"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{file.name} is not in UTF-8: save it as UTF-8") from error
