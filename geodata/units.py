"""Units of length and area: everything is computed in metres and shown in kilometres."""

__all__ = ["M2_PER_KM2", "M_PER_KM"]

M_PER_KM = 1_000.0
"""Metres in a kilometre."""

M2_PER_KM2 = M_PER_KM**2
"""Square metres in a square kilometre."""
