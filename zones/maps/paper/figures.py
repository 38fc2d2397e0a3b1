"""A column of a user's table on paper: fills, circles, hatching for gaps, and the key."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from zones.maps.classes import radius_of, size_steps
from zones.maps.indicators import GAPS, Gap, MapColumn
from zones.maps.palette import BASE, SHARED
from zones.maps.paper.keys import classes_key, evidence_key, newest_note
from zones.maps.paper.scene import Scene
from zones.maps.paper.sheet import Column, class_words, patch
from zones.maps.paper.vector import polygon_path
from zones.texts import format_number, phrase

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["figure_key", "paint_circles", "paint_figures"]

_HATCHES: dict[Gap, str] = {"bounds": "-----", "suppressed": "/////", "missing": ".."}
_LARGEST = 4.6
"""Radius of the largest circle in millimetres."""
_LEAST = 0.35
"""Radius of the smallest one."""
_POINTS = 72 / 25.4


def paint_figures(axes: "Axes", column: MapColumn, drawn: gpd.GeoSeries) -> None:
    """Fill units with the colours of their classes, and hatch those without a figure."""
    plain = BASE["unit"]
    for unit, shape in drawn.items():
        cell = column.cells.loc[unit]
        filled = cell["gap"] is None and not column.circles
        colour = column.colour(float(cell["value"])) if filled else plain
        line = BASE["group_line"] if filled else BASE["unit_line"]
        _polygon(axes, shape, facecolor=colour, edgecolor=line, linewidth=0.35, zorder=2)
        if cell["gap"] is not None:
            _polygon(axes, shape, **_hatched(cell["gap"]), zorder=2.1)


def _hatched(gap: Gap) -> dict[str, Any]:
    return {
        "facecolor": "none",
        "edgecolor": BASE["unit_line" if gap == "missing" else "line_strong"],
        "linewidth": 0,
        "hatch": _HATCHES[gap],
    }


def _polygon(axes: "Axes", shape: Any, **style: Any) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - slow to load

    path = polygon_path(shape)
    if np.size(path.vertices):
        axes.add_patch(PathPatch(path, joinstyle="round", **style))


def _circled(scene: Scene) -> "tuple[pd.Series, float, int] | None":
    """Return what is drawn as circles, if anything: figures by unit, the largest, decimals."""
    column = scene.column
    if column is not None:
        return (column.cells["value"], column.most, column.digits) if column.circles else None
    if scene.view != "people":
        return None
    # Circles of all years are to one scale, as on the page.
    return (
        scene.figures,
        float(np.nanmax(scene.people.to_numpy(), initial=0)),
        0,
    )


def _circle_colour(*, negative: bool = False) -> str:
    colours: list[str] = SHARED["ramps"]["change"]["light"]
    return colours[0] if negative else colours[-1]


def paint_circles(axes: "Axes", scene: Scene) -> None:
    """Draw counts as circles, small ones on large ones."""
    circled = _circled(scene)
    if circled is None:
        return
    values, most, _ = circled
    known = values.dropna()
    known = known[known != 0].sort_values(key=abs, ascending=False, kind="stable")
    centres = scene.shapes.centres.loc[known.index]
    radii = [_POINTS * radius_of(value, most, _LARGEST, least=_LEAST) for value in known]
    axes.scatter(
        centres["x"], centres["y"], s=[(2 * radius) ** 2 for radius in radii],
        c=[_circle_colour(negative=value < 0) for value in known], alpha=0.8, edgecolors="white",
        linewidths=0.4, zorder=5.5,
    )  # fmt: skip


def figure_key(sheet: Column, scene: Scene) -> None:
    """Explain what fills the units: how well memberships are known, or classes, sizes and gaps."""
    column, lang = scene.column, scene.lang
    if column is None:
        view_key(sheet, scene)
        return
    sheet.space(4)
    sheet.text(column.heading(lang), 8.5, bold=True, lines=3)
    sheet.space(1)
    if column.circles:
        _circle_key(sheet, scene)
    else:
        _class_key(sheet, column, scene)
    present = set(column.cells["gap"].dropna())
    for gap in GAPS:
        if gap in present:
            patch(sheet, [BASE["unit"]], phrase(f"map.gap_{gap}", lang))
            _hatch_patch(sheet, gap)
    if column.indicator.kind == "count" and not column.circles:
        sheet.space(0.8)
        sheet.text(phrase("map.counts_filled", lang), 6.4, colour=BASE["muted"], lines=3)


def view_key(sheet: Column, scene: Scene) -> None:
    """Explain a view without a table: how memberships are known, people, density or change."""
    if scene.view == "groups":
        evidence_key(sheet, scene)
    elif scene.view == "people":
        sheet.space(4)
        sheet.text(phrase("static.view_people", scene.lang), 8.5, bold=True)
        sheet.space(1)
        _circle_key(sheet, scene)
        newest_note(sheet, scene)
    else:
        classes_key(sheet, scene)


def _class_key(sheet: Column, column: MapColumn, scene: Scene) -> None:
    lang, middle = scene.lang, column.indicator.middle

    def written(value: float) -> str:
        sign = "+" if middle == 0 and value > 0 else ""
        return sign + format_number(value, lang, digits=column.limit_digits)

    known = column.cells["value"].dropna()
    if not len(known):
        return
    labels = [written(known.iloc[0])]
    if column.limits:
        labels = class_words([written(limit) for limit in column.limits], lang)
    ramp: list[str] = SHARED["ramps"][column.ramp]["light"]
    for shade, label in zip(column.shades, labels, strict=True):
        patch(sheet, [ramp[shade]], label)
    notes = [phrase("map.class_limits", lang)] if len(column.limits) > 1 else []
    if middle is not None:
        digits = 0 if middle == int(middle) else column.limit_digits
        value = format_number(middle, lang, digits=digits)
        notes.append(phrase("map.turns_at", lang, value=value))
    if notes:
        sheet.space(0.8)
        sheet.text(" ".join(notes), 6.4, colour=BASE["muted"], lines=3)


def _circle_key(sheet: Column, scene: Scene) -> None:
    from matplotlib.patches import Circle  # noqa: PLC0415 - slow to load

    circled = _circled(scene)
    if circled is None:
        return
    values, most, digits_of = circled
    lang, colour = scene.lang, _circle_colour()
    steps = size_steps(most, digits_of)
    foot = sheet.y - max(2 * _LARGEST, 3.4 * len(steps)) - 3
    free = foot
    for step in reversed(steps):
        radius = radius_of(step, most, _LARGEST, least=_LEAST)
        free = max(foot + 2 * radius, free + 3.4)
        digits = 0 if step == int(step) else digits_of
        sheet.axes.add_patch(
            Circle((5, foot + radius), radius, facecolor="none", edgecolor=colour, linewidth=0.8)
        )
        sheet.axes.plot(
            [5, 12], [foot + 2 * radius, free], color=BASE["line_strong"], linewidth=0.4
        )
        sheet.axes.text(
            12.8, free - 0.8, format_number(step, lang, digits=digits), fontsize=7.2,
            color=BASE["ink"],
        )  # fmt: skip
    sheet.y = foot - 1
    if (values < 0).any():
        patch(sheet, [_circle_colour()], phrase("map.above_zero", lang))
        patch(sheet, [_circle_colour(negative=True)], phrase("map.below_zero", lang))
    sheet.space(0.8)
    sheet.text(phrase("static.circles", lang), 6.4, colour=BASE["muted"])
    sheet.space(0.6)


def _hatch_patch(sheet: Column, gap: Gap) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - slow to load

    # Over the plain box that the patch has just drawn, whose middle is above one line of text.
    sheet.axes.add_patch(Rectangle((0.3, sheet.y - 0.35), 8.4, 3, **_hatched(gap)))
