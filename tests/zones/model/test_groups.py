"""The facts that come with the library, and the records they become. Figures counted by hand."""

import copy
import dataclasses
import pickle
import re
import tomllib
from html import escape
from importlib import resources

import pytest

import zones
from geodata import municipality_register
from geodata.register.divisions import division_ids
from zones.catalogue.finding import get
from zones.catalogue.names import all_groups, links, themes
from zones.catalogue.schema import read_network, read_theme, read_zone
from zones.errors import ExtentError, MeasureError
from zones.model.figures import Measure, MeasureTable
from zones.model.groups import Extent, Zone
from zones.model.values import Facts, Names
from zones.texts import LANGUAGES, Text, phrases
from zones.wording.dates import date_text

FACTS = resources.files("zones").joinpath("facts")
ZONES = all_groups("zone")
NETWORKS = all_groups("network")
WITH_MEMBERS = (*ZONES, *NETWORKS)

# Municipalities of each extent, as the zones' own texts and the lists of regions count them.
EXTENT_SIZES = {
    "peramerenkaari": {
        "list-2021-08": 13,
        "list-about-us": 15,
        "list-about-us-with-keminmaa": 16,
        "wide-2010s": 37,
        "oecd-2013": 38,
    },
    "suomen-kasvukaytava": {"named": 8, "three-regions": 60, "four-regions": 78},
    "viitoskaytava": {
        "area-named": 43,
        "with-ita-lappi": 47,
        "own-text-2023": 46,
        "partners-seen": 4,
    },
}
DEFAULTS = {
    "peramerenkaari": "list-about-us",
    "suomen-kasvukaytava": "four-regions",
    "viitoskaytava": "with-ita-lappi",
}
# Rows of evidence, weak ones among them.
ROWS = {
    "peramerenkaari": (24, 2),
    "suomen-kasvukaytava": (13, 5),
    "viitoskaytava": (47, 0),
    "alyagri": (7, 6),
    "etatyopisteet-kasvualustoina": (2, 0),
    "kansallinen-vetyverkosto": (1, 0),
    "koulutus-tyoelama-sote": (0, 0),
    "liukas": (8, 0),
    "mal-kaupunkiseuduille-elinvoimaa": (8, 6),
    "sdg-johtaminen": (6, 0),
    "seutukaupunkien-innovaatioekosysteemit": (10, 0),
    "seutukaupunkien-kiertotalous": (7, 0),
    "sixnet": (5, 0),
    "terveysdata": (5, 0),
    "ydinkeskustan-kestava-tulevaisuus": (6, 0),
}


def test_there_are_three_zones_twelve_networks_and_ten_themes():
    assert (len(ZONES), len(NETWORKS), len(themes())) == (3, 12, 10)
    assert {network.theme for network in NETWORKS} == {theme.id for theme in themes()}
    assert len(links()) == 5
    assert sum(link.crosses_border for link in links()) == 3


def test_every_extent_has_its_municipalities_and_one_is_the_default():
    sizes = {zone.id: {e.id: len(e.units) for e in zone.extents} for zone in ZONES}
    assert sizes == EXTENT_SIZES
    assert {zone.id: zone.default_extent.id for zone in ZONES} == DEFAULTS
    arc = get("peramerenkaari").default_extent
    assert [sum(unit.startswith(c) for unit in arc.units) for c in ("FI_", "SE_")] == [9, 6]


def test_evidence_is_kept_row_by_row_weak_rows_too():
    rows = {
        group.id: (len(group.memberships), sum(row.weak for row in group.memberships))
        for group in WITH_MEMBERS
    }
    assert rows == ROWS
    assert all(row.source for group in WITH_MEMBERS for row in group.memberships)


def test_complete_networks_are_what_the_call_asked_for():
    """The call: four municipalities or more, of at least two regions."""
    complete = [network for network in NETWORKS if network.facts["members_complete"]]
    assert len(complete) == 6
    for network in complete:
        regions = municipality_register(2023).loc[list(network.known_members), "region"]
        assert len(regions) >= 4
        assert regions.nunique() >= 2


