"""The zones that most measures are tried on."""

import pytest

import zones


@pytest.fixture(scope="session")
def arc():
    return zones.area("peramerenkaari")


@pytest.fixture(scope="session")
def five():
    return zones.area("viitoskaytava")
