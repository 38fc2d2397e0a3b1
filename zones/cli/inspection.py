"""What `zones check` and `zones data` print: faults of a file, and the data in use."""

import sys
from pathlib import Path
from typing import Any

import geodata
from geodata import snapshot
from geodata.boundaries.given import read_boundaries
from geodata.coverages.check import CoverageReport, Fault
from geodata.sources import cached
from geodata.sources import update as fetch_newer
from zones.catalogue.finding import ZONE_FILES
from zones.catalogue.own import read_zone
from zones.cli.listings import console, heading, rich_table
from zones.model.groups import Zone
from zones.wording.formats import json_text
from zones.wording.voice import Voice

__all__ = ["print_check", "print_data_status", "update_data"]


def print_check(path: Path, voice: Voice, *, as_json: bool = False) -> int:
    """
    Print what is wrong with a user's file; return 2 where figures would be wrong.

    A zone of one's own is TOML or CSV; anything else is read as boundaries. Faults that keep the
    file from being read at all are raised, all of them in one error.
    """
    if path.suffix.lower() in ZONE_FILES:
        return _print_zone(read_zone(path), voice, as_json=as_json)
    report = geodata.check_coverage(read_boundaries(path, check=False))
    if as_json:
        sys.stdout.write(json_text(_report_object(path, report)))
    else:
        key = "valid" if report.valid else "faults"
        counts = {"units": report.units, "faults": len(report.fatal)}
        out = console()
        out.print(voice.phrase(f"coverage_check.report.{key}", **counts))
        for fault in report.faults:
            out.print(f"  {voice.phrase(f'coverage_check.{fault.kind}', **fault.params)}")
    return 0 if report.valid else 2


def _print_zone(zone: Zone, voice: Voice, *, as_json: bool) -> int:
    extent = zone.default_extent
    if as_json:
        found = {"zone": zone.id, "valid": True, "members": list(extent.units)}
        sys.stdout.write(json_text(found | {"division": extent.division}))
        return 0
    params = {"name": zone.short_names.text(voice.lang), "members": len(extent)}
    console().print(voice.phrase("cli.zone_fine", **params, division=str(extent.division)))
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


def print_data_status(voice: Voice, *, as_json: bool = False) -> None:
    """Print what is bundled and what has been fetched: from when, from whom, which licence."""
    bundled = [snapshot.attribution(name) for name in snapshot.DATASETS]
    fetched = cached()
    if as_json:
        found = {
            "bundled": [
                {
                    "dataset": item.dataset,
                    "title": item.title,
                    "publisher": item.publisher,
                    "reference_date": item.reference_date,
                    "licence": item.licence,
                    "line": item.line,
                    "url": item.url,
                    "changes": item.changes,
                }
                for item in bundled
            ],
            "fetched": [
                {
                    "dataset": item.dataset,
                    "year": item.year,
                    "url": item.url,
                    "fetched_at": item.fetched_at.isoformat(),
                    "licence": item.licence,
                    "line": item.line,
                    "sha256": item.sha256,
                }
                for item in fetched
            ],
        }
        sys.stdout.write(json_text(found))
        return

    def word(key: str) -> str:
        return voice.phrase(f"cli.{key}")

    out = console()
    table = rich_table(
        word("bundled"), word("dataset"), word("reference"), word("publisher"), word("licence")
    )
    for item in bundled:
        table.add_row(item.dataset, item.reference_date, item.publisher, item.licence)
    out.print(table)
    out.print()
    out.print(heading(word("line")))
    for line in dict.fromkeys(item.line for item in bundled):
        out.print(f"  {line}")
    out.print()
    out.print(heading(word("fetched")))
    if not fetched:
        out.print(f"  {word('nothing_fetched')}")
    for entry in fetched:
        out.print(f"  {entry.title} ({entry.year}), {entry.fetched_at:%Y-%m-%d}, {entry.line}")


def update_data(voice: Voice, *, year: int | None, grid: bool) -> None:
    """Fetch newer data into the cache, with progress, and say what came."""
    datasets = ("boundaries-fi", "population-fi", *(("population-grid-fi",) if grid else ()))
    for item in fetch_newer(datasets, year=year, progress=True):
        sys.stdout.write(f"{voice.phrase('cli.fetched')}: {item.line}\n")
