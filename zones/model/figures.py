"""One figure with its bounds and sources, and a table of them."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, overload, runtime_checkable

from geodata.messages import unknown
from zones.errors import MeasureError
from zones.model.amounts import Amount, Label, amount_span, unit_word
from zones.model.contract import CONTRACT
from zones.model.keys import key_name, notes_text, unit_names
from zones.model.sheets import rounded, sheets
from zones.model.shown import short, table_html
from zones.output import Sheet, write_workbook
from zones.texts import Language, Text, check_language, phrase, phrases, rendered

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "FIGURE_SHEET",
    "Measure",
    "MeasureTable",
    "counted",
    "figure_sheets",
    "looked_up",
    "year_cell",
]

# What a line of credit begins with: the dataset, which the sentence has named already.
_DATASET = re.compile(r"^\w+: ")
FIGURE_SHEET = (
    *("place", "measure", "of", "value", "low", "high", "bounds", "unit", "year"),
    *("sources", "method", "notes", "municipalities"),
)
"""Columns of a sheet of figures."""

_PLAIN = (float, int, type(None))

Row = TypeVar("Row", bound="_Row")


@runtime_checkable
class _Scalar(Protocol):
    """A number of numpy, without loading numpy to ask."""

    def item(self) -> float: ...


class _Row(Protocol):
    """What has the name of a measure, and the key of a part of it."""

    @property
    def name(self) -> str: ...
    @property
    def key(self) -> str | None: ...


@dataclass(frozen=True, slots=True, repr=False)
class Measure:
    """
    One figure, with what it is of, how it was made and from what.

    `value` is None where it cannot be computed, and then `notes` say why. `low` and `high` bound
    it, as `bounds_kind` says how, equal it where it is exact, and are None where no honest bound is
    known. `label` says how a figure is called that is not in the contract, `place` which zone and
    extent it is of, and `of` what its key is of, where the register does not tell.
    """

    name: str
    key: str | None
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int | None
    extent: str
    method: Text
    sources: tuple[str | Text, ...] = ()
    notes: tuple[Text, ...] = ()
    items: tuple[str, ...] | None = None
    label: Label | None = None
    place: Text | None = None
    of: Text | None = None

    def __post_init__(self) -> None:
        """Keep plain numbers: those of numpy would be written as ``np.float64(...)``."""
        for name in ("value", "low", "high", "year"):
            number = getattr(self, name)
            # Most are plain, and to ask a protocol takes long.
            if type(number) not in _PLAIN and isinstance(number, _Scalar):
                object.__setattr__(self, name, number.item())

    def __repr__(self) -> str:
        """Show name, figure and year."""
        return f"<Measure {self.line}{f', {self.years}' if self.years else ''}>"

    @property
    def line(self) -> str:
        """Its name, key, value and bounds for a console."""
        name = self.name if self.key is None else f"{self.name}[{self.key}]"
        if self.value is None:
            return f"{name}: not computable"
        bounds = ""
        if self.low is not None and self.high is not None and self.low != self.high:
            bounds = f" ({short(self.low)}-{short(self.high)})"
        return f"{name}: {short(self.value)} {self.unit}{bounds}"

    @property
    def title(self) -> Text:
        """Its name for readers, which for an area says whether it holds the sea."""
        if self.label is not None:
            return self.label.name
        if self.method.key.startswith("abroad.method."):
            return Text(self.method.key.replace(".method.", ".name."), self.method.params)
        variant = self.method.key.replace("measures.method.", "variant.")
        known = variant in phrases("measures", "en")
        return Text(f"measures.{variant}" if known else CONTRACT[self.name].name_text)

    @property
    def years(self) -> str:
        """Its year, of a change both; nothing where it has none."""
        first = [str(value) for name, value in self.method.params if name == "first"]
        return "" if self.year is None else "–".join([*first, str(self.year)])

    @property
    def bounds_kind(self) -> Literal["error", "range"] | None:
        """What its bounds are: an error at 90 %, or a range; nothing where it has none."""
        if self.low is None or self.high is None or self.low == self.high:
            return None
        return "error" if self.name in CONTRACT and CONTRACT[self.name].error_bounds else "range"

    def amount(self, lang: Language | None = None) -> str:
        """Return its value with the unit in a language, or a dash."""
        if self.value is None:
            return "–"
        return Amount.of_unit(self.value, self.unit, self.label).render(lang)

    def sentence(self, lang: str | None = None) -> str:
        r"""
        Return a line for a memo: what, of which zone and extent, how much, when, from whom.

        Bounds follow in brackets where there are any. A figure that cannot be computed says why.

        Parameters
        ----------
        lang
            ``fi``, ``sv`` or ``en``.

        Examples
        --------
        >>> import zones
        >>> print(zones.reach("viitoskaytava").get("population").sentence())
        Population, Viitoskäytävä (South Savo, North Savo, Kainuu, Koillismaa, Eastern Lapland and
        Sodankylä): 487,181 people (2025). Source: Statistics Finland, Population structure
        """
        spoken = check_language(lang)
        parts = [self.title.render(spoken), key_name(self, spoken)]
        if self.place is not None:
            parts.append(self.place.render(spoken))
        what = ", ".join(part for part in parts if part)
        figure = self._said(spoken)
        if figure is None:
            reasons = notes_text(self.notes, spoken)
            return phrase("measures.sentence.unknown", spoken, what=what, reasons=reasons)
        if self.years:
            figure = phrase("measures.sentence.dated", spoken, figure=figure, year=self.years)
        line = phrase("measures.sentence.known", spoken, what=what, figure=figure)
        found = (_DATASET.sub("", rendered(line, spoken)) for line in self.sources)
        lines = list(dict.fromkeys(found))
        if not lines:
            return line
        # A line that holds the usual mark itself would seem to be two.
        sources = (" | " if any("; " in one for one in lines) else "; ").join(lines)
        return f"{line} {phrase('measures.sentence.source', spoken, sources=sources)}"

    def _said(self, lang: Language) -> str | None:
        """Return its value with its bounds, in words; nothing where it has neither."""
        kind = self.bounds_kind
        if kind is None or self.low is None or self.high is None:
            if self.value is None and self.low is not None and self.low > 0:
                least = Amount.of_unit(self.low, self.unit, self.label).render(lang)
                return phrase("measures.sentence.least", lang, amount=least)
            return None if self.value is None else self.amount(lang)
        span = amount_span(self.low, self.high, self.unit, lang, label=self.label)
        if self.value is None:
            return span
        return phrase(f"measures.sentence.{kind}", lang, amount=self.amount(lang), span=span)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure in English, ready for JSON."""
        return {
            "name": self.name,
            "key": self.key,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "year": self.year,
            "method": str(self.method),
            "sources": [str(line) for line in self.sources],
            "notes": [str(note) for note in self.notes],
            "items": None if self.items is None else list(self.items),
        }


