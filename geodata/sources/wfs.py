"""A WFS layer of a year, whole: counted first, paged where need be, believed when it adds up."""

from __future__ import annotations

import collections
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar
from xml.etree import ElementTree as ET

from geodata.errors import ServiceError
from geodata.register.divisions import whole_year
from geodata.sources.answers import Answer, StatusError, came, excerpt, shaped_answer, whole_json
from geodata.sources.cache import earlier, store
from geodata.sources.http import Session
from geodata.sources.records import Fetched, fetched
from geodata.sources.transport import Progress, Transport, progress_reporter, refuse_offline

__all__ = ["WFS_URL", "Layer", "fetch_layer"]

_log = logging.getLogger(__name__)
T = TypeVar("T")

WFS_URL = "https://geo.stat.fi/geoserver/wfs"

_EXCEPTION_BYTES = 64_000


@dataclass(frozen=True)
class _Feature:
    """A feature; what the service says of it besides is left out."""

    properties: dict[str, Any] | None = None
    geometry: dict[str, Any] | None = None
    type: Literal["Feature"] = "Feature"


@dataclass(frozen=True)
class _Name:
    name: str | None = None


@dataclass(frozen=True)
class _Crs:
    properties: _Name | None = None


@dataclass(frozen=True)
class _Collection:
    type: Literal["FeatureCollection"]
    features: list[_Feature]
    crs: _Crs | None = None
    numberMatched: int | str | None = None  # noqa: N815  the service's name


class _LayerMissingError(ServiceError):
    """The service knows no layer of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A family of layers, one a year.

    Attributes
    ----------
    dataset
        What the cache calls it.
    type_name, title
        The service's name and one for people, with ``{year}``.
    key
        The text field that tells features apart.
    properties
        The fields to ask for; all where there are none.
    """

    dataset: str
    type_name: str
    title: str
    key: str
    properties: tuple[str, ...] = ()

    def name(self, year: int) -> str:
        """Return the service's name of a year's layer."""
        return self.type_name.format(year=year)


def fetch_layer(
    layer: Layer,
    year: int,
    *,
    read: Callable[[bytes, int], T],
    refresh: bool,
    folder: str | Path | None,
    progress: Progress | bool | None,
    base_url: str,
    transport: Transport,
) -> Fetched[T]:
    """Return a layer of the year, or of the year before where that is the newest.

    ``read`` makes the table from GeoJSON and the year; what it refuses with a `ServiceError` is
    not put into the cache. The others are those of `geodata.sources.fetch_boundaries`.
    """
    year = whole_year(year)

    def kept(of: int) -> Fetched[T] | None:
        return earlier(layer.name(of), year, read, refresh=refresh, folder=folder)

    if (result := kept(year)) is not None:
        return result
    refuse_offline(base_url)
    with progress_reporter(progress) as report, Session(transport, progress=report) as session:
        found, announced = _newest(session, base_url, layer, year)
        if found != year and (result := kept(found)) is not None:
            return result
        features, address = _features(
            session, base_url, layer, found, announced, most=transport.max_pages
        )
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}},
        "features": features,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=vars)
    content = text.encode()
    try:
        table = read(content, found)
    except ServiceError as fault:
        raise ServiceError(
            f"{address}: what came is not usable and was not kept: {fault}"
        ) from fault
    entry = store(
        content,
        dataset=layer.dataset,
        layer=layer.name(found),
        year=found,
        division=found,
        title=layer.title.format(year=found),
        url=address,
        folder=folder,
    )
    return fetched(table, year, entry)


def _newest(session: Session, base_url: str, layer: Layer, year: int) -> tuple[int, int | None]:
    for candidate in (year, year - 1):
        try:
            return candidate, _announced(session, base_url, layer.name(candidate))
        except _LayerMissingError as fault:
            _log.info("%s", fault)
    raise ServiceError(
        f"{base_url} has neither {layer.name(year)} nor {layer.name(year - 1)}; "
        "ask for an earlier year or use the bundled data"
    )


