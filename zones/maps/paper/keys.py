"""Keys of what fills the units: how well memberships are known, density, change."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from zones.extents.evidence import evidence_of
from zones.maps.palette import BASE, LIMITS, RAMPS
from zones.maps.paper.scene import Scene, colour_of, tint_of
from zones.maps.paper.sheet import Column, class_words, patch
from zones.maps.paper.vector import waves
from zones.texts import format_number, phrase

if TYPE_CHECKING:
    from zones.extents.area import Area
    from zones.maps.palette import Choropleth

__all__ = ["classes_key", "evidence_key", "lakes_key", "newest_note"]

_STATUSES = ("documented", "extent", "former")
_MOST = 4
"""Groups of which each has its own counts; those of more are told as one."""


def evidence_key(sheet: Column, scene: Scene) -> None:
    """Explain fills by what is known of memberships, with counts a group."""
    areas = scene.areas
    if all(set(evidence_of(area)) == {"documented"} for area in areas) and not any(
        scene.with_status(area, "former") for area in areas
    ):
        return
    sheet.space(2)
    sheet.text(phrase("map.evidence_key", scene.lang), 7.2, bold=True, lines=3)
    for status in _STATUSES:
        counts = [len(scene.with_status(area, status)) for area in areas]
        if not any(counts):
            continue
        sheet.space(0.9)
        sheet.text(phrase(f"static.evidence_{status}", scene.lang), 7.2, colour=BASE["muted"])
        sheet.y -= 4.2
        if len(areas) > _MOST:
            _counted(sheet, scene, areas[0], status, (sum(counts), 0.3))
            continue
        step = sheet.width / _MOST
        for place, (area, count) in enumerate(zip(areas, counts, strict=True)):
            if count:
                _counted(sheet, scene, area, status, (count, 0.3 + place * step))


def _counted(
    sheet: Column, scene: Scene, area: "Area", status: str, placed: tuple[int, float]
) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - slow to load

    count, left = placed
    style: dict[str, Any] = {"facecolor": tint_of(scene, area, status), "linewidth": 0.5}
    style["edgecolor"] = BASE["line_strong"]
    if status == "former":
        style = {"facecolor": "none", "edgecolor": colour_of(scene, area), "linewidth": 0.9}
        style["linestyle"] = (0, (2, 1.6))
    sheet.axes.add_patch(Rectangle((left, sheet.y), 5, 3, **style))
    sheet.axes.text(
        left + 6, sheet.y + 0.6, format_number(count, scene.lang), fontsize=7.2, color=BASE["ink"]
    )


def classes_key(sheet: Column, scene: Scene) -> None:
    """Explain the classes of density or change; where the colour turns, zero is marked."""
    view: Choropleth = scene.view  # type: ignore[assignment]
    lang, limits = scene.lang, LIMITS[view]
    turning = 0 in limits
    shown = [_limit(limit, scene, signed=turning) for limit in limits]
    sheet.space(4)
    sheet.text(phrase(f"static.view_{view}", lang), 8.5, bold=True)
    sheet.space(1)
    for place, (colour, label) in enumerate(
        zip(RAMPS[view], class_words(shown, lang), strict=True)
    ):
        if turning and place == limits.index(0) + 1:
            _zero(sheet)
        patch(sheet, [colour], label)
    sheet.space(0.8)
    notes = [phrase("map.turns_at", lang, value="0")] if turning else []
    notes.append(phrase("map.class_limits", lang))
    if view == "change":
        notes.append(phrase("map.periods", lang, periods=_periods(scene)))
    sheet.text(" ".join(notes), 6.4, colour=BASE["muted"], lines=8)
    if view != "change":
        newest_note(sheet, scene)


def lakes_key(sheet: Column, scene: Scene) -> None:
    """Explain the waves that lakes have among classes."""
    sheet.space(0.8)
    patch(sheet, [BASE["lake"]], phrase("map.layer_lakes", scene.lang))
    # Over the plain box that the patch has just drawn, whose middle is above one line of text.
    foot = sheet.y - 0.35
    for line in waves((0.3, 0.0, 8.7, 3.0), 1.0).geoms:
        x, y = line.xy
        sheet.axes.plot(x, [foot + up for up in y], color=BASE["wave"], linewidth=0.35)


def newest_note(sheet: Column, scene: Scene) -> None:
    """Say of when the figures are."""
    newest = phrase("static.view_note", scene.lang, year=str(max(scene.people.columns)))
    sheet.text(newest, 6.4, colour=BASE["muted"], lines=3)


def _limit(limit: float, scene: Scene, *, signed: bool) -> str:
    digits = 0 if limit == int(limit) else 1
    return ("+" if signed and limit > 0 else "") + format_number(limit, scene.lang, digits=digits)


def _zero(sheet: Column) -> None:
    sheet.y -= 1.9
    sheet.axes.plot([0.3, 8.7], [sheet.y, sheet.y], color=BASE["ink"], linewidth=1)
    sheet.axes.text(11, sheet.y - 0.9, "0", fontsize=7.2, fontweight="bold", color=BASE["ink"])
    sheet.y -= 1.3


def _periods(scene: Scene) -> str:
    """Return each country's periods of change, that of most units first."""
    units = scene.shapes.units
    said = []
    for country in dict.fromkeys(units.get("country", [])):
        counts = Counter(
            f"{change.first}–{change.last}"
            for unit in units.index[units["country"] == country]
            if (change := scene.changes.get(str(unit))) is not None
        )
        periods = [
            f"{period} ({format_number(count, scene.lang)})" if len(counts) > 1 else period
            for period, count in counts.most_common()
        ]
        if periods:
            name = phrase(f"map.country_{country}", scene.lang)
            said.append(f"{name} {', '.join(periods)}")
    return "; ".join(said)
