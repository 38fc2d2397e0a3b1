"""Everything that the page shows, as one plain dictionary; the page knows nothing else.

Shapes are grid steps (`encode`), units are numbered in the order of the columns of ``units``, and
every address of a source is stored once in ``sources`` and referred to by its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata import countries, snapshot
from zones.catalogue.names import links
from zones.extents.evidence import membership_period
from zones.maps.chosen import Shown
from zones.maps.indicators import MapColumn
from zones.maps.measured import measured
from zones.maps.palette import SHARED, marks, numbers
from zones.maps.shapes import MOST_SVG, Shapes, outline
from zones.maps.web.about import about, source_dates
from zones.maps.web.abroad import abroad_credits, abroad_names, abroad_texts
from zones.maps.web.around import backdrop, borders, spine
from zones.maps.web.encode import SCALE, encode_polygons
from zones.maps.web.evidence import Table, known_by_year, membership_columns
from zones.maps.web.figures import column_data
from zones.maps.web.plane import decimals_of, view_of
from zones.maps.web.series import people_series
from zones.maps.web.units import unit_columns
from zones.model.contract import THIN_EVIDENCE, UNITS, MeasureRow, measures_on_map
from zones.model.credits import credit
from zones.model.values import FREE_TEXT_LANGUAGE, Names
from zones.texts import LANGUAGES, Language, format_number, phrase, phrases, rendered
from zones.wording.dates import date_text, period_text

if TYPE_CHECKING:
    from zones.model.figures import Measure

__all__ = ["collect"]

BOUNDARY_SCALE = 4_500_000
BOUNDARY_DATA_YEAR = 2021
_SIGNED = {"population_change"}

_DATASETS = (
    "boundaries-fi",
    "boundaries-se",
    "neighbours-fi",
    "register",
    "population-fi",
    "population-fi-2025",
    "population-se",
    "centres",
    "places",
    "backdrop",
)


@dataclass(frozen=True)
class Request:
    """What the caller of the map asked for."""

    year: int
    lang: Language
    title: str | None
    view: str
    extents: Mapping[str, str]
    columns: tuple[MapColumn, ...] = ()
    tiles: bool = False
    """Whether an online background is asked for, which is there in Web Mercator alone."""


def collect(shown: Sequence[Shown], shapes: Shapes, request: Request) -> dict[str, Any]:
    """
    Return the page's data.

    Parameters
    ----------
    shown
        The groups with their extents resolved, in the order of the panel.
    shapes
        The units to draw and what goes with them.
    request
        Year, language, title and view.
    """
    sources, notes, periods = Table[str](), Table[str](), Table[Names]()
    place = {unit: number for number, unit in enumerate(shapes.units.index)}
    colours = numbers([one.group for one in shown])
    mark = marks([one.group for one in shown])
    stage = view_of(shapes, tiles=request.tiles)
    decimals = decimals_of(stage, shapes)
    groups = [
        {
            **_group(colours[one.group.id], one, shapes, place, sources, decimals=decimals),
            "mark": mark.get(one.group.id),
        }
        for one in shown
    ]
    columns = unit_columns(shapes, decimals=decimals)
    return {
        "lang": request.lang,
        "languages": list(LANGUAGES),
        "view": request.view,
        "title": _title(shown, request.title),
        "texts": {lang: _texts(lang) | abroad_texts(shown, shapes, lang) for lang in LANGUAGES},
        "terms": {lang: _terms(lang) for lang in LANGUAGES},
        "measures": {row.name: _form(row) for row in measures_on_map()},
        "thin_evidence": THIN_EVIDENCE,
        "measure_names": {
            lang: _measure_names(lang) | abroad_names(shown, lang) for lang in LANGUAGES
        },
        "palette": SHARED,
        "years": _years(shapes, columns.people_years),
        "scale": None if shapes.own or shapes.given else BOUNDARY_SCALE,
        "credits": {
            lang: _credits(shapes, columns.people_years, lang, ground=bool(stage["ground"]))
            for lang in LANGUAGES
        },
        "grid": 10**decimals,
        "units": columns.columns,
        "series": people_series(shapes),
        "indicators": [column_data(column) for column in request.columns],
        "regions": columns.regions,
        "shapes": {
            "scale": 10**decimals,
            "shapes": encode_polygons(shapes.lonlat, decimals=decimals),
        },
        "most_svg": MOST_SVG,
        "simplified": shapes.simplified,
        "groups": groups,
        "zones_apart": _apart(shown),
        "memberships": membership_columns(
            shown, place, shapes.division, sources=sources, notes=notes, periods=periods
        ),
        "borders": borders(shapes, place),
        "ties": _ties(place),
        "sources": [_source(one) for one in sources.values],
        "source_dates": source_dates(shown, sources.values),
        "notes": notes.values,
        "periods": [_names(period) for period in periods.values],
        "attribution": _attribution(shapes, request.columns, ground=bool(stage["ground"])),
        "stage": stage,
        "backdrop": backdrop(shapes) if stage["ground"] else {"scale": SCALE},
    }


def _group(
    number: int,
    one: Shown,
    shapes: Shapes,
    place: Mapping[str, int],
    sources: Table[str],
    *,
    decimals: int,
) -> dict[str, Any]:
    group = one.group
    return {
        "id": group.id,
        "kind": group.kind,
        "colour": number,
        "shown": one.on,
        "names": _names(group.names),
        "short": _names(group.short_names),
        "aliases": list(group.aliases),
        "text_lang": FREE_TEXT_LANGUAGE if one.known else None,
        "published": _published(group, sources),
        "about": about(group, sources.number) if one.known else [],
        "period": _period(group),
        "theme": _names(one.theme.names) if one.theme else None,
        "extents": [
            {
                "id": area.extent.id,
                "names": _names(area.extent.names),
                "description": _names(area.extent.description),
                "default": area is one.start,
                "source": sources.number(area.extent.source) if area.extent.source else None,
                "units": [place[unit] for unit in area.units.index if unit in place],
                "measures": []
                if group.kind == "network"
                else [_measure(row) for row in measured(area, known=one.known)],
                "outline": encode_polygons([outline(shapes, area)], decimals=decimals)[0],
                **known_by_year(area, place),
            }
            for area in one.areas
        ],
        **spine(shapes, group, place),
    }


def _period(group: Any) -> dict[str, str] | None:
    """Return of which years the evidence of the members is."""
    start, end = membership_period(group)
    if not (start or end):
        return None
    return {lang: period_text(start, end, lang) for lang in LANGUAGES}


def _source(text: str) -> str | dict[Language, str]:
    """Return an address as it is; what has words in each language by these."""
    said = credit(text)
    return said if isinstance(said, str) else {lang: said.render(lang) for lang in LANGUAGES}


def _published(group: Any, sources: Table[str]) -> dict[str, Any] | None:
    """Return how many municipalities the group last said that it had in all."""
    counts = [one for one in getattr(group, "counts", ()) if one.municipalities and not one.key]
    if not counts:
        return None
    last = counts[-1]
    return {
        "n": last.municipalities,
        "date": {lang: date_text(last.date, lang) for lang in LANGUAGES},
        "source": sources.number(last.source) if last.source else None,
    }


def _measure(row: "Measure") -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return value if value is None or isinstance(value, int) else round(float(value), 3)

    return {
        "name": row.name,
        "label": row.title.key.removeprefix("measures."),
        "key": row.key,
        "value": rounded(row.value),
        "low": rounded(row.low),
        "high": rounded(row.high),
        "from": _first_year(row),
        "year": row.year,
    }


def _first_year(row: "Measure") -> int | None:
    """Return the year that a change is from."""
    first = dict(row.method.params).get("first") if row.name in _SIGNED and row.method else None
    return None if first is None else int(str(first))


def _form(row: MeasureRow) -> dict[str, Any]:
    """Say how the page writes a measure; the card itself says what is counted, and of whom."""
    counted = UNITS[row.unit].counted or row.unit == "people"
    share = row.unit == "percent"
    return {
        "digits": row.digits,
        "unit": None if counted or share else row.unit,
        "share": share,
        "signed": row.name in _SIGNED,
        "dated": "people" in row.bases,
    }


def _names(names: Any) -> dict[str, str] | None:
    if names is None:
        return None
    return {lang: text for lang in LANGUAGES if (text := getattr(names, lang))}


def _title(shown: Sequence[Shown], title: str | None) -> dict[str, str]:
    if title is not None:
        return {"any": title}
    zones = [one for one in shown if one.group.kind == "zone"]
    if len(zones) == 1 and not any(one.on for one in shown if one.group.kind == "network"):
        return _names(zones[0].group.short_names) or {}
    known = bool(shown) and all(one.known for one in shown)
    return {lang: phrase("map.title" if known else "map.title_own", lang) for lang in LANGUAGES}


def _texts(lang: Language) -> dict[str, str]:
    files = ("map", "map_sheet", "map_tools", "map_ground")
    words = {key: text for name in files for key, text in phrases(name, lang).items()}
    return {key: text for key, text in words.items() if not key.startswith("credits_")}


def _terms(lang: Language) -> dict[str, str]:
    lists = ("role.", "confidence.", "basis.", "link.", "kind.", "fact.")
    words = {**phrases("groups", lang), **phrases("report", lang)}
    return {key: text for key, text in words.items() if key.startswith(lists)}


def _measure_names(lang: Language) -> dict[str, str]:
    words = phrases("measures", lang)
    wanted = {f"name.{row.name}" for row in measures_on_map()}
    return {
        key: text
        for key, text in words.items()
        if key in wanted or key.startswith(("unit.", "variant."))
    }


def _years(shapes: Shapes, people: str) -> dict[str, Any]:
    return {"division": shapes.division, "boundaries": BOUNDARY_DATA_YEAR, "people": people}


def _credits(shapes: Shapes, people: str, lang: Language, *, ground: bool) -> str:
    backdrop = f" · {phrase('abroad.map.backdrop', lang)}" if ground else ""
    if shapes.own:
        name = shapes.units.attrs.get("source")
        file = f": {name}" if name else ""
        return phrase("map.credits_own", lang, file=file) + backdrop
    if shapes.given:
        return abroad_credits(shapes, lang) + backdrop
    return phrase(
        "map.credits_boundaries",
        lang,
        boundaries=str(BOUNDARY_DATA_YEAR),
        scale=f"1:{format_number(BOUNDARY_SCALE, lang)}",
        people=phrase("map.end_of", lang, year=people),
    )


def _apart(shown: Sequence[Shown]) -> bool:
    """Whether no two zones share a unit, whichever of their extents are chosen."""
    wholes = [
        {unit for area in one.areas for unit in area.units.index}
        for one in shown
        if one.group.kind == "zone"
    ]
    if len(wholes) < 2:
        return False
    return sum(map(len, wholes)) == len(set().union(*wholes))


def _ties(place: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "between": [place[unit] for unit in link.between],
            "kind": link.kind,
            "name": link.name,
            "note": link.note,
        }
        for link in links()
        if all(unit in place for unit in link.between)
    ]


def _home_is_drawn(shapes: Shapes) -> bool:
    """Whether one of the countries drawn is bundled."""
    return set(shapes.countries) > set(shapes.given) or not shapes.given


def _attribution(
    shapes: Shapes, columns: Sequence[MapColumn], *, ground: bool
) -> list[dict[str, Any]]:
    wanted = [
        dataset
        for dataset in _DATASETS
        if (
            ground
            if dataset == "backdrop"
            else shapes.known
            and _home_is_drawn(shapes)
            and not (shapes.own and dataset.startswith(("boundaries", "neighbours")))
        )
    ]
    found = [snapshot.attribution(dataset) for dataset in wanted]
    bundled = [
        {
            "line": {lang: rendered(credit(one.line), lang) for lang in LANGUAGES},
            "licence": one.licence,
            "url": one.url,
        }
        for one in found
    ]
    given = dict.fromkeys((one.source, one.licence) for one in columns if one.source)
    given |= dict.fromkeys(
        (countries.country(code).line("boundaries"), "") for code in shapes.given
    )
    return [
        *(
            {"line": dict.fromkeys(LANGUAGES, line), "licence": licence or None, "url": None}
            for line, licence in given
        ),
        *bundled,
    ]
