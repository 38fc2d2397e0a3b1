"""Municipalities, people and places of Finland and northern Sweden, offline and dated."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
