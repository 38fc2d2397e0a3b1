"""Keys of what fills the units: how well memberships are known."""

from typing import TYPE_CHECKING, Any

from zones.extents.membership import evidence_of
from zones.maps.palette import BASE
from zones.maps.paper.scene import Scene, colour_of, tint_of
from zones.texts import format_number, phrase

if TYPE_CHECKING:
    from zones.extents.area import Area
    from zones.maps.paper.sheet import Column

__all__ = ["evidence_key"]

_STATUSES = ("documented", "extent", "former")
_MOST = 4
"""Groups of which each has its own counts; those of more are told as one."""


def evidence_key(sheet: "Column", scene: Scene) -> None:
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
    sheet: "Column", scene: Scene, area: "Area", status: str, placed: tuple[int, float]
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
