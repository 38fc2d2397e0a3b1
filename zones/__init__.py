"""Finland's development zones: who is in them, what they cover, whom they reach."""

from typing import TYPE_CHECKING as _TYPE_CHECKING

import lazy_loader as _lazy

from geodata.gate import through_gate as _through_gate
from zones.model import views as _views

if _TYPE_CHECKING:
    from zones.model.views import Views as _Views


def _of_maps() -> "_Views":
    from zones.maps import views  # noqa: PLC0415 - imports stay light

    return views


_views.looked_at_with(_of_maps)

_find, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
__getattr__ = _through_gate(__name__, globals(), _find)
