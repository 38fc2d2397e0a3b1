"""One careful HTTP session: what can pass is tried again, what cannot is said at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import functools
import importlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geodata.errors import MissingPackageError, ServiceError
from geodata.sources.answers import Answer, PassingFaultError, StatusError, excerpt
from geodata.sources.transport import Progress, Transport, refuse_offline

if TYPE_CHECKING:
    import httpx

__all__ = ["Session"]

_log = logging.getLogger(__name__)
# Without a handler of the user's the warnings of stamina, which say nothing, go to stderr.
logging.getLogger("stamina").addHandler(logging.NullHandler())

# An error page is read as far as its message, not as far as it likes to go.
_ERROR_PAGE_BYTES = 64_000
# 501 and 505 are the server errors that say "never", not "not now".
_PASSING = frozenset({408, 425, 429, *range(500, 600)}) - {501, 505}
_FAULTS = {
    "ConnectTimeout": "no connection in time",
    "ReadTimeout": "no answer in time",
    "ConnectError": "cannot be reached",
    "RemoteProtocolError": "the connection broke off",
    "ReadError": "the connection broke off",
    "DecodingError": "the gzip body is broken",
}


class Session(contextlib.AbstractContextManager["Session"]):
    """The calls of one fetch, paced, retried and together limited as `Transport` says.

    Examples
    --------
    >>> with Session(Transport()) as session:  # doctest: +SKIP
    ...     session.ask("https://geo.stat.fi/geoserver/wfs", {"request": "GetCapabilities"})
    """

    def __init__(self, transport: Transport, *, progress: Progress | None = None) -> None:
        self._limits = transport
        self._progress = progress
        self._client: httpx.Client | None = None
        self._last_call = float("-inf")
        self._address: object = ""
        self._end = float("inf")
        self._arrived = 0
        self._kept = 0

    def __exit__(self, *error: object) -> None:
        """Close the connection, which opens with the first call as the clock starts with it."""
        if self._client is not None:
            self._client.close()

    def ask(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        body: Any = None,
        label: str = "",
        check: Callable[[Answer], object] | None = None,
    ) -> Answer:
        """Make a call, again where its fault is of a kind that can pass.

        ``params`` stand behind the question mark of the address, ``body`` is sent as JSON, and the
        progress callback calls the transfer ``label``. A `PassingFaultError` from ``check``, which
        is called with the answer, makes another attempt.
        """
        refuse_offline(url)
        method = "GET" if body is None else "POST"
        try:
            request = self._open().build_request(method, url, params=params, json=body)
        except _library("httpx").InvalidURL as fault:
            raise ServiceError(
                f"{url}: not an address ({fault}); give one that begins with https://"
            ) from fault
        self._address = request.url
        limits = self._limits
        asked = 0

        def once() -> Answer:
            nonlocal asked
            asked += 1
            self._pace()
            answer = self._send(request, label)
            if check is not None:
                check(answer)
            return answer

        caller = _library("stamina").RetryingCaller(
            attempts=limits.attempts,
            timeout=None,
            wait_initial=limits.backoff,
            wait_max=min(limits.longest_wait, self._left()),
            # A little disorder keeps two processes that failed together from doing so again.
            wait_jitter=limits.backoff / 4,
        )
        try:
            answer: Answer = caller(self._patience, once)
        except PassingFaultError as fault:
            wait = fault.retry_after or 0
            times = "once" if asked == 1 else f"{asked} times"
            advice = (
                f"(asked {times}); try again later, or use the bundled data or a file of your own"
                if self._waits(wait)
                else f"; the service asks to wait {wait:.0f} s: do so"
            )
            raise ServiceError(f"{request.url}: {fault} {advice}") from fault
        self._kept += len(answer.content)
        return answer

    def _patience(self, fault: Exception) -> bool | float:
        """Say whether to ask again after a fault, or after how many seconds."""
        if not isinstance(fault, PassingFaultError):
            return False
        _log.info("%s: %s", self._address, fault)
        wait = fault.retry_after
        return True if wait is None else self._waits(wait) and wait

    def _waits(self, seconds: float) -> bool:
        return seconds <= min(self._limits.longest_wait, self._end - time.monotonic())

    def _pace(self) -> None:
        ahead = self._last_call + self._limits.pause - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        self._last_call = time.monotonic()

    def _open(self) -> httpx.Client:
        if self._client is None:
            headers = {"Accept-Encoding": "gzip", "User-Agent": "development-zones"}
            client: httpx.Client = _library("httpx").Client(headers=headers)
            self._client = client
            self._end = time.monotonic() + self._limits.deadline
        return self._client

    def _left(self) -> float:
        """Return the seconds that the fetch may still take; raise where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise ServiceError(
                f"{self._address}: not complete after {self._limits.deadline:g} s "
                f"({self._arrived:,} bytes received); try again later or allow a longer deadline"
            )
        return left

    def _watch(self, event: str, info: dict[str, Any]) -> None:
        """Let every read of a new connection wait for what is left of the deadline, no longer.

        httpx bounds single reads alone: a service that sends a header, or a 1xx answer, once in
        a while would never be done.
        """
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            stream = info["return_value"]
            stream.read = functools.partial(self._read, stream.read)

    def _read(self, read: Callable[..., bytes], max_bytes: int, timeout: float) -> bytes:
        data = read(max_bytes, timeout=min(timeout, self._left()))
        self._arrived += len(data)
        return data

    def _send(self, request: httpx.Request, label: str) -> Answer:
        httpx = _library("httpx")
        client = self._open()
        for _ in range(self._limits.max_redirects + 1):
            patience = httpx.Timeout(min(self._limits.timeout, self._left()))
            request.extensions = {"timeout": patience.as_dict(), "trace": self._watch}
            try:
                # A body of a redirect may be endless: httpx would read it.
                with contextlib.closing(client.send(request, stream=True)) as response:
                    if response.next_request is None:
                        return self._answer(response, label)
                    onward = response.next_request
            except (httpx.RequestError, httpx.InvalidURL) as fault:
                self._left()
                raise _worded(fault, request.url) from fault
            if request.url.scheme == "https" and onward.url.scheme != "https":
                raise ServiceError(
                    f"{request.url}: redirects to {onward.url}, which is not encrypted"
                )
            request = onward
            self._address = request.url
        raise ServiceError(
            f"{request.url}: redirected more than {self._limits.max_redirects} times, "
            "so the service sends its callers in circles; try again later"
        )

    def _answer(self, response: httpx.Response, label: str) -> Answer:
        status = response.status_code
        url = str(response.url)
        reason = f"answered {status} {response.reason_phrase}".rstrip()
        if status in _PASSING:
            raise PassingFaultError(reason, retry_after=_retry_after(response))
        if status >= 400:
            content = self._error_page(response)
            said = f" ({text!r})" if (text := excerpt(content)) else ""
            raise StatusError(
                f"{url}: {reason}{said}; asking again would not help",
                status=status,
                content=content,
            )
        if status != 200:
            raise StatusError(
                f"{url}: {reason}, 200 with a body was expected", status=status, content=b""
            )
        media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
        return Answer(url, status, media_type, self._body(response, label))

    def _error_page(self, response: httpx.Response) -> bytes:
        content = b""
        # The status already says what went wrong; its page is a courtesy.
        with contextlib.suppress(_library("httpx").RequestError, ServiceError):
            for chunk in _chunks(response):
                content += chunk
                if len(content) >= _ERROR_PAGE_BYTES:
                    break
        return content[:_ERROR_PAGE_BYTES]

    def _body(self, response: httpx.Response, label: str) -> bytes:
        text = response.headers.get("content-length", "")
        announced = int(text) if text.isdecimal() else None
        self._refuse_above(announced or 0, "announces")
        content = bytearray()
        for chunk in _chunks(response):
            content += chunk
            self._refuse_above(len(content), "sends")
            if self._progress is not None:
                self._progress(label, response.num_bytes_downloaded, announced)
        return bytes(content)

    def _refuse_above(self, size: int, does: str) -> None:
        limit = self._limits.max_bytes
        if self._kept + size > limit:
            raise ServiceError(
                f"{self._address}: {does} {size:,} bytes, {limit:,} are accepted in all; "
                "something else than the data asked for is being sent, or allow a larger max_bytes"
            )


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as missing:
        raise MissingPackageError(
            f"The online services need {name}, which is not installed; "
            'install it with: python -m pip install "development-zones[online]"'
        ) from missing


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    """Unpack a body; each further encoding may swell it a thousand times in one step."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"gzip", "identity", ""}:
        raise ServiceError(f"{response.url}: sent as {encoding!r}, gzip or nothing was asked for")
    yield from response.iter_bytes()


def _worded(fault: Exception, address: httpx.URL) -> Exception:
    """Return what a fault of the connection means: it may pass, or it will not."""
    httpx = _library("httpx")
    name = type(fault).__name__
    words = _FAULTS.get(name, name)
    if str(fault) not in {"", "timed out"}:
        words = f"{words}: {fault}"
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return ServiceError(f"{address}: its certificate is not trusted here ({fault})")
    if isinstance(fault, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        return ServiceError(f"{address}: cannot be asked ({words}); check the address")
    return PassingFaultError(words)


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that a service asks to wait; None where it asks for nothing readable."""
    text = response.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    # A date without a zone is in UTC.
    moment = moment.replace(tzinfo=moment.tzinfo or dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
