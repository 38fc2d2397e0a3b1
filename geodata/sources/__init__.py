"""Live services, asked only when told to: boundaries, population, population grid."""

import lazy_loader as _lazy

from geodata.gate import through_gate as _through_gate

_find, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
__getattr__ = _through_gate(__name__, globals(), _find)
