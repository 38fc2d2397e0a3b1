"""The printed sheet around a map: title, figures, legend, scale bar, sources."""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zones.extents.evidence import membership_period
from zones.extents.polygons import plane_name
from zones.maps.measured import measured
from zones.maps.palette import BASE
from zones.maps.paper.layout import EDGE, MM
from zones.maps.paper.scene import BRANCH_DASH, Scene, colour_of, dash_of, tint_of
from zones.maps.paper.vector import measured_in, one_line, wrapped
from zones.maps.shapes import lines_of
from zones.texts import Language, format_number, phrase
from zones.wording.dates import period_text
from zones.wording.homes import said_of_home
from zones.wording.voice import Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from zones.extents.area import Area

__all__ = [
    "Column",
    "add_axes",
    "cards",
    "class_words",
    "legend",
    "patch",
    "sheet_size",
    "sources",
    "title",
]

_FULL, _MOST = 4, 24
_LONG = 12
"""Characters of the largest number that fits the column in the largest letters."""
_LOW = 180.0
"""A sheet that is lower, in millimetres, has a smaller title."""
_SURE = 0.97
"""Part of a column that text fills: who shows a drawing may have other letters."""
BOUNDARY_DATA_YEAR = 2021


def add_axes(figure: "Figure", left: float, bottom: float, width: float, height: float) -> "Axes":
    """Add axes at a place on the sheet in millimetres."""
    wide, high = sheet_size(figure)
    return figure.add_axes((left / wide, bottom / high, width / wide, height / high))


def sheet_size(figure: "Figure") -> tuple[float, float]:
    """Return width and height of the sheet in millimetres."""
    wide, high = (float(inches) * MM for inches in figure.get_size_inches())
    return wide, high


class Column:
    """A column of text and samples that fills from the top down, in millimetres."""

    def __init__(self, figure: "Figure", left: float, top: float, width: float) -> None:
        """Take the place of its upper left corner."""
        high = sheet_size(figure)[1]
        self.axes = add_axes(figure, left, 0, width, high)
        self.axes.set(xlim=(0, width), ylim=(0, high))
        self.axes.set_axis_off()
        self.width = width
        self.y = top

    def text(
        self,
        text: str,
        size: float,
        *,
        colour: str = BASE["ink"],
        bold: bool = False,
        indent: float = 0,
        lines: int = 2,
    ) -> None:
        """Write text, wrapped to the column, and move down."""
        width = (self.width - indent) * _SURE
        for line in wrapped(text, width, lines, measured_in(size, bold=bold)):
            self.y -= size * 0.353 * 1.32
            self.axes.text(
                indent, self.y, line, fontsize=size, color=colour,
                fontweight="bold" if bold else "normal", parse_math=False,
            )  # fmt: skip

    def space(self, height: float) -> None:
        """Move down."""
        self.y -= height


def title(figure: "Figure", scene: Scene, heading: str) -> float:
    """Write the title and what year the map is of; return where the rest begins."""
    wide, high = sheet_size(figure)
    column = Column(figure, EDGE, high - EDGE, wide - 2 * EDGE)
    low = high < _LOW
    column.text(heading, 14 if low else 19, bold=True, lines=4)
    column.space(2)
    column.text(
        " · ".join(
            filter(
                None,
                (
                    phrase("static.subtitle", scene.lang, division=str(scene.shapes.division)),
                    membership_years(scene),
                ),
            )
        ),
        9.5,
        colour=BASE["muted"],
    )
    return column.y - (4.5 if low else 7)


def membership_years(scene: Scene) -> str:
    """Return of which years the memberships shown are; nothing where the list would be long."""
    lang = scene.lang
    periods = {
        area.title(lang): period_text(*membership_period(area.group), lang) for area in scene.areas
    }
    known = {title: period for title, period in periods.items() if period}
    if not known or len(known) > _FULL:
        return ""
    if len(scene.areas) == 1:
        return phrase("map.membership_of", lang, period=next(iter(known.values())))
    listed = ", ".join(f"{one_line(title, 40)} {period}" for title, period in known.items())
    return phrase("map.memberships_of", lang, periods=listed)


def cards(column: Column, scene: Scene, most: int | None = None) -> None:
    """Write the figures of each extent, in less room the more there are, of `most` in short."""
    areas = scene.areas
    full = most is None and len(areas) <= _FULL
    shown = _MOST if most is None else most
    for area in areas[:shown]:
        if full:
            _card(column, scene, area)
        else:
            _short_card(column, scene, area)
    rest = len(areas) - shown
    if rest > 0:
        form = "one" if rest == 1 else "other"
        column.text(phrase(f"static.more_{form}", scene.lang, n=rest), 7, colour=BASE["muted"])
        column.space(2)
    if full and any(measured(area).get("area").low is not None for area in areas):
        column.text(phrase("static.bounds_note", scene.lang), 6.4, colour=BASE["muted"])


