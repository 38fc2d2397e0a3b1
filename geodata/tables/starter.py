"""A first description of a table, for its user to complete."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from geodata.errors import IndicatorError
from geodata.files.tables import Sheet
from geodata.messages import listed
from geodata.register.names import fold
from geodata.tables.indicator import PEOPLE, Indicator
from geodata.tables.layout import Layout, laid_out, stem_and_year
from geodata.tables.marks import cells_of
from geodata.tables.places import older_than_known, places_of, total_among
from geodata.tables.rows import rows_of
from geodata.tables.sheets import sheets_of
from geodata.words import says_mean, says_rate

__all__ = ["starter"]

_VARIABLE = frozenset(
    {
        *("tiedot", "tieto", "muuttuja", "tunnusluku", "contentscode"),
        *("information", "variable", "indicator", "contents", "key figure"),
        *("uppgifter", "uppgift", "variabel", "tabellinnehall", "nyckeltal"),
    }
)


def starter(source: "str | os.PathLike[str] | pd.DataFrame", *, sheet: str | None = None) -> str:
    """
    Write a first description of a table as TOML, from what is found in it.

    Whole numbers under a name that says no share are taken for counts. Of other columns the kind
    is ``"?"``, which `read_indicators` refuses until it is given.

    Parameters
    ----------
    source, sheet
        As for `read_indicators`.

    Raises
    ------
    IndicatorError
        If the table has no municipalities or no figures.
    FileFormatError
        If it is no table.

    Examples
    --------
    >>> jobs = pd.DataFrame({"kunta": ["Helsinki"], "Työpaikat": [420100], "Aste, %": [8.5]})
    >>> print(starter(jobs).split("[[column]]")[1].strip())
    name = "Työpaikat"
    id = "tyopaikat"
    kind = "count"
    unit = ""
    """
    try:
        return _starter(source, sheet)
    except IndicatorError as fault:
        if not isinstance(source, str | os.PathLike):
            raise
        raise IndicatorError(f"{Path(source).name}: {fault}") from fault


def _starter(source: "str | os.PathLike[str] | pd.DataFrame", sheet: str | None) -> str:
    sheets = sheets_of(source, sheet)
    fitting = [one for one in sheets if _has_places(one.table)]
    if len(fitting) > 1:
        choice = listed([repr(one.name) for one in fitting], most=None)
        raise IndicatorError(f"several sheets have municipalities; give sheet= one of {choice}")
    one = (fitting or sheets)[0]
    layout = laid_out(one.table, (), {})
    where = _where(layout)
    layout = laid_out(one.table, (), where)
    names = _names(layout)
    if not names:
        raise IndicatorError("no column of figures is beside that of municipalities")
    columns = [_column(layout.frame, name, taken) for name, taken in _ids(names)]
    return "\n".join((*_head(layout, one, where, source), *columns))


def _has_places(frame: pd.DataFrame) -> bool:
    try:
        laid_out(frame, (), {})
    except IndicatorError:
        return False
    return True


def _classes(layout: Layout) -> list[str]:
    """Return the columns of text that say neither place nor year."""
    known = {*layout.used, *layout.figures}
    return [str(name) for name in layout.frame.columns if name not in known]


def _names_of_figures(layout: Layout) -> str | None:
    """Return the column that names what each row's figure is."""
    classes = _classes(layout)
    named = [name for name in classes if fold(name) in _VARIABLE]
    values = layout.figures
    alone = len(values) == 1 or all(stem_and_year(name)[0] == "" for name in values)
    if named:
        return named[0]
    return classes[0] if len(classes) == 1 and alone and _repeats(layout, classes[0]) else None


def _repeats(layout: Layout, name: str) -> bool:
    """Whether rows of a place and year differ by a column, which is of names, not of classes."""
    keys = [layout.places[0], *([layout.year] if layout.year else [])]
    classes = total_among(layout.frame[name].astype(str).unique()) is not None
    return bool(layout.frame.duplicated(keys).any()) and not classes


