"""One HTTP session against a server that behaves badly. All faults are constructed."""

import contextlib
import dataclasses
import datetime as dt
import email.utils
import functools
import gzip
import socket
import threading

import httpx
import pytest

import geodata.sources.http as http_module
from geodata.errors import OfflineError, ServiceError
from geodata.sources import Transport
from geodata.sources.answers import PassingFaultError, StatusError, excerpt, whole_json
from geodata.sources.http import Session
from tests.geodata.sources.bad_server import QUICK, BadServer, Reply, as_html, as_json, zipped

GOOD = as_json({"all": "well", "padding": "x" * 5000})


@pytest.fixture
def server():
    with BadServer(lambda _: GOOD) as running:
        yield running


@pytest.fixture
def waits(monkeypatch):
    """The waits between attempts; none of them is slept."""
    slept = []
    monkeypatch.setattr(http_module.time, "sleep", slept.append)
    return slept


def get(server, transport=QUICK, **more):
    with Session(transport) as session:
        return session.ask(f"{server.url}/data", {"q": "ä"}, **more)


def test_a_good_answer_is_returned_whole(server):
    answer = get(server)
    assert answer.content == GOOD.body
    assert answer.media_type == "application/json"
    assert server.requests[0].query == {"q": "ä"}


def test_gzip_is_read(server):
    server.spoil(zipped(GOOD))
    assert get(server).content == GOOD.body


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_can_pass_is_asked_again(server, status, waits):
    server.spoil(Reply(status), Reply(status))
    assert get(server).content == GOOD.body
    assert len(server.requests) == 3
    assert len(waits) == 2
    assert waits[0] < waits[1]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501, 505])
def test_what_cannot_pass_is_not_asked_again(server, status):
    server.spoil(as_html("Too many cells", status))
    with pytest.raises(StatusError, match=rf"answered {status} .*Too many cells") as caught:
        get(server)
    assert caught.value.status == status
    assert len(server.requests) == 1


def test_patience_ends(server):
    server.spoil(*[Reply(503)] * 3)
    with pytest.raises(ServiceError, match=r"/data.*answered 503.*asked 3 times.*bundled data"):
        get(server)
    assert len(server.requests) == 3


def test_retry_after_in_seconds(server, waits):
    server.spoil(Reply(429, headers={"Retry-After": "3"}))
    assert get(server).content == GOOD.body
    assert waits == [3.0]


def test_retry_after_as_a_date(server, waits):
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=4)
    header = email.utils.format_datetime(moment, usegmt=True)
    server.spoil(Reply(503, headers={"Retry-After": header}))
    assert get(server).content == GOOD.body
    assert 0 < waits[0] <= 4


@pytest.mark.parametrize("header", ["soon", "-1", "Thu, 99 Foo"])
def test_retry_after_that_says_nothing(server, waits, header):
    server.spoil(Reply(429, headers={"Retry-After": header}))
    assert get(server).content == GOOD.body
    assert len(waits) == 1


def test_retry_after_that_is_too_long(server, waits):
    server.spoil(Reply(429, headers={"Retry-After": "3600"}))
    with pytest.raises(ServiceError, match=r"answered 429.*asks to wait 3600 s"):
        get(server)
    assert waits == []


def test_cut_off_in_the_middle(server):
    server.spoil(dataclasses.replace(GOOD, cut=1000))
    assert get(server).content == GOOD.body
    assert len(server.requests) == 2


def test_cut_off_every_time(server):
    server.spoil(*[dataclasses.replace(GOOD, cut=1000)] * 3)
    with pytest.raises(ServiceError, match="connection broke off"):
        get(server)


def test_silence(server):
    server.spoil(*[Reply(hang=30)] * 2)
    quick = dataclasses.replace(QUICK, timeout=0.05, attempts=2)
    with pytest.raises(ServiceError, match=r"no answer in time.*asked 2 times"):
        get(server, quick)


def test_silence_once(server):
    server.spoil(Reply(hang=30))
    assert get(server, dataclasses.replace(QUICK, timeout=0.3)).content == GOOD.body


def test_a_byte_at_a_time(server):
    server.spoil(dataclasses.replace(GOOD, drip=0.01))
    with pytest.raises(ServiceError, match=r"not complete after 0.1 s .*longer deadline"):
        get(server, dataclasses.replace(QUICK, deadline=0.1))


