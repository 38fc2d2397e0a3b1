"""Asking a service whose answers are wrong in one way each, and what is held to be right then."""

import dataclasses
import re

import pytest

from geodata.errors import ServiceError
from tests.geodata.sources.bad_server import QUICK, BadServer

SECONDS = 2.0
IMPATIENT = dataclasses.replace(
    QUICK, timeout=0.2, deadline=SECONDS, attempts=2, max_bytes=8_000_000, max_pages=6
)
WHOLE = object()
"""In place of what the error names: the data are right all the same."""


def asked(service, ask, expected, folder):
    """Ask a service; compare with what is expected, and look into the cache."""
    with BadServer(service) as server:
        try:
            found = ask(f"{server.url}/service", folder)
        except ServiceError as error:
            found = error
    if expected is WHOLE:
        assert not isinstance(found, ServiceError), found
        return found.data
    assert isinstance(found, ServiceError), "it was believed"
    said = str(found)
    assert re.search(expected, said), said
    assert "/service" in said or "127.0.0.1" in said
    assert len(said) < 2000
    assert all(letter.isprintable() for letter in said)
    assert not list(folder.iterdir())
    return None


def table(*cases):
    """Parametrize over cases: a name, how an answer is spoilt, and what the error names."""
    names = [name for name, *_ in cases]
    assert len(set(names)) == len(names), "a name is there twice"
    return pytest.mark.parametrize(
        ("spoil", "expected"), [(spoil, expected) for _, spoil, expected in cases], ids=names
    )
