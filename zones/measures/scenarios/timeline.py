"""Time as a scenario: a zone in several years, and what each step changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

import pandas as pd

from geodata.register.divisions import NEWEST_DIVISION
from zones.errors import MeasureError
from zones.extents import resolving
from zones.extents.area import Area, Subject
from zones.measures.everything import all_measures
from zones.measures.indicators.given import Data, IndicatorTable, as_table
from zones.measures.scenarios.comparing import compared
from zones.measures.scenarios.differences import Comparison
from zones.model.figures import MeasureTable

__all__ = ["Timeline", "over_time"]


@dataclass(frozen=True, eq=False, repr=False)
class Timeline(Sequence[Comparison]):
    """
    A zone through the years: its area and figures in each, and the step from each to the next.

    Attributes
    ----------
    areas
        The extent in each year.
    tables
        All its figures in each year.
    steps
        A comparison of each year with the next.
    data
        The user's table whose figures are among them, where one was given.
    """

    areas: tuple[Area, ...]
    tables: tuple[MeasureTable, ...]
    steps: tuple[Comparison, ...]
    data: IndicatorTable | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return tuple(area.year for area in self.areas)

    @property
    def change(self) -> Comparison:
        """The first year compared with the last."""
        if len(self.steps) == 1:
            return self.steps[0]
        return compared(self.areas[0], self.areas[-1], kind="time", data=self.data)

    @overload
    def __getitem__(self, index: int) -> Comparison: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Comparison, ...]: ...
    def __getitem__(self, index: int | slice) -> Comparison | tuple[Comparison, ...]:
        """Return a step, or some of them."""
        return self.steps[index]

    def __len__(self) -> int:
        """Return the number of steps, one less than the years."""
        return len(self.steps)

    def __iter__(self) -> Iterator[Comparison]:
        """Iterate over the steps."""
        return iter(self.steps)

    def to_frame(self) -> pd.DataFrame:
        """Return the figures, a row a name and key, a column a year."""
        columns = {}
        for area, table in zip(self.areas, self.tables, strict=True):
            frame = table.to_frame()
            index = pd.MultiIndex.from_frame(frame[["name", "key"]].fillna({"key": ""}))
            columns[area.year] = frame.set_index(index)["value"]
        order: dict[str, int] = {}
        for table in reversed(self.tables):
            for measure in table:
                order.setdefault(measure.name, len(order))
        joined = pd.DataFrame(columns)
        ranks = joined.index.get_level_values("name").map(order)
        return joined.iloc[ranks.argsort(kind="stable")].rename_axis(columns="year")

    def __repr__(self) -> str:
        """Say what goes through which years."""
        first = self.areas[0]
        people = ", ".join(f"{area.year}: {len(area.units)} municipalities" for area in self.areas)
        return f"<Timeline {first.group.id}/{first.extent.id}; {people}>"


def over_time(
    zone: Subject,
    *,
    years: Iterable[int] = (2013, 2021, NEWEST_DIVISION),
    extent: str | None = None,
    data: Data | None = None,
) -> Timeline:
    """
    Compute an extent in several years, and what changes from each to the next.

    The units are carried to each year's division. A municipality that merged with a non-member
    brings it in from then on, and the notes of the step say so, with its people. Divisions before
    2021 have no bundled boundaries: people are there, and the rest has no value and says why.

    Parameters
    ----------
    zone
        A zone in any form, as `zones.area` takes it.
    years
        Two years or more, 2013 to 2026; they are put in order.
    extent
        Id of a documented extent; the default one where not given.
    data
        A table of the user's, as `zones.indicators` takes it, whose figures are shown too: in each
        year those of the newest year of the table that is not after it.

    Raises
    ------
    MeasureError
        If fewer than two years are given.

    Examples
    --------
    >>> line = over_time("viitoskaytava", years=(2024, 2025), extent="partners-seen")
    >>> step = line[0].get("population")
    >>> step.before.value, step.after.value
    (68847, 69628)
    """
    wanted = sorted(set(years)) if isinstance(years, Iterable) else [years]
    if len(wanted) < 2:
        raise MeasureError(f"years {wanted} are too few: give two different years or more")
    areas = tuple(resolving.area(zone, year=year, extent=extent) for year in wanted)
    table = None if data is None else as_table(data)
    steps = tuple(compared(one, two, kind="time", data=table) for one, two in pairwise(areas))
    tables = tuple(all_measures(area, data=table) for area in areas)
    return Timeline(areas=areas, tables=tables, steps=steps, data=table)
