"""Making personas: plausible, distinct to eye and ear, and never anybody's number."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np

from leaktrace.canary.personas.persona import Persona, number_mark, sound_mark
from leaktrace.canary.personas.words import (
    ESTATE_TAILS,
    GIVEN,
    LAYOUTS,
    PLACES,
    ROAD_TAILS,
    SURNAMES,
    TRADES,
)
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.messages import _

Made = TypeVar("Made")

_TRIES = 2_000
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
_LOCAL = 16
"""Letters of a mailbox's local part: 1 in 24 · 32^15, 79 bits. Made of words, as mail lists are
grown by guessing, it would be hit by chance."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def personas(
    seed: int | bytes,
    count: int,
    taken: Iterable[str] = (),
    *,
    places: Sequence[tuple[str, str]] = (),
    town: str = "",
    domain: str = "",
    secret: bytes | None = None,
    unissued_ids: bool = False,
) -> tuple[Persona, ...]:
    """``count`` personas, no two with a mark in common, nor any with those ``taken``.

    Parameters
    ----------
    seed : int or bytes
        The same seed gives the same personas; derive it from a secret where nobody else may.
    count : int
    taken : iterable of str
        The marks of those that are planted already (:attr:`Persona.marks`).
    places : sequence of (str, str)
        The number and the source that each is for: another place gives another persona, though the
        seed is the same, so that two plans made side by side have none in common. Without them, a
        persona is of its place in the row.
    town : str
        What addresses begin with.
    domain : str
        The user's own domain, at which mailboxes are made; none without it.
    secret : bytes, optional
        What mailboxes are made from; random where there is none, since a seed can be guessed.
    unissued_ids : bool
        Give each an ID number of a form that cannot have been issued.

    Raises
    ------
    LeaktraceError
        If so many distinct ones cannot be made.
    UsageError
        If the domain is none.
    ValueError
        If there are places, and not ``count`` of them.
    """
    if domain and ("@" in domain or "." not in domain.strip(".")):
        raise UsageError(_("a domain is written as example.org, without an @"))
    if places and len(places) != count:
        raise ValueError("give one place for each persona")
    used = set(taken)
    hidden = secrets.token_bytes(32) if secret is None else secret
    made = []
    for turn, place in enumerate(places or [(str(one + 1), "") for one in range(count)]):
        bound = _bound(seed, place)
        rng = np.random.default_rng(int.from_bytes(bound, "big"))
        # Apart, so that a persona is the same with and without an ID number.
        ids = np.random.default_rng([int.from_bytes(bound, "big"), 1])
        mailbox = f"{_local_part(hidden, bound)}@{domain.lower()}" if domain else ""
        unissued = unissued_id(ids) if unissued_ids else ""
        made.append(_persona(rng, f"P{turn + 1:04}", used, town, mailbox, unissued))
    return tuple(made)


def _bound(seed: int | bytes, place: tuple[str, str]) -> bytes:
    """What a persona is drawn from: the hash of its place, keyed by the seed."""
    raw = seed if isinstance(seed, bytes) else str(seed).encode()
    key = hashlib.blake2b(raw, person=b"lt-personas", digest_size=32).digest()
    # Each with its length before it, or N1 at 2 would be N at 12.
    parts = [one.encode("utf-8", "surrogatepass") for one in place]
    text = b"".join(len(one).to_bytes(4, "big") + one for one in parts)
    return hashlib.blake2b(text, key=key, digest_size=32).digest()


def _local_part(secret: bytes, bound: bytes) -> str:
    digest = hashlib.blake2b(
        bound, key=hashlib.blake2b(secret, digest_size=32).digest(), person=b"lt-mailbox"
    ).digest()
    value = int.from_bytes(digest, "big")
    value, first = divmod(value, len(_LETTERS))
    letters = _LETTERS[first]
    for _place in range(_LOCAL - 1):
        value, next_one = divmod(value, len(_SIGNS))
        letters += _SIGNS[next_one]
    return letters


def _persona(
    rng: np.random.Generator,
    identity: str,
    used: set[str],
    town: str,
    mailbox: str,
    id_number: str,
) -> Persona:
    name, name_mark = _fresh(lambda: _name(rng), used)
    road, road_mark = _fresh(lambda: _road(rng), used)
    employer, employer_mark = _fresh(lambda: _employer(rng), used)
    layout, area_mark = _fresh(lambda: _layout(rng), used)
    loan, loan_mark = _fresh(lambda: _loan(rng), used)
    return Persona(
        identity,
        name,
        f"{town}{road}{_flat(rng)}",
        employer,
        layout,
        loan,
        road,
        mailbox,
        id_number,
        (name_mark, road_mark, employer_mark, area_mark, loan_mark),
    )


def _fresh(draw: Callable[[], tuple[Made, str]], used: set[str]) -> tuple[Made, str]:
    for _turn in range(_TRIES):
        made, mark = draw()
        if mark not in used:
            used.add(mark)
            return made, mark
    raise LeaktraceError(
        _("no more distinct personas can be made; plan fewer plantings at a time"),
        code="personas-exhausted",
    )


def _pick(rng: np.random.Generator, choices: str | tuple[str, ...]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _name(rng: np.random.Generator) -> tuple[str, str]:
    # Three characters: of two, half the sounds are everyday words of a caller's script.
    first = _pick(rng, GIVEN)
    second = _pick(rng, GIVEN.replace(first, ""))
    name = _pick(rng, SURNAMES) + first + second
    return name, sound_mark("name", name)


def _road(rng: np.random.Generator) -> tuple[str, str]:
    road = _pick(rng, PLACES) + _pick(rng, PLACES + GIVEN) + _pick(rng, ROAD_TAILS)
    return road, sound_mark("road", road)


def _employer(rng: np.random.Generator) -> tuple[str, str]:
    head, trade = _pick(rng, PLACES + GIVEN) + _pick(rng, PLACES), _pick(rng, TRADES)
    return head + trade, sound_mark("employer", head + trade[0])


def _layout(rng: np.random.Generator) -> tuple[str, str]:
    rooms, least, most = LAYOUTS[int(rng.integers(len(LAYOUTS)))]
    # Two decimals that are not round: an area said as it stands in the form, not estimated.
    cents = int(rng.integers(round(least * 10), round(most * 10))) * 10 + int(rng.integers(1, 10))
    area = Decimal(cents) / 100
    return f"{rooms} {area:.2f}㎡", number_mark("area", area)


def _loan(rng: np.random.Generator) -> tuple[int, str]:
    amount = int(rng.integers(110, 3_000)) * 1_000 + int(rng.integers(1, 10)) * 100
    return amount, number_mark("loan", Decimal(amount))


def _flat(rng: np.random.Generator) -> str:
    number, building, unit = (int(rng.integers(1, most)) for most in (400, 30, 5))
    room = int(rng.integers(1, 33)) * 100 + int(rng.integers(1, 5))
    estate = _pick(rng, PLACES) + _pick(rng, PLACES) + _pick(rng, ESTATE_TAILS)
    return f"{number}号{estate}{building}栋{unit}单元{room}室"


def unissued_id(rng: np.random.Generator) -> str:
    """An ID number that cannot have been issued: no region's code begins with 99 (GB/T 2260), and
    there is no day 00; its check character is right (GB 11643)."""
    year, month, serial = int(rng.integers(1960, 2005)), int(rng.integers(1, 13)), rng.integers(999)
    body = f"99{int(rng.integers(10_000)):04}{year}{month:02}00{int(serial):03}"
    check = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + _CHECKS[check]
