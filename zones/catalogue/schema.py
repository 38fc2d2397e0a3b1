"""Reads the facts on zones, networks, themes and links into records; lists every fault."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from zones.errors import CatalogueError
from zones.model.evidence import Claim, Count, Membership, Organisation
from zones.model.groups import Extent, Group, Link, Network, SpinePoint, Theme, Zone
from zones.model.values import Facts, Names

__all__ = ["Catalogue", "lau_id", "read_catalogue", "read_network", "read_theme", "read_zone"]

# Codes of a zone's member rows were checked against the division of 2021, networks' against 2023.
_ZONE_DIVISION = 2021
_NETWORK_DIVISION = 2023
_NETWORK_EXTENT = "known-members"

# For each kind of table: keys that must be there, keys that may be there.
_KEYS: dict[str, tuple[str, str]] = {
    "member of a zone": (
        "code country name_fi role confidence source",
        "name_sv valid_from valid_to source_2 source_from source_to note",
    ),
    "member of a network": (
        "code country name_fi role basis confidence evidence_year source",
        "organisations note",
    ),
    "extent": (
        "id division codes n_municipalities description use source",
        "default region_codes fi_population_2012 fi_population_2022 fi_land_area_km2",
    ),
    "spine": ("order code country name on basis source", "note branch branch_between"),
    "claim": (
        "id text value unit date refers_to confidence source",
        """source_2 check note
        measure key extents codes division year other_years qualifier not_computable""",
    ),
    "organisation": ("name kind role confidence source", "valid_from valid_to note"),
    "count": (
        "date source",
        "municipalities regional_councils chambers ministries note key extents qualifier",
    ),
    "link": ("between kind name source", "note"),
    "theme": ("id name_fi source", "name_sv name_en"),
    "network": (
        "id name_fi status theme source confidence members_complete",
        """name_sv name_en name_en_is_translation decision_date valid_from valid_to
        coordinator coordinator_municipality coordinator_code grant_eur grant_basis
        funding_channel more_sources unknown note member""",
    ),
    # The keys from project_name on are for reading: they stay together in `Zone.facts`.
    "zone": (
        "id name_fi short_name_fi complete gaps contradictions extent member spine",
        """name_sv name_en short_name_sv short_name_en aliases host host_code
        funding_eur period_from period_to claim organisation count
        project_name project_name_source association slogan_fi former_name_fi founded
        name_sv_source name_sv_note host_source host_note funding_decision funding_granted
        funding_source grant_authority grant_authority_source candidates_2013
        candidates_2013_source agreement_periods agreement_source agreement_source_2
        agreement_note membership_fees membership_fees_source growth_agreement
        growth_agreement_source spine_road spine_rail spine_note spine_source spine_source_2""",
    ),
}
_ZONE_FIELDS = {
    *("id", "name_fi", "name_sv", "name_en", "short_name_fi", "short_name_sv", "short_name_en"),
    *("aliases", "host", "host_code", "funding_eur", "period_from", "period_to", "complete"),
    *("gaps", "contradictions", "extent", "member", "spine", "claim", "organisation", "count"),
}
_EXTENT_FIELDS = {"id", "division", "codes", "description", "use", "source", "default"}


class Catalogue:
    """All records of the facts, in the order in which they are listed."""

    __slots__ = ("links", "networks", "themes", "zones")

    def __init__(
        self,
        zones: tuple[Zone, ...],
        networks: tuple[Network, ...],
        themes: tuple[Theme, ...],
        links: tuple[Link, ...],
    ) -> None:
        """Take the records over."""
        self.zones = zones
        self.networks = networks
        self.themes = themes
        self.links = links


@cache
def read_catalogue() -> Catalogue:
    """
    Read the facts that come with the library, once.

    Raises
    ------
    CatalogueError
        With every fault of every file.
    """
    facts = resources.files("zones").joinpath("facts")
    faults: list[str] = []
    zones = [read_zone(table, faults) for table in _tables(facts.joinpath("zones"), faults)]
    networks = [
        read_network(table, faults) for table in _tables(facts.joinpath("networks"), faults)
    ]
    themes = [read_theme(table, faults) for table in _tables(facts.joinpath("themes"), faults)]
    ties = tomllib.loads(facts.joinpath("links.toml").read_text("utf-8")).get("link", [])
    links = [
        Link(tuple(row["between"]), row["kind"], row["name"], row["source"], row.get("note"))
        for row in _checked("link", ties, "links.toml", faults)
    ]
    read_zones = tuple(zone for zone in zones if zone)
    read_networks = tuple(network for network in networks if network)
    read_themes = tuple(theme for theme in themes if theme)
    known = {theme.id for theme in read_themes}
    faults += [
        f"network {network.id}: theme {network.theme!r} has no file"
        for network in read_networks
        if network.theme not in known
    ]
    groups: tuple[Group | Theme, ...] = (*read_zones, *read_networks, *read_themes)
    ids = [group.id for group in groups]
    faults += [f"id {name!r} is used twice" for name in _twice(ids)]
    if faults:
        raise CatalogueError("the facts have faults: " + "; ".join(faults))
    return Catalogue(read_zones, read_networks, read_themes, tuple(links))


def lau_id(code: str, country: str | None = None) -> str:
    """
    Return the identifier of a national code; four digits are Swedish where no country is given.

    Examples
    --------
    >>> lau_id("091"), lau_id("2580")
    ('FI_091', 'SE_2580')
    """
    return f"{country or ('SE' if len(code) == 4 else 'FI')}_{code}"


def read_zone(table: Mapping[str, Any], faults: list[str]) -> Zone | None:
    """Make a zone of its table; faults are added to the list, and None is returned if any."""
    before = len(faults)
    name = f"zone {table.get('id', '?')}"
    _check_keys("zone", table, name, faults)
    parts = {
        part: _checked(kind, table.get(part, []), name, faults)
        for part, kind in (
            ("member", "member of a zone"),
            ("extent", "extent"),
            ("spine", "spine"),
            ("claim", "claim"),
            ("organisation", "organisation"),
            ("count", "count"),
        )
    }
    for part in ("extent", "claim"):
        faults += [f"{name}: {part} {i!r} is there twice" for i in _twice_by(parts[part], "id")]
    faults += [
        f"{name}: spine order {i} is there twice" for i in _twice_by(parts["spine"], "order")
    ]
    defaults = [row["id"] for row in parts["extent"] if row.get("default")]
    if len(defaults) != 1:
        faults.append(f"{name}: one extent must be the default, not {len(defaults)}")
    for row in parts["extent"]:
        faults += [f"{name}: extent {row['id']} has {c} twice" for c in _twice(row["codes"])]
        if len(row["codes"]) != row["n_municipalities"]:
            faults.append(
                f"{name}: extent {row['id']} has {len(row['codes'])} codes, "
                f"but n_municipalities = {row['n_municipalities']}"
            )
    have = {row["id"] for row in parts["extent"]}
    for row in parts["claim"]:
        unknown = [i for i in row.get("extents", ()) if i not in have]
        faults += [f"{name}: claim {row['id']}: no extent {i!r}" for i in unknown]
        if not row.get("measure") and not row.get("not_computable"):
            faults.append(f"{name}: claim {row['id']} needs a measure or not_computable")
    if len(faults) > before:
        return None
    zone = table["id"]
    return Zone(
        id=zone,
        names=_names(table, "name"),
        short_names=_names(table, "short_name"),
        aliases=tuple(table.get("aliases", ())),
        extents=tuple(_extent(row, zone) for row in parts["extent"]),
        memberships=tuple(_membership(row, zone, _ZONE_DIVISION) for row in parts["member"]),
        spine=tuple(_point(row) for row in sorted(parts["spine"], key=lambda row: row["order"])),
        claims=tuple(_claim(row) for row in parts["claim"]),
        organisations=tuple(Organisation(**row) for row in parts["organisation"]),
        counts=tuple(_count(row) for row in parts["count"]),
        gaps=tuple(table["gaps"]),
        contradictions=tuple(table["contradictions"]),
        complete=table["complete"],
        host=table.get("host"),
        host_id=lau_id(table["host_code"]) if "host_code" in table else None,
        funding_eur=table.get("funding_eur"),
        period_from=table.get("period_from"),
        period_to=table.get("period_to"),
        facts=Facts({key: val for key, val in table.items() if key not in _ZONE_FIELDS}),
    )


def read_network(table: Mapping[str, Any], faults: list[str]) -> Network | None:
    """Make a network of its table; faults are added to the list, and None is returned if any."""
    before = len(faults)
    name = f"network {table.get('id', '?')}"
    _check_keys("network", table, name, faults)
    rows = _checked("member of a network", table.get("member", []), name, faults)
    if len(faults) > before:
        return None
    network = table["id"]
    members = tuple(_membership(row, network, _NETWORK_DIVISION) for row in rows)
    known = tuple(sorted({row.lau_id for row in members if not row.weak}))
    extent = Extent(
        id=_NETWORK_EXTENT,
        group=network,
        division=_NETWORK_DIVISION,
        units=known,
        description="members whose evidence is neither stale nor of low confidence",
        source=table["source"],
        default=True,
    )
    code = table.get("coordinator_code")
    skipped = {"member", "name_fi", "name_sv", "name_en", "coordinator_code"}
    rest: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
        if key not in skipped
    }
    names = _names(table, "name")
    return Network(
        names=names,
        short_names=Names(_short(names.fi), *(n and _short(n) for n in (names.sv, names.en))),
        extents=(extent,) if known else (),
        memberships=members,
        coordinator_id=lau_id(code) if code else None,
        **rest,
    )


def read_theme(table: Mapping[str, Any], faults: list[str]) -> Theme | None:
    """Make a theme of its table; faults are added to the list, and None is returned if any."""
    before = len(faults)
    _check_keys("theme", table, f"theme {table.get('id', '?')}", faults)
    if len(faults) > before:
        return None
    return Theme(table["id"], _names(table, "name"), table["source"])


def _tables(folder: Traversable, faults: list[str]) -> list[dict[str, Any]]:
    """Read the files of a folder in the order of their names."""
    tables = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        table = tomllib.loads(file.read_text("utf-8"))
        if table.get("id") != file.name.removesuffix(".toml"):
            faults.append(f"{file.name}: id = {table.get('id')!r}, expected the file's name")
        tables.append(table)
    return tables


def _check_keys(kind: str, table: Mapping[str, Any], name: str, faults: list[str]) -> bool:
    required, optional = (set(keys.split()) for keys in _KEYS[kind])
    missing = sorted(required - set(table))
    unknown = sorted(set(table) - required - optional)
    faults += [f"{name}: {key} is missing" for key in missing]
    faults += [f"{name}: unknown key {key}" for key in unknown]
    return not missing and not unknown


def _checked(
    kind: str, rows: Iterable[dict[str, Any]], name: str, faults: list[str]
) -> list[dict[str, Any]]:
    """Return the rows whose keys are right; the faults of the others are added to the list."""
    return [
        row
        for number, row in enumerate(rows, start=1)
        if _check_keys(kind, row, f"{name}, {kind} {number}", faults)
    ]


def _names(table: Mapping[str, Any], stem: str) -> Names:
    return Names(table[f"{stem}_fi"], table.get(f"{stem}_sv"), table.get(f"{stem}_en"))


def _with_id(row: Mapping[str, Any]) -> dict[str, Any]:
    """Put the identifier in the place of code and country."""
    rest = {key: value for key, value in row.items() if key not in {"code", "country"}}
    return {"lau_id": lau_id(row["code"], row["country"]), **rest}


def _membership(row: Mapping[str, Any], group: str, division: int) -> Membership:
    fields = {"name_sv": None} | _with_id(row)
    fields["organisations"] = tuple(row.get("organisations", ()))
    return Membership(group=group, division=division, **fields)


def _point(row: Mapping[str, Any]) -> SpinePoint:
    ends = tuple(lau_id(code) for code in row.get("branch_between", ()))
    return SpinePoint(**(_with_id(row) | {"branch_between": ends}))


def _extent(row: Mapping[str, Any], group: str) -> Extent:
    return Extent(
        id=row["id"],
        group=group,
        division=row["division"],
        units=tuple(lau_id(code) for code in row["codes"]),
        description=row["description"],
        use=row["use"],
        source=row["source"],
        default=row.get("default", False),
        published=Facts({key: val for key, val in row.items() if key not in _EXTENT_FIELDS}),
    )


def _claim(row: Mapping[str, Any]) -> Claim:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in row.items()
        if key != "codes"
    }
    return Claim(units=tuple(lau_id(code) for code in row.get("codes", ())), **fields)


def _count(row: Mapping[str, Any]) -> Count:
    return Count(**(dict(row) | {"extents": tuple(row.get("extents", ()))}))


def _short(name: str) -> str:
    """
    Return the acronym at the end of a name, or the name without its explanation.

    Examples
    --------
    >>> _short("Hyvinvointi- ja terveysdatan ekosysteemi (HYTKI)")
    'HYTKI'
    """
    acronym = re.search(r"\(([A-ZÅÄÖ]{3,}[^)]*)\)$", name)
    if acronym:
        return acronym[1]
    return re.sub(r" - .*$| \([^)]*\)$", "", name)


def _twice(things: Iterable[Any]) -> list[Any]:
    counts = Counter(things)
    return [thing for thing, count in counts.items() if count > 1]


def _twice_by(rows: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    return _twice(row[key] for row in rows)
