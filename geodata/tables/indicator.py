"""What a column of a table is: a count, a rate, a mean, or what cannot be added up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

from geodata.countries.record import LANGUAGES
from geodata.errors import IndicatorError
from geodata.gate import misfits
from geodata.messages import listed, unknown

__all__ = ["PEOPLE", "Indicator", "Kind", "check_indicators"]

Kind = Literal["count", "rate", "mean", "other"]
"""How a column is brought together over several units."""

PEOPLE = "population"
"""The base or weight that every table has: people on 31 December, as bundled."""

_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    r"""
    A column of a table, as its user declares it.

    A **count** is added up. A **rate** is per unit of its base: over several units it is
    :math:`\sum r_i b_i / \sum b_i`, which is the sum of the numerators :math:`r_i b_i / f` over
    the sum of the bases :math:`b_i`, times the factor :math:`f`. A **mean** is the same with its
    weight. What is **other**, such as a median, is shown by unit and never brought together.

    Attributes
    ----------
    id
        Name of the measure: small letters, digits and underscores.
    kind
        ``count``, ``rate``, ``mean`` or ``other``.
    name
        What the column is called in the table; the id where not given.
    base
        Of a rate, the id of the count that it is per; ``population`` is people as bundled.
    numerator
        Of a rate, the id of the count that it is the rate of, where the table has it; the column
        itself is then not needed.
    weight
        Of a mean, the id of the count that it is weighed by; ``population`` as well.
    factor
        Of a rate, what it is per: 100 for per cent, 1,000 for per mille.
    unit
        A unit of the library's measures (``people``, ``percent``, ``km2`` ...) or a word of its
        own.
    unit_names
        That word by language, where it differs.
    names
        Name for readers by language (``fi``, ``sv``, ``en``); the column's name where not given.
    digits
        Decimals that a person reads; as in the table where not given.
    suppressed_below
        Of a count, what the publisher leaves out: numbers below this.
    middle
        A value with a meaning, such as 0 of a change, at which the colours of a map turn. A count
        with one may be below 0, also where no number that is known is.
    source, licence
        Where they differ from the table's.

    Raises
    ------
    IndicatorError
        If the declaration is not complete or contradicts itself; all faults are listed.

    Examples
    --------
    >>> Indicator(id="jobs", kind="count", unit="jobs").title("fi")
    'jobs'
    >>> Indicator(id="unemployment", kind="rate", factor=100)
    Traceback (most recent call last):
    geodata.errors.IndicatorError: unemployment: a rate without a base cannot be brought together;
    give base= the id of a count in the table, or 'population'
    """

    id: str
    kind: Kind
    name: str | None = None
    base: str | None = None
    numerator: str | None = None
    weight: str | None = None
    factor: float = 1
    unit: str = ""
    unit_names: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    digits: int | None = None
    suppressed_below: float | None = None
    middle: float | None = None
    source: str = ""
    licence: str = ""

    def __post_init__(self) -> None:
        """Refuse what is not complete."""
        faults = [f"{self.id}: {fault}" for fault in _faults(self)]
        if faults:
            raise IndicatorError(listed(faults, most=None, mark="; "))

    @property
    def column(self) -> str:
        """Name of the column in the table."""
        return self.name or self.id

    @property
    def divisor(self) -> str | None:
        """Id of what a rate is per, or a mean is weighed by."""
        return self.base if self.kind == "rate" else self.weight

    @property
    def signed(self) -> bool:
        """Whether it is declared as what may be below nothing, such as net migration."""
        return self.middle is not None

    def title(self, lang: str) -> str:
        """Return the name for readers."""
        return self.names.get(lang) or self.column

    def unit_word(self, lang: str) -> str:
        """Return the unit as it is written after a number, where it is not one of the library's."""
        return self.unit_names.get(lang) or self.unit


def _faults(one: Indicator) -> list[str]:
    faults = []
    if not isinstance(one.id, str) or not _ID.fullmatch(one.id):
        faults.append("an id has small letters a-z, digits and underscores; give such as 'jobs'")
    elif one.id == PEOPLE:
        faults.append(f"{PEOPLE!r} is the library's own; give another id")
    given = {
        each.name: getattr(one, each.name)
        for each in fields(one)
        if each.name not in ("id", "kind")
    }
    if wrong := misfits(type(one), given):
        return [*faults, *wrong]
    if one.kind not in get_args(Kind):
        return [*faults, unknown("kind", one.kind, get_args(Kind))]
    if one.kind == "rate" and not one.base:
        faults.append(
            "a rate without a base cannot be brought together; give base= the id of a count in "
            f"the table, or {PEOPLE!r}"
        )
    if one.kind == "mean" and not one.weight:
        faults.append(
            "a mean without a weight cannot be brought together; give weight= the id of a count "
            f"in the table, or {PEOPLE!r}"
        )
    if one.kind == "count" and one.unit in ("percent", "%"):
        faults.append(
            "per cents cannot be added up; give kind='rate' with its base, or another unit"
        )
    allowed = {"base": "rate", "numerator": "rate", "weight": "mean", "suppressed_below": "count"}
    faults += [
        f"{name}= is of a {kind}, and this is kind={one.kind!r}; leave it out or change the kind"
        for name, kind in allowed.items()
        if getattr(one, name) is not None and one.kind != kind
    ]
    if not one.factor > 0:
        faults.append(f"factor={one.factor!r} is no factor; give one such as 100 for per cent")
    for name in ("names", "unit_names"):
        strangers = [lang for lang in getattr(one, name) if lang not in LANGUAGES]
        faults += [f"{name} has {lang!r}; give {', '.join(LANGUAGES)}" for lang in strangers]
    return faults


def check_indicators(indicators: Sequence[Indicator]) -> None:
    """
    Raise unless every base, numerator and weight is a count of the same table, and ids are unique.

    Raises
    ------
    IndicatorError
        All faults are listed.
    """
    kinds = {one.id: one.kind for one in indicators}
    faults = []
    for at, one in enumerate(indicators):
        if any(other.id == one.id for other in indicators[:at]):
            faults.append(f"{one.id} is declared twice; give each id once")
        for role in ("base", "numerator", "weight"):
            other = getattr(one, role)
            if other is None or (other == PEOPLE and role != "numerator"):
                continue
            counts = [name for name, kind in kinds.items() if kind == "count" and name != one.id]
            # The numerator is of the table alone.
            counts += [PEOPLE] if role != "numerator" else []
            if kinds.get(other) != "count":
                faults.append(
                    f"{one.id}: {role}={other!r} is no count of the table; declare it as a "
                    f"count, or give one of {listed(counts, most=None)}"
                )
    if faults:
        raise IndicatorError(listed(faults, most=None, mark="; "))
