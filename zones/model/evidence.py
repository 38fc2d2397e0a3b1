"""What sources say of a group: memberships, claims, organisations, counts."""

from dataclasses import dataclass

__all__ = ["Claim", "Count", "Membership", "Organisation"]


@dataclass(frozen=True, slots=True)
class Membership:
    """One row of evidence that a unit belongs to a group; a unit may have two rows in one group."""

    lau_id: str
    group: str
    name_fi: str
    name_sv: str | None
    role: str
    confidence: str
    basis: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    evidence_year: int | None = None
    source: str = ""
    source_2: str | None = None
    source_from: str | None = None
    source_to: str | None = None
    organisations: tuple[str, ...] = ()
    note: str | None = None
    division: int = 2021

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


@dataclass(frozen=True, slots=True)
class Claim:
    """
    A figure that a zone or a partner has published.

    `measure`, `key`, `extents`, `units`, `year`, `other_years` and `qualifier` say what it can be
    held against; `not_computable` says why nothing here can decide it, and then `measure` is
    only the nearest figure.
    """

    id: str
    text: str
    value: float
    unit: str
    date: str
    refers_to: str
    confidence: str
    source: str
    source_2: str | None = None
    check: str | None = None
    note: str | None = None
    measure: str | None = None
    key: str | None = None
    extents: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    division: int | None = None
    year: int | None = None
    other_years: tuple[int, ...] = ()
    qualifier: str | None = None
    not_computable: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that takes or took part in a zone and is no municipality."""

    name: str
    kind: str
    role: str
    confidence: str
    source: str
    valid_from: str | None = None
    valid_to: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """
    How many municipalities and other bodies a zone said it had at some date.

    `key`, `extents` and `qualifier` say what the number of municipalities can be held against.
    """

    date: str
    source: str
    municipalities: int | None = None
    regional_councils: int | None = None
    chambers: int | None = None
    ministries: int | None = None
    note: str | None = None
    key: str | None = None
    extents: tuple[str, ...] = ()
    qualifier: str | None = None
