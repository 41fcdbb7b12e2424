"""Values that programs stumble over, and ways to damage what is right."""

import random

TEXTS = [
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\u202e",
    "é",
    "e\u0301",
    "\U0001d54f",
    "\x7f\x80",
    "\r\n",
    "%",
    "%%",
    "_",
    "\\",
    "\\x",
    "'",
    "''; --",
    '"',
    "$1",
    "{}",
    "null",
    "NaN",
    "-0",
    "1e400",
    "9" * 30,
    "9" * 5000,
    "infinity",
    "-infinity",
    "2026-13-45",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999+14:00",
    "294277-01-01T00:00:00Z",
    "10000-01-01",
    "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}",
    "post-01",
    "ASC",
    "true",
    "a" * 3000,
    "%_" * 500,
    "a & b | !c <-> d",
    '"' * 99,
    "word " * 2000,
    "-" * 999,
    "../" * 50,
]
"""Also valid ones: what is right in one place is wrong in another."""

NUMBERS: list[object] = [
    0,
    -1,
    1,
    20,
    500,
    501,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    2**64,
    10**40,
    0.5,
    -0.0,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
]


def text(chance: random.Random) -> str:
    """One of the texts, two in a row, or a few characters from anywhere."""
    match chance.randrange(4):
        case 0:
            return "".join(chr(chance.randrange(0x11000)) for _ in range(chance.randrange(9)))
        case 1:
            return chance.choice(TEXTS) + chance.choice(TEXTS)
        case _:
            return chance.choice(TEXTS)


def value(chance: random.Random, names: list[str], depth: int = 3) -> object:
    """Any JSON value, and what JSON has not: NaN and infinities. Its keys are of `names`."""
    match chance.randrange(8 if depth else 5):
        case 0:
            return chance.choice([None, True, False])
        case 1:
            return chance.choice(NUMBERS)
        case 2 | 3:
            return text(chance)
        case 4:
            return chance.choice([{}, []])
        case 5:
            return [value(chance, names, depth - 1) for _ in range(chance.randrange(4))]
        case _:
            keys = [chance.choice(names) for _ in range(chance.randrange(4))]
            return {key: value(chance, names, depth - 1) for key in keys}


def damaged(chance: random.Random, data: bytes) -> bytes:
    """`data` with a byte or a part replaced, left out, doubled or put in, or cut off."""
    place = chance.randrange(len(data) + 1)
    part = data[place : place + chance.choice([1, 1, 2, 8, 64])]
    match chance.randrange(5):
        case 0:
            return data[:place]
        case 1:
            return data[:place] + data[place + len(part) :]
        case 2:
            return data[:place] + part * chance.choice([2, 2, 50]) + data[place + len(part) :]
        case 3:
            return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
        case _:
            odd = chance.choice([b"\0", b"\xff", b"\r\n", b"\n", b"\r", b" ", b"\t", b"\xc3", b":", b","])
            return data[:place] + odd + data[place:]
