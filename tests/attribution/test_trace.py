"""``trace`` end to end, on cases made by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

import jsonschema
import pytest

from leaktrace.attribution import Settings, Trace, to_json, trace_case
from leaktrace.attribution.encode import rounded
from leaktrace.attribution.result import BatchFinding, SourceFinding
from leaktrace.fingerprint.held import HeldList
from leaktrace.messages import choose_language
from leaktrace.times import read_moment
from tests.attribution.made_case import MASKED, MadeCase, canary, held_list

PLANTED, SEEN = "2025-06-01", "2026-03-01"
FIRST = 100_000  # the first canary
STRANGERS = range(500_000, 500_400)


def dated(people: range) -> dict[int, int]:
    last = read_moment(SEEN).day - 1
    return {one: last - 4 * (people.stop - one) // 8 for one in people}


def made(
    hits: int = 3,
    misses: int = 17,
    *,
    planted: str = PLANTED,
    seen: str = SEEN,
    access: str = "restricted",
    referenced: bool = True,
) -> MadeCase:
    """Every fifth of A's 2,000 people leaked, with ``hits`` of its canaries."""
    case = MadeCase()
    people = range(2000)
    reference = held_list(people, days=dated(people)) if referenced else None
    case.add_source("A", 2000, reference=reference, access=access)
    case.add_source("B", 2000, reference=held_list(range(1700, 3700)))
    for one in range(3):
        case.add_source(f"X{one}", 5000)
    numbers = range(FIRST, FIRST + hits + misses)
    case.planted = [canary(f"c{one}", one, ("A", planted)) for one in numbers]
    case.add_batch("b1", held_list([*people[::5], *numbers[:hits]]), seen)
    return case


def with_batch(held: HeldList, *, hits: int = 0, misses: int = 0) -> MadeCase:
    case = made(hits, misses)
    case.add_batch("b1", held)
    return case


def answer(case: MadeCase, batch: str = "b1", **how) -> BatchFinding:
    return next(one for one in trace_case(case, **how).batches if one.batch == batch)


def of(finding: BatchFinding, source: str) -> SourceFinding | None:
    return next((one for one in finding.sources if one.source == source), None)


def posterior(finding: BatchFinding, source: str) -> float:
    found = of(finding, source)
    return found.posterior if found else 0.0


@cache
def rich() -> Trace:
    """Many kinds of batch in one case."""
    case = made()
    case.planted += [canary(f"x{one}", 90_000 + one, ("X0", PLANTED)) for one in range(5)]
    case.add_batch("b2", held_list(range(500_000, 500_400)), "2026-03-02")
    case.add_batch("b3", held_list([]), "2026-03-03")
    case.add_batch("b4", held_list(STRANGERS, swept=STRANGERS), "2026-03-04")
    case.add_batch("b5", held_list([*range(1, 900, 4), *range(2800, 3700, 4)]), "2026-03-05")
    case.add_batch("b6", held_list([*range(600_000, 601_000), 90_000, 90_001]), "2026-03-06")
    return trace_case(case)


def test_a_pure_list_with_canaries_of_its_own_is_attributed() -> None:
    found = answer(made())
    assert found.verdict == "attributed"
    first = found.sources[0]
    assert (first.source, first.posterior) == ("A", 0.9999)
    assert first.share.low > 0.7
    assert first.support in ("moderately-strong", "strong")
    assert first.capped
    hit = next(one for one in found.evidence if one.code == "canary.hit")
    assert hit.source == "A"
    assert list(hit.detail["canaries"]) == [f"c{FIRST + one}" for one in range(3)]
    assert hit.log10_lr > 1.0
    assert "A" in hit.text and "c100000" in hit.text


def test_without_any_canary_a_list_cannot_tell_a_source_from_its_twin() -> None:
    found = answer(made(0, 0))
    assert found.verdict == "undetermined"
    assert 0.5 < posterior(found, "A") < 0.9
    assert found.undecided[0]["code"] == "decide.plant"
    assert found.undecided[0]["sources"] == ["A"]
    assert "mortgage" in found.alternative


def many_overlapping() -> Trace:
    """25 lists within A's, no canary anywhere."""
    case = made(0, 0)
    case.lists["B"] = held_list(range(3000, 5000))
    for one in range(2, 26):
        case.add_batch(f"b{one:02}", held_list(range(one % 5, 2000, 5)), f"2026-03-{one:02}")
    return trace_case(case, explain=False)


