"""What `zones check` and `zones data` print: faults of a file, and the data in use."""

from pathlib import Path
from typing import Any

import typer

from geodata import snapshot
from geodata.boundaries.checking import check_boundaries
from geodata.coverages.check import CoverageReport, Fault
from geodata.sources import cached
from geodata.sources import update as fetch_newer
from zones.catalogue.names import ZONE_FILES, part_of_file
from zones.catalogue.own import read_zone
from zones.cli.boundaries import flags_of, read_layout
from zones.cli.console import console, heading, rich_table, write_json, write_line
from zones.cli.options import Plain, Spoken
from zones.extents.evidence import rows_by_unit
from zones.model.amounts import Amount
from zones.model.credits import credit
from zones.model.groups import Zone
from zones.output import visible
from zones.texts import rendered

__all__ = ["print_check", "print_data_status", "update_data"]


def print_check(path: Path, layout: dict[str, Any], zone_id: str | None, shown: Plain) -> int:
    """
    Print what is wrong with a user's file; return 2 where figures would be wrong.

    A zone of one's own is TOML or CSV; anything else is read as boundaries, as `layout` says.
    Faults that keep the file from being read at all are raised, all of them in one error.
    """
    zone = Path(part_of_file(str(path))[0]).suffix.lower() in ZONE_FILES
    if others := flags_of(layout, year="--year") if zone else ["--id"] * (zone_id is not None):
        raise typer.BadParameter(
            f"{', '.join(others)}: of {'boundaries' if zone else 'a zone'}, and {str(path)!r} is "
            f"read as {'a zone' if zone else 'boundaries'}: leave that out"
        )
    if zone:
        return _print_zone(read_zone(path, id=zone_id), shown)
    report = check_boundaries(read_layout(path, layout, year="--year", check=False))
    if shown.as_json:
        write_json(_report_object(path, report))
    else:
        key = "valid" if report.valid else "faults"
        counts = {"units": report.units, "faults": len(report.fatal)}
        out, voice = console(), shown.voice
        out.print(voice.phrase(f"coverage_check.report.{key}", **counts))
        for fault in report.faults:
            out.print(f"  {voice.phrase(f'coverage_check.{fault.kind}', **fault.params)}")
    return 0 if report.valid else 2


def _print_zone(zone: Zone, shown: Plain) -> int:
    extent = zone.default_extent
    rows = rows_by_unit(zone, extent.division)
    bare = [unit for unit in extent.units if all(row.weak for row in rows.get(unit, ()))]
    if shown.as_json:
        found = {"zone": zone.id, "valid": True, "members": list(extent.units)}
        found |= {"without_evidence": bare}
        write_json(found | {"division": extent.division, "note": extent.note})
        return 0
    members = Amount.of_unit(len(extent), "municipalities")
    params = {"name": zone.short_names.text(shown.language), "members": members}
    console().print(shown.voice.phrase("cli.zone_fine", **params, division=str(extent.division)))
    if extent.note:
        console().print(f"  {visible(extent.note)}")
    if bare:
        counted = Amount.of_unit(len(bare), "municipalities")
        console().print(f"  {shown.voice.phrase('cli.zone_bare', members=counted)}")
    return 0


def _report_object(path: Path, report: CoverageReport) -> dict[str, Any]:
    return {
        "file": str(path),
        "units": report.units,
        "valid": report.valid,
        "faults": [_fault_object(fault) for fault in report.faults],
    }


def _fault_object(fault: Fault) -> dict[str, Any]:
    return {
        "kind": fault.kind,
        "fatal": fault.fatal,
        "units": [str(unit) for unit in fault.units],
        "place": None if fault.place is None else list(fault.place),
        "size": fault.size,
        "length_m": fault.length_m,
        "message": fault.message,
    }


def print_data_status(shown: Plain) -> None:
    """Print what is bundled and what has been fetched: from when, from whom, which licence."""
    bundled = [snapshot.attribution(name) for name in snapshot.DATASETS]
    fetched = cached()
    if shown.as_json:
        names = ("dataset", "title", "publisher", "reference_date", "licence", "line", "url")
        both = ("dataset", "year", "url", "fetched_at", "licence", "line", "sha256")
        write_json(
            {
                "bundled": [
                    {name: getattr(item, name) for name in (*names, "changes")} for item in bundled
                ],
                "fetched": [
                    {name: getattr(item, name) for name in both}
                    | {"fetched_at": item.fetched_at.isoformat()}
                    for item in fetched
                ],
            }
        )
        return

    def word(key: str) -> str:
        return shown.voice.phrase(f"cli.{key}")

    out = console()
    columns = [word(name) for name in ("dataset", "reference", "publisher", "licence")]
    table = rich_table(columns, title=word("bundled"))
    for item in bundled:
        table.add_row(item.dataset, item.reference_date, item.publisher, item.licence)
    out.print(table)
    out.print()
    out.print(heading(word("line")))
    for line in dict.fromkeys(rendered(credit(item.line), shown.language) for item in bundled):
        out.print(f"  {line}")
    out.print()
    out.print(heading(word("fetched")))
    if not fetched:
        out.print(f"  {word('nothing_fetched')}")
    for entry in fetched:
        out.print(f"  {entry.title} ({entry.year}), {entry.fetched_at:%Y-%m-%d}, {entry.line}")


def update_data(shown: Spoken, *, year: int | None, grid: bool) -> None:
    """Fetch newer data into the cache, with progress, and say what came."""
    datasets = ("boundaries-fi", "population-fi", *(("population-grid-fi",) if grid else ()))
    for item in fetch_newer(datasets, year=year, progress=True):
        write_line(f"{shown.voice.phrase('cli.fetched')}: {item.line}")