def _municipalities(scene: Scene, area: "Area") -> str:
    count = len(area.units)
    form = "one" if count == 1 else "unit"
    return (
        f"{format_number(count, scene.lang)} "
        f"{phrase(f'measures.{form}.municipalities', scene.lang)}"
    )


def _card(column: Column, scene: Scene, area: "Area") -> None:
    lang = scene.lang
    figures = measured(area)
    whole, share, surface = map(figures.get, ("population", "population_share", "area"))
    top = column.y
    column.text(area.title(lang), 9.5, bold=True, colour=colour_of(scene, area), indent=3.2)
    if whole.value is None:
        column.text(phrase("static.no_people", lang), 7.2, colour=BASE["muted"], indent=3.2)
    else:
        column.space(0.8)
        people = Voice(lang).people(figures)
        column.text(people, 18 if len(people) <= _LONG else 10.5, bold=True, indent=3.2)
        column.space(0.9)
        column.text(
            phrase("static.people_at", lang, year=str(whole.year)),
            7.2,
            colour=BASE["muted"],
            indent=3.2,
        )
    lines = []
    if len(area.countries) > 1:
        parts = [figures.get("population", country) for country in area.countries]
        newest = [
            f"{part.key} {format_number(part.value, lang)} ({part.year})"
            for part in parts
            if part.value is not None
        ]
        lines.append(phrase("static.newest", lang, parts=", ".join(newest)))
    if share.value:
        part = "part" if len(area.countries) > 1 else "whole"
        of_home = {"share": Voice(lang).share(figures), "year": str(share.year)}
        lines.append(said_of_home(f"static.share_{part}", "card", [area], lang, **of_home))
    lines.append(_municipalities(scene, area))
    if surface.value is not None:
        ends = {
            name: format_number(number, lang)
            for name, number in (("low", surface.low), ("high", surface.high))
            if number is not None
        }
        figure = format_number(surface.value, lang)
        key = "static.area" if len(ends) == 2 else "static.area_plain"
        lines.append(phrase(key, lang, area=figure, **ends))
    if not area.own_boundaries and len(area.group.extents) > 1:
        lines.append(phrase("static.extent", lang, extent=area.extent.title(lang)))
    for line in lines:
        column.text(line, 7.2, colour=BASE["muted"], indent=3.2, lines=8)
    column.axes.plot(
        [0.6, 0.6], [top - 1, column.y - 0.4], color=colour_of(scene, area), linewidth=2.4,
        solid_capstyle="round",
    )  # fmt: skip
    column.space(6)


def _short_card(column: Column, scene: Scene, area: "Area") -> None:
    figures = measured(area)
    column.text(area.title(scene.lang), 7.4, bold=True, colour=colour_of(scene, area))
    parts = [_municipalities(scene, area)]
    if figures.get("population").value is not None:
        parts.insert(0, Voice(scene.lang).people(figures))
    column.text(" · ".join(parts), 7, colour=BASE["muted"])
    column.space(2.2)


def legend(column: Column, scene: Scene, most: int = _MOST) -> None:
    """Explain colours and lines, of at most so many groups."""
    lang = scene.lang
    column.text(phrase("static.legend", lang), 8.5, bold=True)
    column.space(1)
    for area in scene.areas[:most]:
        _sample(column, scene, [area], area.title(lang))
    if len(scene.areas) > most:
        rest = len(scene.areas) - most
        form = "one" if rest == 1 else "other"
        column.text(phrase(f"static.more_{form}", lang, n=rest), 7.2, indent=11)
    if scene.overlaps:
        column.space(0.6)
        patch(column, _striped(scene), phrase("static.overlap", lang))
    if any(area.group.spine for area in scene.areas) and not scene.shapes.own:
        _spine_sample(column, phrase("static.spine", lang))
        if any(point.branch for area in scene.areas for point in area.group.spine):
            _branch_sample(column, phrase("static.branch", lang))
    if scene.column is not None:
        return
    if scene.view == "groups":
        patch(column, [BASE["unit"]], phrase("static.outside", lang))


def _striped(scene: Scene) -> list[str]:
    most = max(scene.shared.values(), key=len)
    return [tint_of(scene, area, "documented") for area in most]