def test_however_many_lists_overlap_none_is_certain_without_a_canary() -> None:
    trace = many_overlapping()
    assert all(posterior(one, "A") < 0.95 for one in trace.batches)
    assert {one.verdict for one in trace.batches} == {"undetermined"}


def test_however_many_lists_overlap_no_leak_is_certain_without_a_canary() -> None:
    leaked = {one.source: one.leaked for one in many_overlapping().sources}
    assert leaked["A"] < 0.95


def test_a_third_list_that_explains_nothing_does_not_tell_a_source_from_its_twin() -> None:
    said = []
    for first in (3000, 1700, 1000):  # B has none, 300 or half of A's people
        case = made(0, 0)
        case.lists["B"] = held_list(range(first, first + 2000))
        said.append(posterior(answer(case, explain=False), "A"))
    assert max(said) - min(said) < 0.1


def test_misses_where_many_hits_were_due_point_at_a_twin() -> None:
    eight, sixty = answer(made(0, 8)), answer(made(0, 60))
    assert posterior(sixty, "A") < 0.5 * posterior(eight, "A")
    assert 0.15 < posterior(eight, "A") < 0.7
    miss = next(one for one in eight.evidence if one.code == "canary.miss")
    assert miss.log10_lr < -0.2
    assert eight.verdict == sixty.verdict == "undetermined"


def test_people_whom_nobody_knows_are_of_an_unknown_source() -> None:
    case = MadeCase()
    for one in range(6):
        people = range(10_000 * one, 10_000 * one + 2000)
        case.add_source(f"S{one}", 2000, reference=held_list(people))
    case.add_batch("b1", held_list(range(500_000, 500_800)))
    found = answer(case)
    assert found.verdict == "unknown-source"
    assert all(one.posterior < 0.01 for one in found.sources)
    assert found.unexplained_share.low > 0.9


def test_an_unreferenced_source_is_named_by_hits_of_its_own() -> None:
    case = MadeCase()
    for name in "ABC":
        case.add_source(name, 3000)
    case.planted = [
        canary(f"{name}{one}", 10**6 * place + one, (name, PLANTED))
        for place, name in enumerate("AB", 1)
        for one in range(6)
    ]
    case.add_batch("b1", held_list([*range(1000), 10**6, 10**6 + 1]))
    case.add_batch("b2", held_list(range(2000, 3000)), "2026-03-02")
    found, silent = answer(case), answer(case, "b2")
    assert found.verdict == "attributed"
    assert found.sources[0].source == "A"
    assert silent.verdict == "undetermined"
    assert posterior(silent, "B") < posterior(silent, "C") < 0.6  # C has no canary to miss


def test_a_swept_segment_has_no_source() -> None:
    case = made(0, 3)
    hits = [FIRST, FIRST + 1]
    case.add_batch("b1", held_list([*STRANGERS, *hits], swept=[*STRANGERS, *hits]))
    found = answer(case)
    assert found.verdict == "no-source"
    assert not found.sources
    assert found.made_up_share.low > 0.9
    assert found.unexplained_share.high < 0.1
    assert [one.code for one in found.evidence] == ["numbers.made-up"]
    assert next(one.leaked for one in trace_case(case).sources if one.source == "A") <= 0.11


@pytest.mark.parametrize("planted", ["2026-06-01", SEEN])
def test_a_canary_planted_after_or_on_the_day_of_the_sighting_explains_nothing(
    planted: str,
) -> None:
    found, bare = answer(made(planted=planted)), answer(made(0, 0))
    assert found.verdict == "undetermined"
    assert posterior(found, "A") == pytest.approx(posterior(bare, "A"), abs=0.03)
    assert all(abs(one.log10_lr) < 0.02 for one in found.evidence if one.kind == "canary-hit")


def test_a_planting_in_the_morning_of_an_afternoons_sighting_counts() -> None:
    case = made(3, 0, planted=f"{SEEN}T09:00:00", seen=f"{SEEN}T18:00:00")
    assert posterior(answer(case), "A") > posterior(answer(made(0, 0)), "A") + 0.1


def test_a_public_source_is_attributed_but_leaks_nothing() -> None:
    trace = trace_case(made(access="public"))
    assert trace.batches[0].verdict == "attributed"
    assert [one.leaked is None for one in trace.sources] == [True, False, False, False, False]


def test_what_leaks_in_a_batch_leaks() -> None:
    trace = trace_case(made())
    leaked = {one.source: one.leaked for one in trace.sources}
    assert leaked["A"] == 0.9999
    assert leaked["B"] < 0.05


