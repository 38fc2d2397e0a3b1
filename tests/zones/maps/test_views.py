"""Zones and areas in a notebook: card, drawing, map and ground."""

import matplotlib as mpl
import pytest
import shapely
from matplotlib.figure import Figure

import zones
from geodata.errors import NoGeometryError
from tests.zones.fixtures import HOSTILE, hostile_zones, own_zone, units_of
from zones.errors import ExtentError
from zones.maps.palette import PALETTE
from zones.texts import phrase


@pytest.fixture
def axes():
    return Figure().add_subplot()


@pytest.fixture(scope="module")
def arc():
    return zones.area("peramerenkaari")


@pytest.fixture
def lang(monkeypatch, request):
    monkeypatch.setenv("ZONES_LANG", request.param)
    return request.param


def fills(axes):
    faces = [patches.get_facecolor()[0] for patches in axes.collections]
    return [mpl.colors.to_hex(face, keep_alpha=True) for face in faces]


def test_the_ground_is_one_valid_geometry_a_country(arc):
    ground = arc.geometry
    assert ground.index.tolist() == list(arc.countries) == ["FI", "SE"]
    assert ground.crs.to_epsg() == 3067
    assert ground.is_valid.all()
    for country, shape in ground.items():
        members = arc.units.geometry[arc.members(country)]
        assert shape.area == pytest.approx(members.area.sum())
        assert shapely.covers(shape.buffer(1), members.representative_point().to_numpy()).all()


def test_a_zone_is_its_default_extent():
    zone = zones.get("viitoskaytava")
    assert zone.geometry.geom_equals(zones.area(zone).geometry).all()
    network = zones.get("liukas")
    assert network.geometry.index.tolist() == ["FI"]


def test_members_without_evidence_are_light(axes):
    area = zones.area("suomen-kasvukaytava")
    assert area.plot(axes) is axes
    full, light = fills(axes)
    assert full == f"{PALETTE[1]}ff"
    assert light != full
    assert [len(patches.get_paths()) > 0 for patches in axes.collections] == [True, True]
    assert axes.get_legend() is not None


def test_where_all_have_evidence_nothing_is_to_be_explained(arc, axes):
    arc.plot(axes, color="#123456")
    assert fills(axes) == ["#123456ff"]
    assert axes.get_legend() is None


def test_evidence_may_be_left_out_and_names_written(axes):
    area = zones.area("suomen-kasvukaytava")
    area.plot(axes, evidence=False, names=True, edgecolor="black")
    assert len(fills(axes)) == 1
    assert len(axes.texts) == len(area.units)


def test_axes_are_made_where_none_are_given(arc):
    from matplotlib import pyplot as plt  # noqa: PLC0415

    try:
        assert arc.plot().figure.number in plt.get_fignums()
    finally:
        plt.close("all")


def test_names_are_text_in_a_drawing(axes):
    zone = own_zone(r"$\frac{1}{0}$", units_of("17"), key="own")
    zone.plot(axes)
    axes.figure.canvas.draw()
    assert axes.get_title().startswith(r"$\frac")


def test_explore_is_the_map_of_the_area_alone(arc):
    shown = arc.explore(view="density", lang="sv")
    assert [area.group.id for area in shown.areas] == ["peramerenkaari"]
    assert (shown.data["view"], shown.data["lang"]) == ("density", "sv")
    assert zones.get("liukas").explore().areas[0].group.id == "liukas"


def test_without_boundaries_there_is_nothing_to_draw(axes):
    area = zones.area("viitoskaytava", year=2019)
    for look in (lambda: area.geometry, lambda: area.plot(axes)):
        with pytest.raises(NoGeometryError, match="division of 2019"):
            look()
    assert "no boundaries" in area._repr_html_().lower() or "2019" in area._repr_html_()


def test_a_network_without_members_has_a_card_alone():
    unknown = next(group for group in zones.all_groups("network") if not group.extents)
    assert unknown.names.text("en") in unknown._repr_html_()
    with pytest.raises(ExtentError, match="no known members"):
        unknown.plot()


@pytest.mark.parametrize("lang", ["fi", "sv", "en"], indirect=True)
def test_a_card_speaks_the_readers_language(lang):
    card = zones.area("suomen-kasvukaytava")._repr_html_()
    people = {"fi": "1 170 951–2 706 970", "sv": "1 170 951–2 706 970", "en": "1,170,951–2,706,970"}
    assert people[lang] in card.replace("\xa0", " ")
    assert phrase("plot.column.municipality", lang) in card
    assert phrase("plot.extent", lang) in card
    table = zones.coverage("suomen-kasvukaytava")._repr_html_()
    assert phrase("cli.bounds", lang) in table


def test_a_card_escapes_what_it_shows():
    hostile = hostile_zones()[0]
    for shown in (hostile, zones.area(hostile)):
        card = shown._repr_html_()
        assert "<script" not in card
        assert "<img" not in card
        assert HOSTILE not in card
