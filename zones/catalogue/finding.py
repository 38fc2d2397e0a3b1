"""The door to zones and networks: what a person gives for one becomes the record."""

import os
from collections.abc import Iterable
from typing import Any, TypeAlias

from zones.catalogue.names import all_groups, is_path, known, nearest
from zones.errors import ExtentError, UnknownGroupError
from zones.model.groups import Extent, Group, Network, Theme, Zone

__all__ = ["Given", "get", "group_of", "groups_in", "groups_of", "several"]

Given: TypeAlias = str | os.PathLike[str] | Zone | Network | Theme | Iterable[Any]
"""A name, a file's path, what `get` returns, or a list of municipalities."""


def get(subject: Any) -> Zone | Network | Theme:
    """Return the zone, network or theme that is meant.

    A name is found in any language and case, with or without diacritics, spaces and hyphens; the
    id, the short name and the aliases count as names. The path of a file of your own is read, and
    so is a list of municipalities. A group is returned as it is, and an area's is its group.

    Parameters
    ----------
    subject
        What people call it; the path of a zone file; municipalities by name or code, as a list,
        a Series, an Index or the rows of a table; a zone, network or area.

    Raises
    ------
    UnknownGroupError
        When nothing has that name; the message suggests the nearest.
    CatalogueError
        When a file or a list has faults; all of them are listed.

    Examples
    --------
    >>> get("bothnian arc").id
    'peramerenkaari'
    >>> get("VIITOSKAYTAVA").names.fi
    'Suomen Viitoskäytävä'
    >>> get(["Oulu", "Raahe"]).default_extent.units
    ('FI_564', 'FI_678')
    """
    held = getattr(subject, "group", subject)
    if isinstance(held, Zone | Network | Theme):
        return held
    if isinstance(subject, str) and not is_path(subject):
        return _named(subject)
    if isinstance(subject, str | os.PathLike | Iterable) and not isinstance(subject, bytes):
        from zones.catalogue.own import read_zone  # noqa: PLC0415 - a name needs no pandas

        return read_zone(subject)
    raise UnknownGroupError(
        f"{subject!r} is no zone: give a zone or network by name, the path of a zone file, "
        "a list of municipalities, or an area"
    )


def group_of(subject: Any) -> Zone | Network:
    """Return the zone or network that is meant, as `get` does; a theme is refused.

    Raises
    ------
    ExtentError
        When it is a theme, which has no municipalities.

    Examples
    --------
    >>> group_of("sixnet").kind
    'network'
    """
    group = get(subject)
    if isinstance(group, Theme):
        nets = ", ".join(net.id for net in _networks_of(group))
        raise ExtentError(
            f"{group.id} is a theme, which has no municipalities: give one of its networks ({nets})"
        )
    return group


def several(given: Any) -> tuple[Any, ...]:
    """Return what is given for one or several zones as a tuple with a part for each.

    A list of texts of which none is a zone and some a municipality is one zone: that of these
    municipalities.

    Examples
    --------
    >>> several("sixnet"), several(["sixnet", "liukas"]), several(["Oulu", "Raahe"])
    (('sixnet',), ('sixnet', 'liukas'), (['Oulu', 'Raahe'],))
    """
    alone = isinstance(given, str | bytes | os.PathLike) or not isinstance(given, Iterable)
    if alone or hasattr(given, "columns"):
        return (given,)
    parts = tuple(given)
    if parts and all(isinstance(part, str) for part in parts):
        zones = any(known(part) or is_path(part) for part in parts)
        if not zones and any(_is_municipality(part) for part in parts):
            return ([*parts],)
    return parts


def groups_of(given: Any = None) -> tuple[Zone | Network, ...]:
    """Return the zones and networks that are meant, each once; all of them if nothing is given.

    A theme stands for its networks, and an area for its group with its extent as the default.

    Examples
    --------
    >>> [group.id for group in groups_of(["viitoskaytava", "theme-vetytalous"])]
    ['viitoskaytava', 'kansallinen-vetyverkosto']
    """
    if given is None:
        return all_groups()
    return tuple(dict.fromkeys(group for part in several(given) for group in groups_in(part)))


def groups_in(part: Any) -> tuple[Zone | Network, ...]:
    """Return the zone or network that one part of `several` means, or the networks of a theme.

    Examples
    --------
    >>> [network.id for network in groups_in("theme-vetytalous")]
    ['kansallinen-vetyverkosto']
    """
    group = get(part)
    extent = getattr(part, "extent", None)
    if isinstance(group, Theme):
        return tuple(_networks_of(group))
    return (group.with_default(extent) if isinstance(extent, Extent) else group,)


def _named(name: str) -> Group | Theme:
    group = known(name)
    if group is not None:
        return group
    ids = nearest(name)
    hint = f"did you mean {', '.join(ids)}? " if ids else ""
    if _is_municipality(name):
        hint = (
            "it is a municipality, and a zone is a list of them such as ['Oulu', 'Kemi'], "
            "or a file with one; "
        )
    raise UnknownGroupError(
        f"no zone or network is called {name!r}: {hint}`zones list` shows them all"
    )


def _networks_of(theme: Theme) -> list[Network]:
    nets = all_groups("network")
    return [net for net in nets if isinstance(net, Network) and net.theme == theme.id]


def _is_municipality(text: str) -> bool:
    from geodata.register.identifiers import is_municipality  # noqa: PLC0415 - loads pandas

    return is_municipality(text)
