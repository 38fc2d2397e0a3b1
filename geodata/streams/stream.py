"""A large grid, folded: what is counted of each piece adds up to what is counted of the whole."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

from geodata.errors import ArgumentError, FileFormatError, GeodataError, PieceError
from geodata.points.grids import Grid
from geodata.points.sides import Survey, survey
from geodata.streams.engines import Engine, connected, each
from geodata.streams.facts import Facts, RepeatedError, facts_of
from geodata.streams.layout import Columns, Given, Layout, OffLatticeError, columns_of, layout_of
from geodata.streams.sources import Piece, give_back_memory, pieces_of

__all__ = ["Adds", "GridStream", "Progress"]

_log = logging.getLogger(__name__)


class Adds(Protocol):
    """What is counted of some points: it adds up, in any order, to what is counted of all."""

    def __add__(self, other: Self, /) -> Self:
        """Return what is counted of both."""


A = TypeVar("A", bound=Adds)
Progress = Callable[[int, int], None]
"""Called with how many pieces are done, and of how many."""


@dataclass(frozen=True)
class _Count(Generic[A]):
    """What is done with a piece: picklable, so that it can be done elsewhere."""

    layout: Layout
    count: Callable[[Grid], A]

    def __call__(self, piece: Piece) -> tuple[A, Facts] | None:
        return _named(piece, self._parts)

    def _parts(self, piece: Piece) -> tuple[A, Facts] | None:
        columns = self.layout.columns
        found: tuple[A, Facts] | None = None
        spacing = self.layout.spacing if self.layout.cells.cell_m is not None else None
        shift = self.layout.cells.shift_m
        if spacing is not None and shift:
            spacing = replace(spacing, x0=spacing.x0 + shift, y0=spacing.y0 + shift)
        for part in piece.parts(columns.read, columns.geometry):
            grid = self.layout.grid(part)
            new = self.count(grid), facts_of(grid, spacing, part.source)
            found = new if found is None else (found[0] + new[0], found[1] + new[1])
        return found


@dataclass(frozen=True)
class _Look:
    """A survey of the points of a piece."""

    columns: Columns
    first: tuple[float, float]

    def __call__(self, piece: Piece) -> tuple[Survey | None, int]:
        return _named(piece, self._parts)

    def _parts(self, piece: Piece) -> tuple[Survey | None, int]:
        found: list[Survey | None] = []
        rows = 0
        for part in piece.parts(self.columns.read, self.columns.geometry):
            x, y = self.columns.points(part)
            found.append(survey(x, y, self.first))
            rows += len(x)
        return _together(found), rows


def _together(found: Sequence[Survey | None]) -> Survey | None:
    """Return the survey of parts together; none where one has none."""
    whole: Survey | None = None
    for seen in found:
        if seen is None:
            return None
        whole = seen if whole is None else whole + seen
    return whole


R = TypeVar("R")


def _named(piece: Piece, run: Callable[[Piece], R]) -> R:
    """Run a piece; what goes wrong names its file and row group."""
    try:
        return run(piece)
    except (OffLatticeError, RepeatedError):
        raise
    except Exception as fault:
        if len(piece.groups) > 1:
            for one in piece.one_by_one():
                _named(one, run)
        if isinstance(fault, GeodataError):
            if str(fault).startswith(str(piece.path)):
                raise
            raise type(fault)(f"{piece.source}: {fault}") from fault
        raise PieceError(
            f"{piece.source}: could not be counted ({type(fault).__name__}: {fault})"
        ) from fault


class GridStream:
    """
    A population grid that is read piece by piece.

    Rules of `geodata.read_grid` hold: each part is held to them, and what only the whole tells
    (the lattice, a figure that stands for missing ones, swapped axes, a cell that comes twice) is
    told of the whole. Points that are no cells may share a place; a column that sets them apart,
    such as a year, is not looked for.

    Parameters
    ----------
    source
        A Parquet file, a table of text, or a folder of such files.
    given
        What its columns are, where they have unusual names.
    engine
        Where pieces are counted.
    progress
        Told of each piece.
    """

    def __init__(
        self,
        source: str | Path,
        given: Given | None = None,
        *,
        engine: Engine = None,
        progress: Progress | None = None,
    ) -> None:
        if progress is not None and not callable(progress):
            raise ArgumentError(
                f"progress= is a {type(progress).__name__}: give a function that is called with "
                "how many pieces are done, and of how many"
            )
        self.source = str(source)
        self.given = Given() if given is None else given
        self.engine = engine
        self.progress = progress
        self.pieces = pieces_of(source)
        if not self.pieces:
            raise FileFormatError(f"{source}: no rows; one row a point with people was expected")
        self.columns = columns_of(self.pieces[0].one_by_one()[0], self.given)
        self._layout: Layout | None = None

    @property
    def crs(self) -> Any:
        """The coordinate reference system of its points."""
        return self.columns.crs

    @property
    def layout(self) -> Layout:
        """How its rows become points; before the first fold, as far as that is told."""
        return self._begun()

    def fold(self, count: Callable[[Grid], A]) -> A:
        """
        Return what a function counts of all points.

        Parameters
        ----------
        count
            Given some of the points, returns what adds up. Called on workers, if an engine is
            given, and so can be pickled.

        Raises
        ------
        FileFormatError
            If the table cannot be used; the message names file and row group.
        PieceError
            If counting a piece fails.
        """
        give_back_memory()
        with connected(self.engine) as engine:
            try:
                layout = self._begun(engine)
                answer, facts = self._folded(_Count(layout, count), engine)
            except OffLatticeError:
                _log.info("%s: not all points are on the lattice of the first", self.source)
                self._layout = self._surveyed(engine)
                answer, facts = self._folded(_Count(self._layout, count), engine)
        facts.check(self.columns.crs, self.source, self.columns.people)
        if facts.places is not None and not facts.places.whole:
            _log.warning(
                "%s: cells that come twice were looked for within pieces alone, since the lattice "
                "has too many places",
                self.source,
            )
        return answer

    def _begun(self, engine: Engine = None) -> Layout:
        if self._layout is None:
            columns = self.columns
            first = next(
                (
                    part
                    for piece in self.pieces
                    for part in piece.parts(columns.read, columns.geometry)
                ),
                None,
            )
            if first is None:
                raise FileFormatError(
                    f"{self.source}: no rows; one row a point with people was expected"
                )
            x, y = columns.points(first)
            self._first = float(x[0]), float(y[0])
            found = layout_of(columns, self.given, survey(x, y), self.source, whole=False)
            self._layout = self._surveyed(engine) if found is None else found
        return self._layout

    def _surveyed(self, engine: Engine) -> Layout:
        looks = each(_Look(self.columns, self._first), self.pieces, engine)
        found = [seen for seen, rows in looks if rows]
        layout = layout_of(self.columns, self.given, _together(found), self.source, whole=True)
        if layout is None:
            raise AssertionError("a survey of all points tells the layout")
        return layout

    def _folded(self, count: _Count[A], engine: Engine) -> tuple[A, Facts]:
        found: tuple[A, Facts] | None = None
        total, told = len(self.pieces), 0
        for done, new in enumerate(each(count, self.pieces, engine), start=1):
            if new is not None:
                try:
                    found = new if found is None else (found[0] + new[0], found[1] + new[1])
                except RepeatedError as fault:
                    raise self._repeated(fault, count.layout) from fault
            if self.progress is not None:
                self.progress(done, total)
            if done * 10 // total > told:
                told = done * 10 // total
                _log.info("%s: %d of %d pieces are counted", self.source, done, total)
        if found is None:
            raise FileFormatError(
                f"{self.source}: no rows; one row a point with people was expected"
            )
        return found

    def _repeated(self, fault: RepeatedError, layout: Layout) -> FileFormatError:
        spacing = layout.spacing
        where = ""
        if spacing is not None:
            x, y = (
                origin + layout.cells.shift_m + spacing.step * at
                for origin, at in zip((spacing.x0, spacing.y0), fault.place, strict=True)
            )
            where = f" at ({x:g}, {y:g})"
        return FileFormatError(
            f"{fault.source}: the cell{where} is in another piece too: leave each place once, of "
            "several years or sexes the rows of one, or add its rows up first"
        )
