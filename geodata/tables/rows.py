"""Rows of a table: of which place and year each is, and which are totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geodata import countries
from geodata.countries.record import YEARS
from geodata.errors import IndicatorError
from geodata.messages import listed, named_rows
from geodata.register.divisions import classifications
from geodata.register.names import label_of
from geodata.tables.divisions import division_of_areas, division_of_units
from geodata.tables.layout import Layout, year_of
from geodata.tables.merged import said_once
from geodata.tables.notes import Note
from geodata.tables.places import Place, area_members, areas_named, older_than_known, places_of

__all__ = ["Rows", "rows_of"]


@dataclass(frozen=True, slots=True)
class Rows:
    """
    What each row of a table is of.

    Attributes
    ----------
    of
        Indexed as the table: ``kind`` (see `Place`; ``unit`` for what counts, municipality or
        coarser area), ``place`` (its id, or the country's code), ``text``, and ``year``, missing
        where the row does not say it.
    places
        Municipalities of each place that counts.
    division
        Year of the division that they are of.
    areas
        Of rows of coarser areas in a table by municipality, what they may be.
    notes
        What was left out.
    """

    of: pd.DataFrame
    places: Mapping[str, tuple[str, ...]]
    division: int
    areas: Mapping[str, tuple[tuple[str, str], ...]]
    notes: tuple[str, ...]


def rows_of(layout: Layout, *, year: int | None, division: int | None) -> Rows:
    """
    Find out what each row is of.

    Parameters
    ----------
    layout
        How the table is laid out.
    year
        Year of the figures where no row says it; otherwise the one to take.
    division
        Year of the division, where it is known.

    Raises
    ------
    IndicatorError
        If rows are of no place, or of divisions that do not go together.
    """
    texts, notes = _keys(layout)
    found = places_of(texts.dropna())
    kinds = texts.map(lambda text: found[text].kind, na_action="ignore").fillna("none")
    empty = _without_figures(layout)
    if (left := texts[empty & (kinds == "none")].dropna()).any():
        notes.append(Note("blank", texts=tuple(_short(text) for text in left)))
    texts, kinds = texts[~(empty & (kinds == "none"))], kinds[~(empty & (kinds == "none"))]
    _check_places(texts, kinds, found, layout.places[0])
    years, said = _years(layout, texts.index, year)
    notes += said
    rows = pd.DataFrame({"kind": kinds, "text": texts, "year": years})
    rows["place"] = rows["text"].map(lambda text: found[text].key)
    newest = max([*years.dropna(), *_years_of_parts(layout), year or 0], default=0)
    if year is not None and layout.year is not None:
        rows = rows[rows["year"] == year]
    rows, places, division, said = _joined(rows, found, division, int(newest) or YEARS[-1])
    _check_twins(layout, rows)
    areas = {text: found[text].areas for text in rows["text"][rows["kind"] == "area"].unique()}
    return Rows(rows, places, division, areas, (*notes, *said, *_left_out(rows, found)))


def _keys(layout: Layout) -> tuple["pd.Series[str]", list[str]]:
    """Return the texts of the places, those of merged cells filled in."""
    column = layout.places[0]
    texts = layout.frame[column].map(lambda value: str(value).strip(), na_action="ignore")
    texts = texts.mask(texts == "")
    blank = texts.isna() & ~_without_figures(layout)
    if not blank.any():
        return texts, []
    if said_once(texts, even=True):
        rows = len(texts) // texts.count()
        return texts.ffill(), [Note("said_once", column=repr(column), rows=rows)]
    raise IndicatorError(
        f"no municipality in {named_rows(texts.index[blank])} of "
        f"{column!r}; fill it in, or drop the rows"
    )


def _without_figures(layout: Layout) -> "pd.Series[bool]":
    """Return which rows are blank in every column of figures."""
    columns = sorted({part.column for parts in layout.parts.values() for part in parts})
    return layout.frame[columns].isna().all(axis="columns")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _check_places(
    texts: "pd.Series[str]", kinds: "pd.Series[str]", found: Mapping[str, Place], column: str
) -> None:
    bad = texts[kinds == "none"]
    if not bad.empty:
        rows = bad.groupby(bad, sort=False).groups
        shown = [
            f"{named_rows(labels, of=texts.index, most=3)}: {_short(str(text))} "
            f"{found[str(text)].reason}"
            for text, labels in rows.items()
        ]
        fix = older_than_known(found[str(text)] for text in rows)
        raise IndicatorError(
            f"column {column!r}: {len(bad)} of {len(texts)} rows are no municipalities: "
            f"{listed(shown, most=20, mark='; ')}{fix}"
        )
    if not kinds.isin(["unit", "area"]).any():
        raise IndicatorError(f"column {column!r} has no row of a municipality, only of totals")


def _years(layout: Layout, index: pd.Index, year: int | None) -> tuple["pd.Series[int]", list[str]]:
    """Return the year that each row says, missing where none does."""
    if layout.year is None:
        return pd.Series(pd.NA, index=index, dtype="Int64"), []
    column = layout.frame[layout.year].reindex(index)
    parsed = column.map(year_of, na_action="ignore")
    if (blank := column.isna()).any():
        rows = named_rows(index[blank])
        raise IndicatorError(f"column {layout.year!r} has no year in {rows}; fill it in")
    years = parsed.map(lambda found: found[0]).astype("Int64")
    notes: list[str] = []
    early = parsed.map(lambda found: found[1]) == "preliminary"
    if early.any():
        notes.append(Note("preliminary", names=tuple(map(str, column[early].unique()))))
    within = parsed.map(lambda found: found[1]) == "within"
    several = column[within].astype(str).groupby(years[within]).unique()
    for of, values in several.items():
        if len(values) > 1:
            raise IndicatorError(
                f"column {layout.year!r} has several times of {of}: {listed(values)}; keep one a "
                f"year, such as where={{{layout.year!r}: {values[-1]!r}}} and year={of}"
            )
        notes.append(Note("within", value=str(values[0]), year=str(of)))
    if year is not None:
        if not (years == year).any():
            raise IndicatorError(
                f"column {layout.year!r} has no {year}: it has {listed(sorted(years.unique()))}"
            )
        if rest := sorted(set(years) - {year}):
            notes.append(Note("other_years", years=tuple(map(str, rest))))
    return years, notes


def _years_of_parts(layout: Layout) -> list[int]:
    parts = (part for found in layout.parts.values() for part in found)
    return [part.year for part in parts if part.year is not None]


def _joined(
    rows: pd.DataFrame, found: Mapping[str, Place], division: int | None, newest: int
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]], int, list[str]]:
    """Return rows with the id of each place, their municipalities, and the division."""
    units = rows[rows["kind"] == "unit"]
    if kind := _coarse_kind(rows):
        counted = rows["kind"].isin(["unit", "area"])
        codes = rows["text"][counted].map(lambda text: dict(areas_named(text))[kind])
        division, notes = division_of_areas(kind, codes, given=division, newest=newest)
        prefix = _prefix(kind)
        rows = rows.copy()
        rows.loc[counted, "kind"] = "unit"
        rows.loc[counted, "place"] = prefix + codes
        members = area_members(kind, division)
        return (
            rows,
            {f"{prefix}{code}": members[code] for code in sorted(set(codes))},
            division,
            notes,
        )
    if units.empty:
        areas = listed([_short(text) for text in rows["text"][rows["kind"] == "area"].unique()])
        raise IndicatorError(f"rows are of areas of several kinds, {areas}; keep those of one")
    places = units.drop_duplicates("text")
    division, notes = division_of_units(
        places["text"].map(lambda text: _dated_or(text, found[text].key)),
        places["place"],
        given=division,
        newest=newest,
    )
    return rows, {unit: (unit,) for unit in sorted(set(units["place"]))}, division, notes


def _dated_or(text: str, unit: str) -> str:
    """Return the identifier of a classification as it is, since it names its division."""
    return text if "_" in text and "/" in text else unit


def _coarse_kind(rows: pd.DataFrame) -> str | None:
    """Return the classification whose units all rows are, where they are no municipalities."""
    texts = rows["text"][rows["kind"].isin(["unit", "area"])]
    if not (rows["kind"] == "area").any():
        return None
    each = [dict(areas_named(text)) for text in texts.unique()]
    for kind in classifications():
        codes = [areas.get(kind) for areas in each]
        # A municipality beside the area of its name is in a table by municipality.
        if None not in codes and len(set(codes)) == len(codes):
            return kind
    return None


def _prefix(kind: str) -> str:
    prefixes = {v: k for land in countries.countries() for k, v in land.area_prefixes.items()}
    return prefixes.get(kind, f"{kind}:")


def _check_twins(layout: Layout, rows: pd.DataFrame) -> None:
    """Refuse a row whose two columns of places are of two municipalities."""
    units = rows[rows["kind"] == "unit"]
    for column in layout.places[1:]:
        texts = layout.frame[column].reindex(units.index).dropna().astype(str).str.strip()
        others = {
            text: place.key for text, place in places_of(texts).items() if place.kind == "unit"
        }
        keys = texts.map(lambda text, of=others: of.get(text, ""))
        mine = units["place"].reindex(keys.index)
        wrong = keys[(keys != "") & (keys != mine) & mine.str.contains("_")]
        if not wrong.empty:
            pairs = zip(wrong.index, mine[wrong.index], wrong, strict=True)
            shown = [
                f"{named_rows([row], of=rows.index)}: {label_of(one)} and {label_of(two)}"
                for row, one, two in pairs
            ]
            raise IndicatorError(
                f"columns {layout.places[0]!r} and {column!r} are of two municipalities: "
                f"{listed(shown, mark='; ')}; correct one of them"
            )


def _left_out(rows: pd.DataFrame, found: Mapping[str, Place]) -> Sequence[str]:
    """Say which rows are not added up, and which names had a mark of a note."""
    notes: list[str] = []
    for kind in ("country", "part", "area", "total", "nowhere", "elsewhere"):
        texts = rows["text"][rows["kind"] == kind].drop_duplicates()
        if len(texts):
            notes.append(Note(f"rows_{kind}", texts=tuple(_short(text) for text in texts)))
    marked = [text for text in rows["text"].unique() if found[text].marked]
    if marked:
        notes.append(Note("marked_names", texts=tuple(_short(text) for text in marked)))
    return notes
