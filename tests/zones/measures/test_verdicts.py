"""Verdicts and their reasons for figures made up, word by word.

A zone of two extents, a and b; what each is worth in each year is a table of the test's own.
"""

from dataclasses import replace

import pytest

import zones
from zones.errors import ExtentError, MeasureError
from zones.measures.claims import readings
from zones.measures.claims.checking import check_claims
from zones.model.evidence import Claim, Count
from zones.model.figures import Measure, MeasureTable
from zones.model.groups import Extent
from zones.model.values import Names
from zones.texts import Text

FIXED = Text.of("claims.line.none")


def figure(value, low=None, high=None, *, year=2020, name="population", key=None):
    low, high = (value, value) if low is None and value is not None else (low, high)
    unit = "percent" if name.endswith("share") else "people"
    unit = "municipalities" if name == "members" else unit
    extent = "made up"
    return Measure(name, key, value, low, high, unit, year, extent, FIXED, sources=("A source",))


def claim(value=100_000, **said):
    unit = {"population_share": "percent", "members": "municipalities"}
    measure = said.setdefault("measure", "population")
    return Claim(
        id=said.pop("id", "claimed"),
        text=Names(fi="väittämä", sv="påstående", en="a claim"),
        value=float(value),
        unit=said.pop("unit", unit.get(str(measure), "inhabitants")),
        date=said.pop("date", "2021"),
        refers_to="",
        confidence="high",
        source="https://example.org/1",
        year=said.pop("year", 2020),
        **said,
    )


@pytest.fixture
def check(monkeypatch):
    """Return a function that checks claims of the zone against a table of figures."""
    base = zones.read_zone(["Kemi", "Tornio"], id="made-up", division=2021)
    one = base.default_extent
    names = {key: Names(fi=key.upper(), sv=key.upper(), en=f"Extent {key.upper()}") for key in "ab"}
    extents = (
        replace(one, id="a", names=names["a"], default=True),
        replace(one, id="b", names=names["b"], units=one.units[:1], default=False),
    )

    def checked(*claims, figures, counts=(), complete=False, **asked):
        zone = replace(
            base, extents=extents, claims=claims, counts=tuple(counts), complete=complete
        )

        def table(area, names):
            # Members are of no year of people.
            rest = figures.get((area.extent.id, None), ())
            rows = figures.get((area.extent.id, area.data_year), rest)
            rows = rows if isinstance(rows, tuple) else (rows,)
            return MeasureTable([row for row in rows if row.name in names])

        monkeypatch.setattr(readings, "some_measures", table)
        return check_claims(zone, **asked)

    return checked


def told(table, at=0):
    one = table[at]
    return one.verdict, one.extent, one.year, one.value, one.reason.render("en")


def test_the_first_extent_that_fits_is_it(check):
    table = check(claim(), figures={("a", 2020): figure(98_000), ("b", 2020): figure(100_000)})
    assert told(table) == (
        *("fits", "a", 2020, 98_000),
        (
            "98,000 people (Extent A, 2020), 2.0% below the published figure; 3% either way is "
            "allowed."
        ),
    )
    assert table[0].deviation == pytest.approx(-2)
    assert [reading.extent for reading in table[0].readings] == ["a", "b"]


def test_another_year_of_the_same_extent_goes_before_another_extent(check):
    figures = {
        ("a", 2020): figure(80_000),
        ("a", 2019): figure(98_000, year=2019),
        ("a", 2018): figure(101_000, year=2018),
        ("b", 2020): figure(100_000),
    }
    table = check(claim(other_years=(2019, 2018)), figures=figures)
    # Of years that fit, the nearest.
    assert told(table) == (
        *("fits", "a", 2018, 101_000),
        (
            "101,000 people (Extent A, 2018), 1.0% above the published figure; 3% either way is "
            "allowed. In 2020 it does not fit: 80,000 people."
        ),
    )


