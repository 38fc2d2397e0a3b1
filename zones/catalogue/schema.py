"""What the tables of zones, networks, themes and links hold together; reads the facts, once."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from zones.catalogue.checks import Wrong
from zones.catalogue.structuring import structured
from zones.errors import CatalogueError
from zones.model.groups import Extent, Link, Network, Theme, Zone
from zones.model.values import Names

__all__ = [
    "Catalogue",
    "each",
    "read_catalogue",
    "read_network",
    "read_theme",
    "read_zone",
    "rows_of",
]

# Codes of a zone's member rows were checked against the division of 2021, networks' against 2023.
_ZONE_DIVISION = 2021
_NETWORK_DIVISION = 2023
_NETWORK_EXTENT = "known-members"

T = TypeVar("T")
Units = Callable[[Any, Any], Any]
"""Takes a code and its division, and returns the unit, or what is wrong."""


def _by_form(code: Any, _: Any) -> Any:
    return code


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records of the facts, in the order in which they are listed."""

    zones: tuple[Zone, ...]
    networks: tuple[Network, ...]
    themes: tuple[Theme, ...]
    links: tuple[Link, ...]


@cache
def read_catalogue() -> Catalogue:
    """Read the facts that come with the library, once.

    Raises
    ------
    CatalogueError
        With every fault of every file.
    """
    facts = resources.files("zones").joinpath("facts")
    faults: list[str] = []

    def read_all(folder: str, read: Callable[..., T | None]) -> tuple[T, ...]:
        found = [read(table, faults) for table in _tables(facts.joinpath(folder), faults)]
        return tuple(record for record in found if record)

    ties = [
        _read(row, Link, f"link {number}: ", faults)
        for number, row in enumerate(rows_of(_table(facts.joinpath("links.toml")), "link"), start=1)
    ]
    catalogue = Catalogue(
        zones=read_all("zones", read_zone),
        networks=read_all("networks", read_network),
        themes=read_all("themes", read_theme),
        links=tuple(tie for tie in ties if tie),
    )
    known = {theme.id for theme in catalogue.themes}
    faults += [
        f"network {network.id}: theme {network.theme!r} has no file"
        for network in catalogue.networks
        if network.theme not in known
    ]
    listed = (catalogue.zones, catalogue.networks, catalogue.themes)
    counts = Counter(record.id for records in listed for record in records)
    faults += [f"id {name!r} is used twice" for name, count in counts.items() if count > 1]
    if faults:
        raise CatalogueError("the facts have faults: " + "; ".join(faults))
    return catalogue


def read_zone(
    table: Mapping[str, Any],
    faults: list[str],
    *,
    where: str | None = None,
    unit: Units = _by_form,
    division: int | None = _ZONE_DIVISION,
) -> Zone | None:
    """Make a zone of its table; faults are added to the list, and None is returned if any.

    Parameters
    ----------
    table
        As TOML has it.
    faults
        Takes the faults up, each with its place.
    where
        What to begin each fault with; the zone's id where not given.
    unit
        Says which unit a code is in a division; its form alone is looked at where not given.
    division
        Of the rows of members and of the spine.
    """
    linked = _linked(table, unit, division)
    where = f"zone {table.get('id')}: " if where is None else where
    zone = _read(linked, Zone, where, faults)
    return zone and replace(zone, spine=tuple(sorted(zone.spine, key=lambda point: point.order)))


def read_network(table: Mapping[str, Any], faults: list[str]) -> Network | None:
    """Make a network of its table; faults are added to the list, and None is returned if any."""
    short = {
        f"short_{key}": _short(name)
        for key, name in table.items()
        if key in ("name_fi", "name_sv", "name_en") and isinstance(name, str)
    }
    rows = [
        _member(dict(row), str(table.get("id")), _by_form, _NETWORK_DIVISION)
        for row in rows_of(table, "member")
    ]
    named = {**table, **short, "member": rows}
    network = _read(named, Network, f"network {table.get('id')}: ", faults)
    if network is None:
        return None
    known = tuple(sorted({row.lau_id for row in network.memberships if not row.weak}))
    extent = Extent(
        id=_NETWORK_EXTENT,
        group=network.id,
        division=_NETWORK_DIVISION,
        units=known,
        names=Names.of("groups.known_members.name"),
        description=Names.of("groups.known_members.description"),
        source=network.source,
        default=True,
    )
    return replace(network, extents=(extent,) if known else ())


def read_theme(table: Mapping[str, Any], faults: list[str]) -> Theme | None:
    """Make a theme of its table; faults are added to the list, and None is returned if any."""
    return _read(table, Theme, f"theme {table.get('id')}: ", faults)


def _read(table: Mapping[str, Any], kind: type[T], where: str, faults: list[str]) -> T | None:
    record, found = structured(table, kind)
    faults += [f"{where}{fault}" for fault in found]
    return record


