"""Every public name says what `help()` should: parameters, what it raises, an example."""

import pytest

import geodata.errors
import geodata.testing
import zones.errors
import zones.testing
from tools.site.api import PARTS

numpydoc = pytest.importorskip("numpydoc.validate", reason="pip install '.[test]'")

MODULES = (zones, zones.errors, zones.testing, geodata, geodata.errors, geodata.testing)
PUBLIC = {
    f"{module.__name__}.{name}": getattr(module, name)
    for module in MODULES
    for name in module.__all__
    if callable(getattr(module, name))
}
# Types are in the signature; a summary may be all there is to say, and names what is returned; some
# nouns end in s. Records document their attributes, and errors are raised rather than called.
LEFT_OUT = {"ES01", "PR04", "RT01", "SA01", "SS05"}
LEFT_OUT_OF_CLASSES = LEFT_OUT | {"EX01", "PR01"}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_documented(name):
    left_out = LEFT_OUT_OF_CLASSES if isinstance(PUBLIC[name], type) else LEFT_OUT
    faults = [fault for fault in numpydoc.validate(name)["errors"] if fault[0] not in left_out]
    assert faults == []


@pytest.mark.parametrize("module", [zones, geodata], ids=lambda module: module.__name__)
def test_the_pages_of_the_interface_have_every_public_name(module):
    listed = [name for names in PARTS[module.__name__].values() for name in names]
    apart = {name for name in module.__all__ if not callable(getattr(module, name))}
    apart |= {name for name in module.__all__ if name.endswith("Error")}
    assert sorted(listed) == sorted(set(module.__all__) - apart)