def test_claims_counts_spines_and_organisations():
    parts = ("claims", "counts", "spine", "organisations", "gaps", "contradictions")
    found = {zone.id: [len(getattr(zone, part)) for part in parts] for zone in ZONES}
    assert found == {
        "peramerenkaari": [23, 7, 13, 8, 10, 5],
        "suomen-kasvukaytava": [32, 12, 12, 12, 10, 6],
        "viitoskaytava": [14, 0, 20, 10, 10, 3],
    }
    assert {zone.id: zone.funding_eur for zone in ZONES} == {
        "peramerenkaari": None,
        "suomen-kasvukaytava": 440_000,
        "viitoskaytava": 510_000,
    }


def test_what_readers_read_is_in_three_languages():
    texts = [text for group in WITH_MEMBERS for text in group.gaps]
    texts += [extent.names for group in WITH_MEMBERS for extent in group.extents]
    texts += [extent.description for group in WITH_MEMBERS for extent in group.extents]
    texts += [text for zone in ZONES for text in zone.contradictions]
    texts += [claim.text for zone in ZONES for claim in zone.claims]
    texts += [claim.official for zone in ZONES for claim in zone.claims if claim.official]
    texts += [network.about for network in NETWORKS]
    for text in texts:
        assert len(list(text)) == 3, text
        # Each number is written as its language does.
        assert not re.search(r"\d[, ]\d{3}\b", text.fi + text.sv), text
        assert not re.search(r"\d[\xa0 ]\d{3}\b", text.en), text


def test_names_of_extents_stand_alone_and_apart():
    for lang in LANGUAGES:
        names = [extent.title(lang) for zone in ZONES for extent in zone.extents]
        assert len(set(names)) == len(names) == 12


def test_dates_are_in_a_form_that_each_language_can_write():
    dates = [claim.date for zone in ZONES for claim in zone.claims]
    dates += [count.date for zone in ZONES for count in zone.counts]
    for date in dates:
        finnish = date_text(date, "fi")
        assert not re.search(r"[~/X]|\d-\d", finnish), date
        assert date_text(date, "en") != finnish or re.fullmatch(r"[\d–]+", finnish), date


def test_every_code_is_a_municipality_of_its_division():
    for group in WITH_MEMBERS:
        units = {(extent.division, unit) for extent in group.extents for unit in extent.units}
        units |= {(row.division, row.lau_id) for row in group.memberships}
        units |= {(2021, point.lau_id) for point in group.spine}
        if isinstance(group, Zone):
            units |= {(claim.division, unit) for claim in group.claims for unit in claim.units}
        wrong = [unit for year, unit in units if unit not in division_ids(year)]
        assert wrong == [], group.id


def test_every_claim_can_be_held_against_a_measure_or_says_why_not():
    claims = [(zone, claim) for zone in ZONES for claim in zone.claims]
    assert len(claims) == 69
    for zone, claim in claims:
        have = {extent.id for extent in zone.extents}
        assert set(claim.extents) <= have, claim.id
        if claim.not_computable is None:
            assert claim.measure, claim.id
            assert bool(claim.extents) != bool(claim.units), claim.id
            assert claim.year or claim.measure == "area_share", claim.id
        assert claim.qualifier in {None, "about", "nearly", "at-least", "at-most"}
    arc = {claim.id: claim for claim in get("peramerenkaari").claims}
    assert arc["inhabitants-710k"].extents == ("list-2021-08", "wide-2010s")
    assert arc["sea-lapland-inhabitants"].units == (
        *("FI_240", "FI_241", "FI_751", "FI_845", "FI_851"),
    )


def test_every_word_of_the_facts_has_a_text_in_each_language():
    used = {f"role.{row.role}" for group in WITH_MEMBERS for row in group.memberships}
    used |= {f"basis.{row.basis}" for group in NETWORKS for row in group.memberships}
    used |= {f"confidence.{row.confidence}" for group in WITH_MEMBERS for row in group.memberships}
    used |= {f"status.{network.status}" for network in NETWORKS}
    used |= {f"kind.{group.kind}" for group in all_groups()}
    used |= {f"link.{link.kind}" for link in links()}
    for zone in ZONES:
        used |= {f"spine_basis.{point.basis}" for point in zone.spine}
        used |= {f"on.{point.on}" for point in zone.spine}
        used |= {f"reason.{c.not_computable}" for c in zone.claims if c.not_computable}
        used |= {f"qualifier.{c.qualifier}" for c in zone.claims if c.qualifier}
    for lang in LANGUAGES:
        assert used - set(phrases("groups", lang)) == set()
    assert len({tuple(phrases("groups", lang)) for lang in LANGUAGES}) == 1


