"""Makes records of tables as TOML has them, by the types of their fields; says all faults at once.

Each fault has its place, as ``claim[2].value``: the second claim's value.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from zones.catalogue import checks
from zones.catalogue.checks import FaultError, Wrong
from zones.model import values
from zones.model.evidence import Count
from zones.model.groups import Extent, Network, Zone
from zones.model.values import Facts, Names
from zones.texts import LANGUAGES

__all__ = ["SHORT_FORM", "keys_of", "structured"]

T = TypeVar("T")

# Fields that have another key in the files; a star keeps those that no file has apart.
_KEYS: dict[str, str] = {
    "lau_id": "code",
    "units": "codes",
    "memberships": "member",
    "claims": "claim",
    "counts": "count",
    "group": "*group",
    "names": "*name",
    "short_names": "*short_name",
    "description": "*description",
    "text": "*text",
    "official": "*official",
    "about": "*about",
    "facts": "*facts",
    "published": "*facts",
    **{lang: f"_{lang}" for lang in LANGUAGES},
}
_KEYS_OF: dict[type, dict[str, str]] = {
    Zone: {"extents": "extent", "organisations": "organisation"},
    Network: {"extents": "*extent"},
}

# Keys that are for reading, not computing: they stay together under their own names.
_FACTS: dict[type, str] = {
    Extent: """use n_municipalities region_codes fi_population_2012 fi_population_2022
        fi_land_area_km2""",
    Count: "regional_councils chambers ministries",
    Zone: """project_name project_name_lang project_name_source association slogan_fi
        former_name_fi founded name_sv_source name_sv_note host_code host_source host_note
        funding_decision funding_granted funding_source grant_authority grant_authority_source
        candidates_2013 candidates_2013_source agreement_periods agreement_source
        agreement_source_2 agreement_note membership_fees membership_fees_source growth_agreement
        growth_agreement_source spine_road_fi spine_road_sv spine_road_en spine_rail_fi
        spine_rail_sv spine_rail_en spine_note spine_source spine_source_2""",
    Network: """decision_date coordinator_municipality coordinator_code grant_basis
        funding_channel members_complete name_en_is_translation more_sources""",
}
_STEMS = ("name", "short_name")
# Texts for readers, which may be in one language under the stem alone.
_PROSE_STEMS = ("description", "text", "official", "about")
SHORT_FORM = ("codes", "division", "description")
"""What the short form of a user's zone says of its one extent."""

_Fact = Annotated[Any, "a fact for reading"]
_CONVERTER = Converter(detailed_validation=True)


def structured(table: Mapping[str, Any], kind: type[T]) -> tuple[T | None, list[str]]:
    """Make a record of a table, or say everything that is wrong with it.

    Examples
    --------
    >>> structured({"date": "2021", "source": "s", "municipalities": "many"}, Count)
    (None, ["municipalities: expected a whole number, got 'many'"])
    """
    try:
        return _CONVERTER.structure(table, kind), []
    except (ClassValidationError, FaultError) as error:
        return None, list(_faults(error))


def _faults(error: BaseException, place: str = "") -> Iterator[str]:
    """Yield the faults that an error of cattrs holds, each with its place."""
    match error:
        case ClassValidationError():
            inner, others = error.group_exceptions()
            for fault, field in inner:
                yield from _faults(fault, _joined(place, _key_of(error.cl, field.name)))
            for other in others:
                yield from _faults(other, place)
        case IterableValidationError():
            for fault, note in error.group_exceptions()[0]:
                at: str | int = note.index
                inside = _joined(place, at) if isinstance(at, str) else f"{place}[{at + 1}]"
                yield from _faults(fault, inside)
        case ForbiddenExtraKeysError():
            for key in sorted(error.extra_fields):
                shown = key if key and key.isprintable() else repr(key)
                yield f"{_joined(place, shown)}: unknown key; {_hint(key, error.cl)}"
        case KeyError():
            yield f"{place.replace('*', '')} is missing"
        case _:
            colon = "" if str(error).startswith("is missing") else ":"
            yield f"{place.replace('*', '')}{colon} {error}" if place else str(error)


def _key_of(kind: type, name: str) -> str:
    return _KEYS_OF.get(kind, {}).get(name) or _KEYS.get(name, name)


def _keys_of(kind: Any) -> dict[str, str]:
    return {field.name: _key_of(kind, field.name) for field in dataclasses.fields(kind)}


def _facts_of(kind: type) -> set[str]:
    return {*_FACTS.get(kind, "").split()}


