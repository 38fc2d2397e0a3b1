"""One figure with its bounds and sources, and a table of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload, runtime_checkable

from geodata.messages import unknown
from zones.errors import MeasureError
from zones.model.contract import KeyKind
from zones.model.shown import short, table_html
from zones.texts import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Label", "Measure", "MeasureTable", "counted", "looked_up"]

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


@dataclass(frozen=True, slots=True)
class Label:
    """
    How a figure is called that the contract does not know: one from a table of the user's.

    Attributes
    ----------
    name
        Its name in three languages.
    unit
        The word after the number, where the unit is not one of the library's.
    digits
        Decimals that a person reads.
    key
        What its key is of, where that is no country and no member.
    """

    name: Text
    unit: Text | None = None
    digits: int = 0
    key: KeyKind | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One figure, with what it is of, how it was made and from what.

    `value` is None where it cannot be computed, and then `notes` say why. `low` and `high` bound
    it at 90 %, equal it where it is exact, and are None where no honest bound is known. `label`
    says how a figure is called that is not in the contract.
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

    def __post_init__(self) -> None:
        """Keep plain numbers: those of numpy would be written as ``np.float64(...)``."""
        for name in ("value", "low", "high", "year"):
            number = getattr(self, name)
            if isinstance(number, _Scalar):
                object.__setattr__(self, name, number.item())

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
    def __getitem__(self, index: slice) -> "MeasureTable": ...
    def __getitem__(self, index: int | slice) -> "Measure | MeasureTable":
        """Return a figure by its place, or a shorter table."""
        if isinstance(index, slice):
            return MeasureTable(self._measures[index])
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

    def __repr__(self) -> str:
        """Show the figures, one a line."""
        lines = [f"<MeasureTable of {counted(self._measures, 'figure')}>"]
        for m in self._measures:
            name = m.name if m.key is None else f"{m.name}[{m.key}]"
            value = "not computable" if m.value is None else f"{short(m.value)} {m.unit}"
            bounds = ""
            if m.low is not None and m.high is not None and m.low != m.high:
                bounds = f" ({short(m.low)}-{short(m.high)})"
            lines.append(f"  {name}: {value}{bounds}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        columns = ["name", "key", "value", "low", "high", "unit", "year", "notes"]
        return table_html(self.to_frame()[columns], counted(self._measures, "figure"))


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
