"""A folder for each case, in which nothing may be left but what was put there."""

import os

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("ZONES_LANG", "ZONES_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path
    left = [name for _, folders, files in os.walk(tmp_path) for name in (*folders, *files)]
    assert not [name for name in left if name.startswith(".zones-") or name.endswith((".gfs",))]
