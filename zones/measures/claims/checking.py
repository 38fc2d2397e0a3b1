"""Claims: what a zone has published about itself against what can be computed."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.register.names import fold
from zones.catalogue.finding import group_of
from zones.extents.area import Subject
from zones.measures.claims.checked import CheckedClaim, ClaimTable, Reading
from zones.measures.claims.readings import Figures
from zones.measures.claims.verdicts import Verdict, kind_of, rule
from zones.measures.indicators.given import Data, as_table
from zones.model.amounts import Amount
from zones.model.evidence import Claim, Count
from zones.model.values import Names
from zones.texts import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from zones.model.groups import Network, Zone

__all__ = ["CheckedClaim", "ClaimTable", "check_claims"]


def check_claims(
    zone: Subject,
    *,
    extent: str | None = None,
    year: int | None = None,
    data: Data | None = None,
    counts: bool = True,
    boundaries: "gpd.GeoDataFrame | None" = None,
    error_m: float | None = None,
) -> ClaimTable:
    """
    Hold each figure that a zone has published against what can be computed.

    A claim is tried on the extent that its text states or most likely means, at the end of the
    year for which figures were out when it was published, then in the other years it may mean,
    then on the other extents. A plain figure fits within 3 percent, a share within 1.5 percentage
    points; "nearly" X from 3 below X to X; "at least" not below, "at most" not above. What no
    figure here can decide says why, with the nearest figure where there is one.

    A claim on what only a table can tell names a column (`Claim.indicator`, such as ``jobs``). It
    is decided where `data` has a column of that id: by the column's figure, or, of a count that is
    claimed in per cent, by the share of the country. It is tried in the claim's own years; where
    the facts have none, in those of the table from three years before it was published.

    Parameters
    ----------
    zone
        A zone in any form, as `zones.area` takes it.
    extent
        Hold every claim against this extent alone, in place of those that it may mean.
    year
        Hold every claim against people at the end of this year, and a table's figures of it, alone.
    data
        A table of the user's, as `zones.indicators` takes it.
    counts
        Whether to check the published numbers of members too.
    boundaries, error_m
        Boundaries of the user's in place of the bundled ones, and how far they stray, as
        `zones.area` takes them.

    Returns
    -------
    ClaimTable
        A row a claim; empty for a group that has published none.

    Raises
    ------
    ExtentError, YearError
        If it is a theme, the zone has no such extent, or there are no figures of that year; if
        `error_m` is no distance, or of no boundaries given.
    FileFormatError
        If `boundaries` are no polygons of municipalities.

    Examples
    --------
    >>> checked = check_claims("peramerenkaari").get("inhabitants-710k")
    >>> checked.verdict, checked.extent, checked.year
    ('fits-another-extent', 'wide-2010s', 2020)
    """
    group = group_of(zone)
    table = None if data is None else as_table(data)
    figures = Figures(group, table, boundaries=boundaries, error_m=error_m)
    if extent is not None or error_m is not None:
        figures.area(extent)
    checked = [
        _checked(group, _narrowed(claim, extent, year), figures, kind="claim")
        for claim in getattr(group, "claims", ())
    ]
    if counts:
        checked += [
            _checked(group, _narrowed(_claim_of(count), extent, year), figures, kind="count")
            for count in getattr(group, "counts", ())
            if count.municipalities is not None
        ]
    return ClaimTable(group, tuple(checked))


def _narrowed(claim: Claim, extent: str | None, year: int | None) -> Claim:
    """Return a claim that can mean nothing but the extent and year asked for."""
    if extent is not None and not claim.units:
        claim = replace(claim, extents=(extent,))
    if year is not None and (claim.year is not None or claim.indicator is not None):
        claim = replace(claim, year=year, other_years=())
    return claim


def _claim_of(count: Count) -> Claim:
    """Return a count of members as the claim that it is."""
    return Claim(
        id="members-" + re.sub(r"\W+", "-", fold(count.date)).strip("-"),
        text=Names.of("claims.line.members", count=count.municipalities),
        value=float(count.municipalities or 0),
        unit="municipalities",
        date=count.date,
        refers_to=count.note or "",
        confidence="",
        source=count.source,
        measure="members",
        key=count.key,
        extents=count.extents,
        qualifier=count.qualifier,
    )


def _checked(group: "Zone | Network", claim: Claim, figures: Figures, *, kind: str) -> CheckedClaim:
    claim = figures.asked(claim)
    readings = figures.readings(claim)
    verdict, reading, reason = _verdict(group, claim, readings, kind)
    if verdict == "cannot-be-computed" and claim.indicator is not None:
        reason = figures.why_not(claim, readings, reason)
    if claim.official:
        reason = Text.of("claims.reason.official", reason=reason, official=claim.official)
    return CheckedClaim(
        zone=group.id,
        kind="count" if kind == "count" else "claim",
        claim=claim,
        verdict=verdict,
        reason=reason,
        reading=reading,
        readings=readings,
    )


def _verdict(
    group: "Zone | Network", claim: Claim, readings: tuple[Reading, ...], kind: str
) -> tuple[Verdict, Reading | None, Text]:
    if claim.not_computable or claim.measure is None:
        return _undecidable(claim, readings)
    decided = [reading for reading in readings if reading.deviation is not None]
    if not decided:
        reason = Text.of("claims.reason.no_figure", year=str(claim.year))
        return "cannot-be-computed", readings[0] if readings else None, reason
    likeliest = [reading for reading in decided if reading.extent == decided[0].extent]
    others = [reading for reading in decided if reading.extent != decided[0].extent]
    first = likeliest[0]
    fitting = [reading for reading in likeliest if reading.fits]
    if fitting:
        best = first if first.fits else _nearest(fitting)
        return "fits", best, _fits_reason(claim, best, first)
    elsewhere = [reading for reading in others if reading.fits]
    if elsewhere:
        best = _nearest(elsewhere)
        return "fits-another-extent", best, _another_reason(claim, best, _nearest(likeliest))
    if kind == "count" and _unnamed(group, claim, decided):
        known = first.measure.value
        reason = Text.of(
            "claims.reason.unnamed", count=int(claim.value), known=int(known or 0), **_place(first)
        )
        return "cannot-be-computed", replace(first, deviation=None), reason
    return "does-not-fit", first, _misfit_reason(claim, first, [*likeliest[1:], *others])


def _nearest(readings: list[Reading]) -> Reading:
    return min(readings, key=lambda reading: abs(reading.deviation or 0.0))


def _unnamed(group: "Zone | Network", claim: Claim, readings: list[Reading]) -> bool:
    """Whether more members were counted than any list names, and the lists are not complete."""
    complete = getattr(group, "complete", False)
    return not complete and all((r.measure.value or 0) < claim.value for r in readings)


def _undecidable(
    claim: Claim, readings: tuple[Reading, ...]
) -> tuple[Verdict, Reading | None, Text]:
    """Say why no figure here can decide the claim, with the nearest one where there is any."""
    key = (
        f"groups.reason.{claim.not_computable}" if claim.not_computable else "claims.reason.no_data"
    )
    why = Text.of(key)
    near = next((reading for reading in readings if reading.measure.value is not None), None)
    if near is None:
        return "cannot-be-computed", None, why
    reason = Text.of("claims.reason.nearest", reason=why, value=near.amount, **_place(near))
    return "cannot-be-computed", near, reason


def _place(reading: Reading) -> dict[str, Text | str]:
    """Return the extent and year of a reading, for its sentence."""
    if reading.extent is None:
        place = Text.of("claims.place.units")
    else:
        place = Text.of("claims.place.extent", extent=reading.names or reading.extent)
    return {"place": place, "year": str(reading.year)}


def _off(claim: Claim, reading: Reading) -> Text:
    """Return how far a figure is from the published one, with its sign."""
    off = reading.deviation or 0.0
    share = kind_of(claim.unit) == "share"
    if round(off, 1) == 0:
        return Text.of("claims.off.none")
    key = "above" if off > 0 else "below"
    return Text.of(
        f"claims.off.{key}", amount=Amount.of_unit(abs(off), "points" if share else "percent")
    )


def _rule(claim: Claim) -> Text:
    return Text.of(f"claims.rule.{rule(claim.qualifier, kind=kind_of(claim.unit))}")


def _fits_reason(claim: Claim, best: Reading, first: Reading) -> Text:
    said = {"value": best.amount, "off": _off(claim, best), "rule": _rule(claim), **_place(best)}
    if best is first:
        return Text.of("claims.reason.fits", **said)
    return Text.of(
        "claims.reason.fits_other_year",
        first_value=first.amount,
        first_year=str(first.year),
        **said,
    )


def _another_reason(claim: Claim, best: Reading, first: Reading) -> Text:
    where = _place(first)
    return Text.of(
        "claims.reason.fits_another",
        value=best.amount,
        off=_off(claim, best),
        rule=_rule(claim),
        first_value=first.amount,
        first_place=where["place"],
        first_year=where["year"],
        first_off=_off(claim, first),
        **_place(best),
    )


def _misfit_reason(claim: Claim, first: Reading, others: list[Reading]) -> Text:
    said = {"value": first.amount, "off": _off(claim, first), "rule": _rule(claim), **_place(first)}
    if not others:
        return Text.of("claims.reason.misfit", **said)
    tried = tuple(
        Text.of("claims.reason.tried", value=other.amount, **_place(other)) for other in others
    )
    return Text.of("claims.reason.misfit_others", others=tried, **said)
