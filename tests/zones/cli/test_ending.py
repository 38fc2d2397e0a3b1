"""How the command line ends when something stops it: one line, the usual status, nothing left."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

import geodata
import zones
from zones.cli import app
from zones.cli.ending import ended

ZONES = (sys.executable, "-m", "zones")
FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def interruptible():
    """Let signals stop a command, also where the tests run in the background and ignore some."""
    handlers = {signal.SIGINT: signal.default_int_handler}
    if os.name != "nt":
        handlers[signal.SIGHUP] = signal.SIG_DFL
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def started(*words, **options):
    return subprocess.Popen(
        [*ZONES, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_in_one_line_and_leaves_nothing(tmp_path, sent, status):
    target = tmp_path / "report"
    target.mkdir()
    running = started("report", "viitoskaytava", "-o", str(target))
    deadline = time.monotonic() + 30
    while not list(target.glob(".zones-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(target.glob(".zones-*"))
    running.send_signal(sent)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (status, "", "error: stopped\n")
    assert list(target.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_what_runs_in_the_background_goes_on_as_it_was_told(tmp_path):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert ended(lambda: os.kill(os.getpid(), signal.SIGHUP) or 0) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_signals_are_as_before_once_the_command_has_ended(capsys):
    before = signal.getsignal(signal.SIGINT)
    assert ended(lambda: signal.raise_signal(signal.SIGINT) or 0) == 130
    assert signal.getsignal(signal.SIGINT) is before
    assert capsys.readouterr().err == "error: stopped\n"


def test_a_thread_of_its_own_is_told_of_no_signal():
    found = []
    thread = threading.Thread(target=lambda: found.append(ended(lambda: 3)))
    thread.start()
    thread.join()
    assert found == [3]


@pytest.mark.skipif(os.name == "nt", reason="no shell here")
@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("--help",), ("show", "liukas")])
def test_who_closes_the_pipe_is_told_nothing(words):
    running = started(*words)
    running.stdout.close()
    assert running.stderr.read() == ""
    running.stderr.close()
    assert running.wait(timeout=30) == 141


@pytest.mark.skipif(not FULL.exists(), reason="no device that is full here")
@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("--help",)])
def test_a_full_disk_is_one_line(words):
    with FULL.open("w") as full:
        done = subprocess.run(
            [*ZONES, *words], check=False, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr == (
        "error: cannot write what was found (No space left on device): make room\n"
    )


def test_no_stream_at_all(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert ended(lambda: app.status(["list"])) == 0
    assert ended(lambda: app.status(["nowhere"])) == 2
    sys.stdout.close()
    sys.stderr.close()


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("C", ("list",)),
        ("POSIX", ("list", "--json")),
        ("fi_FI.ISO-8859-1", ("reach", "liukas", "--csv", "--lang", "fi")),
    ],
)
def test_a_pipe_is_utf8_whatever_the_locale(locale, words):
    told = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONIOENCODING"}
    done = subprocess.run(
        [*ZONES, *words], check=False, capture_output=True, env=environment | told
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "ä" in done.stdout.decode("utf-8")


def test_h_is_help_of_every_command(capsys):
    for words in (["-h"], ["reach", "-h"], ["data", "-h"], ["data", "status", "-h"]):
        assert app.status(words) == 0
        assert "Usage: zones" in capsys.readouterr().out


def test_the_module_is_the_command():
    done = subprocess.run([*ZONES, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"development-zones {zones.__version__}\n"
    assert zones.__version__ == geodata.__version__


def test_names_are_completed():
    told = {"_ZONES_COMPLETE": "complete_bash", "COMP_WORDS": "zones show viit", "COMP_CWORD": "2"}
    done = subprocess.run(ZONES, capture_output=True, text=True, env=os.environ | told, check=False)
    assert done.stdout.split() == ["viitoskaytava"]
    commands = told | {"COMP_WORDS": "zones co", "COMP_CWORD": "1"}
    done = subprocess.run(
        ZONES, capture_output=True, text=True, env=os.environ | commands, check=False
    )
    assert done.stdout.split() == ["coverage", "connectivity", "compare"]


@pytest.mark.parametrize("name", ["report.html", "out.pdf", "a.zip"])
def test_a_report_is_a_folder(tmp_path, capsys, name):
    assert app.status(["report", "liukas", "-o", str(tmp_path / name)]) == 2
    assert "a report is a folder of several" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_refused_before_anything_is_computed(capsys, monkeypatch):
    monkeypatch.setattr(zones, "map", SimpleNamespace)
    device = "NUL" if os.name == "nt" else "/dev/null"
    assert app.status(["map", "liukas", "-o", device]) == 2
    assert "is no kind of map" in capsys.readouterr().err