def test_two_sources_of_which_each_has_hits_are_mixed() -> None:
    case = made()
    case.planted += [canary(f"b{one}", 200_000 + one, ("B", PLANTED)) for one in range(20)]
    people = [*range(0, 1700, 5), *range(2000, 3700, 5), *range(FIRST, FIRST + 3)]
    case.add_batch("b1", held_list([*people, *range(200_000, 200_004)]))
    found = answer(case)
    assert found.verdict == "mixed"
    assert posterior(found, "A") >= 0.95 <= posterior(found, "B")
    for name in "AB":
        share = of(found, name).share
        assert share.low <= 0.5 <= share.high + 0.02


def test_shared_canaries_alone_do_not_tell_two_sources_apart() -> None:
    case = MadeCase()
    for name in "ABCD":
        case.add_source(name, 3000)
    case.planted = [
        canary(f"s{one}", 10**6 + one, ("A", PLANTED), ("B", PLANTED)) for one in range(6)
    ]
    case.add_batch("b1", held_list([*range(1000), 10**6, 10**6 + 1]))
    found = answer(case)
    assert posterior(found, "A") == pytest.approx(posterior(found, "B"), abs=1e-6)
    assert 0.4 < posterior(found, "A") < 0.9
    assert found.verdict == "undetermined"
    assert found.undecided[0]["code"] == "decide.separate"


def test_a_sketch_serves_as_a_reference() -> None:
    case = MadeCase()
    case.add_source("A", 20_000, reference=held_list(range(20_000), scaled=100))
    case.add_source("B", 20_000, reference=held_list(range(15_000, 35_000), scaled=100))
    case.planted = [canary(f"a{one}", 10**6 + one, ("A", PLANTED)) for one in range(10)]
    case.add_batch("b1", held_list([*range(0, 20_000, 10), 10**6, 10**6 + 1, 10**6 + 2]))
    case.add_batch("b2", held_list(range(0, 20_000, 10)), "2026-03-02")
    hit, open_ = answer(case), answer(case, "b2")
    assert hit.verdict == "attributed"
    assert hit.sources[0].source == "A"
    assert hit.sources[0].share.low > 0.7
    assert open_.verdict == "undetermined"


def test_a_case_without_references() -> None:
    case = made(referenced=False)
    case.lists.clear()
    found = answer(case)
    assert found.verdict in ("attributed", "mixed")
    assert found.sources[0].source == "A"
    assert found.sources[0].posterior >= 0.95


def test_cases_without_sources_or_batches_or_anything() -> None:
    empty = MadeCase()
    assert json.loads(to_json(trace_case(empty)))["batches"] == []
    empty.add_batch("b1", held_list(range(300)))
    assert not answer(empty).sources
    alone = MadeCase()
    alone.add_source("A", 300)
    assert [one.leaked for one in trace_case(alone).sources] == pytest.approx([Settings().leaks])


def test_a_source_with_one_person() -> None:
    case = made()
    case.add_source("one", 1, reference=held_list([5]))
    found = answer(case)
    assert found.verdict == "attributed"
    assert posterior(found, "one") < 0.01


def test_an_empty_batch_says_nothing() -> None:
    case = with_batch(held_list([]))
    found = answer(case)
    assert (found.people, found.verdict) == (0, "undetermined")
    assert all(one.posterior < 0.95 for one in found.sources)


def test_listing_more_sources_accuses_nobody_more() -> None:
    few, many = made(), made()
    for one in range(3, 40):
        many.add_source(f"X{one:02}", 5000)
    first, second = answer(few, explain=False), answer(many, explain=False)
    assert second.verdict == first.verdict == "attributed"
    silent = [
        sum(one.posterior for one in found.sources if one.source.startswith("X"))
        for found in (first, second)
    ]
    assert silent[1] == pytest.approx(silent[0], abs=0.05)


# --- the document -------------------------------------------------------------------------------


def test_the_document_follows_the_schema() -> None:
    schema = json.loads(
        files("leaktrace.attribution").joinpath("trace.schema.json").read_text("utf-8")
    )
    document = json.loads(to_json(rich()))
    jsonschema.Draft202012Validator(schema).validate(document)
    assert {one["verdict"] for one in document["batches"]} >= {"attributed", "no-source"}
    for batch in document["batches"]:
        assert [one["posterior"] for one in batch["sources"]] == sorted(
            (one["posterior"] for one in batch["sources"]), reverse=True
        )
        for one in [*batch["sources"], {"share": batch["unexplained_share"]}]:
            assert one["share"]["low"] <= one["share"]["estimate"] <= one["share"]["high"]
    cap = document["model"]["limits"]["log10_lr_cap"]
    assert all(
        abs(one["log10_lr"]) <= cap for batch in document["batches"] for one in batch["sources"]
    )


