"""One careful HTTP session: what can pass is tried again, what cannot is said at once."""

from __future__ import annotations

import datetime as dt
import email.utils
import importlib.metadata
import logging
import random
import re
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from geodata.errors import ServiceError
from geodata.sources.transport import Progress, Transport, refuse_offline

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "IncompleteAnswerError", "Session", "StatusError", "excerpt"]

_log = logging.getLogger(__name__)

# An error page is read as far as its message, not as far as it likes to go.
_ERROR_PAGE_BYTES = 64_000
# 501 and 505 are the server errors that say "never", not "not now".
_NEVER = frozenset({501, 505})
_PASSING_BELOW_500 = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete body with the address it came from."""

    url: str
    status: int
    media_type: str
    content: bytes


class StatusError(ServiceError):
    """The service answered, but with an error status.

    Attributes
    ----------
    status
        The HTTP status.
    content
        The beginning of the body.
    """

    def __init__(self, message: str, *, status: int, content: bytes) -> None:
        super().__init__(message)
        self.status = status
        self.content = content


class IncompleteAnswerError(ServiceError):
    """The body came, but is cut off or garbled: worth asking again."""


class _PassingFaultError(Exception):
    """A fault that may be gone at the next attempt."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Session:
    """Calls to one service, paced, retried and limited as `Transport` says.

    Parameters
    ----------
    transport
        The limits.
    progress
        Called with label, bytes received and bytes announced.

    Examples
    --------
    >>> with Session(Transport()) as session:  # doctest: +SKIP
    ...     session.get("https://geo.stat.fi/geoserver/wfs", {"request": "GetCapabilities"})
    """

    def __init__(self, transport: Transport, *, progress: Progress | None = None) -> None:
        self._transport = transport
        self._progress = progress
        self._client: httpx.Client | None = None
        self._last_call: float | None = None

    def __enter__(self) -> Self:
        """Return the session; the connection opens with the first call."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        label: str = "",
        check: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Ask for a page.

        Parameters
        ----------
        url, params
            The address, and what is put behind its question mark.
        label
            What the progress callback calls this transfer.
        check
            Called with the answer; an `IncompleteAnswerError` from it makes another attempt.
        """
        return self._ask("GET", url, {"params": dict(params or {})}, label, check)

    def post(
        self,
        url: str,
        body: Mapping[str, Any],
        *,
        label: str = "",
        check: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Send a query as JSON; the arguments are those of `get`."""
        return self._ask("POST", url, {"json": body}, label, check)

    def _ask(
        self,
        method: str,
        url: str,
        arguments: dict[str, Any],
        label: str,
        check: Callable[[Answer], None] | None,
    ) -> Answer:
        refuse_offline(url)
        client = self._open()
        try:
            request = client.build_request(method, url, **arguments)
        except _httpx().InvalidURL as fault:
            message = f"{url}: not an address ({fault}); give one that begins with https://"
            raise ServiceError(message) from fault
        limits = self._transport
        for attempt in range(1, limits.attempts + 1):
            self._pace()
            try:
                answer = self._once(request, label)
                if check is not None:
                    check(answer)
            except (_PassingFaultError, IncompleteAnswerError) as fault:
                if attempt == limits.attempts:
                    raise self._given_up(request, fault) from fault
                self._wait(request, fault, attempt)
            else:
                return answer
        raise AssertionError  # attempts is at least one

    def _given_up(self, request: httpx.Request, fault: Exception) -> ServiceError:
        tries = self._transport.attempts
        times = "once" if tries == 1 else f"{tries} times"
        return ServiceError(
            f"{request.url}: {fault} (asked {times}); try again later, "
            "or use the bundled data or a file of your own"
        )

    def _wait(self, request: httpx.Request, fault: Exception, attempt: int) -> None:
        limits = self._transport
        asked = fault.retry_after if isinstance(fault, _PassingFaultError) else None
        if asked is not None and asked > limits.longest_wait:
            message = f"{request.url}: {fault}; the service asks to wait {asked:.0f} s: do so"
            raise ServiceError(message) from fault
        # A little disorder keeps two processes that failed together from failing together again.
        patience = limits.backoff * 2 ** (attempt - 1) * (1 + random.random() / 4)  # noqa: S311
        delay = asked if asked is not None else min(patience, limits.longest_wait)
        _log.info("%s: %s; asking again in %.1f s", request.url, fault, delay)
        time.sleep(delay)

    def _pace(self) -> None:
        if self._last_call is not None:
            ahead = self._last_call + self._transport.pause - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
        self._last_call = time.monotonic()

    def _open(self) -> httpx.Client:
        if self._client is None:
            httpx = _httpx()
            self._client = httpx.Client(
                timeout=self._transport.timeout,
                # What httpx cannot decode here it does not decode in silence either: a gzip
                # body without its end passes its decoder, so `_body` does that itself.
                headers={"Accept-Encoding": "gzip", "User-Agent": _user_agent()},
            )
        return self._client

    def _once(self, request: httpx.Request, label: str) -> Answer:
        httpx = _httpx()
        client = self._open()
        for _ in range(self._transport.max_redirects + 1):
            try:
                response = client.send(request, stream=True)
                try:
                    if response.next_request is None:
                        return self._answer(response, label)
                finally:
                    response.close()
            except (httpx.TimeoutException, httpx.NetworkError, httpx.ProxyError) as fault:
                if "CERTIFICATE_VERIFY_FAILED" in str(fault):
                    message = f"{request.url}: its certificate is not trusted here ({fault})"
                    raise ServiceError(message) from fault
                raise _PassingFaultError(_broken(fault)) from fault
            except httpx.RemoteProtocolError as fault:
                raise _PassingFaultError(_broken(fault)) from fault
            except httpx.RequestError as fault:
                message = f"{request.url}: cannot be asked ({_broken(fault)}); check the address"
                raise ServiceError(message) from fault
            onward = response.next_request
            if request.url.scheme == "https" and onward.url.scheme != "https":
                message = f"{request.url}: redirects to {onward.url}, which is not encrypted"
                raise ServiceError(message)
            request = onward
        message = (
            f"{request.url}: redirected more than {self._transport.max_redirects} times, "
            "so the service sends its callers in circles; try again later"
        )
        raise ServiceError(message)

    def _answer(self, response: httpx.Response, label: str) -> Answer:
        status = response.status_code
        url = str(response.url)
        if status >= 400:
            content = self._error_page(response)
            reason = f"answered {status} {response.reason_phrase}".rstrip()
            if status in _PASSING_BELOW_500 or (status >= 500 and status not in _NEVER):
                raise _PassingFaultError(reason, retry_after=_retry_after(response))
            message = f"{url}: {reason}{_quoted(content)}; asking again would not help"
            raise StatusError(message, status=status, content=content)
        if status != 200:
            message = f"{url}: answered {status}, 200 with a body was expected"
            raise StatusError(message, status=status, content=b"")
        media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
        return Answer(url, status, media_type, self._body(response, label))

    def _error_page(self, response: httpx.Response) -> bytes:
        inflate = _inflater(response)
        content = bytearray()
        try:
            for chunk in response.iter_raw():
                content += inflate.decompress(chunk, _ERROR_PAGE_BYTES) if inflate else chunk
                if len(content) >= _ERROR_PAGE_BYTES:
                    break
        except (_httpx().RequestError, zlib.error):
            # The status already says what went wrong; its page is a courtesy.
            _log.debug("%s: the error page is broken off", response.url)
        return bytes(content[:_ERROR_PAGE_BYTES])

    def _body(self, response: httpx.Response, label: str) -> bytes:
        limits = self._transport
        announced = _announced(response)
        if announced is not None and announced > limits.max_bytes:
            raise _too_large(response, f"announces {announced:,} bytes", limits.max_bytes)
        inflate = _inflater(response)
        content = bytearray()
        received = 0
        end = time.monotonic() + limits.deadline
        for chunk in response.iter_raw():
            received += len(chunk)
            try:
                content += (
                    inflate.decompress(chunk, limits.max_bytes - len(content) + 1)
                    if inflate
                    else chunk
                )
            except zlib.error as fault:
                raise _PassingFaultError(f"the gzip body is broken ({fault})") from fault
            if len(content) > limits.max_bytes:
                raise _too_large(response, "sends more", limits.max_bytes)
            if time.monotonic() > end:
                message = (
                    f"{response.url}: not complete after {limits.deadline:g} s "
                    f"({received:,} of {_bytes(announced)} received); "
                    "try again later or allow a longer deadline"
                )
                raise ServiceError(message)
            if self._progress is not None:
                self._progress(label, received, announced)
        if inflate is not None and not inflate.eof:
            raise _PassingFaultError("the gzip body is cut off")
        return bytes(content)


def excerpt(content: bytes, length: int = 160) -> str:
    """Return the readable beginning of a body, for an error message.

    Examples
    --------
    >>> excerpt(b"<html><title>Out of order</title><p>Sorry</p></html>")
    'Out of order Sorry'
    """
    text = content[:4000].decode("utf-8", errors="replace")
    text = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", text)
    text = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _httpx() -> Any:
    try:
        import httpx  # noqa: PLC0415  optional, and slow to import
    except ImportError as missing:
        message = (
            "The online services need httpx, which is not installed; "
            'install it with: python -m pip install "development-zones[online]"'
        )
        raise ImportError(message) from missing
    return httpx


def _user_agent() -> str:
    try:
        return f"development-zones/{importlib.metadata.version('development-zones')}"
    except importlib.metadata.PackageNotFoundError:
        return "development-zones"


def _broken(fault: Exception) -> str:
    kind = type(fault).__name__
    words = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "ConnectError": "cannot be reached",
        "RemoteProtocolError": "the connection broke off",
        "ReadError": "the connection broke off",
    }.get(kind, kind)
    return f"{words}: {fault}" if str(fault) and str(fault) != "timed out" else words


def _announced(response: httpx.Response) -> int | None:
    text = response.headers.get("content-length", "")
    return int(text) if text.isdecimal() else None


def _bytes(count: int | None) -> str:
    return "an unknown number of bytes" if count is None else f"{count:,} bytes"


def _too_large(response: httpx.Response, what: str, limit: int) -> ServiceError:
    return ServiceError(
        f"{response.url}: {what}, and at most {limit:,} are accepted; "
        "something else than the data asked for is being sent, or allow a larger max_bytes"
    )


def _inflater(response: httpx.Response) -> Any:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    message = f"{response.url}: sent as {encoding!r}, gzip or nothing was asked for"
    raise ServiceError(message)


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())


def _quoted(content: bytes) -> str:
    text = excerpt(content)
    return f" ({text!r})" if text else ""