def _where(layout: Layout) -> dict[str, str]:
    """Return a value for each column by which rows repeat a place: the total, or the first."""
    variable = _names_of_figures(layout)
    keys = [layout.places[0], *([layout.year] if layout.year else [])]
    keys += [variable] if variable else []
    frame, where = layout.frame, {}
    for name in _classes(layout):
        if name == variable or not frame.duplicated(keys).any():
            continue
        texts = frame[name].dropna().astype(str).str.strip()
        if len(values := texts.unique()) < 2:
            continue
        where[name] = total_among(values) or values[0]
        frame = frame[frame[name].astype(str).str.strip() == where[name]]
    return where


def _names(layout: Layout) -> list[str]:
    """Return what the columns are called, without years."""
    if variable := _names_of_figures(layout):
        return list(layout.frame[variable].dropna().astype(str).str.strip().unique())
    stems = [stem_and_year(name)[0] for name in layout.figures]
    bare = "value" if stems and not any(stems) else None
    return list(dict.fromkeys(bare or stem for stem in stems if bare or stem))


def _ids(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return an id for each name, no two alike."""
    found: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
        plain = plain if plain[:1].isalpha() else f"column_{plain}".rstrip("_")
        number = 1
        taken = {*found.values(), PEOPLE}
        while (one := plain if number == 1 else f"{plain}_{number}") in taken:
            number += 1
        found[name] = one
    return list(found.items())


def _column(frame: pd.DataFrame, name: str, taken: str) -> str:
    lines = ["", "[[column]]", f"name = {_quoted(name)}", f"id = {_quoted(taken)}"]
    count = Indicator(id=taken, name=name, kind="count")
    parts = laid_out(frame, (count,), {}).parts[taken]
    figures = [
        frame[part.column]
        if part.where is None
        else frame[part.column][frame[part.where[0]].astype(str).str.strip() == part.where[1]]
        for part in parts
    ]
    values = pd.concat(figures, ignore_index=True)
    cells = cells_of(values, count, [""] * len(values))
    if says_rate(name):
        lines += [
            'kind = "?"  # "rate", with base = the id of a count here, or "population"; or "other"',
            '# base = "population"',
            "# factor = 100",
            'unit = ""  # "percent", if it is',
        ]
    elif cells.digits or cells.faults or says_mean(name):
        lines += [
            'kind = "?"  # "count", "mean" with weight = the id of a count, "rate", or "other"',
            '# weight = "population"',
            'unit = ""',
        ]
    else:
        lines += ['kind = "count"', 'unit = ""']
    return "\n".join(lines)


def _head(layout: Layout, sheet: Sheet, where: Mapping[str, str], source: object) -> list[str]:
    lines = ["# What the table is. Correct it, and give each kind that is still a question mark."]
    if sheet.title:
        lines.append(f"# {_quoted(sheet.title)}")
    of_file = Path(source).name if isinstance(source, str | os.PathLike) else ""
    undated = [name for name in layout.figures if stem_and_year(name)[1] is None]
    said = layout.year is not None or not undated
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{of_file} {sheet.title}")
    if not said and year:
        lines.append(f"year = {year[0]}  # as the name of the file or the title says")
    elif not said:
        whole = len(undated) == len(layout.figures)
        of = "the figures: no column says it" if whole else f"{listed(map(repr, undated))} alone"
        lines.append(f"# year = 2019  # fill it in: of {of}")
    rows = rows_of(layout, year=None, division=None)
    lines += _division(layout, rows.division)
    lines.append(f"source = {_quoted(sheet.source or of_file)}")
    lines.append('licence = ""')
    if where:
        pairs = ", ".join(f"{_quoted(name)} = {_quoted(value)}" for name, value in where.items())
        lines.append(f"where = {{{pairs}}}  # rows that count: they repeat municipalities")
    return lines


def _division(layout: Layout, found: int) -> list[str]:
    """Return the line of the division: a question mark where names are of none that is known."""
    texts = layout.frame[layout.places[0]].dropna().astype(str).str.strip()
    unknown = {text: place for text, place in places_of(texts).items() if place.former}
    if not (fix := older_than_known(unknown.values())):
        return [f"division = {found}  # year of the municipalities"]
    names = listed(map(_quoted, unknown), most=5)
    return [
        'division = "?"  # year of the municipalities',
        f"# Not known in any year: {names}{fix}",
    ]


def _quoted(text: str) -> str:
    """Return text as TOML writes it, which is as JSON does but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
