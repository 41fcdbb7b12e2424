"""PostgreSQL's arithmetic in Python's: sums without rounding, averages with as many digits as its numeric."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

PRECISION = 2500
"""Digits: the largest double and the smallest lie 632 apart."""


def total(values: Sequence[Decimal]) -> Decimal:
    """The exact sum, with as many digits behind the point as the longest value has."""
    with localcontext(prec=PRECISION):
        return sum(values, Decimal(0)).quantize(Decimal(1).scaleb(-max(map(scale, values))))


def average(values: Sequence[Decimal]) -> Decimal:
    """The mean, rounded where PostgreSQL rounds a quotient (select_div_scale in its numeric.c): at least 16
    significant digits, counted in groups of four."""
    with localcontext(prec=PRECISION):
        dividend, divisor = total(values), Decimal(len(values))
        weight, digit = _weight(dividend)
        by_weight, by_digit = _weight(divisor)
        weight -= by_weight + (digit <= by_digit)
        digits = min(max(16 - weight * 4, scale(dividend), 0), 1000)
        return (dividend / divisor).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def as_float(value: Decimal) -> float | None:
    """The nearest double; zero for what is too small, None for what is too large."""
    if abs(value) < Decimal("5e-324"):
        return 0.0
    found = float(value)
    return None if found in (float("inf"), float("-inf")) else found


def exactly(value: float) -> Decimal:
    """The decimal that a double is spelled as, not the one it is."""
    with localcontext(prec=PRECISION):
        return Decimal(repr(value)).normalize()


def trimmed(value: Decimal) -> Decimal:
    """Without the zeros at the end."""
    with localcontext(prec=PRECISION):
        found = value.normalize()
        return found.quantize(Decimal(1)) if scale(found) == 0 else found


def padded(value: Decimal, digits: int) -> Decimal:
    """With so many digits behind the point."""
    with localcontext(prec=PRECISION):
        return value.quantize(Decimal(1).scaleb(-digits))


def scale(value: Decimal) -> int:
    """Digits behind the point."""
    return max(0, -int(value.as_tuple().exponent))


def _weight(value: Decimal) -> tuple[int, int]:
    """The power of 10,000 that a number begins with, and its digit there."""
    if value == 0:
        return 0, 0
    weight = value.adjusted() // 4
    return weight, int(abs(value) / Decimal(10000) ** weight)
