"""Texts that remember what they were made of, and what is stored of them."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.messages import (
    Message,
    _,
    choose_language,
    in_language,
    ngettext,
    plain,
    stored,
    worded,
)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    choose_language("en")


def kept(value: Any) -> str:
    return json.dumps(stored(value), ensure_ascii=False, sort_keys=True)


def shown(kept_text: str, language: str) -> Any:
    choose_language(language)
    return json.loads(kept_text, object_hook=worded)


def empty(file: str) -> str:
    return _("{file} is empty; export the list again.").format(file=file)


def nested() -> str:
    """A message in a message in a message, with names joined, as the intake makes them."""
    place = _("sheet {sheet}, {place}").format(
        sheet="表 {file}", place=_("column {number}").format(number=3)
    )
    text = _("{file}, row {row}: {reason}").format(
        file=_(", ").join(["a.csv", "b.csv"]), row=7, reason=_("{file} was passed over")
    )
    return _("{name}: {text}").format(name=place, text=text.replace("{file}", "c.csv"))


@pytest.mark.parametrize(("before", "after"), [("en", "zh"), ("zh", "en"), ("zh", "zh")])
def test_a_stored_text_is_worded_in_the_language_asked_for(before: str, after: str) -> None:
    choose_language(before)
    text = kept({"list": [nested()], "code": "x"})
    choose_language(after)
    assert shown(text, after) == {"list": [nested()], "code": "x"}
    assert kept(shown(text, after)["list"]) == kept([nested()])


@given(st.text(), st.sampled_from(["en", "zh"]), st.sampled_from(["en", "zh"]))
def test_whatever_the_value_the_words_are_those_of_the_other_language(
    file: str, before: str, after: str
) -> None:
    choose_language(before)
    text = kept(empty(file))
    choose_language(after)
    assert shown(text, after) == empty(file)


def test_a_plural_is_chosen_anew() -> None:
    choose_language("zh")
    texts = []
    for number in (1, 2):
        some = ngettext("{count} row refused: {reason}", "{count} rows refused: {reason}", number)
        texts.append(kept(some.format(count=np.int64(number), reason="?")))
    assert [shown(text, "en") for text in texts] == ["1 row refused: ?", "2 rows refused: ?"]


def test_what_is_stored_holds_no_value_that_is_not_shown() -> None:
    text = _("{file} is empty; export the list again.").format(file="a.csv", other="secret")
    assert json.loads(kept(text)) == {
        "msgid": ["{file} is empty; export the list again."],
        "values": {"file": "a.csv"},
    }


def test_a_placeholder_is_filled_by_replacing_it_and_a_value_renamed() -> None:
    message = _("{file}, {place}: there are bytes that are no text; type the row again.")
    made = message.replace("{place}", _("row {number}").format(number=4))
    made = made.replace("{file}", "/tmp/x/{file}.csv").replace("/tmp/x/", "")
    assert made == "{file}.csv, row 4: there are bytes that are no text; type the row again."
    assert shown(kept(made), "zh").startswith("{file}.csv 第 4 行：")
    half = message.replace("{place}", "x")
    assert shown(kept(half), "zh").replace("{file}", "a.csv").startswith("a.csv x：")


def test_an_old_text_is_shown_as_it_is() -> None:
    old = {"text": "a.csv is empty", "place": "", "msgid": "no", "values": ["x"]}
    assert shown(json.dumps(old), "zh") == old
    assert in_language("a.csv is empty", "zh") == "a.csv is empty"
    mapping = {"msgid": "mobile", "values": "name", "text": "ignore"}
    assert shown(kept(mapping), "zh") == mapping


@pytest.mark.parametrize(
    "change",
    [
        {"msgid": ["a text that {file} no version knows"]},
        {"msgid": ["{file}, row {row}: {reason}"]},
    ],
)
def test_a_text_that_is_known_no_longer_stays_as_it_was(change: dict[str, Any]) -> None:
    choose_language("zh")
    found = json.loads(kept(empty("a.csv")))
    assert shown(json.dumps(found | change), "zh") == found["text"]
    del found["text"]
    lost = found | {"msgid": ["a text that {file} no version knows"]}
    assert shown(json.dumps(lost), "zh") == "a text that a.csv no version knows"


def test_it_survives_pickling_and_copying() -> None:
    text = nested()
    sent = pickle.loads(pickle.dumps(text))  # noqa: S301 - as the worker's pipe does
    for again in (sent, copy.deepcopy(text)):
        assert isinstance(again, Message) and again == text and kept(again) == kept(text)


def test_it_is_a_string_to_everything_else() -> None:
    text = nested()
    assert isinstance(text, str) and hash(text) == hash(str(text)) and {text} == {str(text)}
    assert msgspec.json.decode(msgspec.json.encode({"a": [text]}, enc_hook=plain)) == {"a": [text]}
    with pytest.raises(NotImplementedError):
        msgspec.json.encode({"a": object()}, enc_hook=plain)
