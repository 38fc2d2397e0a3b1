"""Who is in what: the rows of evidence, the table of units and groups, its join to boundaries."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import geopandas as gpd
import pandas as pd

from geodata.countries import codes
from geodata.messages import listed
from geodata.register.carried import carried
from geodata.register.divisions import NEWEST_DIVISION, YEARS, division_ids
from zones.catalogue.finding import get, groups_of
from zones.catalogue.names import all_groups
from zones.errors import MeasureError
from zones.extents.area import Subject
from zones.extents.corridors import chosen_extent
from zones.extents.evidence import days_of, period_of
from zones.model.evidence import Membership
from zones.model.groups import Network, Zone

__all__ = ["incidence", "join", "memberships"]

_ID = re.compile(r"[A-Z]{2}_[0-9A-Z]+")
_COLUMNS = (
    *("group", "kind", "name_fi", "name_sv", "role", "basis", "confidence", "weak", "former"),
    *("valid_from", "valid_to", "period", "evidence_year", "division", "organisations"),
    *("source", "source_2", "source_from", "source_to", "note"),
)
_FIELDS = ("lau_id", *(name for name in _COLUMNS if name not in ("kind", "period")))
_RELATIONS = {(True, False): "extent", (False, True): "member", (True, True): "both"}


def memberships(
    group: Subject | Iterable[Subject] | None = None,
    *,
    weak: bool = False,
    former: bool = False,
    at: str | int | dt.date | None = None,
) -> pd.DataFrame:
    """Return the evidence: a row for each time that a source places a unit in a group.

    A unit may be in many groups, and twice in one: Piteå left the Bothnian Arc and came back. A
    row is *weak* where it is a lead only (low confidence, a stale basis, or a municipality that
    calls itself part of the corridor), and *former* where it speaks of the past.

    Parameters
    ----------
    group
        Zones or networks, or their names; all of them where not given.
    weak, former
        Whether to return weak rows, and rows of the past, too.
    at
        Only rows in force at some time in this year, month or day (``2021``, ``"2021-11"``,
        ``"2024-12-31"``, a date), those of what has ended since among them. A row without dates
        of its own has those of its network; an open end counts as in force.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``lau_id`` in the division of the column ``division``, in which the evidence
        was read.

    Raises
    ------
    UnknownGroupError
        When a name is unknown.
    MeasureError
        When `at` is no date.

    Examples
    --------
    >>> memberships("peramerenkaari", at=2021).loc["FI_564", "role"]
    'host'
    >>> len(memberships("koulutus-tyoelama-sote"))
    0
    """
    period = None if at is None else days_of(at)
    rows = [
        {
            **{name: getattr(row, name) for name in _FIELDS},
            "kind": owner.kind,
            "period": "–".join(end or "" for end in period_of(row, owner)).strip("–") or None,
        }
        for owner in groups_of(group)
        for row in owner.memberships
        if _counts(row, owner, period, weak=weak, former=former)
    ]
    frame = pd.DataFrame(rows, columns=["lau_id", *_COLUMNS]).astype({"lau_id": str})
    return frame.set_index("lau_id").astype(
        {"weak": bool, "former": bool, "evidence_year": "Int64"}
    )


def incidence(
    groups: Subject | Iterable[Subject] | None = None,
    *,
    division: int = NEWEST_DIVISION,
    extents: Mapping[str, str] | None = None,
    weak: bool = False,
    former: bool = False,
    at: str | int | dt.date | None = None,
) -> pd.DataFrame:
    """Return which units are in which groups, a row a unit and group.

    `relation` says why: ``"extent"`` (in the extent, with no evidence of its own), ``"member"``
    (by evidence, outside the extent) or ``"both"``. `former` marks rows whose only evidence is of
    the past. Units are carried from the division of the evidence to the division asked for: a
    unit that merged into another one counts as that one from then on.

    Parameters
    ----------
    groups
        Zones or networks, or their names, your own zones among them; all where not given.
    division
        Year of the division, 2013 to 2026.
    extents
        Extents to take in place of the default ones: id of the group to id of the extent, a
        corridor's (``corridor-25km``) among them.
    weak, former, at
        Which evidence to count, as in `memberships`.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``lau_id``: ``group``, ``kind``, ``extent`` (missing where the unit is not in
        the extent), ``relation``, ``former``. Sorted by group in the order of the list, then unit.

    Raises
    ------
    UnknownGroupError, ExtentError, YearError
        When a group, an extent or a year is unknown.

    Examples
    --------
    >>> incidence("viitoskaytava", division=2026)["relation"].value_counts().to_dict()
    {'both': 46}
    >>> len(incidence("viitoskaytava", division=2022))
    47
    """
    wanted = _extents_by_id(extents)
    period = None if at is None else days_of(at)
    rows: list[tuple[str, str, str, str | None, str, bool]] = []
    for group in groups_of(groups):
        name = wanted.get(group.id)
        extent = chosen_extent(group, name, year=division) if group.extents or name else None
        inside = set(carried(extent.units, extent.division, division)) if extent else set()
        evidence: dict[str, list[bool]] = {}
        for row in group.memberships:
            if _counts(row, group, period, weak=weak, former=former):
                for unit in carried((row.lau_id,), row.division, division):
                    evidence.setdefault(unit, []).append(row.former)
        for unit in sorted(inside | set(evidence)):
            relation = _RELATIONS[unit in inside, unit in evidence]
            where = extent.id if extent and unit in inside else None
            past = unit not in inside and all(evidence[unit])
            rows.append((unit, group.id, group.kind, where, relation, past))
    columns = ["lau_id", "group", "kind", "extent", "relation", "former"]
    frame = pd.DataFrame(rows, columns=columns).set_index("lau_id")
    return frame.astype({"extent": "string", "former": bool})


def join(
    frame: gpd.GeoDataFrame,
    groups: Subject | Iterable[Subject] | None = None,
    *,
    division: int | None = None,
    extents: Mapping[str, str] | None = None,
    outside: bool = False,
    weak: bool = False,
    former: bool = False,
    at: str | int | dt.date | None = None,
) -> gpd.GeoDataFrame:
    """Join municipality boundaries to the zones and networks they are in.

    A row a unit and group: a unit in three groups is there three times, one in no group once,
    with the columns of the group missing. Nothing is dropped, and geometry is as it came. Grouped
    by ``group``, the rows are the extents; what evidence ties to a group beyond them comes with
    `outside`.

    Parameters
    ----------
    frame
        Municipalities indexed by ``lau_id``, as `geodata.municipalities` gives them; of one
        country or several.
    groups
        As in `incidence`.
    division
        Year of the division of the frame; the newest that has all its units where not given.
    extents
        As in `incidence`.
    outside
        Whether to bring in units that evidence ties to a group outside its extent.
    weak, former, at
        As in `incidence`.

    Returns
    -------
    geopandas.GeoDataFrame
        The frame's columns, then ``group``, ``kind``, ``extent``, ``relation``, ``former``;
        indexed by ``lau_id``, in the frame's order.

    Raises
    ------
    MeasureError
        When the index is not made of ``lau_id``, has one twice, fits no division, or the frame
        has columns of the result's names already.

    Examples
    --------
    >>> import geodata
    >>> frame = join(geodata.municipalities(2022), "viitoskaytava")
    >>> len(frame), int(frame["group"].notna().sum())
    (309, 47)
    """
    _check_frame(frame)
    year = _division_of(frame.index) if division is None else division
    table = incidence(groups, division=year, extents=extents, weak=weak, former=former, at=at)
    if not outside:
        table = table[table["extent"].notna()]
    clash = [str(name) for name in table.columns if name in frame.columns]
    if clash:
        raise MeasureError(
            f"the frame already has the columns {', '.join(clash)}: rename or drop them first"
        )
    # A left merge keeps the order of the frame, and of the groups within a unit.
    joined = frame.rename_axis("lau_id").join(table, how="left")
    return joined.astype({"former": "boolean"})


def _extents_by_id(extents: Mapping[str, str] | None) -> dict[str, str]:
    """Let extents be chosen by any name of their group; a user's own zone goes by its id."""
    known = {group.id for group in all_groups()}
    chosen: dict[str, str] = {}
    for name, extent in (extents or {}).items():
        try:
            chosen[name if name in known else get(name).id] = extent
        except LookupError:
            chosen[name] = extent
    return chosen


