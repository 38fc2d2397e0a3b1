"""Zones that try the map's patience, shared by the tests with and without a browser."""

import geodata
import zones
from zones.model.evidence import Membership
from zones.model.groups import Extent, Zone
from zones.model.values import Names

HOSTILE = (
    '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=2">'
    "{{ 7*7 }} {% raw %} \"'`${1}` \u202ertl\u2028\u2029 &amp; =1+1"
)
LONG = "Pitkä" * 2000
SCRIPT_ADDRESS = "javascript:window.pwned=4"


def own_zone(name, units, *, text="", key=None):
    """Make a zone of one's own whose every text is the same."""
    rows = tuple(
        Membership(
            lau_id=unit,
            group=key or name,
            name_fi=name,
            name_sv=None,
            role=text or "member",
            confidence="high",
            source=SCRIPT_ADDRESS if text else "https://example.org/own",
            note=text or None,
            division=2026,
        )
        for unit in units[:3]
    )
    whole = Extent(
        id=text or "own",
        group=key or name,
        division=2026,
        units=tuple(units),
        description=Names.plain(text),
        source=text,
        default=True,
    )
    return Zone(
        id=key or name,
        names=Names(name),
        short_names=Names(name),
        aliases=(text,) if text else (),
        extents=(whole,),
        memberships=rows,
    )


def units_of(*regions):
    """Return the municipalities of Finnish regions in 2026."""
    frame = geodata.municipalities(2026)
    return list(frame.index[frame["region"].isin(regions)])


def hostile_zones():
    """Return two zones of hostile names, which overlap, and one of the catalogue."""
    return [
        own_zone(HOSTILE, units_of("17"), text=HOSTILE),
        own_zone(LONG, units_of("17", "18"), text=HOSTILE + LONG, key="long"),
        zones.get("peramerenkaari"),
    ]


def overlapping_zones():
    """Return A (North Ostrobothnia) and B (North Ostrobothnia and Kainuu): B holds all of A."""
    return [own_zone("A", units_of("17")), own_zone("B", units_of("17", "18"))]
