"""Made-up transcripts with known scripts: who reads what, what is filled in, what is misheard.

It shares nothing with the code that groups them. A script is a choice of phrases, in an order of
its own, with words of its own and of its trade in them; a reading fills in a name, an agent and
amounts; speech-to-text then replaces a share of the characters. Scripts share phrases, as real ones
do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.calls import phrases

Generator = np.random.Generator
_SLOT = re.compile(r"\{(\w+)\}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Reading:
    """One transcript and the number of its script."""

    script: int
    text: str


@dataclass(frozen=True, slots=True)
class Noise:
    """What speech-to-text does: the shares of characters that it replaces, drops and puts in."""

    replaced: float = 0.15
    dropped: float = 0.0
    put_in: float = 0.0


def made_readings(
    language: str,
    seed: int,
    scripts: int = 200,
    each: int = 20,
    noise: Noise = Noise(),
) -> list[Reading]:
    """``each`` readings of so many scripts in ``language`` (``zh``, ``en``), in any order."""
    rng = np.random.default_rng(seed)
    book = phrases.book(language)
    made = [_script(book, rng, number) for number in range(scripts)]
    readings = [
        Reading(number, _misheard(_filled(text, book, rng), language, noise, rng))
        for number, text in enumerate(made)
        for _time in range(each)
    ]
    return [readings[at] for at in rng.permutation(len(readings))]


def _script(book: phrases.Book, rng: Generator, number: int) -> str:
    """The text of a script, with the slots of a call left open."""
    trade = book.trades[number % len(book.trades)]
    chosen = rng.choice(len(book.frames), size=int(rng.integers(5, 9)), replace=False)
    sentences = [
        _pick(book.greetings, rng),
        *(book.frames[at] for at in chosen),
        _pick(book.amounts, rng),
        _pick(book.closings, rng),
    ]
    words: dict[str, Sequence[str]] = {**book.words, **trade}
    words["firm"] = (_pick(book.words["firm"], rng),)
    return book.between.join(_worded(one, words, rng) for one in sentences)


def _worded(sentence: str, words: Mapping[str, Sequence[str]], rng: Generator) -> str:
    """``sentence`` with the words that belong to the script; what is a call's own stays open."""

    def word(slot: re.Match[str]) -> str:
        return _pick(words[slot[1]], rng) if slot[1] in words else slot[0]

    return _SLOT.sub(word, sentence)


def _filled(text: str, book: phrases.Book, rng: Generator) -> str:
    return _SLOT.sub(lambda slot: book.fill(slot[1], rng), text)


def _misheard(text: str, language: str, noise: Noise, rng: Generator) -> str:
    places = [at for at, one in enumerate(text) if one.isalnum()]
    pool = phrases.COMMON if language == "zh" else _LETTERS
    characters = list(text)
    count = round(noise.replaced * len(places))
    for at in rng.choice(places, size=count, replace=False) if count else ():
        others = [one for one in pool if one != characters[at].lower()]
        characters[at] = others[int(rng.integers(len(others)))]
    kept = [one for one in characters if rng.random() >= noise.dropped]
    return "".join(one + (_pick(pool, rng) if rng.random() < noise.put_in else "") for one in kept)


def _pick(words: Sequence[str], rng: Generator) -> str:
    return words[int(rng.integers(len(words)))]
