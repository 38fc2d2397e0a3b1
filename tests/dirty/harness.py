"""
What every dirty input is held to: the right answer or one error that names the fault, soon.

A case is a name, an input and what is right: `Right` with the figure, worked out by hand, or `Says`
with what the error has to name. On the way there is no traceback, nothing is left behind, and no
character of the data reaches the terminal that it would obey.
"""

import json
import re
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from geodata.errors import GeodataError
from zones.cli import app
from zones.cli.ending import ended
from zones.errors import ZonesError

SECONDS = 10
# Bytes that no message needs, however large its file is.
MOST_SAID = 50_000
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Right:
    """The figure that comes out, worked out by hand."""

    value: object


@dataclass(frozen=True)
class Says:
    """What the error names, all of it, as regular expressions."""

    patterns: tuple[str, ...]

    def __init__(self, *patterns):
        object.__setattr__(self, "patterns", patterns)


class Refused(Exception):  # noqa: N818 - as the command line has it
    """What the command line says of wrong input."""


def write(name, content):
    """Write a file, of text in UTF-8."""
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())


def cli(*words):
    """Run a command; return what it prints, or raise `Refused` with its one line."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = ended(lambda: app.status([str(word) for word in words]))
    said = err.getvalue()
    assert not RAW.search(out.getvalue() + said.rstrip("\n"))
    if status == 0:
        assert said == ""
        return out.getvalue()
    if not said:
        # What is wrong with a file that can be read is what was asked for.
        assert status == 2
        raise Refused(" ".join(out.getvalue().split()))
    assert status in (1, 2)
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    raise Refused(said.removeprefix("error: "))


def figures(*words):
    """Run a command with --json; return its figures by name, those of the whole."""
    found = json.loads(cli(*words, "--json"))
    return {one["name"]: one["value"] for one in found["measures"] if one["key"] is None}


def hold(expected, ask):
    """Ask, and compare with what is right."""
    start = time.process_time()
    try:
        found = ask()
    except (ZonesError, GeodataError, Refused) as error:
        found = error
    assert time.process_time() - start < SECONDS
    if isinstance(expected, Says):
        assert isinstance(found, Exception), f"nothing was said; the answer is {found!r}"
        said = str(found)
        assert len(said) < MOST_SAID
        assert not RAW.search(said)
        for pattern in expected.patterns:
            assert re.search(pattern, said), said
    else:
        assert not isinstance(found, Exception), found
        assert found == expected.value


def table(*cases):
    """Parametrize over cases, each called by its first part."""
    names = [name for name, *_ in cases]
    assert len(set(names)) == len(names), "a name is there twice"
    return pytest.mark.parametrize(
        ("given", "expected"), [tuple(rest) for _, *rest in cases], ids=names
    )