def test_the_same_case_gives_the_same_bytes() -> None:
    assert to_json(trace_case(made())) == to_json(trace_case(made()))
    reordered = made()
    reordered.listed.reverse()
    assert to_json(trace_case(reordered)) == to_json(trace_case(made()))


def numbers(value: object) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from numbers(inner)


def test_floats_carry_four_significant_digits_and_certainty_is_never_said() -> None:
    text = to_json(rich()).decode()
    found = list(numbers(json.loads(text)))
    assert len(found) > 50
    assert all(float(f"{one:.4g}") == one for one in found)
    assert "-0.0," not in text and "NaN" not in text and "Infinity" not in text
    document = json.loads(text)
    said = [one["posterior"] for batch in document["batches"] for one in batch["sources"]]
    said += [one["leaked"] for one in document["sources"]]
    assert max(said) == 0.9999
    assert str(rounded([-0.0, 0.0])) == "[0.0, 0.0]"
    assert rounded([-0.0, 0.123456, (1.0, 12345.6)]) == [0.0, 0.1235, [1.0, 12350.0]]


def without_words(value: object) -> object:
    if isinstance(value, dict):
        words = ("text", "alternative")
        return {key: without_words(inner) for key, inner in value.items() if key not in words}
    return [without_words(inner) for inner in value] if isinstance(value, list) else value


def test_the_language_changes_words_only() -> None:
    english = json.loads(to_json(trace_case(made(0, 20))))
    choose_language("zh")
    chinese = json.loads(to_json(trace_case(made(0, 20))))
    words = chinese["batches"][0]["alternative"] + chinese["batches"][0]["undecided"][0]["text"]
    assert re.search("[\u4e00-\u9fff]", words)
    assert without_words(english) == without_words(chinese)


# --- false statements that the model must not make ----------------------------------------------


def test_too_few_people_in_sight_of_a_sketch_rule_nobody_out() -> None:
    case = MadeCase()
    case.add_source("A", 20_000, reference=held_list(range(20_000), scaled=100))
    case.add_batch("b1", held_list(range(0, 20_000, 100)))  # 200 people of A, hardly one in sight
    assert answer(case).verdict == "undetermined"


def test_masked_numbers_against_a_list_of_mobiles_are_no_zero() -> None:
    case = MadeCase()
    case.add_source("A", 20_000, reference=held_list(range(20_000)))
    case.add_batch("b1", held_list(range(1000), kinds=MASKED))
    assert answer(case).verdict == "undetermined"


def test_hits_speak_although_the_reference_list_was_purged() -> None:
    case = MadeCase()
    case.add_source("A", 10_000, reference=held_list(range(9000)))
    case.add_source("B", 10_000, reference=held_list(range(20_000, 30_000)))
    case.planted = [canary(f"a{one}", 10**6 + one, ("A", PLANTED)) for one in range(10)]
    case.add_batch("b1", held_list([*range(9000, 10_000), *range(10**6, 10**6 + 3)]))
    found = answer(case)
    assert found.verdict != "unknown-source"
    assert posterior(found, "A") > 0.5


def test_lists_that_say_nothing_of_a_source_do_not_add_up_to_a_leak() -> None:
    case = MadeCase()
    for name in "ABCD":
        case.add_source(name, 3000)
    for one in range(30):
        people = range(10_000 * one, 10_000 * one + 300)
        case.add_batch(f"b{one:02}", held_list(people))
    assert all(one.leaked < 0.95 for one in trace_case(case, explain=False).sources)


def test_an_empty_batch_adds_nothing_to_a_leak() -> None:
    case = made(0, 0)
    before = {one.source: one.leaked for one in trace_case(case, explain=False).sources}
    case.add_batch("b9", held_list([]), "2026-03-09")
    after = {one.source: one.leaked for one in trace_case(case, explain=False).sources}
    assert after == pytest.approx(before)


def test_a_source_of_one_person_is_no_contributor_of_five() -> None:
    case = made()
    case.add_source("one", 1)
    assert posterior(answer(case), "one") < 0.005


def test_no_canary_is_blamed_where_none_was_found() -> None:
    case = MadeCase()
    for name in "ABCD":
        case.add_source(name, 3000)
    case.add_batch("b1", held_list(range(300)))
    assert "canar" not in answer(case).alternative


