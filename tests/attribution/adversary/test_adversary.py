"""Nobody innocent is named in worlds made to have them named, but in one of twenty."""

from __future__ import annotations

import pytest

from tests.attribution.adversary.families import FAMILIES
from tests.attribution.adversary.tally import answers_on

WORLDS, SEED = 12, 2
MOST = 0.05
# Of the true pairs: silence would pass the other test.
LEAST_NAMED = 0.3


# Canaries that took another road together, two or more of those planted, look like a leak of the
# source: nothing in the list tells the two apart. Only what a case says elsewhere would.
TOGETHER = pytest.mark.xfail(reason="canaries that leaked together look like a leak", strict=True)


@pytest.mark.parametrize(
    "family",
    [pytest.param(one, marks=TOGETHER) if one == "other-road" else one for one in sorted(FAMILIES)],
)
def test_few_worlds_name_an_innocent(family: str) -> None:
    answers = [answers_on(FAMILIES[family](SEED, at)) for at in range(WORLDS)]
    broken = {at: one.innocents for at, one in enumerate(answers) if one.innocents}
    # One world is allowed in twenty, and so in any smaller number.
    assert len(broken) <= max(1, int(MOST * WORLDS)), broken
    named, pairs = sum(one.named for one in answers), sum(one.pairs for one in answers)
    assert named >= LEAST_NAMED * pairs