def _tables(folder: Traversable, faults: list[str]) -> list[dict[str, Any]]:
    """Read the files of a folder in the order of their names."""
    tables = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        table = _table(file)
        if table.get("id") != file.name.removesuffix(".toml"):
            faults.append(f"{file.name}: id = {table.get('id')!r}, expected the file's name")
        tables.append(table)
    return tables


def _table(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


# What one place of a zone's table says of another is looked up before the records are made, so
# that what does not fit is a fault of its place like any other.


def _linked(table: Mapping[str, Any], unit: Units, division: int | None) -> dict[str, Any]:
    """Put units in the place of codes, and what is wrong in the place of what does not fit."""
    extents, group = rows_of(table, "extent"), str(table.get("id"))
    have = [row["id"] for row in extents if isinstance(row.get("id"), str)]
    linked: dict[str, Any] = {"extent": Wrong("there is none: begin each with [[extent]]")}
    linked |= table
    changes: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "extent": lambda row: _extent(row, group, unit),
        "member": lambda row: _member(row, group, unit, division),
        "spine": lambda row: _with_units(row, unit, division),
        "claim": lambda row: _claim(_of_extents(row, have), unit, division),
        "count": lambda row: _of_extents(row, have),
    }
    for key, change in changes.items():
        if isinstance(table.get(key), list | tuple):
            linked[key] = _once(each(table[key], change), "order" if key == "spine" else "id")
    defaults = sum(row.get("default") is True for row in extents)
    if extents and defaults != 1:
        last = next(row for row in reversed(linked["extent"]) if isinstance(row, dict))
        last["default"] = Wrong(f"one extent must be the default, not {defaults}")
    return linked


def rows_of(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the rows of a table's list; what is no row is left to the reader."""
    rows = table.get(key)
    listed = rows if isinstance(rows, list | tuple) else []
    return [row for row in listed if isinstance(row, Mapping)]


def each(rows: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """Return the rows changed; what is no list, or no row, stays for the reader to refuse."""
    if not isinstance(rows, list | tuple):
        return rows
    return [change(dict(row)) if isinstance(row, Mapping) else row for row in rows]


def _once(rows: list[Any], key: str) -> list[Any]:
    """Mark what is there for a second time in a key of the rows."""
    seen: list[Any] = []
    for row in rows:
        value = row.get(key) if isinstance(row, Mapping) else None
        if isinstance(value, str | int) and value in seen:
            row[key] = Wrong(f"{value!r} is there twice")
        seen.append(value)
    return rows


def _codes(row: dict[str, Any], key: str, unit: Units, division: Any) -> None:
    """Put units in the place of a row's codes; mark those that are there for a second time."""
    codes = row.get(key)
    if not isinstance(codes, list | tuple):
        return
    units: list[Any] = []
    for code in codes:
        found = unit(code, division)
        twice = isinstance(found, str) and found in units
        also = "" if code == found else f" ({found})"
        units.append(Wrong(f"{code}{also} is given twice") if twice else found)
    row[key] = units


def _extent(row: dict[str, Any], group: str, unit: Units) -> dict[str, Any]:
    codes = row.get("codes")
    _codes(row, "codes", unit, row.get("division"))
    if isinstance(codes, list | tuple):
        if not codes:
            row["codes"] = Wrong('there is none: list them as text, codes = ["091", "049"]')
        if row.get("n_municipalities", len(codes)) != len(codes):
            said = f"{row['n_municipalities']}, but there are {len(codes)} codes"
            row["n_municipalities"] = Wrong(said)
    return row | {"*group": group}


def _member(row: dict[str, Any], group: str, unit: Units, division: Any) -> dict[str, Any]:
    division = row.get("division", division)
    return _with_units(row, unit, division) | {"*group": group, "division": division}


def _with_units(row: dict[str, Any], unit: Units, division: Any) -> dict[str, Any]:
    country, code = row.pop("country", None), row.get("code")
    if country is not None and isinstance(code, str) and code.isdecimal():
        code = f"{country}_{code}"
    if "code" in row:
        row["code"] = unit(code, division)
    _codes(row, "branch_between", unit, division)
    return row


def _claim(row: dict[str, Any], unit: Units, division: Any) -> dict[str, Any]:
    _codes(row, "codes", unit, row.get("division", division))
    if not {"measure", "not_computable", "indicator"} & row.keys():
        said = "is missing, and so is not_computable: give one of them, or indicator"
        row["measure"] = Wrong(said)
    return row


def _of_extents(row: dict[str, Any], have: list[str]) -> dict[str, Any]:
    """Mark the extents that there are not."""
    if isinstance(row.get("extents"), list | tuple):
        row["extents"] = [
            Wrong(f"no extent is called {name!r}: there are {', '.join(have) or 'none'}")
            if isinstance(name, str) and name not in have
            else name
            for name in row["extents"]
        ]
    return row


def _short(name: str) -> str:
    """Return the acronym in brackets at the end of a name, or the name without its explanation."""
    acronym = re.search(r"\(([A-ZÅÄÖ]{3,}[^)]*)\)$", name)
    return acronym[1] if acronym else re.sub(r" - .*$| \([^)]*\)$", "", name)