def test_another_extent_the_nearest_of_those_that_fit(check):
    figures = {
        ("a", 2020): figure(80_000),
        ("a", 2019): figure(90_000, year=2019),
        ("b", 2020): figure(102_000),
        ("b", 2019): figure(100_000, year=2019),
    }
    table = check(claim(other_years=(2019,)), figures=figures)
    assert told(table) == (
        *("fits-another-extent", "b", 2019, 100_000),
        (
            "100,000 people (Extent B, 2019), as published; 3% either way is allowed. The "
            "condition is not met by Extent A (2019): 90,000 people, 10.0% below the published "
            "figure."
        ),
    )


def test_nothing_fits(check):
    alone = check(claim(qualifier="nearly"), figures={("a", 2020): figure(101_000)})
    assert told(alone) == (
        *("does-not-fit", "a", 2020, 101_000),
        (
            "101,000 people (Extent A, 2020), 1.0% above the published figure; “nearly” allows up "
            "to 3% below, and nothing above."
        ),
    )
    figures = {
        ("a", 2020): figure(44.0, name="population_share"),
        ("b", 2020): figure(50.0, name="population_share"),
    }
    both = check(claim(47, measure="population_share"), figures=figures)
    assert told(both) == (
        *("does-not-fit", "a", 2020, 44.0),
        (
            "44.0% (Extent A, 2020), 3.0 percentage points below the published figure; 1.5 "
            "percentage points either way are allowed. Nor do the others fit: 50.0% (Extent B, "
            "2020)."
        ),
    )
    assert both[0].deviation == -3


def test_bounds_decide_only_where_both_do(check):
    def of(low, high, **said):
        return check(claim(**said), figures={("a", 2020): figure(None, low, high)})

    inside = of(98_000, 101_000)
    assert told(inside) == (
        *("fits", "a", 2020, None),
        (
            "between 98,000 people and 101,000 people (Extent A, 2020), 2.0% below the published "
            "figure; 3% either way is allowed."
        ),
    )
    # The end that is furthest off is what is said where all fits, the nearest where none does.
    assert inside[0].deviation == pytest.approx(-2)
    assert (inside[0].low, inside[0].high) == (98_000, 101_000)
    beyond = of(110_000, 120_000)
    assert (beyond[0].verdict, beyond[0].deviation) == ("does-not-fit", pytest.approx(10))
    for low, high in ((90_000, 110_000), (98_000, 110_000), (90_000, 99_000)):
        open_ = of(low, high)
        assert (open_[0].verdict, open_[0].deviation) == ("cannot-be-computed", None)
        assert open_[0].reason.render("en") == (
            "No figure for all municipalities, of the end of 2020 or near it, is bundled."
        )
    assert of(90_000, 110_000, qualifier="at-least")[0].verdict == "cannot-be-computed"
    assert of(100_000, 110_000, qualifier="at-least")[0].verdict == "fits"
    one_end = check(claim(), figures={("a", 2020): figure(None, 90_000, None)})
    assert one_end[0].verdict == "cannot-be-computed"
    assert one_end[0].shown_value("en") == "–"


def test_no_figure_no_measure_and_what_cannot_be_computed(check):
    assert told(check(claim(), figures={})) == (
        *("cannot-be-computed", None, None, None),
        "No figure for all municipalities, of the end of 2020 or near it, is bundled.",
    )
    none = check(claim(measure=None, unit="jobs"), figures={})
    assert told(none)[-1] == "No data on it are bundled."
    assert none[0].readings == ()
    near = check(claim(not_computable="land-area"), figures={("a", 2020): figure(99_000)})
    assert told(near)[:4] == ("cannot-be-computed", "a", 2020, 99_000)
    assert told(near)[-1].endswith(" Here: 99,000 people (Extent A, 2020).")
    assert near[0].deviation is None
    assert not near[0].readings[0].fits
    column = check(claim(measure=None, unit="jobs", indicator="jobs"), figures={})
    assert told(column)[-1] == (
        "No data on it are bundled. A table with a column “jobs” can decide it."
    )
    said = Names(fi="Oikeasti 5.", sv="Egentligen 5.", en="It was 5.")
    official = check(claim(official=said), figures={("a", 2020): figure(100_000)})
    assert told(official)[-1].endswith("3% either way is allowed. It was 5.")