def test_a_gigabyte_announced(server):
    server.spoil(Reply(body=b"{}", headers={"Content-Length": "1000000000"}))
    with pytest.raises(ServiceError, match=r"announces 1,000,000,000 bytes.*5,000,000"):
        get(server)
    assert len(server.requests) == 1


def test_more_than_is_accepted_without_announcing_it(server):
    server.spoil(Reply(body=b"x" * 5000, headers={"Content-Length": ""}))
    with pytest.raises(ServiceError, match=r"sends 5,000 bytes, 1,000 are accepted"):
        get(server, dataclasses.replace(QUICK, max_bytes=1000))


def test_a_gzip_that_swells(server):
    server.spoil(zipped(Reply(body=b"\0" * 6_000_000)))
    with pytest.raises(ServiceError, match=r"sends .* bytes, 5,000,000 are accepted"):
        get(server)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"this is no gzip at all", "gzip body is broken"),
        (gzip.compress(GOOD.body, mtime=0)[:-30], "JSON is cut off"),
    ],
)
def test_a_broken_gzip(server, body, reason):
    broken = Reply(body=body, headers={"Content-Encoding": "gzip"})
    server.spoil(broken)
    assert get(server, check=whole_json).content == GOOD.body
    server.spoil(*[broken] * 3)
    with pytest.raises(ServiceError, match=reason):
        get(server, check=whole_json)


def test_an_encoding_that_was_not_asked_for(server):
    server.spoil(Reply(body=b"?", headers={"Content-Encoding": "br"}))
    with pytest.raises(ServiceError, match="sent as 'br'"):
        get(server)


def test_a_redirect_is_followed(server):
    server.spoil(Reply(302, headers={"Location": "/elsewhere"}))
    assert get(server).url.endswith("/elsewhere")


def test_a_redirect_loop(server):
    server.service = lambda _: Reply(302, headers={"Location": "/data"})
    with pytest.raises(ServiceError, match="redirected more than 5 times"):
        get(server)
    assert len(server.requests) == QUICK.max_redirects + 1


@pytest.mark.parametrize("nowhere", ["ftp://example.org/", "javascript:alert(1)"])
def test_a_redirect_to_nowhere_that_can_be_asked(server, nowhere):
    server.spoil(Reply(302, headers={"Location": nowhere}))
    with pytest.raises(ServiceError, match="cannot be asked"):
        get(server)


def test_an_answer_without_a_body(server):
    server.spoil(Reply(204))
    with pytest.raises(ServiceError, match="answered 204"):
        get(server)


def test_nobody_there(server):
    with BadServer(lambda _: GOOD) as gone:
        url = gone.url
    with Session(QUICK) as session, pytest.raises(ServiceError, match="cannot be reached"):
        session.ask(url)


def test_the_check_of_an_answer_can_ask_again(server):
    seen = []

    def check(answer):
        seen.append(answer)
        if len(seen) == 1:
            raise PassingFaultError("half")

    assert get(server, check=check) is seen[1]


def test_calls_are_paced(server, waits):
    with Session(dataclasses.replace(QUICK, pause=1.6)) as session:
        session.ask(server.url)
        session.ask(server.url)
    assert len(waits) == 1
    assert 0 < waits[0] <= 1.6


def test_progress_reaches_the_end(server):
    reports = []
    with Session(QUICK, progress=lambda *report: reports.append(report)) as session:
        session.ask(server.url, label="data")
    assert reports[-1] == ("data", len(GOOD.body), len(GOOD.body))


@pytest.mark.parametrize("setting", ["1", "true", "yes"])
def test_offline_opens_no_socket(server, monkeypatch, setting):
    monkeypatch.setenv("ZONES_OFFLINE", setting)
    with pytest.raises(OfflineError, match=r"ZONES_OFFLINE=.*127\.0\.0\.1"):
        get(server)
    assert server.requests == []


@pytest.mark.parametrize("setting", ["", "0", "no", "False"])
def test_offline_that_is_not_meant(server, monkeypatch, setting):
    monkeypatch.setenv("ZONES_OFFLINE", setting)
    assert get(server).status == 200


