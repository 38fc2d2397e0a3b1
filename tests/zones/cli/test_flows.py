"""`zones flows`: the figures of the library, in the words of the command line."""

import json

import pytest

import zones

TABLE = (
    "Asuinkunta;Työpaikkakunta;2018;2019\nMikkeli;Mikkeli;9000;9100\nMikkeli;Kuopio;90;95\n"
    "Kuopio;Mikkeli;40;<5\nMikkeli;Helsinki;200;210\nHelsinki;Kuopio;7;8\nMikkeli;SSS;9290;9405\n"
)


@pytest.fixture
def flows(run, tmp_path):
    (tmp_path / "flows.csv").write_text(TABLE, encoding="utf-8")

    def call(*options, name="viitoskaytava", text=None):
        if text is not None:
            (tmp_path / "flows.csv").write_text(text, encoding="utf-8")
        return run("flows", tmp_path / "flows.csv", name, *options)

    return call


def test_the_figures_are_those_of_the_library(flows, tmp_path):
    status, out, _ = flows("--flow-year", "2018", "--credit", "Statistics Finland", "--json")
    table = zones.flows(
        "viitoskaytava", tmp_path / "flows.csv", year=2018, source="Statistics Finland"
    )
    assert status == 0
    assert json.loads(out)["measures"] == json.loads(json.dumps([r.to_dict() for r in table]))


@pytest.mark.parametrize(
    ("lang", "words"), [("fi", "(pendelöijät)"), ("sv", "(pendlare)"), ("en", "(commuters)")]
)
def test_a_person_reads_what_flows(flows, lang, words):
    status, out, _ = flows("--of", "commuters", "--lang", lang)
    assert status == 0
    assert words in out
    assert "2018" in out
    assert "≥" in out
    assert "SSS" in out
    # The figures rest on no people, whose year is none of theirs.
    assert "2025" not in out.splitlines()[0]


@pytest.mark.parametrize(
    ("options", "text", "words"),
    [
        (["--flow-year", "2017"], None, "--flow-year 2017 is not known: give one of 2018, 2019"),
        (["--flow-year", "x"], None, "'x' is not a year"),
        (["--origin", "A"], None, "no column --origin 'A'"),
        ([], "a,b,c\n1,2,3\n", "name the columns, such as --origin"),
        ([], "from,to,x,y\n091,049,1,2\n", "give --count its name"),
        (["--flow-division", "2026"], "from,to,n\n588,507,1\n", "--flow-division 2026 does not"),
    ],
)
def test_wrong_input_is_one_line(flows, options, text, words):
    status, out, err = flows(*options, text=text)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_zone_before_the_table_is_told_the_order(run, tmp_path):
    (tmp_path / "flows.csv").write_text(TABLE, encoding="utf-8")
    status, _, err = run("flows", "viitoskaytava", tmp_path / "flows.csv")
    assert status == 2
    assert "give the table first and then the zone" in err


def test_bounds_of_counts_claim_no_90_per_cent(flows):
    _, out, _ = flows("--of", "commuters", "--lang", "fi")
    assert "Ala- ja yläraja" in out
    assert "90 %" not in out


def test_municipalities_are_named_whatever_flows(flows):
    _, plain, _ = flows("--lang", "en")
    _, named, _ = flows("--of", "commuters", "--lang", "en")

    def stops(out):
        return [line.split()[-1] for line in out.splitlines() if "largest flow ends inside" in line]

    assert stops(named) == stops(plain) == ["Kuopio"]