class MeasureTable(Sequence[Measure]):
    """Figures in order; looked up by name and key, or taken as a DataFrame."""

    __slots__ = ("_measures",)

    def __init__(self, measures: Sequence[Measure] = ()) -> None:
        """Take the figures over."""
        self._measures = tuple(measures)

    @overload
    def __getitem__(self, index: int) -> Measure: ...
    @overload
    def __getitem__(self, index: str) -> Measure: ...
    @overload
    def __getitem__(self, index: slice) -> "MeasureTable": ...
    def __getitem__(self, index: int | slice | str) -> "Measure | MeasureTable":
        """Return a figure by its place or name, or a shorter table."""
        if isinstance(index, slice):
            return MeasureTable(self._measures[index])
        if isinstance(index, str):
            return self.get(index)
        return self._measures[index]

    def __len__(self) -> int:
        """Return the number of figures."""
        return len(self._measures)

    def __add__(self, other: "MeasureTable") -> "MeasureTable":
        """Return the figures of both tables."""
        return MeasureTable((*self._measures, *other))

    def __eq__(self, other: object) -> bool:
        """Compare figure by figure."""
        return isinstance(other, MeasureTable) and self._measures == other._measures

    def __hash__(self) -> int:
        """Hash the figures."""
        return hash(self._measures)

    def get(self, name: str, key: str | None = None) -> Measure:
        """
        Return the figure of that name and key.

        Raises
        ------
        MeasureError
            When the table has none; the message lists the names, or the keys of that name.
        """
        return looked_up(self._measures, name, key)

    def to_frame(self) -> "pd.DataFrame":
        """Return the figures as a table, a row a figure, in English."""
        import pandas as pd  # noqa: PLC0415 - the records load without pandas

        columns = ["name", "key", "value", "low", "high", "unit", "year", "extent"]
        columns += ["method", "sources", "notes", "items"]
        rows = [measure.to_dict() | {"extent": measure.extent} for measure in self._measures]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype({"value": float, "low": float, "high": float, "year": "Int64"})

    def to_excel(self, path: "str | os.PathLike[str]", *, lang: str | None = None) -> Path:
        """
        Write an Excel workbook: a sheet of the figures, and one of the sources that they rest on.

        Parameters
        ----------
        path
            Ends in ``.xlsx``; an older file is replaced once the new one is whole.
        lang
            Language of the headings, names, methods and notes. How numbers are written is for the
            spreadsheet: they are numbers.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        OutputError
            If the path does not end so, or cannot be written.
        MissingPackageError
            If openpyxl is not installed.
        """
        spoken = check_language(lang)
        return write_workbook(path, figure_sheets(self, spoken))

    def __repr__(self) -> str:
        """Show the figures, one a line."""
        lines = [f"<MeasureTable of {counted(self._measures, 'figure')}>"]
        return "\n".join([*lines, *(f"  {one.line}" for one in self._measures)])

    def _repr_html_(self) -> str:
        import pandas as pd  # noqa: PLC0415 - the records load without pandas

        lang = check_language(None)
        rows = [
            {
                "measure": one.title.render(lang) if _is_named(one) else one.name,
                "of": key_name(one, lang),
                "value": one.amount(lang),
                "bounds": _bounds(one, lang),
                "year": one.years,
                "notes": notes_text(one.notes, lang),
            }
            for one in self._measures
        ]
        columns = ["measure", "of", "value", "bounds", "year", "notes"]
        frame = pd.DataFrame(rows, columns=columns)
        heads = ["cli.bounds" if one == "bounds" else f"sheets.column.{one}" for one in columns]
        frame.columns = [phrase(head, lang) for head in heads]
        return table_html(frame, counted(self._measures, "figure"))


