"""Mutation testing: the settings of a room, and what mutmut says of each change."""

import tomllib
from pathlib import Path

import pytest

from tools.mutation import main, results_of, rooms, settings_of

ROOT = Path(__file__).parents[2]
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")


def test_every_room_has_modules_and_tests_that_are_there():
    for room, own in rooms(PYPROJECT).items():
        assert all(list(ROOT.glob(module)) for module in own["modules"]), room
        assert all((ROOT / test.partition("::")[0]).exists() for test in own["tests"]), room


@pytest.mark.parametrize("room", rooms(PYPROJECT))
def test_only_the_room_is_changed_and_only_its_tests_run(room):
    settings, before = (tomllib.loads(text) for text in (settings_of(PYPROJECT, room), PYPROJECT))
    mutmut = settings["tool"].pop("mutmut")
    shared = before["tool"].pop("mutmut")
    assert settings == before
    assert mutmut.pop("only_mutate") == rooms(PYPROJECT)[room]["modules"]
    assert mutmut.pop("pytest_add_cli_args_test_selection") == rooms(PYPROJECT)[room]["tests"]
    assert mutmut == shared


def test_a_change_that_was_not_tried_is_not_counted():
    fates = {"a.x_f__mutmut_1": "killed", "a.x_f__mutmut_2": "survived"}
    said = "".join(f"    {name}: {fate}\n" for name, fate in fates.items())
    assert results_of(said + "    a.x_g__mutmut_1: not checked\n") == fates
    assert results_of("") == {}


def test_a_room_that_is_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["kitchen"])
    assert "no room is called 'kitchen': give assignment, carrying" in capsys.readouterr().err
