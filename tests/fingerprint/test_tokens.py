"""Tokens: equal for equal identifiers, and only for them."""

from __future__ import annotations

import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.fingerprint.cells import normalise_cell, plain_cells
from leaktrace.fingerprint.cipher import CHUNK_BLOCKS, BlockCipher
from leaktrace.fingerprint.keys import Key
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.fingerprint.weights import row_weight
from leaktrace.identifiers.kinds import (
    CELL_NORMAL_CODE,
    CELL_RAW_CODE,
    EMAIL,
    KINDS,
    MOBILE,
    NAME_LAST4,
    PLATE,
    Form,
)

TOKENISER = Tokeniser(Key(bytes(range(32))))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=24)


def test_kinds_and_forms_never_collide() -> None:
    tokens = set()
    value = np.array([0x4141], dtype=np.uint64)
    for kind in KINDS:
        if kind.form is Form.NUMBER:
            tokens.add(int(TOKENISER.numbers(value, kind)[0]))
        elif kind.form is Form.TEXT:
            tokens.add(int(TOKENISER.texts(["AA"], kind)[0]))
        else:
            tokens.add(int(TOKENISER.named(["AA"], value, kind)[0]))
    tokens.add(int(TOKENISER.names(["AA"])[0]))
    tokens |= {int(TOKENISER.cells(["AA"], code)[0]) for code in (CELL_RAW_CODE, CELL_NORMAL_CODE)}
    assert len(tokens) == len(KINDS) + 3


def test_keys_give_tokens_of_their_own() -> None:
    value = np.array([13800000001], dtype=np.uint64)
    other = Tokeniser(Key(bytes(32)))
    assert TOKENISER.numbers(value, MOBILE)[0] != other.numbers(value, MOBILE)[0]


@pytest.mark.parametrize("count", [0, 1, CHUNK_BLOCKS - 1, CHUNK_BLOCKS, CHUNK_BLOCKS + 1])
def test_chunks_change_nothing(count: int) -> None:
    values = np.arange(count, dtype=np.uint64) + np.uint64(13000000000)
    tokens = TOKENISER.numbers(values, MOBILE)
    assert len(tokens) == count
    for position in {0, count // 2, count - 1} & set(range(count)):
        alone = TOKENISER.numbers(values[position : position + 1], MOBILE)
        assert alone[0] == tokens[position]


def test_zero_is_kept_for_none() -> None:
    class Zeros:
        def update_into(self, data: memoryview, out: memoryview) -> None:
            out[: len(data)] = bytes(len(data))

    cipher = BlockCipher(bytes(16))
    _, blocks, output = cipher._tools()
    cipher._own.tools = (Zeros(), blocks, output)
    assert cipher.tokens(np.zeros(3, dtype=np.uint64), 0).tolist() == [1, 1, 1]


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_texts_have_one_token_each(texts: list[str]) -> None:
    tokens = TOKENISER.texts(texts, EMAIL)
    assert len(set(tokens.tolist())) == len(set(texts))
    for text, token in zip(texts, tokens, strict=True):
        assert TOKENISER.texts([text], EMAIL)[0] == token


def test_padding_is_no_text() -> None:
    texts = ["a", "a\0", "a" * 14, "a" * 15, ""]
    assert len(set(TOKENISER.texts(texts, PLATE).tolist())) == len(texts)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_arrow_forms_and_slices_are_one(kind: pa.DataType) -> None:
    texts = [None, "a@b.cn", "", "zhang.san@example.cn", "x"]
    array = pa.array(texts, pa.string()).cast(kind)
    expected = TOKENISER.texts(texts, EMAIL)
    assert expected[0] == 0
    assert TOKENISER.texts(array, EMAIL).tolist() == expected.tolist()
    assert TOKENISER.texts(array.slice(2), EMAIL).tolist() == expected[2:].tolist()
    chunked = pa.chunked_array([array.slice(0, 2), array.slice(2)])
    assert TOKENISER.texts(chunked, EMAIL).tolist() == expected.tolist()


def test_nobody_has_no_named_token() -> None:
    numbers = np.array([1, 1], dtype=np.uint64)
    tokens = TOKENISER.named([None, "张三"], numbers, NAME_LAST4)
    assert tokens[0] == 0
    assert tokens[1] != 0


def test_cells_are_normalised() -> None:
    typed = ["Ａ座  3 室", " a座 3 室\t", "a座 3 室"]
    assert len(set(TOKENISER.cells(typed, CELL_RAW_CODE).tolist())) == 3
    assert len(set(TOKENISER.cells(typed, CELL_NORMAL_CODE).tolist())) == 1
    assert TOKENISER.cells(["臺"], CELL_NORMAL_CODE) != TOKENISER.cells(["台"], CELL_NORMAL_CODE)


def test_empty_cells_have_no_token() -> None:
    assert TOKENISER.cells([None, "", " "], CELL_NORMAL_CODE).tolist() == [0, 0, 0]
    assert TOKENISER.cells([None, ""], CELL_RAW_CODE).tolist() == [0, 0]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise_cell(text)
    assert normalise_cell(once) == once


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("中文一鿿㐀Ａａaz Z09，-\t\u3000é"), max_size=8))
def test_what_passes_for_plain_is_normal(text: str) -> None:
    if plain_cells(pa.array([text]))[0]:
        assert normalise_cell(text) == text
    elif text.isascii():
        assert normalise_cell(text) != text


def test_every_plain_character_is_its_own_normal_form() -> None:
    characters = [chr(code) for code in (*range(0x21, 0x7F), *range(0x4E00, 0xA000))]
    plain = plain_cells(pa.array(characters))
    for character in np.array(characters)[plain]:
        assert unicodedata.normalize("NFKC", character).casefold() == character


def test_repeated_cells_take_the_short_way_to_the_same_tokens() -> None:
    texts = ["备注一", None, "Ｂ", ""] * 2000
    tokens = TOKENISER.cells(texts, CELL_NORMAL_CODE)
    assert tokens.tolist() == TOKENISER.cells(texts[:4], CELL_NORMAL_CODE).tolist() * 2000


def test_rows_differ_by_value_and_by_place() -> None:
    one, none = np.array([5], dtype=np.uint64), np.array([0], dtype=np.uint64)
    first = TOKENISER.rows([(0, one), (1, none)], 1)
    second = TOKENISER.rows([(0, none), (1, one)], 1)
    assert first != second
    assert row_weight(0) != row_weight(1)
    # The first output of SplitMix64 from the state 0 is e220a8397b1dcdaf (its lowest bit is set).
    assert row_weight(0) == 0xE220A8397B1DCDAF