def test_every_key_of_the_files_is_explained_or_in_the_record():
    """What is no field of a zone stays readable in `facts`, under the key of the file."""
    for zone in ZONES:
        table = tomllib.loads(FACTS.joinpath("zones", f"{zone.id}.toml").read_text("utf-8"))
        for key, value in zone.facts.items():
            assert table[key] == (list(value) if isinstance(value, tuple) else value)
        assert set(table) - set(zone.facts) <= {
            *("id", "name_fi", "name_sv", "name_en", "short_name_fi", "short_name_sv"),
            *("short_name_en", "aliases", "host", "host_code", "funding_eur", "period_from"),
            *("period_to", "complete", "gaps", "contradictions", "extent", "member", "spine"),
            *("claim", "count", "organisation"),
        }
    assert get("kasvukäytävä").facts["agreement_periods"][0] == "2013-11-15/2015-08-31"


def test_published_figures_of_an_extent_are_kept():
    published = get("viitoskaytava").default_extent.published
    assert published["fi_population_2022"] == 491_032
    assert published["fi_land_area_km2"] == 89_852


def test_known_published_and_computed_members_need_not_agree():
    corridor = get("suomen-kasvukaytava")
    assert len(corridor.default_extent) == 78
    assert corridor.latest_count.municipalities == 17
    assert len(corridor.known_members) == 8
    # By name the Arc has one more than its list of 15: Keminmaa, through its sub-region.
    assert len(get("peramerenkaari").known_members) == 16
    assert get("viitoskaytava").latest_count is None


def test_a_network_without_known_members_says_so():
    network = get("koulutus-tyoelama-sote")
    assert network.extents == ()
    assert "no known members" in repr(network)
    assert "Not found: all members." in [gap.text("en") for gap in network.gaps]
    with pytest.raises(ExtentError, match="no known members"):
        _ = network.default_extent


def test_the_extent_of_a_network_is_its_rows_that_are_neither_stale_nor_low():
    extent = get("mal-kaupunkiseuduille-elinvoimaa").default_extent
    assert extent.units == ("FI_091", "FI_837")
    assert extent.division == 2023


def test_an_unknown_extent_lists_those_there_are():
    with pytest.raises(ExtentError, match="named, three-regions, four-regions"):
        get("suomen-kasvukaytava").extent("five-regions")


def test_a_missing_name_falls_back_to_the_finnish_one_and_says_so():
    zone = get("viitoskaytava")
    assert zone.names.get("sv") == ("Suomen Viitoskäytävä", "fi")
    assert zone.short_names.get("en") == ("Viitoskäytävä", "fi")
    assert get("peramerenkaari").short_names.get("sv") == ("Bottenviksbågen", "sv")


def test_short_names_of_networks_are_their_acronyms_or_lack_explanations():
    assert get("terveysdata").short_names.fi == "HYTKI"
    assert get("sixnet").short_names == Names("SIXNET", None, "SIXNET")
    assert "ei löytynyt" not in get("koulutus-tyoelama-sote").short_names.fi


def test_two_rows_of_one_municipality_and_the_addresses_of_a_row():
    arc = get("peramerenkaari")
    pitea = [row for row in arc.memberships if row.lau_id == "SE_2581"]
    assert [(row.role, row.former) for row in pitea] == [
        ("member", False),
        ("former-member", True),
    ]
    kalajoki = next(row for row in arc.memberships if row.lau_id == "FI_208")
    assert kalajoki.sources == (
        "https://bothnianarc.eu/about-us",
        "https://pohjoiskalotinneuvosto.fi/uutinen/tarkeaa-rajayhteistyota-peramerenkaaren-ympari/",
    )


@pytest.mark.parametrize("group", all_groups(), ids=lambda group: group.id)
def test_records_are_fixed_hashable_and_can_be_pickled(group):
    assert pickle.loads(pickle.dumps(group)) == group
    assert copy.deepcopy(group) == group
    assert hash(dataclasses.replace(group)) == hash(group)
    with pytest.raises(dataclasses.FrozenInstanceError):
        group.id = "other"


@pytest.mark.parametrize("group", all_groups(), ids=lambda group: group.id)
def test_a_card_names_the_group_in_three_languages(group):
    html = group._repr_html_()
    for lang in LANGUAGES:
        assert f"Name ({lang})" in html
        assert escape(group.names.text(lang), quote=False) in html