def _features(
    session: Session, base_url: str, layer: Layer, year: int, announced: int | None, *, most: int
) -> tuple[list[_Feature], str]:
    """Ask for all features at once, and in pages where the service does not give them so."""
    type_name = layer.name(year)
    query = _query(type_name, outputFormat="application/json", srsName="EPSG:3067")
    if layer.properties:
        query["propertyName"] = ",".join(layer.properties)

    def page(**more: str) -> tuple[_Collection, str]:
        answer = _ask(session, base_url, query | more, label=type_name)
        return _collection(answer), answer.url

    collection, address = page()
    features = collection.features
    matched = collection.numberMatched
    total = matched if announced is None and isinstance(matched, int) else announced
    if total is not None and 0 < len(features) < total:
        # The service gives pages. It starts again from the first one, now in an order of its
        # own: without one GeoServer refuses to page, and the pages would not fit together.
        size = str(len(features))
        features, last = [], None
        asked = 0
        while len(features) < total:
            asked += 1
            if asked > most:
                raise ServiceError(
                    f"{address}: {len(features):,} of {total:,} features came in {most:,} pages, "
                    "and no more pages are asked for; something else than the layer is being "
                    "sent, or allow more max_pages"
                )
            start = str(len(features))
            collection, _ = page(sortBy=layer.key, count=size, startIndex=start)
            # A service that gives the same page for ever is left to the check of the keys.
            if collection.features in ([], last):
                break
            last = collection.features
            features += last
    if fault := _disbelief(features, total, layer):
        raise ServiceError(f"{address}: {type_name}: {fault}")
    return features, address


def _disbelief(features: list[_Feature], total: int | None, layer: Layer) -> str | None:
    """Return in what way that which came is not what was announced."""
    if not features:
        return "came without a feature; the layer may not be filled yet"
    if total is not None and len(features) != total:
        return (
            f"{total:,} features were announced and {len(features):,} came; "
            "nothing was kept, try again later"
        )
    keys = [(feature.properties or {}).get(layer.key) for feature in features]
    if not all(isinstance(key, str) for key in keys):
        found = excerpt(", ".join(sorted(features[0].properties or {}))) or "none"
        return f"every feature should have the text field {layer.key!r}; fields found: {found}"
    twice = [str(key) for key, count in collections.Counter(keys).items() if count > 1]
    if twice:
        return (
            f"{len(twice):,} features came more than once ({excerpt(', '.join(twice))}), "
            "so others may be missing; try again"
        )
    bare = [str(key) for key, f in zip(keys, features, strict=True) if not f.geometry]
    return f"features without geometry: {excerpt(', '.join(bare))}; try again" if bare else None


def _query(type_name: str, **more: str) -> dict[str, str]:
    query = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": type_name}
    return query | more


def _announced(session: Session, base_url: str, type_name: str) -> int | None:
    """Ask how many features there are; None where the service will not say."""
    answer = _ask(session, base_url, _query(type_name, resultType="hits"), label="")
    root = _xml(answer.content)
    text = None if root is None else root.get("numberMatched")
    if text is None:
        raise ServiceError(
            f"{answer.url}: a FeatureCollection with numberMatched was expected, "
            f"{came(answer)} came; the service has changed or is out of order"
        )
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _ask(session: Session, base_url: str, query: dict[str, str], *, label: str) -> Answer:
    try:
        answer = session.ask(base_url, query, label=label, check=whole_json)
    except StatusError as fault:
        if fault.status == 400:
            _raise_exception_report(fault.content, base_url, query["typeNames"])
        raise
    _raise_exception_report(answer.content, base_url, query["typeNames"])
    return answer


def _raise_exception_report(content: bytes, base_url: str, type_name: str) -> None:
    """Raise what an ``ows:ExceptionReport`` says; GeoServer sends it with status 400 or 200."""
    root = _xml(content)
    if root is None or not root.tag.endswith("ExceptionReport"):
        return
    texts, codes, locators = [], set(), set()
    for node in root.iter():
        if node.tag.endswith("Exception"):
            codes.add(node.get("exceptionCode", node.get("code", "")))
            locators.add(node.get("locator", "").casefold())
        if node.text and node.text.strip():
            texts.append(" ".join(node.text.split()))
    text = excerpt("; ".join(texts), 500) or "no text"
    unknown = re.search(r"feature type .*\bunknown\b|unknown .*type", text, re.IGNORECASE)
    if unknown or ("InvalidParameterValue" in codes and locators & {"typename", "typenames"}):
        raise _LayerMissingError(f"{base_url} has no layer {type_name} ({text})")
    raise ServiceError(f"{base_url} refuses {type_name}: {text}; the service may have changed")


def _xml(content: bytes) -> ET.Element | None:
    """Parse a short answer in XML; None where it is none, or has a DTD, which only does harm."""
    if not content.lstrip().startswith(b"<") or b"<!" in content[:_EXCEPTION_BYTES]:
        return None
    try:
        return ET.fromstring(content[:_EXCEPTION_BYTES])  # noqa: S314
    except ET.ParseError:
        return None


def _collection(answer: Answer) -> _Collection:
    collection = shaped_answer(answer, _Collection, "GeoJSON")
    name = collection.crs and collection.crs.properties and collection.crs.properties.name
    if name and not re.search(r"EPSG:+3067$", name):
        raise ServiceError(f"{answer.url}: EPSG:3067 was asked for, {excerpt(name)} came")
    return collection
