"""Letters: the fields that are asked for, nobody named who must not be, nothing shown unasked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaktrace.attribution.result import Evidence, SourceSummary, Trace
from leaktrace.calls.records import HUMAN, SMS, Call, Campaign
from leaktrace.case.records import Canary, Planting
from leaktrace.errors import LeaktraceError, UsageError
from leaktrace.messages import choose_language
from leaktrace.report.letters import (
    AUDIENCES,
    Choice,
    Chosen,
    Disclosure,
    Letter,
    Matter,
    check_letter,
    choose,
    letter_page,
    letter_text,
    make_letter,
    may_be_told,
    sharing,
    write_letter,
)
from leaktrace.report.letters.form12321 import choices
from leaktrace.report.letters.naming import lists_of, stated_sources
from leaktrace.times import read_moment
from tests.calls.made import made_call
from tests.graph.made_up import SECRET_MOBILE, MadeUpCase, made_up

CALLER, CALLED, NAME = "13512340000", "13761234098", "白晨曦"
EVIL = (
    f"{NAME}，{CALLED}？</dd><script>alert(1)</script>\"'\u202e{{{{ 7*7 }}}}\n== What is claimed =="
)
TOLD = {"C001": {"mobile": CALLED, "name": NAME}, "C009": {"mobile": "13761234099", "name": ""}}


def _call(**said: object) -> Call:
    made = made_call("C001", CALLER, "2026-05-01 10:05:30", sector="loan", transcript="贷款要吗")
    return replace(made, **{"duration_s": 35.0, **said})  # type: ignore[arg-type]


def _campaign(*calls: Call) -> Campaign:
    return Campaign(
        id="K1234abcd",
        calls=tuple(one.id for one in calls),
        canaries=("C001", "C009"),
        sources=("S01",),
        first=calls[0].at,
        last=calls[-1].at,
        sector="loan",
        basis=("script",),
        numbers=len(calls),
        blocks=1,
        rotating=False,
    )


def _matter(*calls: Call, told: tuple[str, ...] = (), **more: object) -> Matter:
    case, trace = made_up()
    campaigns = (_campaign(*calls),) if len(calls) > 1 else ()
    given_ = {"trace": trace, "disclosure": Disclosure(TOLD, frozenset(told)), **more}
    return Matter(case, Chosen(calls, campaigns), **given_)  # type: ignore[arg-type]


def _fields(letter: Letter, block: int = 0) -> dict[str, str]:
    (section,) = [one for one in letter.sections if one.blocks]
    return {label.partition(" ")[0]: value for label, value in section.blocks[block].fields}


def test_a_complaint_has_the_fields_of_the_form() -> None:
    fields = _fields(make_letter("complaint", _matter(_call(), told=("C001",))))
    assert list(fields) == [
        "您的手机号", "被举报号码", "来电日期", "来电时间", "通话时长", "骚扰形式", "不良类型",
        "来电描述",
    ]  # fmt: skip
    assert fields["您的手机号"] == CALLED and fields["被举报号码"] == CALLER
    assert (fields["来电日期"], fields["来电时间"]) == ("2026-05-01", "10:05")
    assert fields["通话时长"] == "3分钟以下 (35 s)" and fields["不良类型"] == "贷款理财 (loans)"
    assert fields["骚扰形式"] == "自动语音骚扰 (robot)" and "贷款要吗" in fields["来电描述"]


def test_a_message_is_copied_whole_and_a_long_description_cut() -> None:
    said = "【快贷】额度已批\n回T退订"
    letter = make_letter("complaint", _matter(_call(kind=SMS, transcript=said), told=("C001",)))
    assert _fields(letter)["短信内容"] == said
    letter = make_letter("complaint", _matter(_call(transcript="贷" * 2000), told=("C001",)))
    assert len(_fields(letter)["来电描述"]) == 1000
    letter = make_letter("complaint", _matter(_call(transcript="", sector="", kind="unknown")))
    assert 15 <= len(_fields(letter)["来电描述"]) <= 1000


@pytest.mark.parametrize(
    ("seconds", "word"),
    [(None, ""), (0, "未产生通话"), (1, "3分钟以下"), (179, "3分钟以下"), (180, "3到5分钟"),
     (599, "5到10分钟"), (600, "10分钟以上")],
)  # fmt: skip
def test_durations_are_those_of_the_form(seconds: float | None, word: str) -> None:
    assert choices(_call(duration_s=seconds)).duration == word


def test_what_is_not_known_is_left_to_whoever_complains() -> None:
    call = replace(_call(kind="unknown", sector="", duration_s=None), at=read_moment("2026-05-01"))
    fields = _fields(make_letter("complaint", _matter(call)))
    assert {fields[one] for one in ("来电时间", "通话时长", "骚扰形式", "不良类型")} == {
        "(not known)"
    }
    fraud = _fields(make_letter("complaint", _matter(_call(sector="authority"))))
    assert "诈骗电话" in fraud["不良类型"]


def test_one_block_for_each_campaign() -> None:
    calls = [_call(), replace(_call(id="b" * 12), canaries=("C009",), kind=HUMAN)]
    alone = _call(id="c" * 12)
    matter = replace(
        _matter(*calls, told=("C001", "C009")),
        chosen=Chosen((*calls, alone), (_campaign(*calls),)),
        by_campaign=True,
    )
    letter = make_letter("complaint", matter)
    first = _fields(letter)
    assert first["您的手机号"].split("\n") == [CALLED, "13761234099"]
    assert "2 calls" in first["被举报号码"] and "K1234abcd" in letter_text(letter)
    assert _fields(letter, 1)["被举报号码"] == CALLER


def test_a_number_that_is_not_told_stands_nowhere() -> None:
    for audience in ("complaint", "police", "carrier"):
        letter = make_letter(audience, _matter(_call(transcript=EVIL)))
        text, page = letter_text(letter), letter_page(letter)
        assert CALLED not in text + page and NAME not in text + page
        assert CALLER in text and CALLER in page
        assert "masked" in text and "--disclose CANARY" in text
        told = make_letter(audience, _matter(_call(transcript=EVIL), told=("C001",)))
        assert CALLED in letter_text(told) and "masked here" not in letter_text(told)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_hostile_text_stays_text(audience: str) -> None:
    matter = _matter(_call(transcript=EVIL, claims_to_be=EVIL), told=("C001",))
    case = matter.case
    assert isinstance(case, MadeUpCase)
    evil = tuple(replace(one, name=EVIL[-70:]) for one in case.source_list)
    source = stated_sources(matter.traced())[0] if audience == "company" else ""
    matter = replace(matter, case=replace(case, source_list=evil), source=source)
    letter = make_letter(audience, matter)
    page = letter_page(letter)
    assert "<script" not in page and "\u202e" not in page and page.count("</style>") == 1
    assert "default-src 'none'" in page and not re.search(r"https?:|src=|url\(|@import", page)
    assert letter_text(letter).count("\n== What is claimed ==") == (audience == "police")
    assert SECRET_MOBILE not in page


def test_the_press_is_told_of_no_person_no_canary_and_no_source() -> None:
    matter = _matter(_call(transcript=EVIL), disclosure=Disclosure())
    text = letter_text(make_letter("press", matter))
    case = matter.case
    assert isinstance(case, MadeUpCase) and not case.revealed
    for hidden in (CALLER, CALLED, NAME, SECRET_MOBILE, "贷款要吗"):
        assert hidden not in text
    assert not re.search(r"\b[SCB]\d{2,3}\b", text)
    assert not [one.name for one in case.source_list if one.name in text]
    assert text.index("How sure this is") < text.index("What was found")
    assert text.index("cannot tell") < text.index("attributed")
    assert "What else could explain it" in text


def test_the_press_is_told_a_name_only_where_it_is_stated() -> None:
    case, trace = made_up(batches=1)
    matter = Matter(case, Chosen((), ()), trace=trace)
    stated = stated_sources(trace)
    names = {one.id: one.name for one in matter.case.sources()}
    text = letter_text(make_letter("press", replace(matter, source=stated[0])))
    assert names[stated[0]] in text
    other = next(one for one in names if one not in stated)
    with pytest.raises(LeaktraceError) as raised:
        make_letter("press", replace(matter, source=other))
    assert raised.value.code == "nothing-stands"


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), turn=st.integers(0, 50))
def test_a_company_reads_nothing_of_another(seed: int, turn: int) -> None:
    case, trace = made_up(batches=8, seed=seed)
    stated = [one for one in case.source_list if lists_of(trace, one.id)]
    own = stated[turn % len(stated)]
    told = [f"Zq{at}某机构" for at in range(len(case.source_list))]
    everything = "".join(told)
    sources = tuple(
        one if one.id == own.id else replace(one, name=name)
        for one, name in zip(case.source_list, told, strict=True)
    )
    batches = tuple(
        replace(one, seller=everything, note=everything, claimed_kind=everything, file=everything)
        for one in case.batch_list
    )
    trace = replace(
        trace,
        batches=tuple(
            replace(one, file=everything, alternative=everything) for one in trace.batches
        ),
    )
    calls = tuple(
        made_call(canary.id, CALLER, f"2026-06-{at + 1:02}", transcript=everything)
        for at, canary in enumerate(case.canary_list)
    )
    matter = Matter(
        replace(case, source_list=sources, batch_list=batches),
        Chosen(calls, (_campaign(*calls),)),
        trace=trace,
        source=own.id,
    )
    letter = make_letter("company", matter)
    for text in (letter_text(letter), letter_page(letter)):
        assert own.name in text and "某机构" not in text
        assert not re.search(r"\b[SCB]\d{2,3}\b", text)
        assert CALLER not in text and "K1234abcd" not in text
    assert not case.revealed


def test_a_canary_of_another_source_too_is_not_counted_for_a_company() -> None:
    case, trace = made_up()
    source = stated_sources(trace)[0]
    at = read_moment("2026-01-05")
    both = Canary("X", (Planting(source, at), Planting("S00", at)), {"mobile": (1,)})
    own = Canary("Y", (Planting(source, at),), {"mobile": (2,)})
    calls = tuple(made_call(one, CALLER, "2026-06-01") for one in ("X", "Y"))
    matter = Matter(
        replace(case, canary_list=(both, own)), Chosen(calls, ()), trace=trace, source=source
    )
    assert "1 call or message came in on 1 of 1 numbers" in letter_text(
        make_letter("company", matter)
    )


def test_a_company_for_which_nothing_speaks_gets_no_letter() -> None:
    matter = _matter()
    spoken = {one.source for item in matter.traced().batches for one in item.sources}
    quiet = Trace(matter.traced().model, (), tuple(SourceSummary(one, 0.01) for one in spoken))
    with pytest.raises(LeaktraceError) as raised:
        make_letter("company", replace(matter, trace=quiet, source="S01"))
    assert raised.value.code == "nothing-stands"
    with pytest.raises(LeaktraceError, match="there is no source"):
        make_letter("company", replace(matter, source="S99"))
    with pytest.raises(UsageError, match="--source ID"):
        make_letter("company", matter)


def test_what_calls_alone_state_is_told() -> None:
    case, trace = made_up()
    heard = Evidence("calls", "S02", 2.5, "leaked.calls", {}, "Calls speak for it.")
    summaries = (SourceSummary("S02", 0.97, (heard,)), SourceSummary("S03", 0.97))
    trace = Trace(trace.model, (), summaries)
    assert stated_sources(trace) == ("S02",)
    name = case.source_list[2].name
    for audience in ("police", "regulator", "company"):
        source = "S02" if audience == "company" else ""
        matter = Matter(case, Chosen((), ()), trace=trace, source=source)
        text = letter_text(make_letter(audience, matter))
        assert name in text and "97%" in text
    none = Matter(case, Chosen((), ()), trace=replace(trace, sources=()))
    assert "none is named as the handler" in letter_text(make_letter("regulator", none))


def test_the_police_read_hashes_pointers_and_what_is_not_claimed() -> None:
    matter = _matter(_call(), _call(id="b" * 12))
    text = letter_text(make_letter("police", matter))
    for batch in matter.case.batches():
        assert batch.sha256 in text
    for pointer in (
        "leaktrace batch count",
        "leaktrace custody -o",
        "法发〔2016〕22号",
        "K1234abcd",
    ):
        assert pointer in text
    days = re.findall(r"^- day: (\S+);", text, re.M)
    assert days == sorted(days) and len(days) > len(matter.case.batches())
    assert "It is not said who let the data out" in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_nobody_is_called_guilty_in_any_language(audience: str, language: str) -> None:
    choose_language(language)
    matter = _matter(_call())
    source = stated_sources(matter.traced())[0] if audience == "company" else ""
    letter = make_letter(audience, replace(matter, source=source))
    assert not re.search(r"guilty|culprit|criminals?\b|罪犯|有罪|犯罪嫌疑人", letter_text(letter))
    assert letter.language == {"en": "en", "zh": "zh-CN"}[language]


def test_calls_are_chosen() -> None:
    case, _trace = made_up()
    one = replace(case.source_list[1], name="云山府售楼处", own_numbers=("13512341111",))
    sources = (case.source_list[0], one, *case.source_list[2:])
    calls = (
        made_call("C001", CALLER, "2026-05-01"),
        made_call("C001", "13512341111", "2026-05-02"),
        made_call("C009", "13512342222", "2026-05-03", transcript="这里是云山府售楼处"),
        replace(made_call("C002", CALLER, "2026-05-04", transcript="验证码 1234"), kind=SMS),
        made_call("C002", "13512343333", "2026-05-05"),
    )
    campaign = _campaign(calls[0], calls[4])

    def chosen(**asked: object) -> tuple[list[int], int]:
        choice = Choice(**asked)  # type: ignore[arg-type]
        found = choose(choice, calls, (campaign,), case.canary_list, sources)
        return [calls.index(one) for one in found.calls], len(found.expected)

    assert chosen() == ([0, 4], 3)
    assert chosen(calls=(calls[1].id,)) == ([1], 0)
    assert chosen(campaigns=("K1234abcd",), canaries=("C002",)) == ([4], 0)
    assert chosen(since=read_moment("2026-05-02"), until=read_moment("2026-05-04")) == ([], 3)
    for asked in ({"calls": ("x",)}, {"campaigns": ("x",)}, {"canaries": ("x",)}):
        with pytest.raises(LeaktraceError, match="there is no"):
            chosen(**asked)


def test_who_may_be_told_of_which_canary() -> None:
    at = read_moment("2026-01-05")
    canaries = (
        Canary("A", (Planting("S01", at),), {"mobile": (1,)}),
        Canary("B", (Planting("S02", at),), {"mobile": (1,)}),
        Canary("C", (Planting("S01", at),), {"mobile": (2,)}),
    )
    assert sharing(["A"], canaries) == ("A", "B") and sharing(["C"], canaries) == ("C",)
    may_be_told("company", ["C"], canaries, "S01")
    may_be_told("police", ["A", "B"], canaries, "")
    with pytest.raises(UsageError, match="alone"):
        may_be_told("company", ["B"], canaries, "S01")
    with pytest.raises(LeaktraceError, match="no canary"):
        may_be_told("carrier", ["Z"], canaries, "")
    for audience in ("press", "regulator"):
        may_be_told(audience, [], canaries, "")
        with pytest.raises(UsageError, match="--disclose has no use"):
            may_be_told(audience, ["A"], canaries, "")


def test_files_end_in_html_or_txt(tmp_path: Path) -> None:
    letter = make_letter("complaint", _matter(_call()))
    for name in ("a.html", "a.txt"):
        write_letter(tmp_path / name, letter)
        again = (tmp_path / name).read_bytes()
        write_letter(tmp_path / name, letter)
        assert (tmp_path / name).read_bytes() == again
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == letter_text(letter)
    with pytest.raises(UsageError, match="end the file name"):
        check_letter(tmp_path / "a.csv")