def test_members_counted_and_not_named(check):
    counts = [Count(date="2021", source="https://example.org/2", municipalities=3)]
    figures = {("a", None): figure(2, name="members"), ("b", None): figure(1, name="members")}
    table = check(figures=figures, counts=counts)
    assert table[0].kind == "count"
    assert table[0].claim.id == "members-2021"
    assert table[0].verdict == "cannot-be-computed"
    assert table[0].deviation is None
    assert (
        table[0]
        .reason.render("en")
        .startswith("3 members were counted, and only 2 are known by name (Extent A, ")
    )
    assert check(figures=figures, counts=counts, complete=True)[0].verdict == "does-not-fit"
    more = {("a", None): figure(4, name="members"), ("b", None): figure(1, name="members")}
    assert check(figures=more, counts=counts)[0].verdict == "does-not-fit"
    same = {("a", None): figure(3, name="members")}
    assert check(figures=same, counts=counts)[0].verdict == "fits"
    assert check(figures=same, counts=counts)[0].shown_text("en") == "3 municipalities as members"
    zone = check(figures=same, counts=counts).zone
    assert len(check_claims(zone, counts=False)) == 0
    unknown = [Count(date="2021", source="https://example.org/2", municipalities=None)]
    assert len(check(figures=same, counts=unknown)) == 0


def test_counts_of_a_country_in_each_language(check):
    count = Count(
        date="2021 (spring)", source="s", municipalities=2, key="FI", extents=("b",), note="those"
    )
    rows = (figure(9, name="members"), figure(2, name="members", key="FI"))
    table = check(figures={("b", None): rows}, counts=[count])
    assert told(table)[:2] == ("fits", "b")
    assert len(table[0].readings) == 1
    plain = table[0].to_dict("en")
    assert (plain["id"], plain["text"]) == (
        "members-2021-spring",
        "2 Finnish municipalities as members",
    )
    assert (plain["published"], plain["refers_to"], plain["confidence"]) == (2.0, "those", "")
    assert plain["published_in"] == ["s"]
    assert plain["reason"].endswith("as published; a count must be the same.")
    assert table.to_frame("sv").loc["members-2021-spring", "text"] != plain["text"]
    assert table.summary("fi") == "1 julkaistu luku: 1 sopii."
    assert table.summary("sv").startswith("1 publicerad uppgift: 1 ")
    assert table.summary("en") == "1 published figure: 1 fits."
    assert repr(table).startswith("<ClaimTable made-up: 1 published figure; 1 fits")


def test_nearly_is_not_above_and_a_hair_is_nothing(check):
    for value, verdict in ((97_000, "fits"), (100_000, "fits"), (96_900, "does-not-fit")):
        table = check(claim(qualifier="nearly"), figures={("a", 2020): figure(value)})
        assert table[0].verdict == verdict
    # Less than a twentieth of a per cent is not said.
    near = check(claim(), figures={("a", 2020): figure(100_040)})
    assert "(Extent A, 2020), as published; 3%" in told(near)[-1]
    off = check(claim(), figures={("a", 2020): figure(100_060)})
    assert "0.1% above the published figure" in told(off)[-1]
    assert off[0].shown_value("fi") != off[0].shown_value("en") == "100,060 people"
    assert off[0].shown_extent("fi") == "A"


def test_the_first_year_that_fits_goes_before_a_nearer_one(check):
    figures = {("a", 2020): figure(98_000), ("a", 2019): figure(100_000, year=2019)}
    assert told(check(claim(other_years=(2019,)), figures=figures))[:3] == ("fits", "a", 2020)


def test_an_extent_that_is_not_there_is_refused(check):
    with pytest.raises(ExtentError, match="no extent 'c'"):
        check(claim(), figures={}, extent="c")
    theme = zones.check_claims("kansallinen-vetyverkosto")
    assert len(theme) == 0


def test_one_extent_and_one_year(check):
    figures = {
        ("a", 2020): figure(100_000),
        ("b", 2020): figure(80_000),
        ("b", 2018): figure(101_000, year=2018),
    }
    of_b = check(claim(), figures=figures, extent="b")
    assert told(of_b)[:4] == ("does-not-fit", "b", 2020, 80_000)
    of_2018 = check(claim(other_years=(2019,)), figures=figures, extent="b", year=2018)
    assert told(of_2018)[:4] == ("fits", "b", 2018, 101_000)
    assert len(of_2018[0].readings) == 1
    # A claim that names its extents is tried on those alone.
    own = check(claim(extents=("b",)), figures=figures)
    assert told(own)[:4] == ("does-not-fit", "b", 2020, 80_000)
    assert len(own[0].readings) == 1


