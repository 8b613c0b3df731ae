"""FORMAT.md is enough to make the same bytes: its vectors, by a second reading of its text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
import xxhash
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import leaktrace.fingerprint
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.fingerprint.weights import row_weight
from leaktrace.identifiers.kinds import KIND, KINDS, NAME_CODE, Form

TEXT = (Path(leaktrace.fingerprint.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
KEY = Key(bytes(range(32)))
VECTOR = re.compile(r"^\| (.+?) \| (\d+) \| `(.+?)` \| `([0-9a-f]{32})` \| `([0-9a-f]{16})` \|$")
VECTORS = [found.groups() for line in TEXT.splitlines() if (found := VECTOR.match(line))]
WEIGHTS = [row_weight(place) for place in range(5)]
KEYED = zip((*map(ord, "园花绣"), 3, 501), WEIGHTS, strict=True)
FORMS = ("cell, normalised", "cell, number", "cell, day", "cell, place")
READINGS = {
    "cell, number": 1_300_000,
    "cell, day": 20_260_301,
    "cell, place": sum(one * weight for one, weight in KEYED) % 2**64,
}


def token_of(block: bytes) -> int:
    subkey = hashlib.blake2b(
        b"tokens", key=KEY.secret, digest_size=32, person=b"leaktrace-derive"
    ).digest()[:16]
    encryptor = Cipher(algorithms.AES(subkey), modes.ECB()).encryptor()
    return int.from_bytes(encryptor.update(block)[:8], "little")


def block_of(name: str, code: int, form: str) -> bytes:
    """The block as FORMAT.md words it."""
    last = bytes([code])
    if name in READINGS:
        return READINGS[name].to_bytes(8, "little") + bytes(7) + last
    if name.startswith("cell"):
        text = "a座会所" if "normalised" in name else form
        return xxhash.xxh3_64_intdigest(text.encode()).to_bytes(8, "little") + bytes(7) + last
    if name == "name" or KIND[name].form is Form.TEXT:
        text = form.encode()
        if len(text) <= 14:
            return text.ljust(14, b"\0") + bytes([len(text)]) + last
        key = hashlib.blake2b(
            b"long texts", key=KEY.secret, digest_size=32, person=b"leaktrace-derive"
        ).digest()
        short = hashlib.blake2b(text, digest_size=8, key=key, person=b"leaktrace-text").digest()
        return short + bytes(6) + b"\xff" + last
    if KIND[name].form is Form.NUMBER:
        return int(form).to_bytes(8, "little") + bytes(7) + last
    person, _, number = form.partition(" ")
    inner = token_of(block_of("name", NAME_CODE, person))
    return inner.to_bytes(8, "little") + int(number).to_bytes(4, "little") + bytes(3) + last


def test_there_are_ten_vectors_and_more() -> None:
    assert len(VECTORS) >= 10


@pytest.mark.parametrize(("name", "code", "form", "block", "token"), VECTORS)
def test_vector(name: str, code: str, form: str, block: str, token: str) -> None:
    assert block_of(name, int(code), form).hex() == block
    tokeniser = Tokeniser(KEY)
    if name in FORMS:
        assert token_of(bytes.fromhex(block)) & ~3 | FORMS.index(name) == int(token, 16)
        assert f"{int(tokeniser.cell_pairs([form])[1][0]):016x}" == token
        return
    assert token_of(bytes.fromhex(block)) == int(token, 16)
    if name == "cell, as typed":
        made = tokeniser.cells([form], int(code))
    elif name == "name":
        made = tokeniser.names([form])
    elif KIND[name].form is Form.TEXT:
        made = tokeniser.texts([form], KIND[name])
    elif KIND[name].form is Form.NUMBER:
        made = tokeniser.numbers(np.array([int(form)], dtype=np.uint64), KIND[name])
    else:
        person, _, number = form.partition(" ")
        made = tokeniser.named([person], np.array([int(number)], dtype=np.uint64), KIND[name])
    assert f"{int(made[0]):016x}" == token


def test_every_kind_stands_in_the_table_with_its_code_and_form() -> None:
    for kind in KINDS:
        assert f"| `{kind.name}` | {kind.code} | {kind.form.value} |" in TEXT


def test_the_fingerprint_of_the_key_is_written_down() -> None:
    assert f"`{KEY.fingerprint}`" in TEXT