def _is_named(measure: Measure) -> bool:
    return measure.label is not None or measure.name in CONTRACT


def _bounds(measure: Measure, lang: Language) -> str:
    """Return the bounds as a reader needs them: an error with its level, a span, a least value."""
    if measure.bounds_kind is None or measure.low is None or measure.high is None:
        if measure.value is None and measure.low:
            return f"≥ {Amount.of_unit(measure.low, measure.unit, measure.label).render(lang)}"
        return ""
    ends = amount_span(measure.low, measure.high, measure.unit, lang, label=measure.label)
    error = measure.bounds_kind == "error"
    return phrase("measures.bounds.error", lang, ends=ends) if error else ends


def figure_sheets(
    measures: Iterable[Measure],
    lang: Language,
    *,
    key: Callable[[Measure], str] | None = None,
) -> tuple[Sheet, Sheet]:
    """
    Return the figures as a sheet, and their sources as another, each once with its number.

    Parameters
    ----------
    key
        What a figure is of, where more is known of it than the register tells.
    """
    rows = [
        [
            "" if one.place is None else one.place.render(lang),
            one.title.render(lang),
            key_name(one, lang) if key is None else key(one),
            *(rounded(end, one.unit, one.label) for end in (one.value, one.low, one.high)),
            phrase(f"sheets.bounds.{one.bounds_kind}", lang) if one.bounds_kind else None,
            unit_word(one.unit, lang, one.label),
            year_cell(one),
            [rendered(line, lang) for line in one.sources],
            one.method.render(lang),
            notes_text(one.notes, lang),
            ", ".join(unit_names(one.items or (), lang)),
        ]
        for one in measures
    ]
    return sheets(FIGURE_SHEET, rows, lang)


def year_cell(measure: Measure) -> int | str | None:
    """Return the year of a figure for a sheet: a number, and text where it is two years."""
    return measure.year if measure.years == str(measure.year) else measure.years or None


def looked_up(rows: Sequence[Row], name: str, key: str | None) -> Row:
    """Return the row of a name and key, or raise `MeasureError` with the names or keys there."""
    keys = {row.key: row for row in rows if row.name == name}
    if key in keys:
        return keys[key]
    if keys:
        raise MeasureError(f"{unknown('key', key, map(repr, keys))}, the keys of {name} here")
    raise MeasureError(unknown("name", name, dict.fromkeys(row.name for row in rows)))


def counted(things: Sequence[object], word: str) -> str:
    """
    Return the number of things with the word for them.

    Examples
    --------
    >>> counted([1], "gap"), counted([], "gap")
    ('1 gap', '0 gaps')
    """
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
