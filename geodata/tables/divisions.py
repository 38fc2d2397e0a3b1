"""Which year's municipalities the rows of a table are."""

from collections.abc import Iterable, Sequence

from geodata import countries
from geodata.countries.record import YEARS
from geodata.errors import IndicatorError
from geodata.messages import listed, spans
from geodata.register.carried import parts
from geodata.register.divisions import division_ids, lifetimes
from geodata.register.identifiers import describe_years
from geodata.register.names import label_of
from geodata.tables.notes import Note
from geodata.tables.places import area_members

__all__ = ["division_of_areas", "division_of_units"]


def division_of_units(
    texts: Iterable[str], units: Iterable[str], *, given: int | None, newest: int
) -> tuple[int, list[str]]:
    """
    Return the division that municipalities are of, and what is to be said of it.

    That of the newest year of the figures where it holds them all, else the nearest that does.

    Parameters
    ----------
    texts
        The municipalities as they are written, whose identifiers may name a division.
    units
        Their ``lau_id``.
    given
        The division that the user says.
    newest
        The newest year of the figures.

    Raises
    ------
    IndicatorError
        If the table mixes years, or has municipalities that the division does not have.
    """
    held = set(units)
    if given is not None:
        strangers = sorted(held - division_ids(given))
        if strangers:
            shown = [f"{label_of(unit)} ({_span(unit)})" for unit in strangers]
            raise IndicatorError(
                f"not municipalities of {given}: {listed(shown, most=20)}; give another division="
            )
        return given, _lacking(held, given)
    fit = describe_years(list(texts))
    if fit.mixed:
        raise IndicatorError(
            f"the municipalities {fit.description.replace('mixes', 'mix')}; keep those of each "
            "division in a table of its own, or give division="
        )
    years = fit.exact or fit.years
    division = min(years, key=lambda year: abs(year - newest))
    notes = [*_grown(held, division, years[-1]), *_lacking(held, division)]
    known = {"division": str(division), "years": _between(fit.years)}
    if fit.exact:
        return division, [Note("division_whole", **known, whole=_between(fit.exact)), *notes]
    return division, [Note("division", **known), *notes]


def _between(years: Sequence[int]) -> str:
    return spans(range(years[0], years[-1] + 1))


def _span(unit: str) -> str:
    first, last = lifetimes()[unit]
    return f"{first}-{last}"


def _grown(units: set[str], division: int, last: int) -> list[str]:
    """Say that municipalities took in others between the divisions that all fit."""
    grown = [unit for unit, held in parts(division, last).items() if unit in units and held[1:]]
    if not grown:
        return []
    names = tuple(label_of(unit) for unit in sorted(grown))
    return [Note("grown", division=str(division), last=str(last), names=names)]


def _lacking(units: set[str], division: int) -> list[str]:
    """Say which municipalities of a country are not in a table that has most of it."""
    notes: list[str] = []
    for code in countries.in_order(units):
        every = division_ids(division, country=code)
        lacking = sorted(every - units)
        if lacking and 2 * len(lacking) < len(every):
            names = tuple(label_of(unit, year=division) for unit in lacking)
            notes.append(Note("lacking", division=str(division), count=len(names), names=names))
    return notes


def division_of_areas(
    kind: str, codes: Iterable[str], *, given: int | None, newest: int
) -> tuple[int, list[str]]:
    """
    Return the division whose municipalities coarser areas hold, and what is to be said of it.

    Raises
    ------
    IndicatorError
        If no division has all the areas.
    """
    wanted = set(codes)
    years = [year for year in YEARS if wanted <= set(area_members(kind, year))]
    asked = years if given is None else [year for year in years if year == given]
    if not asked:
        year = given or min(newest, YEARS[-1])
        strange = sorted(wanted - set(area_members(kind, max(year, YEARS[0]))))
        raise IndicatorError(
            f"not in the classification {kind} of {year}: {listed(strange, most=20)}; give "
            "another division="
        )
    division = min(asked, key=lambda year: abs(year - newest))
    return division, [Note("area_kind", kind=kind.replace("_", " "), division=str(division))]