def test_keys_are_of_the_claim(check):
    rows = (figure(100_000), figure(60_000, key="FI"))
    table = check(claim(60_000, key="FI"), figures={("a", 2020): rows})
    assert told(table)[:4] == ("fits", "a", 2020, 60_000)


def test_a_claim_on_municipalities_of_its_own(check):
    figures = {("claimed", 2020): figure(100_000)}
    table = check(claim(units=("FI_240",)), figures=figures)
    assert told(table) == (
        *("fits", None, 2020, 100_000),
        "100,000 people (the municipalities named, 2020), as published; 3% either way is allowed.",
    )
    assert table[0].shown_extent("en") == ""
    assert table[0].shown_value("en") == "100,000 people"
    assert isinstance(table.zone.default_extent, Extent)


def test_the_table_in_plain_values(check):
    counts = [Count(date="2021", source="https://example.org/2", municipalities=3)]
    figures = {
        ("a", 2020): figure(100_000),
        ("b", 2020): figure(80_000),
        ("a", None): figure(3, name="members"),
    }
    claims = (claim(source_2="https://example.org/3"), claim(50_000, id="half", qualifier="about"))
    table = check(*claims, figures=figures, counts=counts)
    assert [one.claim.id for one in table] == ["claimed", "half", "members-2021"]
    assert table[1:] == tuple(table)[1:]
    assert table.tally() == {
        "fits": 2,
        "fits-another-extent": 0,
        "does-not-fit": 1,
        "cannot-be-computed": 0,
    }
    assert table.summary("en") == "3 published figures: 2 fit, 1 does not fit."
    assert repr(table) == (
        "<ClaimTable made-up: 3 published figures; 2 fits, 0 fits-another-extent, 1 does-not-fit, "
        "0 cannot-be-computed>"
    )
    assert table.get("half") is table[1]
    with pytest.raises(
        MeasureError,
        match=r"^name='hal' is not known: give one of .*half.*, the claims on made-up$",
    ):
        table.get("hal")
    plain = table.to_dict()
    assert list(plain) == ["zone", "verdicts", "claims"]
    assert (plain["zone"], plain["verdicts"]) == ("made-up", table.tally())
    assert plain["claims"][0] == {
        "id": "claimed",
        "kind": "claim",
        "text": "a claim",
        "published": 100_000.0,
        "published_unit": "inhabitants",
        "qualifier": None,
        "date": "2021",
        "refers_to": "",
        "verdict": "fits",
        "measure": "population",
        "key": None,
        "extent": "a",
        "year": 2020,
        "value": 100_000,
        "low": 100_000,
        "high": 100_000,
        "unit": "people",
        "deviation": 0.0,
        "reason": "100,000 people (Extent A, 2020), as published; 3% either way is allowed.",
        "confidence": "high",
        "published_in": ["https://example.org/1", "https://example.org/3"],
        "sources": ["A source"],
        "notes": [],
        "readings": [
            {
                "extent": "a",
                "year": 2020,
                "value": 100_000,
                "low": 100_000,
                "high": 100_000,
                "deviation": 0.0,
                "fits": True,
            },
            {
                "extent": "b",
                "year": 2020,
                "value": 80_000,
                "low": 80_000,
                "high": 80_000,
                "deviation": -20.0,
                "fits": False,
            },
        ],
    }
    frame = table.to_frame("fi")
    assert frame.index.tolist() == ["claimed", "half", "members-2021"]
    assert frame.loc["claimed", "text"] == "väittämä"
    assert list(check(figures={}).to_frame().columns) == ["verdict"]
    assert check(figures={}).to_frame().index.name == "id"
    page = table._repr_html_()
    assert "3 published figures; 2 fits" in page
    for column in ("text", "date", "extent", "year", "value", "unit", "verdict", "reason"):
        assert f">{column}<" in page
    assert "<ClaimTable" not in page
