"""The figures of a report as the sheets of a workbook, in the language and digits of its reader."""

from collections.abc import Sequence

from zones.model.figures import figure_sheets
from zones.output import Rounded, Sheet
from zones.reports.chapters import Chapter
from zones.reports.comparison import comparison_sheet
from zones.wording.voice import Voice, worth_showing

__all__ = ["workbook_sheets"]


def workbook_sheets(chapters: Sequence[Chapter], voice: Voice) -> tuple[Sheet, ...]:
    """Return the zones side by side, every figure of theirs, and the sources of the figures."""
    measures = [
        (chapter.area, one)
        for chapter in chapters
        for one in chapter.table
        if worth_showing(chapter.area, one)
    ]
    called = {id(one): voice.key(area, one) for area, one in measures}
    figures, sources = figure_sheets(
        [one for _, one in measures], voice.lang, key=lambda one: called[id(one)]
    )
    for row, (_, one) in zip(figures.rows, measures, strict=True):
        if one.unit == "percent" and isinstance(row, list):
            row[:] = [_percent(cell, voice) if isinstance(cell, Rounded) else cell for cell in row]
    several = (comparison_sheet(chapters, voice),) if len(chapters) > 1 else ()
    return (*several, figures, sources)


def _percent(cell: Rounded, voice: Voice) -> Rounded:
    return cell._replace(suffix=voice.percent(0).replace("0", "").strip(".,"))