def test_without_httpx_the_command_is_given(server, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(ImportError, match=r'pip install "development-zones\[online\]"'):
        get(server)


def test_the_defaults_are_patient_and_bounded():
    default = Transport()
    assert default.attempts > 1
    assert default.max_bytes < 1_000_000_000


@pytest.mark.parametrize("limit", [{"attempts": 0}, {"timeout": 0}, {"max_bytes": -1}])
def test_limits_that_allow_nothing(limit):
    with pytest.raises(ValueError, match="have to be above zero"):
        Transport(**limit)


def test_excerpt_is_short_and_readable():
    assert excerpt(b"<html><script>var a</script><b>Out</b> of order</html>") == "Out of order"
    assert excerpt(b"x" * 1000).endswith("…")
    assert len(excerpt(b"x" * 1000)) == 160


# -- services that never come to an end --------------------------------------------------------


@contextlib.contextmanager
def endless(start, again):
    """Serve something once and then something else; fail where the client waits for its end."""
    patient = []
    stopped = threading.Event()

    def talk(connection):
        connection.recv(65536)
        with connection, contextlib.suppress(OSError):
            connection.sendall(start)
            for _ in range(1000):
                connection.sendall(again)
                if stopped.wait(0.02):
                    return
            patient.append(connection)

    def serve():
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=talk, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/data"
        finally:
            stopped.set()
    assert patient == []


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (OK, b"X-Padding: y\r\n"),
        (OK, b"y"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"),
        (OK + b"Content-Length: 4000000\r\n\r\n", b"x"),
        (OK + CHUNKED, b"1\r\nx\r\n"),
        (OK + CHUNKED + b"4", b"0"),
        (OK + CHUNKED + b"0\r\n", b"X-Trailer: y\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /data\r\n", b"X-Padding: y\r\n"),
        (b"HTTP/1.1 503 Busy\r\n", b"X-Padding: y\r\n"),
    ],
)
def test_what_never_comes_to_an_end_is_ended_by_the_deadline(start, again):
    """No single read is slow, so that time-outs of reads do not see it."""
    with (
        endless(start, again) as url,
        Session(dataclasses.replace(QUICK, deadline=0.6)) as session,
        pytest.raises(ServiceError, match=r"not complete after 0\.6 s .*longer deadline"),
    ):
        session.ask(url)


def test_the_page_of_an_error_is_a_courtesy():
    with (
        endless(b"HTTP/1.1 404 Not Found\r\n\r\n", b"Gone. ") as url,
        Session(dataclasses.replace(QUICK, deadline=0.6)) as session,
        pytest.raises(StatusError, match=r"answered 404 Not Found \('Gone\. Gone\."),
    ):
        session.ask(url)


def test_the_deadline_is_one_for_all_calls_of_a_session(server):
    server.service = lambda _: Reply(hang=0.1)

    def ask_often(session):
        for _ in range(50):
            session.ask(server.url)

    with (
        Session(dataclasses.replace(QUICK, deadline=0.5)) as session,
        pytest.raises(ServiceError, match="not complete after"),
    ):
        ask_often(session)
    assert 1 < len(server.requests) < 10


def test_the_limit_of_bytes_is_one_for_all_calls_of_a_session(server):
    server.service = lambda _: Reply(body=b"x" * 400)
    with Session(dataclasses.replace(QUICK, max_bytes=1000)) as session:
        for _ in range(2):
            session.ask(server.url)
        with pytest.raises(ServiceError, match="1,000 are accepted in all"):
            session.ask(server.url)


def test_a_wait_beyond_the_deadline_is_not_begun(server, waits):
    server.spoil(Reply(429, headers={"Retry-After": "4"}))
    with pytest.raises(ServiceError, match=r"answered 429.*asks to wait 4 s"):
        get(server, dataclasses.replace(QUICK, deadline=2))
    assert waits == []


def test_a_body_without_end_behind_a_redirect_is_not_read(server):
    body = b"x" * 3_000_000
    server.spoil(Reply(302, body=body, headers={"Location": "/elsewhere"}))
    assert get(server, dataclasses.replace(QUICK, max_bytes=10_000)).content == GOOD.body


def test_encryption_is_not_given_up_on_the_way(monkeypatch):
    """A stand-in for the connection: a certificate for it would have to be trusted here."""
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://example.org/data"})

    client = functools.partial(httpx.Client, transport=httpx.MockTransport(answer))
    monkeypatch.setattr(httpx, "Client", client)
    with Session(QUICK) as session, pytest.raises(ServiceError, match="which is not encrypted"):
        session.ask("https://example.org/wfs")
    assert asked == ["https://example.org/wfs"]
