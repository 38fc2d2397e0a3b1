"""The language where none is given: English, or that of ZONES_LANG, everywhere alike."""

import inspect

import pytest

import zones
from zones.cli import app
from zones.errors import ZonesError
from zones.texts import check_language, phrase


def test_it_is_english_unless_said(monkeypatch):
    monkeypatch.delenv("ZONES_LANG", raising=False)
    assert check_language() == "en"
    monkeypatch.setenv("ZONES_LANG", " sv ")
    assert check_language() == "sv"
    assert check_language("fi") == "fi"
    assert phrase("measures.name.members") == "Kommuner"


def test_every_function_with_a_language_leaves_it_open():
    for name in zones.__all__:
        thing = getattr(zones, name)
        members = getattr(thing, "__dict__", {})
        methods = [value for key, value in members.items() if not key.startswith("_")]
        for function in (thing, *methods) if inspect.isclass(thing) else (thing,):
            if inspect.isfunction(function):
                lang = inspect.signature(function).parameters.get("lang")
                assert lang is None or lang.default in (None, inspect.Parameter.empty), name


@pytest.mark.parametrize(
    ("said", "words", "found"),
    [
        ("fi", ("coverage", "liukas"), "Kunnat"),
        ("sv", ("list",), "medlemmar"),
        ("fi", ("coverage", "liukas", "--lang", "en"), "Municipalities"),
        ("fi", ("coverage", "liukas", "--json"), "municipalities"),
        ("fi", ("claims", "viitoskaytava", "--json"), "published"),
    ],
)
def test_the_command_line_speaks_it(monkeypatch, capsys, said, words, found):
    monkeypatch.setenv("ZONES_LANG", said)
    assert app.status(list(words)) == 0
    assert found in capsys.readouterr().out


def test_the_map_and_tables_speak_it(monkeypatch):
    monkeypatch.setenv("ZONES_LANG", "sv")
    assert '<html lang="sv"' in zones.map("liukas").render()
    assert "Uleåborg" in set(zones.population_table(zones.area(["Oulu"]))["name"])


def test_a_language_that_is_not_spoken_is_named(monkeypatch, capsys):
    monkeypatch.setenv("ZONES_LANG", "de")
    with pytest.raises((ValueError, ZonesError), match=r"ZONES_LANG='de'.*fi, sv, en"):
        zones.map("liukas")
    assert app.status(["coverage", "liukas"]) == 2
    assert capsys.readouterr().err.startswith("error: ZONES_LANG='de' is not known")
