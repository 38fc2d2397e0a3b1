"""A local server that behaves badly on purpose, and the two services it stands in for.

The shapes of good answers are those documented for Statistics Finland's GeoServer and PxWeb;
the figures and squares in them, and every fault, are constructed.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from geodata.sources import Transport

# Impatient, so that the tests are quick; what is tested does not depend on the seconds.
QUICK = Transport(
    timeout=0.5, deadline=20, attempts=3, backoff=0.001, longest_wait=5, max_bytes=5_000_000
)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """An answer, and how it is spoilt on its way.

    ``cut`` sends only so many bytes of the body and closes; ``hang`` says nothing for so many
    seconds; ``drip`` waits so long between single bytes; an empty header is left out.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    hang: float = 0
    drip: float = 0


Service = Callable[[Request], Reply]


class BadServer:
    """``first`` holds spoilt replies given in order; when they are used up, ``service`` answers."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.first: deque[Reply] = deque()
        self.requests: list[Request] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._reply(self)

            def do_POST(self) -> None:
                outer._reply(self)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def spoil(self, *replies: Reply) -> None:
        self.first.extend(replies)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _reply(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("content-length") or 0)
        body = json.loads(handler.rfile.read(length)) if length else None
        request = Request(handler.command, parts.path, dict(parse_qsl(parts.query)), body)
        self.requests.append(request)
        reply = self.first.popleft() if self.first else self.service(request)
        self._stopped.wait(reply.hang)
        try:
            handler.send_response(reply.status)
            headers = {"Content-Length": str(len(reply.body))} | reply.headers
            for name, value in headers.items():
                if value:
                    handler.send_header(name, value)
            handler.end_headers()
            if reply.drip:
                for position in range(len(reply.body)):
                    handler.wfile.write(reply.body[position : position + 1])
                    handler.wfile.flush()
                    if self._stopped.wait(reply.drip):
                        break
            else:
                handler.wfile.write(reply.body[: reply.cut])
        except OSError:
            pass  # the client has had enough
        handler.close_connection = True


def as_json(document: Any, **more: Any) -> Reply:
    body = json.dumps(document, ensure_ascii=False).encode()
    return Reply(body=body, headers={"Content-Type": "application/json;charset=UTF-8"}, **more)


def as_xml(text: str, status: int = 200) -> Reply:
    return Reply(
        status=status,
        body=text.encode(),
        headers={"Content-Type": "text/xml; subtype=gml/2.1.2"},
    )


def as_html(text: str, status: int = 200) -> Reply:
    page = f"<!DOCTYPE html><html><head><title>{text}</title></head><body>Sorry</body></html>"
    return Reply(status=status, body=page.encode(), headers={"Content-Type": "text/html"})


def zipped(reply: Reply) -> Reply:
    headers = reply.headers | {"Content-Encoding": "gzip"}
    return Reply(body=gzip.compress(reply.body), headers=headers)


def exception_report(text: str, *, locator: str = "typeName", status: int = 400) -> Reply:
    """Return the error document of GeoServer (documented shape)."""
    return as_xml(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">'
        f'<ows:Exception exceptionCode="InvalidParameterValue" locator="{locator}">'
        f"<ows:ExceptionText>{text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>",
        status,
    )


def hits(count: int | str) -> Reply:
    """Return the answer to ``resultType=hits`` (documented shape)."""
    return as_xml(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        f'numberMatched="{count}" numberReturned="0" timeStamp="2026-09-01T00:00:00.000Z"/>'
    )


def collection(features: list[dict[str, Any]], matched: int) -> dict[str, Any]:
    """Return GeoServer's GeoJSON (documented shape)."""
    return {
        "type": "FeatureCollection",
        "features": features,
        "totalFeatures": matched,
        "numberMatched": matched,
        "numberReturned": len(features),
        "timeStamp": "2026-09-01T00:00:00.000Z",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}},
    }


def wfs(
    layers: dict[str, list[dict[str, Any]]], *, page: int | None = None, key: str = "kunta"
) -> Service:
    """Return a GeoServer with these layers that gives at most ``page`` features at a time."""

    def answer(request: Request) -> Reply:
        query = request.query
        features = layers.get(query["typeNames"])
        if features is None:
            return exception_report(f"Feature type {query['typeNames']} unknown")
        if query.get("resultType") == "hits":
            return hits(len(features))
        if "startIndex" in query:
            if query.get("sortBy") != key:
                text = "Cannot do natural order without a primary key"
                return exception_report(text, locator="", status=400)
            features = sorted(features, key=lambda feature: feature["properties"][key])
        start = int(query.get("startIndex", "0"))
        count = min(int(query.get("count", "1000000")), page or 1_000_000)
        return as_json(collection(features[start : start + count], len(features)))

    return answer


AREA = "alue_23_20260101"


def pxweb(
    people: dict[str, int],
    *,
    years: Iterable[int] = range(1990, 2026),
    change: Callable[[dict[str, Any]], None] = lambda _: None,
) -> Service:
    """Return PxWeb's table of key figures (documented shape); people are per KU code and SSS."""
    known = [str(year) for year in years]
    metadata = {
        "title": "Key figures on population by Area, Information and Year",
        "variables": [
            {
                "code": AREA,
                "text": "Area",
                "values": [*people, "MK01", "SK011"],
                "valueTexts": [*people, "Uusimaa", "Helsinki"],
            },
            {
                "code": "contentscode",
                "text": "Information",
                "values": ["vaerak-demhuolto", "vaerak-vaesto"],
                "valueTexts": ["Demographic dependency ratio", "Population"],
            },
            {"code": "timeperiod_y", "text": "Year", "values": known, "valueTexts": known},
        ],
    }

    def answer(request: Request) -> Reply:
        if request.method == "GET":
            return as_json(metadata)
        chosen = {part["code"]: part["selection"]["values"] for part in request.body["query"]}
        areas, (year,) = chosen[AREA], chosen["timeperiod_y"]
        # Asked for in one order, given in the table's: dimensions must be read by position.
        order = [area for area in people if area in areas]
        document = {
            "version": "2.0",
            "class": "dataset",
            "label": metadata["title"],
            "source": "Statistics Finland, population structure",
            "updated": "2026-03-27T06:00:00Z",
            "id": ["contentscode", AREA, "timeperiod_y"],
            "size": [1, len(order), 1],
            "dimension": {
                "contentscode": {"category": {"index": {"vaerak-vaesto": 0}}},
                AREA: {"category": {"index": {code: i for i, code in enumerate(order)}}},
                "timeperiod_y": {"category": {"index": [year]}},
            },
            "value": [people[code] for code in order],
            "extension": {"px": {"tableid": "11ra", "matrix": "001_11ra_2026"}},
        }
        change(document)
        return as_json(document)

    return answer
