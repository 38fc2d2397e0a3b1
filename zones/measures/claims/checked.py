"""Checked claims: a published figure, what is computed, and the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

import pandas as pd

from geodata.messages import unknown
from zones.errors import MeasureError
from zones.measures.claims.verdicts import VERDICTS, Verdict
from zones.model.amounts import Amount
from zones.model.evidence import Claim
from zones.model.figures import Measure, counted
from zones.model.shown import table_html
from zones.model.values import Names
from zones.texts import Language, Text, phrase

if TYPE_CHECKING:
    from zones.model.groups import Network, Zone

__all__ = ["CheckedClaim", "ClaimTable", "Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One way to read a claim: an extent and a year, the figure there, and whether it fits.

    `extent` is None where the claim names municipalities that are no extent of the zone; `names`
    is how a reader calls it.
    `deviation` is the figure less the published one, in percent of it or percentage points.
    """

    extent: str | None
    measure: Measure
    deviation: float | None
    fits: bool
    names: Names | None = None

    @property
    def year(self) -> int | None:
        """Year of the figure, which may be older than the one asked for."""
        return self.measure.year

    @property
    def amount(self) -> Text:
        """The figure with its unit."""
        measure = self.measure
        if measure.value is not None:
            return Amount.of_unit(measure.value, measure.unit, measure.label)
        if measure.low is None or measure.high is None:
            return Text.of("claims.line.not_computable")
        low, high = (
            Amount.of_unit(end, measure.unit, measure.label) for end in (measure.low, measure.high)
        )
        return Text.of("claims.line.between", low=low, high=high)

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as plain values."""
        return {
            "extent": self.extent,
            "year": self.year,
            "value": self.measure.value,
            "low": self.measure.low,
            "high": self.measure.high,
            "deviation": self.deviation,
            "fits": self.fits,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """
    A published figure with the reading that it most likely means, and the verdict.

    Attributes
    ----------
    kind
        A ``claim``, or a ``count`` of members.
    reading
        The reading that decides; of a claim that cannot be computed here, the nearest figure, or
        None where there is none.
    verdict
        ``fits``, ``fits-another-extent``, ``does-not-fit`` or ``cannot-be-computed``.
    reason
        Why, in three languages.
    readings
        Everything that was tried.
    """

    zone: str
    kind: Literal["claim", "count"]
    claim: Claim
    verdict: Verdict
    reason: Text
    reading: Reading | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def extent(self) -> str | None:
        """Extent of the reading; None where there is none, or the claim names its own units."""
        return self.reading.extent if self.reading else None

    @property
    def year(self) -> int | None:
        """Year of the figure."""
        return self.reading.year if self.reading else None

    @property
    def value(self) -> float | None:
        """The figure computed; the nearest one where none can decide the claim."""
        return self.reading.measure.value if self.reading else None

    @property
    def low(self) -> float | None:
        """Lower bound of the figure."""
        return self.reading.measure.low if self.reading else None

    @property
    def high(self) -> float | None:
        """Upper bound of the figure."""
        return self.reading.measure.high if self.reading else None

    @property
    def unit(self) -> str | None:
        """Unit of the figure."""
        return self.reading.measure.unit if self.reading else None

    @property
    def deviation(self) -> float | None:
        """The figure less the published one; None where it cannot decide the claim."""
        return self.reading.deviation if self.reading else None

    @property
    def notes(self) -> tuple[Text, ...]:
        """What a reader must know about the figure."""
        return self.reading.measure.notes if self.reading else ()

    @property
    def sources(self) -> tuple[str | Text, ...]:
        """What the computed figure rests on; where the claim was published is in the claim."""
        return self.reading.measure.sources if self.reading else ()

    def shown_text(self, lang: Language | None = None) -> str:
        """Return what was published, in a language."""
        if self.kind == "claim":
            return self.claim.text.render(lang)
        part = "members" if self.claim.key is None else f"members_{self.claim.key}"
        return phrase(f"claims.line.{part}", lang, count=int(self.claim.value))

    def shown_extent(self, lang: Language | None = None) -> str:
        """Return the name of the extent of the reading; nothing where there is none."""
        names = self.reading.names if self.reading else None
        return names.render(lang) if names else self.extent or ""

    def shown_value(self, lang: Language | None = None) -> str:
        """Return the computed figure as the language writes it."""
        if self.reading is None or (self.value is None and None in (self.low, self.high)):
            return "–"
        return self.reading.amount.render(lang)

    def to_dict(self, lang: Language | None = None) -> dict[str, Any]:
        """Return the claim and the verdict as plain values, the reason in a language."""
        claim = self.claim
        return {
            "id": claim.id,
            "kind": self.kind,
            "text": self.shown_text(lang),
            "published": claim.value,
            "published_unit": claim.unit,
            "qualifier": claim.qualifier,
            "date": claim.date,
            "refers_to": claim.refers_to,
            "verdict": self.verdict,
            "measure": claim.measure,
            "key": claim.key,
            "extent": self.extent,
            "year": self.year,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "deviation": self.deviation,
            "reason": self.reason.render(lang),
            "confidence": claim.confidence,
            "published_in": [link for link in (claim.source, claim.source_2) if link],
            "sources": [str(line) for line in self.sources],
            "notes": [note.render(lang) for note in self.notes],
            "readings": [reading.to_dict() for reading in self.readings],
        }


@dataclass(frozen=True, eq=False, repr=False)
class ClaimTable(Sequence[CheckedClaim]):
    """The published figures of a zone in the order of its facts, checked one by one."""

    zone: "Zone | Network"
    checked: tuple[CheckedClaim, ...]

    @overload
    def __getitem__(self, index: int) -> CheckedClaim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[CheckedClaim, ...]: ...
    def __getitem__(self, index: int | slice) -> CheckedClaim | tuple[CheckedClaim, ...]:
        """Return a checked claim by its place, or some of them."""
        return self.checked[index]

    def __len__(self) -> int:
        """Return the number of claims and counts."""
        return len(self.checked)

    def __iter__(self) -> Iterator[CheckedClaim]:
        """Iterate over the checked claims."""
        return iter(self.checked)

    def get(self, name: str) -> CheckedClaim:
        """
        Return the checked claim of that id.

        Raises
        ------
        MeasureError
            If there is none; the message lists the ids.
        """
        for checked in self.checked:
            if checked.claim.id == name:
                return checked
        ids = [checked.claim.id for checked in self.checked]
        raise MeasureError(f"{unknown('name', name, ids)}, the claims on {self.zone.id}")

    def tally(self) -> dict[Verdict, int]:
        """Return how many claims have each verdict."""
        return {
            verdict: sum(checked.verdict == verdict for checked in self.checked)
            for verdict in VERDICTS
        }

    def summary(self, lang: Language | None = None) -> str:
        """Return in a sentence how many claims have each verdict that there is."""
        counts = ", ".join(
            phrase(f"claims.tally.{verdict}.{'one' if count == 1 else 'other'}", lang, n=count)
            for verdict, count in self.tally().items()
            if count
        )
        key = "claims.line.tally_one" if len(self) == 1 else "claims.line.tally"
        return phrase(key, lang, total=len(self), counts=counts)

    def to_frame(self, lang: Language | None = None) -> pd.DataFrame:
        """Return the claims as a table indexed by id, reasons in a language."""
        rows = [checked.to_dict(lang) for checked in self.checked]
        columns = list(rows[0]) if rows else ["id", "verdict"]
        return pd.DataFrame(rows, columns=columns).set_index("id")

    def to_dict(self) -> dict[str, Any]:
        """Return the whole table in English, ready for JSON."""
        return {
            "zone": self.zone.id,
            "verdicts": self.tally(),
            "claims": [checked.to_dict("en") for checked in self.checked],
        }

    def __repr__(self) -> str:
        """Say how many there are of each verdict."""
        counts = ", ".join(f"{count} {verdict}" for verdict, count in self.tally().items())
        return f"<ClaimTable {self.zone.id}: {counted(self.checked, 'published figure')}; {counts}>"

    def _repr_html_(self) -> str:
        columns = ["text", "date", "extent", "year", "value", "unit", "verdict", "reason"]
        rows = self.to_frame().reindex(columns=columns).astype({"year": "Int64"})
        return table_html(rows, repr(self).strip("<>"))
