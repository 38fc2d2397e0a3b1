"""Ranking: which municipality would be the best next member, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args, overload

import geopandas as gpd
import pandas as pd
import shapely

import geodata
from geodata.messages import unknown
from geodata.units import M_PER_KM
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.corridors import spine_legs
from zones.extents.people import own_figures
from zones.extents.resolving import as_area
from zones.extents.spine import has_spine
from zones.measures.coverage.spine import spine_coverage
from zones.measures.graphs.ties import border_graph, typed_links
from zones.measures.indicators.column import Column, count_column
from zones.measures.indicators.given import Data, as_table
from zones.measures.scenarios.gains import indicator_reason
from zones.model.amounts import Amount, Label
from zones.model.shown import table_html
from zones.texts import Language, Named, Text
from zones.wording.amounts import named_units

__all__ = ["By", "Candidate", "Ranking", "rank_candidates"]

By = Literal["people", "spine", "components"]

_UNITS = {"people": "people", "spine": "km", "components": "components"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    A municipality outside, what the area gains if it joins, and why.

    Attributes
    ----------
    gain, unit
        People, km of the spine, components fewer, or what a user's table counts; missing where
        that is not known.
    people
        Its people at the end of the area's data year.
    spine_km
        How much of the spine lies in it.
    components_joined
        How many components fewer there would be; negative where it would stand alone.
    label
        How the gain is written, where it is of a user's table.
    """

    rank: int
    lau_id: str
    name: Named
    region: Named
    gain: float | None
    unit: str
    people: int | None
    spine_km: float
    components_joined: int
    reasons: tuple[Text, ...]
    label: Label | None = None

    def to_dict(self, lang: Language | None = None) -> dict[str, Any]:
        """Return the candidate as plain values, with texts in a language."""
        return {
            "rank": self.rank,
            "lau_id": self.lau_id,
            "name": self.name.render(lang),
            "region": self.region.render(lang),
            "gain": self.gain,
            "unit": self.unit,
            "people": self.people,
            "spine_km": self.spine_km,
            "components_joined": self.components_joined,
            "reasons": [reason.render(lang) for reason in self.reasons],
        }


@dataclass(frozen=True, eq=False, repr=False)
class Ranking(Sequence[Candidate]):
    """Candidates in order of what the area gains; empty where none gains anything."""

    area: Area
    by: str
    candidates: tuple[Candidate, ...]
    label: Label | None = None

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, index: int | slice) -> Candidate | tuple[Candidate, ...]:
        """Return the candidate of that place, or some of them."""
        return self.candidates[index]

    def __len__(self) -> int:
        """Return the number of candidates."""
        return len(self.candidates)

    def __iter__(self) -> Iterator[Candidate]:
        """Iterate over the candidates, the best first."""
        return iter(self.candidates)

    def to_frame(self, lang: Language | None = None) -> pd.DataFrame:
        """Return the candidates as a table indexed by ``lau_id``, texts in a language."""
        columns = ["rank", "lau_id", "name", "region", "gain", "unit", "people", "spine_km"]
        columns += ["components_joined", "reasons"]
        rows = [candidate.to_dict(lang) for candidate in self.candidates]
        frame = pd.DataFrame(rows, columns=columns).set_index("lau_id")
        return frame.astype({"gain": float, "people": "Int64"})

    def to_dict(self) -> dict[str, Any]:
        """Return the whole table in English, ready for JSON."""
        return {
            "zone": self.area.group.id,
            "extent": self.area.extent.id,
            "year": self.area.year,
            "by": self.by,
            "candidates": [candidate.to_dict("en") for candidate in self.candidates],
        }

    def __repr__(self) -> str:
        """Say for what they are ranked, and who comes first."""
        first = f", first {self.candidates[0].name}" if self.candidates else ""
        return (
            f"<Ranking of {len(self.candidates)} candidates for {self.area.group.id}/"
            f"{self.area.extent.id} by {self.by}{first}>"
        )

    def _repr_html_(self) -> str:
        columns = ["rank", "name", "region", "gain", "unit", "reasons"]
        return table_html(self.to_frame()[columns], repr(self).strip("<>"))


@dataclass(frozen=True, eq=False, kw_only=True)
class _Surroundings:
    """What is known of the municipalities around an area, gathered once for all candidates."""

    everyone: gpd.GeoDataFrame
    neighbours: dict[str, tuple[str, ...]]
    linked: dict[str, tuple[str, ...]]
    components: dict[str, int]
    spine_km: "pd.Series[float]"
    spine_total: float
    spine_share: float | None
    column: Column | None

    @property
    def label(self) -> Label | None:
        """How what is gained of a user's table is written."""
        return None if self.column is None else self.column.label