def test_a_card_escapes_what_it_shows():
    extent = Extent(id="<e>", group="x", division=2026, units=("FI_091",), default=True)
    zone = Zone(id="x", names=Names("<script>"), short_names=Names("a&b"), extents=(extent,))
    html = zone._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "Extent &lt;e&gt;" in html
    assert "1 municipality, Municipal division of 2026, &lt;e&gt;, default" in html


def test_facts_cannot_be_changed():
    facts = Facts({"a": [1, 2]})
    assert facts["a"] == (1, 2)
    assert hash(facts) == hash(Facts({"a": (1, 2)}))
    with pytest.raises(TypeError):
        facts["a"] = 3


# Faults of a file are listed together.


def test_reading_lists_every_fault_of_a_zone():
    faults = []
    extent = {"id": "e", "division": 2021, "codes": ["091", "091"], "n_municipalities": 3}
    extent |= {"source": "s"}
    claim = {"id": "c", "text": "", "value": 1, "unit": "", "date": "", "refers_to": ""}
    claim |= {"confidence": "high", "source": "s", "extents": ["f"]}
    table = {"id": "z", "name_fi": "Z", "short_name_fi": "Z", "complete": True, "gaps": []}
    table |= {"contradictions": [], "extent": [extent], "spine": [], "claim": [claim]}
    table |= {"member": [{"code": "091", "colour": "red"}], "nimi": "Z"}
    assert read_zone(table, faults) is None
    text = "\n".join(faults)
    for part in (
        "zone z: nimi: unknown key; the keys are agreement_note, ",
        "member[1].colour: unknown key; did you mean country?",
        "member[1].role is missing",
        "extent[1].default: one extent must be the default, not 0",
        "extent[1].codes[2]: 091 is given twice",
        "extent[1].n_municipalities: 3, but there are 2 codes",
        "claim[1].extents[1]: no extent is called 'f': there are e",
        "claim[1].measure is missing, and so is not_computable",
    ):
        assert part in text, part


def test_reading_lists_every_fault_of_networks_and_themes():
    faults = []
    assert read_network({"id": "n", "name_fi": "N"}, faults) is None
    assert read_theme({"id": "t", "nimi": "T"}, faults) is None
    assert "network n: theme is missing" in faults
    assert (
        "theme t: nimi: unknown key; the keys are id, name_en, name_fi, name_sv, source" in faults
    )


# Tables of figures.


def _measure(name, key=None, value=1.0, **fields):
    rest = {"low": value, "high": value, "unit": "km2", "year": 2022, "extent": "e"}
    return Measure(name, key, value, **(rest | fields), method=Text("groups.kind.zone"))


def test_a_figure_is_found_by_name_and_key_in_a_table():
    table = MeasureTable([_measure("area"), _measure("area", "FI", 2.0), _measure("pieces")])
    assert table.get("area", "FI").value == 2
    assert table.get("area").key is None
    assert (len(table), [m.name for m in table[1:]]) == (3, ["area", "pieces"])
    with pytest.raises(MeasureError, match="key='SE' is not known: give one of None, 'FI'"):
        table.get("area", "SE")
    with pytest.raises(MeasureError, match="give one of area, pieces"):
        table.get("people")
    assert table + MeasureTable() == table


def test_a_figure_as_json_has_the_keys_in_order():
    note = Text("groups.missing.members")
    found = _measure("area", value=None, low=None, high=None, notes=(note,)).to_dict()
    assert list(found) == [
        *("name", "key", "value", "low", "high", "unit", "year", "method", "sources", "notes"),
        "items",
    ]
    assert found["value"] is None
    assert found["notes"] == ["No member is known."]


def test_a_table_of_figures_as_a_frame_and_as_html():
    table = MeasureTable([_measure("<area>"), _measure("pieces", value=None, low=None, high=None)])
    frame = table.to_frame()
    assert frame["value"].isna().tolist() == [False, True]
    assert str(frame["year"].dtype) == "Int64"
    assert MeasureTable().to_frame().empty
    html = table._repr_html_()
    assert "<area>" not in html
    assert "<td>–</td>" in html
    assert "not computable" in repr(table)


def test_a_zone_is_found_at_the_top_of_the_library():
    assert zones.get("bothnian arc") is get("peramerenkaari")