# --- leave-one-out ------------------------------------------------------------------------------

LOOSE = Settings(log10_lr_cap=300.0)


def raw_ratio(case: MadeCase) -> float:
    return of(answer(case, settings=LOOSE, temperature=1.0), "A").log10_lr


@pytest.mark.parametrize(("hits", "misses"), [(1, 3), (1, 12), (2, 2), (0, 8)])
def test_evidence_is_the_fall_of_the_ratio_without_the_piece(hits: int, misses: int) -> None:
    """Against a case in which the canaries in question were never planted."""
    case = made(hits, misses)
    # Above four canaries, missing ones also say that the list was purged: keep it out of this.
    case.lists["A"] = held_list(
        [*range(2000), *range(FIRST, FIRST + hits + misses)], days=dated(range(2000))
    )
    found = answer(case, settings=LOOSE, temperature=1.0)
    for code, kept in (("canary.hit", case.planted[hits:]), ("canary.miss", case.planted[:hits])):
        other = replace(case, planted=kept)
        pieces = [one for one in found.evidence if one.code == code]
        assert len(pieces) == (1 if len(kept) < hits + misses else 0)
        for piece in pieces:
            assert piece.log10_lr == pytest.approx(raw_ratio(case) - raw_ratio(other), abs=0.02)


def test_evidence_is_worked_out_before_the_cut_and_then_cut() -> None:
    loose = answer(made(1, 3), settings=LOOSE, temperature=1.0)
    tight = answer(made(1, 3), settings=Settings(log10_lr_cap=0.5), temperature=1.0)
    cut = {one.code: one.log10_lr for one in tight.evidence}
    assert max(cut.values()) == 0.5
    for one in loose.evidence:
        assert cut[one.code] == pytest.approx(min(0.5, max(-0.5, one.log10_lr)), abs=1e-9)
    assert of(tight, "A").capped
    assert of(tight, "A").log10_lr == 0.5
    assert not of(loose, "A").capped
    assert of(tight, "A").posterior == of(loose, "A").posterior


def test_evidence_from_other_batches_is_what_they_add() -> None:
    case = made(0, 4)
    numbers_ = range(FIRST + 1000, FIRST + 1020)
    case.planted += [canary(f"d{one}", one, ("A", PLANTED)) for one in numbers_]
    case.add_batch("b2", held_list([*range(2, 2000, 5), *numbers_[:4]]), "2026-03-02")
    together = answer(case, settings=LOOSE, temperature=1.0)
    alone = replace(case, leaks={"b1": case.leaks["b1"]})
    pool = next(one for one in together.evidence if one.code == "other-batches")
    wanted = of(together, "A").log10_lr - raw_ratio(alone)
    assert pool.log10_lr == pytest.approx(wanted, abs=0.02)
    assert pool.log10_lr > 0.05


def test_where_everything_speaks_for_a_source_no_piece_turns_against_it_by_rounding() -> None:
    """Twelve hits of twelve: beyond what numbers can tell, a piece may say nothing but not lie."""
    found = answer(made(12, 0), settings=LOOSE, temperature=1.0)
    pieces = {one.code: one.log10_lr for one in found.evidence}
    assert pieces["canary.hit"] > 1.0
    assert min(pieces.values()) > -0.3


def test_one_person_under_eight_canary_ids_is_one_hit() -> None:
    once = MadeCase()
    once.add_source("A", 3000)
    once.add_source("B", 3000)
    once.add_batch("b1", held_list([*range(600_000, 600_300), FIRST]))
    once.planted = [canary("a0", FIRST, ("A", PLANTED))]
    again = replace(once, planted=[canary(f"a{one}", FIRST, ("A", PLANTED)) for one in range(8)])
    assert answer(again).sources == answer(once).sources


def test_controls_and_burnt_canaries_are_told_and_prove_nothing() -> None:
    case = made(1, 3)
    case.planted += [canary("k1", 700_001, (None, PLANTED))]
    case.add_batch("b0", held_list([*range(800_000, 800_200), FIRST, 700_001]), "2025-01-01")
    early = answer(case, "b0")
    codes = {one.code: one.detail["canaries"] for one in early.evidence if one.kind == "canary"}
    assert codes["canary.control"] == ["k1"]
    assert len(codes["canary.burnt"]) == 1
    assert all(one.code != "canary.hit" for one in answer(case, "b1").evidence)