def rank_candidates(
    area: Subject, *, by: str = "people", data: Data | None = None, limit: int | None = None
) -> Ranking:
    """
    Rank the municipalities outside by what the area would gain if each of them joined alone.

    By ``people``: municipalities with a land border or a typed link (bridge, ferry, rail) to a
    member, by their people. By ``spine``: those that the spine crosses, by the length of the gap
    that they close. By ``components``: those with a land border to two components or more,
    by how many fewer there would be. By a count of a table of the user's: the same municipalities
    as by people, by what they have of it. Ties go to the one with more people.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    by
        What to gain: ``people``, ``spine``, ``components``, or the id of a count of the table.
    data
        A table of the user's, as `zones.indicators` takes it.
    limit
        How many to return; all where not given.

    Returns
    -------
    Ranking
        Records with their reasons in three languages; `to_frame` makes a table.

    Raises
    ------
    MeasureError
        If `by` is none of the three and no count of a table, the zone has no spine, or the
        division no boundaries.

    Examples
    --------
    >>> best = rank_candidates("peramerenkaari", by="spine", limit=1)[0]
    >>> str(best.name), round(best.gain, 1)
    ('Pyhäjoki', 22.7)
    """
    _check(by, data, limit)
    base = as_area(area)
    column = None if data is None else count_column(base, as_table(data), by, argument="by")
    # A column may be asked for by its name; what is returned says its id.
    by = by if column is None else column.one.id
    if not base.has_boundaries:
        raise MeasureError(
            f"the division of {base.division} has no boundaries to rank neighbours by: "
            "take an area of 2021 or later, or give boundaries"
        )
    if by == "spine" and not has_spine(base.group):
        raise MeasureError(
            f"{base.group.id} has no spine: rank its candidates by people or components"
        )
    around = _surroundings(base, column)
    outside = [unit for unit in around.everyone.index if unit not in around.components]
    found = [_candidate(base, unit, by, around) for unit in outside]
    gaining = [candidate for candidate in found if _gains(candidate, by, around)]
    gaining.sort(key=_order)
    ranked = (replace(candidate, rank=place) for place, candidate in enumerate(gaining, start=1))
    return Ranking(base, by, tuple(ranked)[:limit], around.label)


def _check(by: str, data: Data | None, limit: int | None) -> None:
    if data is None and by not in get_args(By):
        raise MeasureError(f"{unknown('by', by, get_args(By))}, or a count of a table with data=")
    if data is not None and by in get_args(By):
        raise MeasureError(f"by={by!r} is not of the table: give by= the id of a count in it")
    if limit is not None and limit < 1:
        raise MeasureError(f"limit={limit!r} is too small: give 1 or more")


def _gains(candidate: Candidate, by: str, around: _Surroundings) -> bool:
    if by in ("spine", "components"):
        return bool(candidate.gain and candidate.gain > 0)
    return candidate.lau_id in around.neighbours or candidate.lau_id in around.linked


def _order(candidate: Candidate) -> tuple[bool, float, int, str]:
    """Sort by gain, then people; what is not known comes last."""
    gain = candidate.gain
    return gain is None, -(gain or 0.0), -(candidate.people or 0), candidate.lau_id


def _surroundings(area: Area, column: Column | None) -> _Surroundings:
    everyone = _everyone(area)
    members = set(area.units.index)
    pairs = border_graph(area, members_only=False).ties[["left", "right"]]
    ties = typed_links(area)[["left", "right"]]
    components = border_graph(area).components()
    total, lengths = _along_spine(area, everyone)
    shares = {row.name: row.value for row in spine_coverage(area) if row.key is None}
    return _Surroundings(
        everyone=everyone,
        neighbours=_members_by_neighbour(pairs, members),
        linked=_members_by_neighbour(ties, members),
        components={unit: number for number, part in enumerate(components) for unit in part},
        spine_km=lengths,
        spine_total=total,
        spine_share=shares.get("spine_inside_share"),
        column=column,
    )


def _everyone(area: Area) -> gpd.GeoDataFrame:
    """Return all municipalities in and around the area, with people at the area's data year."""
    frames = [*area.municipalities.values()]
    for country in area.beside:
        if country not in area.municipalities and not area.own_boundaries:
            frame = geodata.municipalities(area.division, country=country).to_crs(area.crs)
            people = pd.Series(pd.NA, frame.index, dtype="Int64")
            series = own_figures(frame.index, area.division, country)
            if area.data_year in series.columns:
                people = series[area.data_year].reindex(frame.index)
            frames.append(frame.assign(population=people))
    return gpd.GeoDataFrame(pd.concat(frames))


