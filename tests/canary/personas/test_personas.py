from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.canary.personas import marks_of, marks_told, match_recited, personas, told_persona
from leaktrace.canary.personas.sounds import HOMOPHONES, blurred, heard
from leaktrace.canary.personas.words import GIVEN, PLACES, SURNAMES
from leaktrace.errors import UsageError
from leaktrace.identifiers import recognise_cell
from leaktrace.identifiers.names import looks_like_name

MANY = personas(1, 1_800, town="临江市")
HOMOPHONE = {
    character: [other for other in alike if heard(other) == heard(character)]
    for alike in HOMOPHONES.values()
    for character in alike
}


def misheard(text: str, choice: int) -> str:
    return "".join(
        HOMOPHONE[one][choice % len(HOMOPHONE[one])] if one in HOMOPHONE else one for one in text
    )


def test_the_same_seed_gives_the_same_and_another_gives_others() -> None:
    assert personas(7, 20) == personas(7, 20)
    assert not marks_of(personas(7, 20)) & {one.name for one in personas(8, 20)}
    assert personas(b"7", 5) != personas(b"8", 5)


def test_no_two_share_a_mark_not_even_one_that_sounds_alike() -> None:
    marks = [mark for one in MANY for mark in one.marks]
    assert len(marks) == len(set(marks)) == 5 * len(MANY)
    assert len({heard(one.name) for one in MANY}) == len(MANY)


def test_marks_that_are_taken_are_not_given_again() -> None:
    first = personas(3, 300)
    again = personas(3, 300, taken=marks_of(first))
    assert not marks_of(first) & marks_of(again)


def test_names_are_plausible_and_nothing_in_a_persona_is_a_phone_number() -> None:
    assert all(looks_like_name(one.name) for one in MANY)
    for one in MANY[:300]:
        for text in (one.address, one.employer, one.layout):
            assert not recognise_cell(text, phones=True)
        assert not recognise_cell(str(one.loan))
        assert one.mailbox == one.id_number == "" and one.name not in repr(one)


def test_every_character_has_a_sound() -> None:
    known = {character for alike in HOMOPHONES.values() for character in alike}
    assert set(SURNAMES + GIVEN + PLACES) <= known
    assert blurred("zhang") == blurred("zan") and blurred("ning") == blurred("lin")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MANY), st.integers(0, 10))
def test_a_recited_name_is_found_however_it_was_written_down(one, choice: int) -> None:  # type: ignore[no-untyped-def]
    said = f"喂您好，请问是{misheard(one.name, choice)}吗？我们这边做贷款的"
    assert [(hit.persona, hit.kinds) for hit in match_recited(said, MANY)] == [(one.id, ("name",))]


@pytest.mark.parametrize("form", ["{0}万{1}", "{0}万{1}块", "{2}元", "{3}万元"])
def test_amounts_and_areas_are_found_as_they_are_said(form: str) -> None:
    digits = "零一二三四五六七八九"
    for one in MANY[:40]:
        high, low = divmod(one.loan, 10_000)
        thousands = f"{digits[low // 1000]}千" if low >= 1000 else "零"
        hundreds = digits[low // 100 % 10] + ("百" if low < 1000 else "")
        spelt = form.format(high, thousands + hundreds, one.loan, f"{one.loan / 10_000:.2f}")
        area = re.search(r"[\d.]+", one.layout)
        assert area
        spoken = "".join(digits[int(sign)] if sign.isdigit() else "点" for sign in area[0])
        (hit,) = match_recited(f"您那套{spoken}平的房子，想贷{spelt}对吧", MANY)
        assert (hit.persona, hit.kinds) == (one.id, ("area", "loan"))


def test_a_road_and_an_employer_are_marks_and_everyday_talk_is_not() -> None:
    one = MANY[5]
    said = f"您在{one.employer}上班，住{one.address}"
    (hit,) = match_recited(said, MANY)
    assert set(hit.kinds) == {"road", "employer"} and hit.persona == one.id
    talk = "王先生您好，我是银行贷款部的，请问您最近有三十万左右的资金需求吗，一百平以上的房子"
    assert match_recited(talk, MANY) == ()


def test_mailboxes_cannot_be_guessed_from_the_seed() -> None:
    first, second = (personas(1, 50, domain="example.org") for _turn in range(2))
    assert not {one.mailbox for one in first} & {one.mailbox for one in second}
    kept = [personas(1, 50, domain="Example.org", secret=b"s") for _turn in range(2)]
    assert kept[0] == kept[1]
    boxes = {one.mailbox for one in kept[0]}
    assert len(boxes) == 50
    assert all(re.fullmatch(r"[a-z][a-z2-9]{15}@example\.org", box) for box in boxes)
    with pytest.raises(UsageError):
        personas(1, 1, domain="@nowhere")


def test_an_id_number_is_only_ever_one_that_cannot_have_been_issued() -> None:
    for one in personas(1, 50, unissued_ids=True):
        assert one.id_number.startswith("99") and one.id_number[12:14] == "00"
        kinds = {found.kind.name for found in recognise_cell(one.id_number)}
        assert "id_number" not in kinds and "mobile" not in kinds


def test_what_a_record_keeps_gives_the_same_marks_and_matches() -> None:
    kept = [told_persona(one.id, one.told()) for one in MANY[:60]]
    assert [one.marks for one in kept] == [one.marks for one in MANY[:60]]
    assert match_recited(f"请问是{MANY[9].name}吗", kept)[0].persona == MANY[9].id
    assert marks_told({"receipt": "12", "layout": "no number"}) == ()


def test_a_persona_is_of_its_number_and_source() -> None:
    def made(*places: tuple[str, str]) -> dict[tuple[str, str], str]:
        boxes = personas(
            1, len(places), places=places, domain="example.org", secret=b"s", unissued_ids=True
        )
        return {place: repr(one.told()) for place, one in zip(places, boxes, strict=True)}

    one, other = ("N1", "S1"), ("N2", "S1")
    assert made(one) == made(one) and made(one, other) == made(one) | made(other)
    first, second, third = (
        personas(1, 1, places=[place], domain="example.org", secret=b"s", unissued_ids=True)[0]
        for place in (one, other, ("N", "1S1"))
    )
    for left, right in ((first, second), (first, third), (second, third)):
        assert not set(left.marks) & set(right.marks)
        assert left.mailbox != right.mailbox and left.id_number != right.id_number
    with pytest.raises(ValueError, match="one place"):
        personas(1, 2, places=[one])
