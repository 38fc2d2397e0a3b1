"""The records of the library: groups, what is known of them with sources, and figures."""

from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar, Literal, Self

from zones.errors import ExtentError
from zones.model.evidence import Claim, Count, Membership, Organisation
from zones.model.figures import Measure, MeasureTable, counted
from zones.model.values import Code, Day, Facts, Line, Names, Owner, Prose, Words, Year
from zones.model.viewed import Viewed
from zones.texts import Language

__all__ = [
    "Claim",
    "Count",
    "Extent",
    "Facts",
    "Group",
    "Link",
    "Measure",
    "MeasureTable",
    "Membership",
    "Names",
    "Network",
    "Organisation",
    "SpinePoint",
    "Theme",
    "Zone",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """One documented answer to the question which units a group is; figures are for an extent."""

    id: Line
    group: Owner
    division: Year
    units: tuple[Code, ...]
    names: Names | None = None
    description: Prose | None = None
    source: str = ""
    default: bool = False
    note: str | None = None
    published: Facts = field(default_factory=Facts)

    def title(self, lang: Language) -> str:
        """Return its name in a language, or its id where it has none."""
        return self.names.text(lang) if self.names else self.id

    def __len__(self) -> int:
        """Return the number of units in the extent's own division."""
        return len(self.units)

    def __repr__(self) -> str:
        """Say what it is without its long list of units."""
        mark = ", default" if self.default else ""
        return (
            f"<Extent {self.group}/{self.id}: {len(self.units)} units, "
            f"division {self.division}{mark}>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpinePoint:
    """A centre on a zone's axis; one with a branch is drawn beside the axis and not counted."""

    order: int
    lau_id: Code
    name: Line
    on: Annotated[str, Words("on")] = "both"
    basis: Annotated[str, Words("spine_basis")] = "own"
    source: str = ""
    note: str | None = None
    branch: Line | None = None
    branch_between: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between two units that a land border does not show: bridge, ferry or rail."""

    between: tuple[Code, ...]
    kind: Annotated[str, Words("link")]
    name: Line
    source: str
    note: str | None = None

    @property
    def crosses_border(self) -> bool:
        """Whether it joins units of two countries."""
        return self.between[0][:2] != self.between[1][:2]


class _Card(Viewed):
    """What zones and networks share: how they are looked at, and extents found by id."""

    __slots__ = ()

    id: str
    names: Names
    extents: tuple[Extent, ...]
    memberships: tuple[Membership, ...]

    @property
    def known_members(self) -> tuple[str, ...]:
        """Units with evidence that is neither weak nor of the past, each once, sorted."""
        rows = self.memberships
        return tuple(sorted({row.lau_id for row in rows if not row.weak and not row.former}))

    @property
    def default_extent(self) -> Extent:
        """
        The extent that figures are computed for when none is asked for.

        Raises
        ------
        ExtentError
            Where no member is known, so that there is nothing to compute for.
        """
        for extent in self.extents:
            if extent.default:
                return extent
        raise ExtentError(
            f"{self.id} has no known members, so it has no extent: "
            f"`zones show {self.id}` says what is missing"
        )

    def extent(self, name: str | None = None) -> Extent:
        """
        Return the extent of that id, or the default one.

        Raises
        ------
        ExtentError
            When there is no such extent; the message lists those there are.
        """
        if name is None:
            return self.default_extent
        for extent in self.extents:
            if extent.id == name:
                return extent
        have = ", ".join(extent.id for extent in self.extents) or "none"
        raise ExtentError(f"{self.id} has no extent {name!r}: give one of its extents ({have})")

    def with_default(self, extent: Extent) -> Self:
        """Return the group with that extent as the default one, beside its others."""
        if extent.default and extent in self.extents:
            return self
        others = (replace(e, default=False) for e in self.extents if e.id != extent.id)
        extents = (replace(extent, default=True), *others)
        return replace(self, extents=extents)  # type: ignore[type-var]  # a base of dataclasses


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Zone(_Card):
    """A development zone: a group of units with a spine and one or more extents."""

    kind: ClassVar[Literal["zone"]] = "zone"

    id: Line
    names: Names
    short_names: Names
    aliases: tuple[Line, ...] = ()
    extents: tuple[Extent, ...] = ()
    memberships: tuple[Membership, ...] = ()
    spine: tuple[SpinePoint, ...] = ()
    claims: tuple[Claim, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    counts: tuple[Count, ...] = ()
    gaps: tuple[Prose, ...] = ()
    contradictions: tuple[Prose, ...] = ()
    complete: bool = False
    host: str | None = None
    funding_eur: int | None = None
    period_from: Day | None = None
    period_to: Day | None = None
    source: str | None = None
    facts: Facts = field(default_factory=Facts)

    @property
    def latest_count(self) -> Count | None:
        """How many members the zone itself last said it had; often more than are known by name."""
        return self.counts[-1] if self.counts else None

    def __repr__(self) -> str:
        """Say how much is known of the zone."""
        default = next((e.id for e in self.extents if e.default), "none")
        return (
            f"<Zone {self.id}: {self.names.fi}; "
            f"{counted(self.extents, 'extent')}, default {default}; "
            f"{counted(self.memberships, 'row')} of evidence, {counted(self.gaps, 'gap')}>"
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Network(_Card):
    """A theme network: a group of units with a theme, funded 2021-2023."""

    kind: ClassVar[Literal["network"]] = "network"

    id: Line
    names: Names
    short_names: Names
    status: Annotated[str, Words("status")]
    theme: Line
    source: str
    confidence: Annotated[str, Words("confidence")]
    valid_from: Day | None = None
    valid_to: Day | None = None
    aliases: tuple[Line, ...] = ()
    extents: tuple[Extent, ...] = ()
    memberships: tuple[Membership, ...] = ()
    coordinator: str | None = None
    grant_eur: int | None = None
    unknown: tuple[Annotated[str, Words("unknown")], ...] = ()
    about: Prose | None = None
    note: str | None = None
    facts: Facts = field(default_factory=Facts)

    @property
    def gaps(self) -> tuple[Names, ...]:
        """What is not known of the network."""
        return tuple(Names.of(f"groups.unknown.{key}") for key in self.unknown)

    @property
    def spine(self) -> tuple[SpinePoint, ...]:
        """Nothing: a network has no axis."""
        return ()

    def __repr__(self) -> str:
        """Say how much is known of the network."""
        known = self.known_members
        members = counted(known, "known member") if known else "no known members"
        return f"<Network {self.id}: {self.names.fi}; {self.status}; {members}>"


Group = Zone | Network


@dataclass(frozen=True, slots=True, repr=False)
class Theme:
    """A theme of the call that the networks answered; it has no units of its own."""

    id: Line
    names: Names
    source: str

    def __repr__(self) -> str:
        """Say which theme."""
        return f"<Theme {self.id}: {self.names.fi}>"