def _members_by_neighbour(pairs: pd.DataFrame, members: set[str]) -> dict[str, tuple[str, ...]]:
    """Map each non-member to the members that it is tied to."""
    found: dict[str, set[str]] = {}
    for left, right in pairs.itertuples(index=False):
        for unit, other in ((left, right), (right, left)):
            if unit not in members and other in members:
                found.setdefault(unit, set()).add(other)
    return {unit: tuple(sorted(others)) for unit, others in found.items()}


def _along_spine(area: Area, everyone: gpd.GeoDataFrame) -> "tuple[float, pd.Series[float]]":
    """Return the length of the spine in km, and how much of it lies in each municipality."""
    nothing = pd.Series(0.0, everyone.index)
    if not has_spine(area.group):
        return 0.0, nothing
    lengths = nothing.copy()
    pieces = spine_legs(area)
    for country in area.beside:
        frame = everyone[everyone["country"] == country]
        for leg in pieces:
            if country in leg.countries:
                crossed = frame.geometry.iloc[frame.sindex.query(leg.line, predicate="intersects")]
                inside = (
                    shapely.length(shapely.intersection(crossed.to_numpy(), leg.line)) / M_PER_KM
                )
                lengths.loc[crossed.index] += inside
    return sum(leg.line.length for leg in pieces) / M_PER_KM, lengths


def _candidate(area: Area, unit: str, by: str, around: _Surroundings) -> Candidate:
    row = around.everyone.loc[unit]
    touched = {around.components[other] for other in around.neighbours.get(unit, ())}
    people = None if pd.isna(row["population"]) else int(row["population"])
    length = float(around.spine_km[unit])
    gains: dict[str, float | None] = {
        "people": people,
        "spine": length,
        "components": len(touched) - 1,
    }
    if around.column is not None:
        gains[by] = around.column.total([unit]).value
    return Candidate(
        rank=0,
        lau_id=unit,
        name=Named.in_three(*(str(row[f"name_{lang}"]) for lang in ("fi", "sv", "en"))),
        region=Named.in_three(*(str(row[f"region_{lang}"]) for lang in ("fi", "sv", "en"))),
        gain=gains[by],
        unit=_UNITS[by] if around.column is None else around.column.one.unit,
        people=people,
        spine_km=length,
        components_joined=len(touched) - 1,
        reasons=tuple(_reasons(area, unit, by, people, around)),
        label=around.label,
    )


def _reasons(
    area: Area, unit: str, by: str, people: int | None, around: _Surroundings
) -> Iterator[Text]:
    """Say why, what it is ranked by first."""
    if around.column is not None:
        yield indicator_reason(around.column, unit)
    said = {
        "spine": _spine_reason(unit, around),
        "components": _components_reason(area, unit, around),
        "people": _people_reason(area, people),
    }
    for name in sorted(said, key=lambda name: name != by):
        reason = said[name]
        if reason is not None:
            yield reason
    for key, others in (("borders", around.neighbours), ("linked", around.linked)):
        if unit in others:
            yield Text.of(f"scenarios.reason.{key}", units=named_units(area, others[unit]))


def _people_reason(area: Area, people: int | None) -> Text:
    before = None if area.data_year is None else area.population_in(area.data_year)
    if people is None or not before:
        return Text.of("scenarios.reason.people_unknown")
    return Text.of(
        "scenarios.reason.people",
        people=Amount.of_unit(people, "people"),
        year=str(area.data_year),
        percent=Amount.of_unit(100 * people / before, "percent"),
    )


def _spine_reason(unit: str, around: _Surroundings) -> Text | None:
    length = float(around.spine_km[unit])
    if not length:
        return None
    share = around.spine_share or 0.0
    return Text.of(
        "scenarios.reason.spine",
        length=Amount.of_unit(length, "km"),
        before=Amount.of_unit(share, "percent"),
        after=Amount.of_unit(share + 100 * length / around.spine_total, "percent"),
    )


def _components_reason(area: Area, unit: str, around: _Surroundings) -> Text | None:
    """Name the most populous member of each group that it would join."""
    touched = sorted({around.components[other] for other in around.neighbours.get(unit, ())})
    if len(touched) < 2:
        return None
    people = area.units["population"].fillna(0)
    heads = []
    for number in touched:
        part = [member for member, group in around.components.items() if group == number]
        heads.append(max(part, key=lambda member: (people[member], member)))
    return Text.of(
        "scenarios.reason.components", count=len(touched), units=named_units(area, heads)
    )
