"""Reports: a folder with the figures, the maps and the evidence of one zone or several."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.register.divisions import NEWEST_DIVISION
from zones.catalogue.finding import groups_in, several
from zones.catalogue.names import all_groups
from zones.errors import MeasureError, OutputError
from zones.extents import resolving
from zones.extents.area import Area, Subject
from zones.maps import map as draw_map
from zones.maps.measured import hand_on
from zones.maps.paper.inline import map_svgs
from zones.measures.claims.checked import ClaimTable
from zones.measures.claims.checking import check_claims
from zones.measures.everything import all_measures
from zones.measures.indicators.given import Data, IndicatorTable, as_table
from zones.measures.indicators.table import indicators
from zones.model.figures import MeasureTable
from zones.output import check_target, drafts, make_folder, put, write_workbook
from zones.reports.chapters import chapter
from zones.reports.geopackage import write_geopackage
from zones.reports.markdown import markdown
from zones.reports.page import Edition, page, title
from zones.reports.workbook import workbook_sheets
from zones.texts import LANGUAGES, Language, check_language
from zones.wording.formats import table_csv
from zones.wording.voice import Voice

__all__ = ["Report", "report"]

Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Report:
    """What a report wrote, and the figures in it."""

    folder: Path
    files: tuple[Path, ...]
    parts: tuple[tuple[Area, MeasureTable], ...]


def report(
    groups: Subject | Iterable[Subject] | None = None,
    folder: "str | os.PathLike[str]" = "report",
    *,
    year: int = NEWEST_DIVISION,
    extents: Mapping[str, str] | None = None,
    data: "Data | None" = None,
    lang: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """
    Write a report on zones into a folder: a page to read and print, and the data behind it.

    Parameters
    ----------
    groups
        A zone in any form that `zones.area` takes, or several of them; the three development zones
        where not given.
    folder
        Made where it does not exist; files of the same names are replaced once the new ones are
        whole.
    year
        The state of the world.
    extents
        Extent by group id, where not the default one.
    data
        A table of figures by municipality, or its path, for a section of its own in each chapter
        and for the map.
    lang
        Language of the report: ``fi``, ``sv`` or ``en``.
    progress
        Called with what is being done, in that language.

    Returns
    -------
    Report
        ``index.html``, ``map.html``, ``measures.csv``, ``measures.xlsx``, ``zones.gpkg`` and
        ``report.md``, with the figures in them. For divisions without boundaries there is no map
        and no GeoPackage. The page has all three languages and opens in the one asked for.

    Raises
    ------
    UnknownGroupError
        If no zone or network has a name given.
    ExtentError
        If a group has no such extent, or no known members.
    OutputError
        If the folder cannot be written to; nothing is left half written.
    FileFormatError, IndicatorError
        If `data` cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> made = report("viitoskaytava", tempfile.mkdtemp(), lang="fi")
    >>> [path.name for path in made.files]
    [...'index.html'...]
    """
    voice = Voice(check_language(lang))
    say = progress or (lambda _: None)
    table = None if data is None else as_table(data)
    target = make_folder(folder)
    parts = _parts(groups, year, extents or {}, table, voice=voice, say=say)
    try:
        with drafts(target) as scratch:
            written = _write(scratch, parts, table, voice=voice, say=say)
            say(voice.phrase("report.progress.files"))
            for draft in written:
                check_target(target / draft.name)
            files = tuple(put(draft, target / draft.name) for draft in written)
    except OutputError:
        raise
    except OSError as error:
        reason = error.strerror or error
        msg = f"cannot write into {str(target)!r} ({reason}): give a folder you may write to"
        raise OutputError(msg) from error
    return Report(folder=target, files=files, parts=parts)


def _parts(
    groups: Subject | Iterable[Subject] | None,
    year: int,
    extents: Mapping[str, str],
    data: IndicatorTable | None,
    *,
    voice: Voice,
    say: Progress,
) -> tuple[tuple[Area, MeasureTable], ...]:
    """Resolve what is asked for, all of it before the first figure is computed."""
    areas: dict[tuple[str, str], Area] = {}
    for one in all_groups("zone") if groups is None else several(groups):
        found = (
            [one]
            if isinstance(one, Area)
            else [
                resolving.area(group, year=year, extent=extents.get(group.id))
                for group in groups_in(one)
            ]
        )
        for area in found:
            areas.setdefault((area.group.id, area.extent.id), area)
    parts = []
    if not areas:
        raise MeasureError(f"groups={groups!r} is no zone: give one or more, or None for all")
    for area in areas.values():
        say(voice.phrase("report.progress.figures", name=area.title(voice.lang)))
        given = MeasureTable() if data is None else indicators(area, data)
        parts.append((area, all_measures(area) + given))
    return tuple(parts)


def _write(
    folder: Path,
    parts: tuple[tuple[Area, MeasureTable], ...],
    data: IndicatorTable | None,
    *,
    voice: Voice,
    say: Progress,
) -> list[Path]:
    """Write every file into a folder, and return them in the order in which they are named."""
    areas = [area for area, _ in parts]
    drawable = all(area.has_boundaries for area in areas)
    claims = []
    for area in areas:
        say(voice.phrase("report.progress.claims", name=area.title(voice.lang)))
        claims.append(check_claims(area.group))
    names = ["index.html", "measures.csv", "measures.xlsx", "report.md"]
    if drawable:
        names[1:1] = ["map.html"]
        names[4:4] = ["zones.gpkg"]
        say(voice.phrase("report.progress.maps"))
        for area, table in parts:
            hand_on(area, table)
        draw_map(areas, lang=voice.lang, view="groups", **_of_then(data, areas)).save(
            folder / "map.html"
        )
    editions = _editions(parts, claims, drawable=drawable)
    chapters = editions[voice.lang].chapters
    if drawable:
        say(voice.phrase("report.progress.gpkg"))
        write_geopackage(folder / "zones.gpkg", chapters, lang=voice.lang)
    say(voice.phrase("report.progress.page"))
    texts = {
        "index.html": page(editions, lang=voice.lang, files=names[1:]),
        "measures.csv": table_csv(parts, lang=voice.lang),
        "report.md": markdown(chapters, title(chapters, voice), voice=voice),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_workbook(folder / "measures.xlsx", workbook_sheets(chapters, voice))
    return [folder / name for name in names]


def _editions(
    parts: Sequence[tuple[Area, MeasureTable]], claims: Sequence[ClaimTable], *, drawable: bool
) -> dict[Language, Edition]:
    """Say everything in each language, with the maps whose names are in it."""
    areas = [area for area, _ in parts]
    nothing = dict.fromkeys(LANGUAGES, "")
    overview = map_svgs(areas, LANGUAGES, names=20) if drawable and len(areas) > 1 else nothing
    maps = [map_svgs([area], LANGUAGES) if drawable else nothing for area in areas]
    editions = {}
    for lang in LANGUAGES:
        voice = Voice(lang)
        chapters = tuple(
            chapter(area, table, checked, voice=voice)
            for (area, table), checked in zip(parts, claims, strict=True)
        )
        editions[lang] = Edition(chapters, overview[lang], tuple(drawn[lang] for drawn in maps))
    return editions


def _of_then(data: IndicatorTable | None, areas: Sequence[Area]) -> dict[str, Any]:
    """Return what the map takes of a table: nothing where all of it is newer than the areas."""
    until = max(area.people_until for area in areas)
    years = [] if data is None else [at for one in data.indicators for at in data.years(one.id)]
    return {"data": data, "data_year": until} if any(at <= until for at in years) else {}
