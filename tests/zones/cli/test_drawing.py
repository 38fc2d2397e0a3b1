"""`zones map` on paper: its options, what they refuse, and that nothing is left half written."""

import pytest


def test_a_picture_takes_view_size_title_and_side(run, tmp_path):
    target = tmp_path / "map.svg"
    status, out, err = run(
        *("map", "viitoskaytava", "-o", target, "--view", "density", "--size", "A3"),
        *("--landscape", "--title", "Viitonen", "--lang", "fi"),
    )
    assert (status, err) == (0, "")
    assert str(target) in out
    drawn = target.read_text(encoding="utf-8")
    assert "Viitonen" in drawn
    assert 'width="1190.5' in drawn


def test_a_picture_of_pixels_has_them(run, tmp_path):
    target = tmp_path / "map.png"
    assert run("map", "liukas", "-o", target, "--size", "900x700px", "--dpi", "120")[0] == 0
    assert int.from_bytes(target.read_bytes()[16:20]) == 900


def test_a_page_takes_view_and_title(run, tmp_path):
    target = tmp_path / "map.html"
    assert run("map", "liukas", "-o", target, "--view", "people", "--title", "Mine")[0] == 0
    page = target.read_text(encoding="utf-8")
    assert "<title>Mine" in page
    assert '"view":"people"' in page.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("map.jpg", (), "end it in .html, .png, .svg or .pdf"),
        ("map", (), "end it in .html, .png, .svg or .pdf"),
        ("map.html", ("--landscape",), "--landscape has no effect on a page"),
        ("map.html", ("--size", "A3", "--dpi", "90"), "--size, --dpi has no effect on a page"),
        ("map.png", ("--size", "A9"), "--size 'A9' is not known: give A4, A3"),
        ("map.png", ("--dpi", "5"), "--dpi 5 cannot be drawn"),
        ("map.png", ("--dpi", "many"), "'many' is not a number"),
        ("map.png", ("--size", "200x100mm", "--landscape"), "--landscape turns A4 and A3"),
        ("map.png", ("--view", "hats"), "--view 'hats' is not known: give one of groups"),
        ("map.png", ("--column", "jobs"), "give --table FILE too"),
    ],
)
def test_what_cannot_be_drawn_is_refused(run, tmp_path, name, options, said):
    status, _, err = run("map", "liukas", "-o", tmp_path / name, *options)
    assert status == 2
    assert said in err
    assert not list(tmp_path.iterdir())