def _joined(place: str, key: str) -> str:
    """Return the place of a key within one: ``*name`` and ``_fi`` are ``name_fi``."""
    before, _, stem = place.rpartition("*")
    if stem != place:
        return f"{before}{'' if stem == 'facts' else stem}{key}"
    return f"{place}.{key.removeprefix('_')}" if place else key


def keys_of(kind: type) -> set[str]:
    """Return the keys that a table of a user's zone file may have for a record.

    Examples
    --------
    >>> sorted(keys_of(Count))[:4]
    ['chambers', 'date', 'extents', 'key']
    """
    keys = {*_keys_of(kind).values()}
    stems = [stem for stem in (*_STEMS, *_PROSE_STEMS) if f"*{stem}" in keys]
    keys |= {f"{stem}_{lang}" for stem in stems for lang in LANGUAGES}
    keys |= {*_PROSE_STEMS} & {*stems}
    keys |= {"country"} if "code" in keys else set()
    keys |= {*SHORT_FORM, "name"} if kind is Zone else set()
    return {key for key in keys if not key.startswith("*")} | _facts_of(kind)


def _hint(key: str, kind: type) -> str:
    """Say which key may be meant, else which there are."""
    keys = keys_of(kind)
    near = checks.nearest(key, keys)
    return f"did you mean {near}?" if near else f"the keys are {', '.join(sorted(keys))}"


def _hook(check: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a check as cattrs calls it, which a value known to be wrong does not pass."""

    def hook(value: Any, _: Any) -> Any:
        if isinstance(value, Wrong):
            raise FaultError(value.reason)
        return check(value)

    return hook


def _marked(kind: Any) -> Any:
    """Return what an annotated type says of itself."""
    return getattr(kind, "__metadata__", (None,))[0]


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1] is ...


def _list_hook(kind: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    parts: Any = list[get_args(kind)[0]]  # type: ignore[misc]  # known when it runs

    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise FaultError(f"expected a list, got {checks.shown(value)}")
        return tuple(_CONVERTER.structure(value, parts))

    return _hook(check)


def _record_hook(kind: type) -> Callable[[Any, Any], Any]:
    options: dict[str, Any] = {"_cattrs_forbid_extra_keys": True}
    options |= {name: override(rename=key) for name, key in _keys_of(kind).items()}
    make: Any = make_dict_structure_fn(kind, _CONVERTER, **options)

    def check(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise FaultError(f"expected a table, got {checks.shown(value)}")
        return make(_gathered(value, kind), kind)

    return _hook(check)


def _gathered(table: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """Put names in three languages, and what is for reading, where the record has one field."""
    keys = _keys_of(kind).values()
    rest = dict(table)
    for stem in (*_STEMS, *_PROSE_STEMS):
        if f"*{stem}" not in keys:
            continue
        found = [lang for lang in LANGUAGES if f"{stem}_{lang}" in rest]
        if found or (stem in _STEMS and kind is not Extent):
            rest[f"*{stem}"] = {f"_{lang}": rest.pop(f"{stem}_{lang}") for lang in found}
        elif stem in _PROSE_STEMS and stem in rest:
            rest[f"*{stem}"] = rest.pop(stem)
    if kind in _FACTS:
        rest["*facts"] = {key: rest.pop(key) for key in [*rest] if key in _facts_of(kind)}
    return rest


def _prose(value: Any) -> Names:
    if not isinstance(value, Mapping):
        return Names.plain(checks.text(value))
    keys = {lang: f"_{lang}" for lang in LANGUAGES}
    return _CONVERTER.structure({keys.get(k, k): v for k, v in value.items()}, Names)


_CHECKS: dict[Any, Callable[[Any], Any]] = {
    str: checks.text,
    int: checks.whole,
    float: checks.number,
    bool: checks.truth,
    _Fact: checks.fact,
    Facts: lambda value: Facts(_CONVERTER.structure(value, dict[str, _Fact])),
    values.Line: checks.line,
    values.Day: checks.day,
    values.Said: checks.said,
    values.Code: checks.code,
    values.Year: checks.year,
    values.Owner: str,
    values.MeasureName: checks.measure,
    values.Prose: _prose,
}
_CONVERTER.register_structure_hook_factory(dataclasses.is_dataclass, _record_hook)
_CONVERTER.register_structure_hook_factory(_is_list, _list_hook)
_CONVERTER.register_structure_hook_factory(
    lambda kind: isinstance(_marked(kind), values.Words),
    lambda kind: _hook(checks.word(_marked(kind).kind)),
)
for _type in (str, int, float, bool, Facts):
    _CONVERTER.register_structure_hook(_type, _hook(_CHECKS.pop(_type)))
_CONVERTER.register_structure_hook_factory(
    lambda kind: kind in _CHECKS, lambda kind: _hook(_CHECKS[kind])
)
