"""How much of a source's people its list holds, and of those who leaked."""

from __future__ import annotations

import pytest

from leaktrace.attribution.coverage import Coverage

KNOWN = {f"C{number:02}": number < 12 for number in range(24)}


def test_a_list_that_holds_none_of_a_batchs_canaries_was_purged_of_its_people():
    half = Coverage(0.5, 0.06, 12, 24, known=KNOWN)
    absent = [one for one, present in KNOWN.items() if not present][:8]
    assert half.lacks_leaked(absent)
    leaked = half.among_leaked(absent)
    assert leaked.doubt > 0.8
    assert all(part < 0.3 for part, _weight in leaked.purged)
    assert sum(weight for _part, weight in leaked.purged) == pytest.approx(leaked.doubt)


def test_the_more_of_the_leaked_canaries_are_missing_the_more_a_list_is_doubted():
    half = Coverage(0.5, 0.06, 12, 24, known=KNOWN)
    absent = [one for one, present in KNOWN.items() if not present]
    doubts = [half.among_leaked(absent[:count]).doubt for count in range(13)]
    assert doubts == sorted(doubts)
    assert doubts[1] == 0.0


def test_a_batch_with_as_many_as_usual_says_nothing_of_the_list():
    half = Coverage(0.5, 0.06, 12, 24, known=KNOWN)
    mixed = [f"C{number:02}" for number in range(8, 16)]
    assert half.among_leaked(mixed).purged == ()
    assert half.among_leaked(mixed).leaked == (4, 8)
    assert half.among_leaked(["C23"]) is half
    assert half.among_leaked(["elsewhere", "nowhere", "unheard"]) is half


def test_what_the_canaries_say_of_the_whole_list_is_what_is_usual():
    doubted = Coverage(0.9, 0.12, 3, 24, 0.15, dict.fromkeys(KNOWN, False))
    assert not doubted.lacks_leaked(["C01", "C02", "C03", "C04"])
