"""The forms of a user's zone: what the short one, or a list, leaves out is filled in."""

import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

import geodata
from geodata import countries
from geodata.errors import GeodataError
from geodata.people import POPULATION_YEARS
from geodata.register.codes import of_given_countries
from geodata.register.divisions import YEARS, division_ids, lifetimes
from geodata.register.names import fold
from zones.catalogue import schema
from zones.catalogue.checks import Wrong, shown
from zones.catalogue.names import known
from zones.catalogue.structuring import SHORT_FORM
from zones.errors import CatalogueError
from zones.model.groups import Zone
from zones.output import visible
from zones.texts import LANGUAGES, Language, phrase

__all__ = ["zone_of"]

OWN_EXTENT = "own"
_SHOWN = 3
_MISSING = {
    "codes": 'is missing: list them as text, codes = ["091", "049"]',
    "division": "is missing: the year whose municipalities the codes are of, such as "
    f"division = {YEARS[-1]}",
}
_MEMBER_CODE = re.compile(r"member\[\d+\]\.code: ")
# Places of the full form that the short one has elsewhere.
_SHORT_PLACE = re.compile(r"^(?:extent\[1\]\.|(spine\[\d+\])\.code(?=:))")


def zone_of(
    table: Mapping[str, Any],
    where: str,
    faults: Iterable[str] = (),
    *,
    notes: Iterable[str] = (),
    made: bool = False,
) -> Zone:
    """Make a zone of a table in either form, as `zones.catalogue.own` describes them.

    Parameters
    ----------
    table
        As TOML has it.
    where
        Name of the file, for messages and as the source of what says none.
    faults
        What is known to be wrong already.
    notes
        How the file was read, for the note of the extent of the short form.
    made
        Whether it is made in Python, where it is called after its municipalities unless it has an
        id or names.

    Raises
    ------
    CatalogueError
        With every fault, each with its place.
    """
    _check_count(table, where)
    short = "extent" not in table
    full = _full(table, where) if short else dict(table)
    rest = () if short else tuple(key for key in SHORT_FORM if full.pop(key, None) is not None)
    if said := "; ".join(notes):
        full["extent"] = schema.each(full["extent"], lambda row: row | {"note": said})
    full["extent"] = schema.each(full["extent"], lambda row: {"source": where} | _dated(row))
    if isinstance(full["extent"], list) and len(full["extent"]) == 1:
        full["extent"] = schema.each(full["extent"], lambda row: {"default": True} | row)
    division = _default_division(full)
    if short and division is not None:
        full = _with_members(full, division, made=made and "id" not in table)
    full = _named(full, table)
    taken = known(full["id"]) if isinstance(full.get("id"), str) else None
    if taken is not None:
        full["id"] = Wrong(f"{full['id']!r} is a name of the library's {taken.id}: choose another")
    seen = {"role": "member", "confidence": "high", "source": _source(full, where)}
    for key, change in (
        ("claim", _dated),
        ("member", lambda row: _of_register(seen | _dated(row), "name_fi", division)),
        ("spine", lambda row: _of_register(row, "name", division)),
    ):
        full |= {key: schema.each(full[key], change)} if key in full else {}
    found = [*faults, *(f"{key}: each [[extent]] has its own here" for key in rest)]
    zone = schema.read_zone(full, found, where="", unit=unit_of, division=division or YEARS[-1])
    if short:
        found = [_SHORT_PLACE.sub(r"\1", fault) for fault in found]
    found = [fault for fault in _once(found) if not _of_what_is_filled_in(fault, table)]
    if zone is None or found:
        count = "a fault" if len(found) == 1 else f"{len(found)} faults"
        raise CatalogueError(f"{where} has {count}: " + visible(" ".join("; ".join(found).split())))
    return zone


def _check_count(table: Mapping[str, Any], where: str) -> None:
    """Refuse more codes than there are municipalities before each is looked at."""
    extents = table.get("extent")
    rows = [table, *(extents if isinstance(extents, list | tuple) else ())]
    for codes in (row.get("codes") for row in rows if isinstance(row, Mapping)):
        count, most = len(codes) if isinstance(codes, list | tuple) else 0, len(lifetimes())
        if count > most:
            raise CatalogueError(
                f"{where}: codes holds {count:,}, and {most} municipalities are known: list each "
                "once"
            )


def unit_of(code: Any, division: Any) -> Any:
    """Return the unit that a code or name means in a division, or what is wrong with it.

    Where the division is not known either, a code need only be of some year.

    Examples
    --------
    >>> unit_of("Oulu", 2026), unit_of("2580", 2026)
    ('FI_564', 'SE_2580')
    """
    if not isinstance(code, str):
        return code
    year = division if _is_division(division) else None
    unit, others = countries.unit_of(code) or code, of_given_countries(code)
    if others:
        # What a code without its country may be is said where codes are read.
        unit = code
    elif code.isdigit() and unit == code:
        lands = [land for land in countries.countries() if land.digits]
        known_digits = ", ".join(f"{land.digits} ({land.code})" for land in lands)
        return Wrong(f"{code!r} has {len(code)} digits: codes have {known_digits}, zeros included")
    if not countries.lau_ids().fullmatch(unit):
        try:
            unit = geodata.parse_id(code, year=year)
        except GeodataError as error:
            return Wrong(str(error))
    if unit in (lifetimes() if year is None else division_ids(year)):
        return unit
    if unit in lifetimes():
        first, last = lifetimes()[unit]
        return Wrong(f"{code} was a municipality in {first}-{last}, not in {year}")
    return Wrong(f"{code} was never a municipality that is known here (2013 or later)")


