"""Reports: a folder with the measures and the map of one zone or several."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import zones
from zones.extents import NEWEST_DIVISION, Area, extent
from zones.groups import all_groups
from zones.measures.connectivity import connectivity
from zones.measures.coverage import coverage
from zones.measures.reach import reach
from zones.model import MeasureTable, Network, Zone
from zones.output import make_folder, write_text
from zones.tables import table_csv
from zones.texts import Language

__all__ = ["Report", "all_measures", "report"]


@dataclass(frozen=True)
class Report:
    """What a report wrote, and the figures in it."""

    folder: Path
    files: tuple[Path, ...]
    parts: tuple[tuple[Area, MeasureTable], ...]


def all_measures(area: Area) -> MeasureTable:
    """
    Return coverage, reach and connectivity of an extent in one table.

    Examples
    --------
    >>> all_measures(extent("peramerenkaari")).get("holes").items
    ('FI_241',)
    """
    return coverage(area) + reach(area) + connectivity(area)


def report(
    groups: "Iterable[str | Zone | Network] | None" = None,
    folder: "str | os.PathLike[str]" = "report",
    *,
    year: int = NEWEST_DIVISION,
    extents: Mapping[str, str] | None = None,
    lang: Language = "fi",
) -> Report:
    """
    Write the measures and the map of zones into a folder.

    Parameters
    ----------
    groups
        Zones and networks; the three development zones where not given.
    folder
        Made where it does not exist; files of the same names are replaced once the new ones are
        whole.
    year
        The state of the world.
    extents
        Extent by group id, where not the default one.
    lang
        Language that the map opens in, and of the methods and notes of the measures.

    Returns
    -------
    Report
        ``measures.csv`` and ``map.html``, with the figures in them.

    Raises
    ------
    OutputError
        If the folder cannot be written to; nothing is left half written.
    """
    target = make_folder(folder)
    chosen = list(groups) if groups is not None else list(all_groups("zone"))
    areas = [
        extent(group, year=year, extent=(extents or {}).get(_id(group))) for group in chosen
    ]
    parts = tuple((area, all_measures(area)) for area in areas)
    written = [
        write_text(target / "measures.csv", table_csv(parts, lang=lang)),
        zones.map(areas, lang=lang).save(target / "map.html"),
    ]
    return Report(folder=target, files=tuple(Path(path) for path in written), parts=parts)


def _id(group: "str | Zone | Network") -> str:
    return group if isinstance(group, str) else group.id
