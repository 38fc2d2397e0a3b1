"""The contract: one row a measure, which everything that computes, shows or checks one reads."""

from dataclasses import KW_ONLY, dataclass
from typing import Literal

__all__ = [
    "CONTRACT",
    "THIN_EVIDENCE",
    "UNITS",
    "Basis",
    "Chapter",
    "KeyKind",
    "MeasureRow",
    "Table",
    "Unit",
    "measures_of",
    "measures_on_map",
]

Basis = Literal["membership", "boundaries", "neighbours", "people", "centres", "table"]
"""What a figure rests on, which decides whom it credits; of a table, its user says so."""

Chapter = Literal["coverage", "reach", "connectivity", "flows", "regions", "others", "cut"]
"""Where a report sets a measure."""

KeyKind = Literal["country", "region", "group", "member", "municipality", "km", "min"]
"""What a key is of, where one name has several figures."""

Table = Literal["coverage", "reach", "connectivity", "flows"]
"""The public function that gives a measure."""


@dataclass(frozen=True, slots=True)
class Unit:
    """
    A unit of figures: the decimals that a person reads, and whether it counts things one by one.

    Its words are the texts ``measures.unit.{name}`` and, for what is counted, the singular
    ``measures.one.{name}``.
    """

    name: str
    digits: int = 0
    counted: bool = False


UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("municipalities", counted=True),
        Unit("regions", counted=True),
        Unit("pieces", counted=True),
        Unit("components", counted=True),
        Unit("holes", counted=True),
        Unit("pairs", counted=True),
        Unit("links", counted=True),
        Unit("hops", digits=1, counted=True),
        Unit("people"),
        Unit("persons"),
        Unit("km2"),
        Unit("km", digits=1),
        Unit("people_per_km2", digits=1),
        Unit("percent", digits=1),
        Unit("points", digits=1),
        Unit("ratio", digits=3),
    )
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """
    What is fixed about a measure, whatever the area.

    Attributes
    ----------
    name
        The measure's name in Python, JSON and CSV.
    table
        The public function that gives it.
    unit
        The unit of its value and bounds.
    bases
        What it rests on, which decides the sources.
    key
        What its key is of; None where there is one figure an area. Measures by country have a
        figure of the whole, with key null, as well.
    chapter
        Where a report sets it; None for the chapter named as its table.
    map_place
        Its place on the card of a zone on the map; None where the map does not show it.
    absent_is_zero
        Whether a row that a table lacks says that there is nothing of the kind: no member of that
        region, no unit in common with that group.
    error_bounds
        Whether its bounds are how far boundaries stray, at 90 %, and not a range of another kind.
    """

    name: str
    table: Table
    unit: str
    bases: tuple[Basis, ...]
    _: KW_ONLY
    key: KeyKind | None = None
    chapter: Chapter | None = None
    map_place: int | None = None
    absent_is_zero: bool = False
    error_bounds: bool = False

    @property
    def digits(self) -> int:
        """Decimals that a person reads."""
        return UNITS[self.unit].digits

    @property
    def name_text(self) -> str:
        """Key of the text of its name."""
        return f"measures.name.{self.name}"

    @property
    def method_text(self) -> str:
        """Key of the text of its method, where it has one only."""
        return f"measures.method.{self.name}"


_FLOWS: tuple[Basis, ...] = ("table", "membership")

