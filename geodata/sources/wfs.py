"""A WFS layer of a year, whole: counted first, paged where need be, believed when it adds up."""

from __future__ import annotations

import collections
import datetime as dt
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

from geodata.errors import ServiceError
from geodata.register.divisions import whole_year
from geodata.sources.cache import load, store
from geodata.sources.http import Answer, IncompleteAnswerError, Session, StatusError, excerpt
from geodata.sources.records import CC_BY_4_0, CachedFile, Fetched, attribution_line, fetched
from geodata.sources.transport import Progress, Transport, progress_reporter, refuse_offline

__all__ = ["WFS_URL", "Layer", "fetch_layer"]

_log = logging.getLogger(__name__)
T = TypeVar("T")

WFS_URL = "https://geo.stat.fi/geoserver/wfs"

_EXCEPTION_BYTES = 64_000


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

    Parameters
    ----------
    layer
        Which family.
    year
        The year asked for.
    read
        Makes the table from GeoJSON and the year; what it refuses with a `ServiceError` is not
        put into the cache.
    refresh, folder, progress, base_url, transport
        As in `geodata.sources.fetch_boundaries`.
    """
    year = whole_year(year)
    if not refresh and (hit := load(layer.name(year), folder=folder)) is not None:
        content, entry = hit
        return fetched(read(content, entry.year), year, entry)
    refuse_offline(base_url)
    with progress_reporter(progress) as report, Session(transport, progress=report) as session:
        found, announced = _newest(session, base_url, layer, year)
        if not refresh and (hit := load(layer.name(found), folder=folder)) is not None:
            content, entry = hit
            return fetched(read(content, found), year, entry)
        features, address = _features(session, base_url, layer, found, announced)
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}},
        "features": features,
    }
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        table = read(content, found)
    except ServiceError as fault:
        message = f"{address}: what came is not usable and was not kept: {fault}"
        raise ServiceError(message) from fault
    return fetched(table, year, _keep(content, layer, found, address, folder))


def _keep(
    content: bytes, layer: Layer, year: int, url: str, folder: str | Path | None
) -> CachedFile:
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    title = layer.title.format(year=year)
    return store(
        content,
        dataset=layer.dataset,
        layer=layer.name(year),
        suffix=".geojson",
        year=year,
        division=year,
        title=title,
        url=url,
        fetched_at=moment,
        licence=CC_BY_4_0,
        line=attribution_line(title, moment),
        folder=folder,
    )


def _newest(session: Session, base_url: str, layer: Layer, year: int) -> tuple[int, int | None]:
    for candidate in (year, year - 1):
        try:
            return candidate, _announced(session, base_url, layer.name(candidate))
        except _LayerMissingError as fault:
            _log.info("%s", fault)
    message = (
        f"{base_url} has neither {layer.name(year)} nor {layer.name(year - 1)}; "
        "ask for an earlier year or use the bundled data"
    )
    raise ServiceError(message)


def _features(
    session: Session, base_url: str, layer: Layer, year: int, announced: int | None
) -> tuple[list[dict[str, Any]], str]:
    """Ask for all features at once, and in pages where the service does not give them so."""
    type_name = layer.name(year)
    query = _query(type_name, outputFormat="application/json", srsName="EPSG:3067")
    if layer.properties:
        query["propertyName"] = ",".join(layer.properties)

    def page(**more: str) -> tuple[dict[str, Any], str]:
        answer = _ask(session, base_url, query | more, label=type_name, check=_parses)
        return _document(answer), answer.url

    document, address = page()
    features: list[dict[str, Any]] = document["features"]
    matched = document.get("numberMatched")
    total = matched if announced is None and isinstance(matched, int) else announced
    if total is not None and 0 < len(features) < total:
        # The service gives pages. It starts again from the first one, now in an order of its
        # own: without one GeoServer refuses to page, and the pages would not fit together.
        size = str(len(features))
        features = []
        while len(features) < total:
            start = str(len(features))
            document, _ = page(sortBy=layer.key, count=size, startIndex=start)
            if not document["features"]:
                break
            features += document["features"]
    _believe(features, total, layer, type_name, address)
    return features, address


def _believe(
    features: list[dict[str, Any]],
    total: int | None,
    layer: Layer,
    type_name: str,
    address: str,
) -> None:
    """Raise where what came is not what was announced."""
    if not features:
        message = f"{address}: {type_name} came without a feature; the layer may not be filled yet"
        raise ServiceError(message)
    if total is not None and len(features) != total:
        message = (
            f"{address}: {total:,} features of {type_name} were announced and "
            f"{len(features):,} came; nothing was kept, try again later"
        )
        raise ServiceError(message)
    keys = [(feature.get("properties") or {}).get(layer.key) for feature in features]
    if not all(isinstance(key, str) for key in keys):
        found = ", ".join(sorted(features[0].get("properties") or {})) or "none"
        message = (
            f"{address}: every feature of {type_name} should have the text field {layer.key!r}; "
            f"fields found: {found}"
        )
        raise ServiceError(message)
    twice = [str(key) for key, count in collections.Counter(keys).items() if count > 1]
    if twice:
        message = (
            f"{address}: {len(twice):,} features of {type_name} came more than once "
            f"({', '.join(twice[:5])}), so others may be missing; try again"
        )
        raise ServiceError(message)
    bare = [str(key) for key, f in zip(keys, features, strict=True) if not f.get("geometry")]
    if bare:
        message = f"{address}: features without geometry: {', '.join(bare[:5])}; try again later"
        raise ServiceError(message)


def _query(type_name: str, **more: str) -> dict[str, str]:
    query = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": type_name}
    return query | more


def _announced(session: Session, base_url: str, type_name: str) -> int | None:
    """Ask how many features there are; None where the service will not say."""
    answer = _ask(session, base_url, _query(type_name, resultType="hits"), label="", check=_parses)
    root = _xml(answer)
    text = None if root is None else root.get("numberMatched")
    if text is None:
        message = (
            f"{answer.url}: a FeatureCollection with numberMatched was expected, "
            f"{_what(answer)} came; the service has changed or is out of order"
        )
        raise ServiceError(message)
    return int(text) if text.isdecimal() else None


def _ask(
    session: Session,
    base_url: str,
    query: dict[str, str],
    *,
    label: str,
    check: Callable[[Answer], None],
) -> Answer:
    try:
        answer = session.get(base_url, query, label=label, check=check)
    except StatusError as fault:
        if fault.status == 400:
            _raise_exception_report(fault.content, base_url, query["typeNames"])
        raise
    _raise_exception_report(answer.content[:_EXCEPTION_BYTES], base_url, query["typeNames"])
    return answer


def _raise_exception_report(content: bytes, base_url: str, type_name: str) -> None:
    """Raise what an ``ows:ExceptionReport`` says; GeoServer sends it with status 400 or 200."""
    if b"Exception" not in content or not content.lstrip().startswith(b"<"):
        return
    try:
        root = _parse_xml(content)
    except ET.ParseError:
        return
    if _local(root) not in {"ExceptionReport", "ServiceExceptionReport"}:
        return
    texts, codes, locators = [], set(), set()
    for node in root.iter():
        if _local(node) in {"Exception", "ServiceException"}:
            codes.add(node.get("exceptionCode", node.get("code", "")))
            locators.add(node.get("locator", "").casefold())
        if node.text and node.text.strip():
            texts.append(" ".join(node.text.split()))
    text = "; ".join(texts) or "no text"
    unknown = re.search(r"feature type .*\bunknown\b|unknown .*type", text, re.IGNORECASE)
    if unknown or ("InvalidParameterValue" in codes and locators & {"typename", "typenames"}):
        message = f"{base_url} has no layer {type_name} ({text})"
        raise _LayerMissingError(message)
    message = f"{base_url} refuses {type_name}: {text}; the service may have changed"
    raise ServiceError(message)


def _parse_xml(content: bytes) -> ET.Element:
    # Neither answer has a DTD, and entities can only do harm here.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ET.ParseError
    return ET.fromstring(content)  # noqa: S314


def _xml(answer: Answer) -> ET.Element | None:
    try:
        return _parse_xml(answer.content[:_EXCEPTION_BYTES])
    except ET.ParseError:
        return None


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _parses(answer: Answer) -> None:
    """Ask again for JSON that is cut off; other things than JSON do not get better by that."""
    start = answer.content.lstrip()[:1]
    if start == b"{":
        try:
            json.loads(answer.content)
        except ValueError as fault:
            message = f"the JSON is cut off or garbled ({fault})"
            raise IncompleteAnswerError(message) from fault
    elif not start:
        message = "the body is empty"
        raise IncompleteAnswerError(message)


def _document(answer: Answer) -> dict[str, Any]:
    if not answer.content.lstrip().startswith(b"{"):
        message = (
            f"{answer.url}: GeoJSON was expected and {_what(answer)} came; "
            "the service may be out of order, or something between sends a page of its own"
        )
        raise ServiceError(message)
    document: dict[str, Any] = json.loads(answer.content)
    if document.get("type") != "FeatureCollection" or not isinstance(
        document.get("features"), list
    ):
        message = f"{answer.url}: a FeatureCollection was expected, {_what(answer)} came"
        raise ServiceError(message)
    name = ((document.get("crs") or {}).get("properties") or {}).get("name")
    if name is not None and not re.search(r"EPSG:+3067$", str(name)):
        message = f"{answer.url}: EPSG:3067 was asked for, {name} came"
        raise ServiceError(message)
    return document


def _what(answer: Answer) -> str:
    text = excerpt(answer.content)
    head = answer.content.lstrip()[:300].lower()
    kind = "an HTML page" if b"<html" in head or b"<!doctype html" in head else answer.media_type
    return f"{kind or 'something without a type'} ({text!r})"
