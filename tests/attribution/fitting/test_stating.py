"""Nothing is stated that only holds on explanations that do not fit."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leaktrace.attribution import to_json, trace_case
from leaktrace.attribution.result import BatchFinding, ModelFit
from leaktrace.times import read_moment
from tests.attribution.made_case import MadeCase, canary, held_list

PLANTED, SEEN = "2025-06-01", "2026-03-01"
FIRST, OTHERS, STRANGERS = 100_000, 90_000, 500_000
LAST = read_moment(SEEN).day


def dated(people: range, late: int = 0) -> dict[int, int]:
    """Days of registration before the sighting; every ``late``-th person's is after it."""
    days = {one: LAST - 1 - 4 * (people.stop - one) // 8 for one in people}
    return days | (dict.fromkeys(people[::late], LAST + 30) if late else {})


def made(
    hits: int = 6,
    misses: int = 14,
    *,
    strays: int = 0,
    late: int = 0,
    strangers: int = 0,
) -> MadeCase:
    """Every fifth of A's 2,000 people leaked, with ``hits`` of its canaries, which its list holds.
    ``strays`` canaries of others are with them, and so many ``strangers``."""
    case = MadeCase()
    people = range(2000)
    leaked = people[::5]
    numbers = range(FIRST, FIRST + hits + misses)
    days = dated(people, late) | dict.fromkeys(numbers, read_moment(PLANTED).day)
    case.add_source("A", 2000, reference=held_list([*people, *numbers], days=days))
    case.add_source("B", 2000, reference=held_list(range(1700, 3700)))
    for one in range(3):
        case.add_source(f"X{one}", 5000)
    others = range(OTHERS, OTHERS + 30)
    case.planted = [canary(f"c{one}", one, ("A", PLANTED)) for one in numbers]
    case.planted += [canary(f"x{one}", one, (f"X{one % 3}", PLANTED)) for one in others]
    rest = range(STRANGERS, STRANGERS + strangers)
    case.add_batch("b1", held_list([*leaked, *numbers[:hits], *others[:strays], *rest]), SEEN)
    return case


def answer(case: MadeCase, **how) -> BatchFinding:
    return trace_case(case, **how).batches[0]


def fit_of(finding: BatchFinding) -> ModelFit:
    assert finding.fit is not None
    return finding.fit


def check(finding: BatchFinding, code: str):
    return next(one for one in fit_of(finding).checks if one.code == code)


def test_what_fits_is_stated() -> None:
    finding = answer(made())
    assert finding.verdict == "attributed"
    assert fit_of(finding).fits and not fit_of(finding).refused
    assert {one.code for one in fit_of(finding).checks} >= {
        "fit.patterns", "fit.canaries", "fit.dates", "fit.coverage",
    }  # fmt: skip
    chances = [one.p for one in fit_of(finding).checks]
    assert chances == sorted(chances)
    assert all(one.p > 0.01 and one.text for one in fit_of(finding).checks)


def test_the_innocent_explanation_is_checked_too() -> None:
    worst = fit_of(answer(made())).innocent[0]
    assert worst.code == "fit.strays" and worst.sources == ("A",)
    assert worst.observed == 6 and worst.p < 1e-6


@pytest.mark.parametrize("strays", [0, 1])
def test_one_stray_canary_is_fine(strays: int) -> None:
    finding = answer(made(strays=strays), explain=False)
    assert finding.verdict == "attributed"
    assert check(finding, "fit.strays").observed == strays


def test_three_stray_canaries_are_not() -> None:
    finding = answer(made(strays=3))
    assert finding.verdict == "undetermined"
    assert not fit_of(finding).fits and fit_of(finding).refused == ("A",)
    assert check(finding, "fit.strays").sources == ("X0", "X1", "X2")
    source = finding.sources[0]
    assert source.source == "A" and source.posterior == 0.94 and source.innocents is None
    first = finding.undecided[0]
    assert first["code"] == "fit.misfit" and first["sources"] == ["A"]
    assert check(finding, "fit.strays").text in first["text"]


def test_people_who_registered_after_the_sighting_do_not_come_from_there() -> None:
    finding = answer(made(late=10))
    assert finding.verdict == "undetermined"
    late = check(finding, "fit.dates")
    assert late.observed == 200 and late.expected < 5 and late.p < 1e-6
    assert "only after it was seen" in finding.undecided[0]["text"]


def test_a_few_who_registered_again_are_fine() -> None:
    case = made()
    people = range(2000)
    days = dated(people) | {0: LAST + 3, 5: LAST + 9}
    case.lists["A"] = held_list(people, days=days)
    finding = answer(case, explain=False)
    assert finding.verdict == "attributed"
    assert check(finding, "fit.dates").observed == 2


def test_a_batch_seen_on_a_day_may_hold_those_of_that_day() -> None:
    case = made()
    people = range(2000)
    case.lists["A"] = held_list(people, days=dict.fromkeys(people, LAST))
    assert check(answer(case, explain=False), "fit.dates").observed == 0


def test_far_too_few_canaries_do_not_fit() -> None:
    """Other leaks say that A itself leaks; of forty-four canaries, most of them due in a dump of
    three in five of its people, two are there."""
    case = made(2, 42)
    before = range(0, 2000, 2)
    people = sorted({*range(1, 2000, 2), *range(0, 2000, 10)})
    case.add_batch("b1", held_list([*people, FIRST, FIRST + 1]), SEEN)
    for one in range(4):
        inside = [*before[one::7], *range(FIRST + 10 * one, FIRST + 10 * one + 8)]
        case.add_batch(f"a{one}", held_list(inside), f"2026-02-0{one + 1}")
    found = {one.batch: one for one in trace_case(case, explain=False).batches}
    assert all(found[f"a{one}"].verdict == "attributed" for one in range(4))
    assert found["b1"].verdict == "undetermined"
    assert found["b1"].sources[0].posterior <= 0.94
    hits = check(found["b1"], "fit.canaries")
    assert hits.observed == 2 and hits.expected > 20 and hits.p < 1e-4


def test_no_fit_is_told_where_nothing_would_be_stated() -> None:
    finding = answer(made(0, 0), explain=False)
    assert finding.fit is None
    assert all(one["code"] != "fit.misfit" for one in finding.undecided)


def test_the_document_tells_it() -> None:
    document = json.loads(to_json(trace_case(made(strays=3))))["batches"][0]
    assert document["fit"]["fits"] is False and document["fit"]["refused"] == ["A"]
    assert document["fit"]["checks"][0]["code"] == "fit.strays"
    assert document["would_change"][0]["code"] == "fit.misfit"
    fitting = json.loads(to_json(trace_case(made())))["batches"][0]
    assert fitting["fit"]["fits"] is True and fitting["fit"]["innocent"]


def test_it_is_the_same_every_time() -> None:
    assert to_json(trace_case(made(strays=3))) == to_json(trace_case(made(strays=3)))
    assert replace(answer(made()), file="") == replace(answer(made()), file="")