_ROWS = (
    MeasureRow(
        "members", "coverage", "municipalities", ("membership",), key="country", map_place=0
    ),
    MeasureRow("members_with_evidence", "coverage", "municipalities", ("membership",), map_place=1),
    MeasureRow(
        "area",
        "coverage",
        "km2",
        ("boundaries",),
        key="country",
        map_place=6,
        error_bounds=True,
    ),
    MeasureRow(
        "area_share", "coverage", "percent", ("boundaries",), map_place=7, error_bounds=True
    ),
    MeasureRow("regions_touched", "coverage", "regions", ("membership",), map_place=8),
    MeasureRow(
        "region_share_area",
        "coverage",
        "percent",
        ("boundaries",),
        key="region",
        chapter="regions",
        absent_is_zero=True,
        error_bounds=True,
    ),
    MeasureRow(
        "region_share_units",
        "coverage",
        "percent",
        ("membership",),
        key="region",
        chapter="regions",
        absent_is_zero=True,
    ),
    MeasureRow(
        "region_share_people",
        "coverage",
        "percent",
        ("people",),
        key="region",
        chapter="regions",
        absent_is_zero=True,
    ),
    MeasureRow("pieces", "coverage", "pieces", ("boundaries",), map_place=9),
    MeasureRow("components", "coverage", "components", ("neighbours",), map_place=11),
    MeasureRow("holes", "coverage", "holes", ("boundaries",)),
    MeasureRow("perimeter", "coverage", "km", ("boundaries",), map_place=10),
    MeasureRow("inner_border", "coverage", "km", ("boundaries",)),
    MeasureRow("compactness", "coverage", "ratio", ("boundaries",)),
    MeasureRow("spine_length", "coverage", "km", ("centres",), key="country"),
    MeasureRow(
        "spine_inside_share",
        "coverage",
        "percent",
        ("centres", "boundaries"),
        key="country",
        error_bounds=True,
    ),
    MeasureRow(
        "spine_gaps",
        "coverage",
        "municipalities",
        ("centres", "boundaries", "membership"),
        key="country",
    ),
    MeasureRow(
        "overlap_units",
        "coverage",
        "municipalities",
        ("membership",),
        key="group",
        chapter="others",
        absent_is_zero=True,
    ),
    MeasureRow(
        "overlap_area",
        "coverage",
        "km2",
        ("membership", "boundaries"),
        key="group",
        chapter="others",
        absent_is_zero=True,
        error_bounds=True,
    ),
    MeasureRow(
        "overlap_people",
        "coverage",
        "people",
        ("membership", "people"),
        key="group",
        chapter="others",
        absent_is_zero=True,
    ),
    MeasureRow(
        "overlap_jaccard",
        "coverage",
        "ratio",
        ("membership",),
        key="group",
        chapter="others",
        absent_is_zero=True,
    ),
    MeasureRow("population", "reach", "people", ("people",), key="country", map_place=2),
    MeasureRow(
        "population_with_evidence", "reach", "people", ("people", "membership"), map_place=16
    ),
    MeasureRow("population_share", "reach", "percent", ("people",), map_place=3),
    MeasureRow("population_change", "reach", "percent", ("people",), key="country", map_place=4),
    MeasureRow(
        "density",
        "reach",
        "people_per_km2",
        ("people", "boundaries"),
        map_place=5,
        error_bounds=True,
    ),
    MeasureRow(
        "population_within", "reach", "people", ("boundaries", "people", "centres"), key="km"
    ),
    MeasureRow(
        "population_within_share", "reach", "percent", ("boundaries", "people", "centres"), key="km"
    ),
    MeasureRow("population_within_time", "reach", "people", ("people",), key="min"),
    MeasureRow("border_links", "connectivity", "pairs", ("neighbours",), map_place=12),
    MeasureRow("sea_links", "connectivity", "pairs", ("neighbours",)),
    MeasureRow("isolated", "connectivity", "municipalities", ("neighbours",), map_place=13),
    MeasureRow("cut_members", "connectivity", "municipalities", ("neighbours",), map_place=14),
    MeasureRow(
        "people_cut_off",
        "connectivity",
        "people",
        ("boundaries", "people"),
        key="member",
        chapter="cut",
        absent_is_zero=True,
    ),
    MeasureRow("bridges", "connectivity", "pairs", ("neighbours",)),
    MeasureRow("mean_hops", "connectivity", "hops", ("neighbours",)),
    MeasureRow("longest_hops", "connectivity", "hops", ("neighbours",)),
    MeasureRow("region_crossings", "connectivity", "pairs", ("neighbours",)),
    MeasureRow("border_crossings", "connectivity", "links", ("membership",)),
    MeasureRow("centre_distance_nearest", "connectivity", "km", ("centres",)),
    MeasureRow("centre_distance_mean", "connectivity", "km", ("centres",)),
    MeasureRow("centre_distance_longest", "connectivity", "km", ("centres",)),
    MeasureRow("neighbours", "connectivity", "municipalities", ("neighbours",), map_place=15),
    MeasureRow(
        "shared_memberships",
        "connectivity",
        "municipalities",
        ("membership",),
        key="group",
        chapter="others",
        absent_is_zero=True,
    ),
    MeasureRow("bridging_members", "connectivity", "municipalities", ("membership",)),
    MeasureRow("flow_inside", "flows", "persons", _FLOWS),
    MeasureRow("flow_across", "flows", "persons", _FLOWS),
    MeasureRow("flow_out", "flows", "persons", _FLOWS),
    MeasureRow("flow_in", "flows", "persons", _FLOWS),
    MeasureRow("flow_net", "flows", "persons", _FLOWS),
    MeasureRow("self_containment_origin", "flows", "percent", _FLOWS),
    MeasureRow("self_containment_destination", "flows", "percent", _FLOWS),
    MeasureRow("flow_spine", "flows", "persons", ("table",)),
    MeasureRow("flow_largest_inside", "flows", "municipalities", _FLOWS),
    MeasureRow("flow_largest", "flows", "persons", _FLOWS, key="member"),
    MeasureRow("flow_with", "flows", "persons", _FLOWS, key="municipality"),
)

THIN_EVIDENCE = 0.5
"""Where evidence is of a smaller share of the members than this, people are given as a span."""

CONTRACT: dict[str, MeasureRow] = {row.name: row for row in _ROWS}


def measures_of(chapter: Chapter) -> tuple[str, ...]:
    """
    Return the names of the measures that a report sets in a chapter, in order.

    Examples
    --------
    >>> measures_of("cut")
    ('people_cut_off',)
    """
    return tuple(row.name for row in _ROWS if (row.chapter or row.table) == chapter)


def measures_on_map() -> tuple[MeasureRow, ...]:
    """
    Return the measures on the card of a zone on the map, in order.

    Examples
    --------
    >>> [row.name for row in measures_on_map()][:3]
    ['members', 'members_with_evidence', 'population']
    """
    shown = [row for row in _ROWS if row.map_place is not None]
    return tuple(sorted(shown, key=lambda row: row.map_place or 0))