def _sample(column: Column, scene: Scene, areas: Sequence["Area"], text: str) -> None:
    area = areas[0]
    colour = colour_of(scene, area)
    column.y -= 0.9
    start = column.y
    column.text(one_line(text, 60), 7.2, indent=11)
    middle = start - 2.2
    if scene.view == "groups" and scene.column is None:
        _box(column, middle, [tint_of(scene, area, "documented")])
    dash = dash_of(scene, area)
    width = 1.9 if area.group.kind == "zone" else 1.3
    style: Any = "-" if dash is None else (0, tuple(step * 0.62 / width for step in dash))
    column.axes.plot(
        [0.7, 8.3], [middle, middle], color=colour, linewidth=width, linestyle=style,
        dash_capstyle="round" if dash and dash[0] < 1 else "butt",
    )  # fmt: skip


def _box(column: Column, middle: float, colours: Sequence[str], alpha: float = 1) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - slow to load

    width = 8.4 / len(colours)
    for number, colour in enumerate(colours):
        column.axes.add_patch(
            Rectangle(
                (0.3 + number * width, middle - 1.5), width, 3, facecolor=colour, alpha=alpha,
                edgecolor="none",
            )
        )  # fmt: skip
    column.axes.add_patch(
        Rectangle(
            (0.3, middle - 1.5), 8.4, 3, facecolor="none", edgecolor=BASE["unit_line"],
            linewidth=0.5,
        )
    )  # fmt: skip


def patch(column: Column, colours: Sequence[str], text: str) -> None:
    """Explain a colour, or stripes of several."""
    column.y -= 0.9
    start = column.y
    column.text(text, 7.2, indent=11)
    many = len(colours) > 1
    _box(column, start - 2.2, [*colours, *colours] if many else colours)


def _spine_sample(column: Column, text: str) -> None:
    column.y -= 0.9
    start = column.y
    column.text(text, 7.2, indent=11)
    middle = start - 2.2
    column.axes.plot([0.7, 8.3], [middle, middle], color=BASE["muted"], linewidth=1.1)
    column.axes.plot(
        [2.2, 6.8], [middle, middle], linestyle="none", marker="o", markersize=3.4,
        markerfacecolor="white", markeredgecolor=BASE["muted"], markeredgewidth=1.1,
    )  # fmt: skip


def _branch_sample(column: Column, text: str) -> None:
    column.y -= 0.9
    middle = column.y - 2.2
    column.text(text, 7.2, indent=11)
    dashes: Any = (0, tuple(step * 0.62 / 1.1 for step in BRANCH_DASH))
    column.axes.plot(
        [0.7, 8.3], [middle, middle], color=BASE["muted"], linewidth=1.1, linestyle=dashes
    )


def class_words(limits: Sequence[str], lang: Language) -> list[str]:
    """Return what each class holds, from its limits as written."""
    # A dash close to a minus could be taken for one.
    dash = " – " if any(limit[0] in "+−" for limit in limits) else "–"
    return [
        phrase("map.under", lang, value=limits[0]),
        *(f"{low}{dash}{high}" for low, high in itertools.pairwise(limits)),
        phrase("map.at_least", lang, value=limits[-1]),
    ]


def _abroad(scene: Scene) -> str:
    """Return the credits of a map of countries that were brought in."""
    said = phrase(
        "abroad.map.credits_paper",
        scene.lang,
        plane=plane_name(scene.shapes.units.crs),
        lines=lines_of(scene.shapes, scene.lang),
    )
    if scene.shapes.fine:
        return said
    return f"{said} {phrase('abroad.map.backdrop', scene.lang)}."


def sources(figure: "Figure", scene: Scene) -> None:
    """Write where the data come from."""
    key = "static.credits_own" if scene.shapes.own or _own(scene) else "static.credits"
    wide = sheet_size(figure)[0] - 2 * EDGE
    column = Column(figure, EDGE, 17, wide)
    column.axes.plot([0, wide], [17.5, 17.5], color=BASE["line"], linewidth=0.7)
    params = {} if key.endswith("own") else {"boundaries": str(BOUNDARY_DATA_YEAR)}
    credit = _abroad(scene) if scene.shapes.given else phrase(key, scene.lang, **params)
    if scene.column is not None and scene.column.source:
        credit = f"{scene.column.heading(scene.lang)}: {scene.column.source}. {credit}"
    column.text(credit, 7, colour=BASE["muted"], lines=3)


def _own(scene: Scene) -> bool:
    return any(area.own_boundaries for area in scene.areas)
