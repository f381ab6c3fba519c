"""PINs: four digits from 2 to 9, none twice. Source: docs/reference/school-side.md, "Password and PIN"."""

import random
from collections.abc import Collection
from itertools import product

from mtc_kiosk.school.obstacle import ObstacleCode, refuse
from mtc_kiosk.school.password import DIGITS

LENGTH = 4
EVERY_PIN = tuple("".join(digits) for digits in product(DIGITS, repeat=LENGTH))


def draw_pins(chance: random.Random, count: int, taken: Collection[str]) -> list[str]:
    """So many PINs, all different and none of them taken; Refused where there are not so many left of the 4,096."""
    free = [pin for pin in EVERY_PIN if pin not in taken]
    if count > len(free):
        raise refuse(ObstacleCode.NO_PINS_LEFT, f"Only {len(free)} PINs are left for this day, and {count} are needed.")
    return chance.sample(free, count)


def as_meant(typed: str) -> str:
    """What somebody typed as the PIN is kept: without spaces."""
    return "".join(typed.split())