def _counts(
    row: Membership,
    group: Zone | Network,
    period: tuple[dt.date, dt.date] | None,
    *,
    weak: bool,
    former: bool,
) -> bool:
    """Whether a row of evidence is asked for; at a date, what has ended since counts there."""
    if row.weak and not weak:
        return False
    if period is not None:
        return _in_force(row, group, period)
    return former or not row.former


def _in_force(row: Membership, group: Zone | Network, period: tuple[dt.date, dt.date]) -> bool:
    """Whether the row holds at some time in the period."""
    start, end = period_of(row, group)
    begun = start is None or days_of(start)[0] <= period[1]
    return begun and (end is None or days_of(end)[1] >= period[0])


def _check_frame(frame: gpd.GeoDataFrame) -> None:
    wrong = [
        repr(label)
        for label in frame.index
        if not (isinstance(label, str) and _ID.fullmatch(label))
    ]
    if wrong:
        raise MeasureError(
            f"the frame's index must hold lau_id such as 'FI_091', not {listed(wrong, most=3)}: "
            'set it with frame.set_index(geodata.parse_ids(frame["code"]))'
        )
    twice = frame.index[frame.index.duplicated()].unique()
    if len(twice):
        raise MeasureError(
            f"the frame has {', '.join(map(str, twice[:3]))} more than once: "
            "join one row a municipality, for instance frame.dissolve(level=0)"
        )


def _division_of(index: pd.Index) -> int:
    """Return the newest division that has all units of the frame."""
    units = {unit for unit in index if unit.partition("_")[0] in codes()}
    for year in reversed(YEARS):
        if units <= division_ids(year):
            return year
    newest = division_ids(NEWEST_DIVISION)
    raise MeasureError(
        f"the frame's units are of no one division {YEARS[0]}-{YEARS[-1]} (not in "
        f"{NEWEST_DIVISION}: {', '.join(sorted(units - newest)[:5])}): "
        "take units of one year, or carry them there with geodata.harmonise"
    )
