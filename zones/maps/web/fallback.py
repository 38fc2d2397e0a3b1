"""What a page shows whose scripts may not run or fail: title, key figures, outlines, credits.

It stands in the page's HTML and gives way to the map. It needs no style sheet either.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import shapely
from jinja2 import Template
from markupsafe import Markup

from geodata.backdrop import backdrop_geometry
from zones.maps.measured import measured
from zones.maps.palette import BASE, PALETTE
from zones.model.credits import credit
from zones.texts import LANGUAGES, Language, phrases, rendered
from zones.wording.voice import Voice

if TYPE_CHECKING:
    from zones.extents.area import Area
    from zones.model.figures import Measure, MeasureTable

__all__ = ["fallback", "title_in"]

_PAGE = Template(
    resources.files(__package__).joinpath("fallback.html").read_text(encoding="utf-8"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_HEIGHT = 420
"""Steps of the picture's grid from bottom to top, each a pixel."""
_MARGIN = 0.06


@dataclass(frozen=True)
class _Row:
    """The key figures of an extent, as a language writes them; what is not known is a dash."""

    name: str
    name_lang: Language
    extent: str
    colour: str
    people: str
    people_date: str
    members: str
    evidence: str
    area: str
    area_span: str
    source: tuple[str, str | None] | None


def fallback(data: Mapping[str, Any], areas: "Sequence[Area]") -> str:
    """
    Return the HTML, in the page's language first; the others are a click away.

    Parameters
    ----------
    data
        The page's data, as `collect` gives them.
    areas
        The extents that the page starts with.
    """
    colours = {group["id"]: PALETTE[group["colour"] % len(PALETTE)] for group in data["groups"]}
    tables = [(area, measured(area), colours[area.group.id]) for area in areas]
    spoken = sorted(LANGUAGES, key=lambda lang: lang != data["lang"])
    text: str = _PAGE.render(
        picture=_picture([(area, colour) for area, _, colour in tables]),
        languages=[
            {
                "lang": lang,
                "title": title_in(data["title"], lang),
                "words": phrases("fallback", lang),
                "rows": [_row(*table, Voice(lang)) for table in tables],
                "years": _years(data, lang),
                "credits": [
                    (one["line"][lang], one["licence"], _source(one["url"]))
                    for one in data["attribution"]
                ],
            }
            for lang in spoken
        ],
    )
    return text


def title_in(title: Mapping[str, str], lang: Language) -> str:
    """
    Return the page's title in a language, or in another one that it has.

    Examples
    --------
    >>> title_in({"fi": "Vyöhyke"}, "sv"), title_in({"any": "Vuosi 2030"}, "fi")
    ('Vyöhyke', 'Vuosi 2030')
    """
    return title.get(lang) or next(iter(title.values()))


def _row(area: "Area", table: "MeasureTable", colour: str, voice: Voice) -> _Row:
    people, members, known, surface = map(
        table.get, ("population", "members", "members_with_evidence", "area")
    )
    name, name_lang = area.group.short_names.get(voice.lang)
    return _Row(
        name=name,
        name_lang=name_lang,
        extent=area.extent.names.text(voice.lang) if area.extent.names else "",
        colour=colour,
        people="–" if people.value is None else voice.people(table),
        people_date=voice.phrase("map.end_of", year=str(people.year)) if people.year else "",
        members=_number(members, voice),
        evidence=f"{_number(known, voice)} / {_number(members, voice)}",
        area=_number(surface, voice),
        area_span=_span(surface, voice),
        source=_source(rendered(credit(area.extent.source), voice.lang)),
    )


def _number(measure: "Measure", voice: Voice) -> str:
    return "–" if measure.value is None else voice.number(measure.value)


def _span(measure: "Measure", voice: Voice) -> str:
    low, high = measure.low, measure.high
    if low is None or high is None or low == high:
        return ""
    return f"{voice.number(low)}–{voice.number(high)}"


def _source(text: str | None) -> tuple[str, str | None] | None:
    """Return a source as text and the address it leads to; only web addresses become links."""
    if not text:
        return None
    if not _ADDRESS.match(text):
        return text, None
    return text.split("/")[2].removeprefix("www."), text


def _years(data: Mapping[str, Any], lang: Language) -> str:
    years = data["years"]
    if data["scale"] is None:
        return Voice(lang).phrase("map.own_units")
    return Voice(lang).phrase(
        "fallback.years", division=str(years["division"]), boundaries=str(years["boundaries"])
    )


def _picture(areas: "Sequence[tuple[Area, str]]") -> Markup:
    """Return outlines of extents on land as SVG; nothing where there are none."""
    drawn = [(area.units.geometry, colour) for area, colour in areas if area.has_boundaries]
    if not drawn:
        return Markup("")
    bounds = [geometry.total_bounds for geometry, _ in drawn]
    left, bottom = (min(box[side] for box in bounds) for side in (0, 1))
    right, top = (max(box[side] for box in bounds) for side in (2, 3))
    margin = _MARGIN * max(right - left, top - bottom)
    left, bottom, right, top = left - margin, bottom - margin, right + margin, top + margin
    step = max(right - left, top - bottom) / _HEIGHT

    def path(shape: Any, fill: str, opacity: str = "1") -> Markup:
        steps = "".join(_rings(shapely.simplify(shape, 1.5 * step), left, top, step))
        return Markup('<path fill="{}" fill-opacity="{}" stroke="{}" d="{}"/>').format(
            fill, opacity, fill, steps
        )

    land = backdrop_geometry("land").to_crs(drawn[0][0].crs)
    ground = shapely.union_all(
        shapely.clip_by_rect(shapely.make_valid(land), left, bottom, right, top)
    )
    width, height = round((right - left) / step), round((top - bottom) / step)
    return Markup(
        '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-labelledby='
        '"fallback-picture"><rect width="{0}" height="{1}" fill="{2}"/>{3}</svg>'
    ).format(
        width,
        height,
        BASE["sea"],
        Markup("").join(
            [
                path(ground, BASE["land"]),
                *(path(shapely.union_all(one.to_numpy()), colour, ".75") for one, colour in drawn),
            ]
        ),
    )


def _rings(shape: Any, left: float, top: float, step: float) -> Iterator[str]:
    """Yield each ring as steps on the grid."""
    parts = shapely.get_parts(shape)
    for part in parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]:
        for ring in (part.exterior, *part.interiors):
            points = [(round((x - left) / step), round((top - y) / step)) for x, y in ring.coords]
            places = list(dict.fromkeys(points))
            if len(places) > 2:
                yield "M" + " ".join(f"{x},{y}" for x, y in places) + "z"