def _full(table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the short form as the full one: one extent, complete."""
    source = table.get("source", where)
    extent = {key: table.get(key, Wrong(_MISSING.get(key, ""))) for key in SHORT_FORM}
    if "description" not in table:
        del extent["description"]
    rest = {key: value for key, value in table.items() if key not in SHORT_FORM}
    full = {"id": Wrong('is missing: id = "my-zone"'), "source": where, **rest}
    full = {"complete": "member" not in table, **full}
    called = {f"name_{lang}": phrase("groups.own_extent", lang) for lang in LANGUAGES}
    full["extent"] = [{"id": OWN_EXTENT, "default": True, "source": source, **called, **extent}]
    if isinstance(table.get("spine"), list | tuple):
        full["spine"] = [
            row if isinstance(row, Mapping) else {"order": order, "code": row, "source": source}
            for order, row in enumerate(table["spine"], start=1)
        ]
        if len(full["spine"]) == 1:
            full["spine"] = Wrong("there is one centre: give two or more, or none")
    return full


def _with_members(full: dict[str, Any], division: int, *, made: bool) -> dict[str, Any]:
    """Add a row of evidence for each municipality, unless there are rows; call what is made."""
    codes = full["extent"][0]["codes"]
    listed = codes if isinstance(codes, list | tuple) else []
    found = dict.fromkeys(unit_of(code, division) for code in listed if isinstance(code, str))
    units = [unit for unit in found if isinstance(unit, str)]
    full = {"member": [{"code": unit, "division": division} for unit in units], **full}
    if not made:
        return full
    rest = {key: value for key, value in full.items() if key != "id"}
    return (_called(units, division) if units else {"id": OWN_EXTENT}) | rest


def _named(full: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in the Finnish name by another, and the short names by the full ones."""
    keys = [f"name_{lang}" for lang in LANGUAGES]
    names = [table.get("name"), *(full.get(key) for key in keys), table.get("id")]
    named = {"name_fi": next((name for name in names if isinstance(name, str)), "-"), **full}
    named.pop("name", None)
    return {f"short_{key}": named[key] for key in keys if key in named} | named


def _source(full: Mapping[str, Any], where: str) -> str:
    """Return the source of what says none; one that is no text is a fault of its own place."""
    return source if isinstance(source := full.get("source"), str) else where


def _once(faults: list[str]) -> list[str]:
    """Leave out what is wrong with a member's code where it is said of the zone's codes."""
    of_codes = {fault.partition(": ")[2] for fault in faults if fault.startswith("codes[")}
    return [
        fault
        for fault in faults
        if not (_MEMBER_CODE.match(fault) and fault.partition(": ")[2] in of_codes)
    ]


def _of_what_is_filled_in(fault: str, table: Mapping[str, Any]) -> bool:
    key = fault.partition(":")[0]
    return key.startswith("short_name_") and key not in table


def _called(units: list[str], division: int) -> dict[str, str]:
    """Return the id and names of a zone that is called after its municipalities."""
    names = [_names_of(unit, division) for unit in units]
    parts = [re.sub(r"\W+", "-", fold(name)).strip("-") for name, _ in names[:_SHOWN]]
    more = len(names) - _SHOWN
    if more > 0:
        parts += ["and", str(more), f"{zlib.crc32(' '.join(sorted(units)).encode()):08x}"]

    def called(lang: Language) -> str:
        shown = ", ".join(names[number][lang == "sv"] for number in range(len(names[:_SHOWN])))
        key = "groups.listed_one" if more == 1 else "groups.listed_other"
        return shown if more <= 0 else phrase(key, lang, names=shown, count=more)

    return {"id": "-".join(parts) or "-", **{f"name_{lang}": called(lang) for lang in LANGUAGES}}


def _is_division(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value in YEARS


def _default_division(full: Mapping[str, Any]) -> int | None:
    """Return the division of the default extent, or of the first one."""
    rows = schema.rows_of(full, "extent")
    rows.sort(key=lambda row: row.get("default") is not True)
    divisions = (row.get("division") for row in rows)
    return next((division for division in divisions if _is_division(division)), None)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """Mark a division that the register does not have, and years without any figures."""
    division = row.get("division", YEARS[-1])
    if not isinstance(division, Wrong) and not _is_division(division):
        said = f"expected a year from {YEARS[0]} to {YEARS[-1]}, got {shown(division)}"
        row["division"] = Wrong(said)
    known_years = range(POPULATION_YEARS[0], YEARS[-1] + 1)

    def checked(year: Any) -> Any:
        if isinstance(year, int) and not isinstance(year, bool) and year not in known_years:
            return Wrong(f"{year}: figures are of {known_years[0]}-{known_years[-1]}")
        return year

    if "year" in row:
        row["year"] = checked(row["year"])
    if isinstance(row.get("other_years"), list | tuple):
        row["other_years"] = [checked(year) for year in row["other_years"]]
    return row


def _of_register(row: dict[str, Any], key: str, division: int | None) -> dict[str, Any]:
    """Fill in the name of a row's municipality."""
    year = row.get("division", division)
    unit = unit_of(row.get("code"), year)
    if isinstance(unit, str) and _is_division(year) and key not in row:
        names = _names_of(unit, year)
        row |= {key: names[0]} if key == "name" else {key: names[0], "name_sv": names[1]}
    # Where there is no such code, that is what is wrong, and not that it has no name.
    return row if isinstance(unit, str) else {key: "-"} | row


def _names_of(unit: str, division: int) -> tuple[str, str]:
    row = geodata.municipality_register(division, country=unit[:2]).loc[unit]
    return str(row["name_fi"]), str(row["name_sv"])
