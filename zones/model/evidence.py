"""What sources say of a group: memberships, claims, organisations, counts."""

from dataclasses import dataclass, field
from typing import Annotated

from zones.model.values import Code, Day, Facts, Line, MeasureName, Owner, Prose, Said, Words, Year

__all__ = ["Claim", "Count", "Membership", "Organisation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One row of evidence that a unit belongs to a group; a unit may have two rows in one group."""

    lau_id: Code
    group: Owner
    name_fi: Line
    name_sv: Line | None = None
    role: Annotated[str, Words("role")]
    confidence: Annotated[str, Words("confidence")]
    basis: Annotated[str, Words("basis")] | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    evidence_year: Year | None = None
    source: str = ""
    source_2: str | None = None
    source_from: str | None = None
    source_to: str | None = None
    organisations: tuple[str, ...] = ()
    note: str | None = None
    division: Year

    @property
    def country(self) -> str:
        """Country of the unit, as in its identifier."""
        return self.lau_id[:2]

    @property
    def sources(self) -> tuple[str, ...]:
        """All addresses of the row, each once, the main one first."""
        found = (self.source, self.source_2, self.source_from, self.source_to)
        return tuple(dict.fromkeys(address for address in found if address))

    @property
    def weak(self) -> bool:
        """Whether the row is a lead only: low confidence, a stale basis or a geographic role."""
        return self.confidence == "low" or self.basis == "stale" or self.role == "geographic"

    @property
    def former(self) -> bool:
        """Whether the row says that the unit belonged to the group and does so no more."""
        return self.role.startswith("former-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    A figure that a zone or a partner has published.

    `measure`, `key`, `extents`, `units`, `year`, `other_years` and `qualifier` say what it can be
    held against; `not_computable` says why nothing here can decide it, and then `measure` is
    only the nearest figure. `indicator` is the id of the column of a user's table that tells it,
    such as ``jobs``. `official` is what official statistics say instead, with its year.
    `refers_to`, `check` and `note` are how the makers of the facts read it.
    """

    id: Line
    text: Prose
    value: float
    unit: Line
    date: Said
    refers_to: str
    confidence: Annotated[str, Words("confidence")]
    source: str
    source_2: str | None = None
    official: Prose | None = None
    check: str | None = None
    note: str | None = None
    measure: MeasureName | None = None
    key: Line | None = None
    extents: tuple[Line, ...] = ()
    units: tuple[Code, ...] = ()
    division: Year | None = None
    year: Year | None = None
    other_years: tuple[Year, ...] = ()
    qualifier: Annotated[str, Words("qualifier")] | None = None
    not_computable: Annotated[str, Words("reason")] | None = None
    indicator: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body that takes or took part in a zone and is no municipality."""

    name: Line
    kind: str
    role: str
    confidence: Annotated[str, Words("confidence")]
    source: str
    valid_from: Day | None = None
    valid_to: Day | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """
    How many municipalities and other bodies a zone said it had at some date.

    `key`, `extents` and `qualifier` say what the number of municipalities can be held against.
    """

    date: Said
    source: str
    municipalities: int | None = None
    note: str | None = None
    key: Line | None = None
    extents: tuple[Line, ...] = ()
    qualifier: Annotated[str, Words("qualifier")] | None = None
    facts: Facts = field(default_factory=Facts)
