"""Codes of countries that were brought in are read as they write them, and never guessed."""

import pytest

import geodata
from geodata import countries
from geodata.errors import IdentifierError
from tests.lau import lau_layer


@pytest.fixture
def norway_and_germany():
    frame = lau_layer()
    with countries.session():
        for code in ("NO", "DE"):
            geodata.use_countries(geodata.as_country(frame, code=code, source="layer"))
        yield


@pytest.mark.usefixtures("norway_and_germany")
@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("NO_0301", "NO_0301"),
        ("no-0301", "NO_0301"),
        ("NO 0301", "NO_0301"),
        ("NO0301", "NO_0301"),
        ("DE_09A62001", "DE_09A62001"),
        ("DE_0916200b", "DE_0916200B"),
        ("NO_0301 Oslo", "NO_0301"),
        ("Oslo (NO_0301)", "NO_0301"),
        ("oslo", "NO_0301"),
        ("Munchen", "DE_09162000"),
        # As without them.
        ("091", "FI_091"),
        ("KU091", "FI_091"),
        ("2583", "SE_2583"),
        ("Vihdin kunta", "FI_927"),
    ],
)
def test_codes_with_their_letters_and_names_are_read(value, unit):
    assert geodata.parse_id(value) == unit


@pytest.mark.usefixtures("norway_and_germany")
def test_a_country_that_is_asked_for_needs_no_letters():
    assert geodata.parse_ids(["0301", "2580"], country="NO").tolist() == ["NO_0301", "NO_2580"]
    assert geodata.parse_id("09A62001", country="DE") == "DE_09A62001"
    with pytest.raises(IdentifierError, match="is not a code of DE"):
        geodata.parse_id("NO_0301", country="DE")


@pytest.mark.usefixtures("norway_and_germany")
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2580", "may be SE_2580 Luleå or NO_2580 Luftøy; give it with the country's letters"),
        ("0301", "may be NO_0301 Oslo or another place of SE; .* such as 'NO_0301', or country="),
        ("DE_09162009", "is not one of the 3 municipalities of Germany in layer; did you mean"),
        ("NO_0301 Bergen", "of two municipalities, NO_0301 Oslo and NO_4601 Bergen"),
        ("FR_75056", r"of a country FR that is not known here; bring it in with geodata\.use_co"),
    ],
)
def test_what_a_code_without_letters_may_be_is_said(value, message):
    with pytest.raises(IdentifierError, match=message):
        geodata.parse_id(value)


@pytest.mark.parametrize("value", ["NO_0301", "NO0301", "DE_09162000", "FR_75056", "EE 0141"])
def test_a_country_that_is_not_known_is_no_swedish_one(value):
    with pytest.raises(IdentifierError) as refused:
        geodata.parse_id(value)
    assert f"is of a country {value[:2]} that is not known here" in str(refused.value)
    assert "Swed" not in str(refused.value)


def test_a_bare_code_that_is_not_known_may_be_of_another_country():
    with pytest.raises(IdentifierError, match=r"a code of another country.* such as 'NO_0301'"):
        geodata.parse_id("0301")


@pytest.mark.usefixtures("norway_and_germany")
def test_years_and_divisions_have_them_without_history():
    assert geodata.detect_years(["NO_0301", "FI_091"]) == tuple(range(2013, 2027))
    assert geodata.parse_id("NO_0301", year=2013) == "NO_0301"
    assert geodata.successors(["NO_0301"], from_year=2013, to_year=2026).tolist() == ["NO_0301"]
