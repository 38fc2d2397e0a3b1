"""Files are written whole or not at all, to what a path really is."""

import csv
import io
import json
import os
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import zones
from zones.errors import OutputError
from zones.maps.paper.inline import map_svg
from zones.output import OBEYED, drafts, sweep, visible, write_text, write_with
from zones.reports.markdown import plain
from zones.wording.formats import csv_text, json_text


def test_a_file_is_replaced_once_the_new_one_is_whole(tmp_path):
    target = tmp_path / "map.html"
    target.write_text("old")

    def fail(draft):
        draft.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left on device"):
        write_with(target, fail)
    assert target.read_text() == "old"
    assert write_text(target, "new") == target
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_keeps_pointing_to_the_file_that_is_replaced(tmp_path):
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real.html", tmp_path / "link.html"
    real.write_text("old")
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert list((tmp_path / "there").iterdir()) == [real]


def test_a_link_to_nothing_makes_the_file(tmp_path):
    link = tmp_path / "link.html"
    link.symlink_to("later.html")
    write_text(link, "new")
    assert (tmp_path / "later.html").read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_stays_one_and_is_refused_at_once(tmp_path):
    pipe, link = tmp_path / "map.html", tmp_path / "link.html"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for target in (pipe, link):
        with pytest.raises(OutputError, match="which is a device or a pipe"):
            write_text(target, "whole")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [link, pipe]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no devices here")
def test_a_device_stays_one_and_is_refused_at_once():
    with pytest.raises(OutputError, match="which is a device or a pipe"):
        write_text("/dev/null", "whole")
    assert Path("/dev/null").is_char_device()


def test_what_is_left_of_drafts_is_swept(tmp_path):
    with drafts(tmp_path) as folder:
        (folder / "half").write_text("half")
        sweep()
        assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match="which is a folder: give the path of a file"):
        write_text(tmp_path, "text")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u200eb\u061cc", r"a\u200eb\u061cc"),
        ("a\u2028b", r"a\u2028b"),
        ("\udcff \uffff", r"\udcff \uffff"),
        ("Äänekoski \N{NO-BREAK SPACE}\n", "Äänekoski \N{NO-BREAK SPACE}\n"),
    ],
)
def test_control_characters_are_shown_and_not_obeyed(given, shown):
    assert visible(given) == shown


RAW = "a\x1b[31m\x9b\u202e\u2066\u200f\x00b"


def test_what_a_terminal_obeys_is_in_no_table_and_no_text():
    shown = r"a\x1b[31m\x9b\u202e\u2066\u200f\x00b"
    assert csv_text([RAW[:1]], [[RAW]], lang="en") == f"a\n{shown}\n"
    assert json.loads(json_text({"name": RAW})) == {"name": RAW}
    assert not OBEYED.search(json_text({"name": RAW}))
    assert not OBEYED.search(csv_text(["a"], [[RAW, [RAW]]], lang="fi", excel=True))
    assert plain(RAW) == shown.replace("\\", "\\\\").replace("[", r"\[")


def test_no_cell_of_a_table_begins_a_formula_and_numbers_stay_numbers():
    rows = [["=1\n@x", -5, np.int64(-5), -0.5, np.float64(-0.5), "-0,5", ["+a", "-b"], None]]
    text = csv_text(["=a", *"bcdefgh"], rows, lang="en")
    (head, cells) = csv.reader(io.StringIO(text))
    assert head == ["'=a", *"bcdefgh"]
    assert cells == ["'=1\n'@x", "-5", "-5", "-0.5", "-0.5", "-0,5", "'+a | -b", ""]


def test_a_picture_with_any_text_is_valid_xml():
    picture = map_svg([zones.area("liukas")], label=f'{RAW}"<&')
    assert ET.fromstring(picture.replace("&nbsp;", " ")).get("aria-label").endswith('"<&')
