"""How the odds of an innocent explanation are put: never ``1 to 0.97``."""

from __future__ import annotations

import pytest

from leaktrace.attribution.explaining.innocent import innocent_text
from leaktrace.attribution.result import Innocent, Interval, SourceFinding


@pytest.mark.parametrize(
    ("posterior", "words"),
    [(0.98, "1 to 49"), (0.5, "1 to 1"), (0.49, "1 to 1"), (0.2, "4 to 1"), (1e-9, "100 to 1")],
)
def test_the_likelier_side_is_the_larger_number(posterior: float, words: str) -> None:
    finding = SourceFinding(
        source="S01",
        posterior=posterior,
        prior=0.04,
        share=Interval(0.0, 0.1, 0.2),
        log10_lr=1.0,
        capped=False,
        support="weak",
        innocent=Innocent("elsewhere", {"elsewhere": 1.0}, "others"),
    )
    assert innocent_text(finding).endswith(f"Odds: about {words}.")
