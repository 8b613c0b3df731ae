"""Readings of apparent shares: their densities, and priors that accuse nobody more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
import pytest

from leaktrace.attribution.coverage import Coverage
from leaktrace.attribution.fits import Fit
from leaktrace.attribution.hypotheses import (
    CONTRIBUTED,
    OVERLAPPED,
    SILENT,
    TWIN,
    Hypothesis,
    Premises,
    hosts_of,
    log_priors_of_hosts,
    log_priors_of_readings,
    readings_of,
)
from leaktrace.attribution.samples import OverlapLaw
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.shares import Subsets, shares_of


def premises(coverage: Coverage | None = None, sources: int = 10) -> Premises:
    settings = Settings()
    names = [f"S{one}" for one in range(sources)]
    return Premises(
        settings,
        sources,
        {one: coverage or Coverage(0.8, 0.05) for one in names},
        OverlapLaw(1.5, 4.0, settings.overlap_reach),
        dict.fromkeys(names, settings.twin_odds),
        dict.fromkeys(names, settings.prior_of_source(sources)),
        lambda _source, _other: 0.3,
        {},
    )


# No host has a list that could speak against it.
NO_LIST: Mapping[str, float] = defaultdict(float)


def fit(*shares: float, error: float = 0.01) -> Fit:
    width = len(shares)
    return Fit(
        tuple(range(width)), np.array(shares), 0.0, np.eye(width) * error**2, (error,) * width, 0.0
    )


@dataclass(frozen=True)
class Read:
    """The shares that one reading makes of a fit's."""

    listed: dict[str, float]
    host: float
    log_density: float


def read(reading: Sequence[str], hosts: int, given_fit: Fit, given: Premises) -> Read:
    """``reading`` gives how the lists of S0, S1 … are read; coverages are as told."""
    sure = replace(given, settings=Settings(coverage_error=((1.0, 1.0),)))
    names = [f"S{one}" for one in range(len(reading))]
    overlapped = np.array([[how == OVERLAPPED for how in reading]])
    subsets = Subsets(np.zeros(1, dtype=np.intp), ~overlapped, overlapped)
    found = shares_of([given_fit], subsets, names, sure)
    listed = found.listed[0, hosts, 0]
    return Read(
        {one: float(listed[place]) for place, one in enumerate(names) if not overlapped[0, place]},
        float(found.host[0, hosts, 0]),
        float(found.log_density[0, hosts, 0]),
    )


def mass(reading: str, hosts: int, coverage: Coverage) -> float:
    """The density over the apparent share of one list, integrated."""
    given = premises(coverage)
    grid = (np.arange(1000) + 0.5) / 1000
    density = [exp(read((reading,), hosts, fit(share), given).log_density) for share in grid]
    return float(np.mean(density))


@pytest.mark.parametrize("coverage", [Coverage(0.8, 0.02), Coverage(0.5, 0.05)])
@pytest.mark.parametrize(
    ("reading", "hosts"),
    [(CONTRIBUTED, 0), (CONTRIBUTED, 1), (CONTRIBUTED, 2), (CONTRIBUTED, 3), (TWIN, 0), (TWIN, 1),
     (TWIN, 2), (OVERLAPPED, 1), (OVERLAPPED, 2)],
)  # fmt: skip
def test_the_density_over_the_apparent_share_integrates_to_about_one(
    reading: str, hosts: int, coverage: Coverage
) -> None:
    # A total above 1 keeps a Gaussian tail, whose mass is not taken from elsewhere: up to 0.21.
    assert mass(reading, hosts, coverage) == pytest.approx(1.0, abs=0.25)


def test_the_density_of_an_overlap_beside_a_contributor_integrates_to_about_one() -> None:
    """S0 contributed .4 of the people to its list; the rest partly stands in S1's list."""
    given, grid = premises(Coverage(0.8, 0.02)), (np.arange(1000) + 0.5) / 1000
    reading = (CONTRIBUTED, OVERLAPPED)
    density = [
        exp(read(reading, 1, fit(0.4, share * 0.6), given).log_density) * 0.6 for share in grid
    ]
    alone = exp(read((CONTRIBUTED,), 1, fit(0.4), given).log_density)
    assert float(np.mean(density)) == pytest.approx(alone, rel=0.05)


def test_members_whom_a_list_lacks_overlap_others_as_the_listed_ones_do() -> None:
    given = premises(Coverage(0.5, 0.02))
    alike, other = (
        read((CONTRIBUTED, OVERLAPPED), 0, fit(0.5, 0.5 * part), given).log_density
        for part in (0.3, 0.85)
    )
    assert alike > other + 2.0


def test_a_list_of_four_fifths_makes_an_apparent_share_of_four_fifths_all() -> None:
    given = premises(Coverage(0.8, 0.02))
    pure = read((CONTRIBUTED,), 0, fit(0.8), given)
    assert pure.listed == {"S0": pytest.approx(1.0)}
    assert pure.host == 0.0
    half = read((CONTRIBUTED,), 1, fit(0.4), given)
    assert half.listed["S0"] == pytest.approx(0.5)
    assert half.host == pytest.approx(0.5)
    assert pure.log_density > read((CONTRIBUTED,), 0, fit(0.4), given).log_density


def test_readings_and_hosts_are_all_there_once() -> None:
    readings = readings_of(2)
    assert readings.shape == (9, 2)
    assert len({tuple(one) for one in readings.tolist()}) == 9
    assert readings_of(0).shape == (1, 0)
    assert hosts_of(("A", "B", "C"), silent=True) == [
        (), ("A",), ("B",), ("C",), ("A", "B"), ("A", "C"), ("B", "C"), (SILENT,),
        ("A", SILENT), ("B", SILENT), ("C", SILENT),
    ]  # fmt: skip
    assert hosts_of((), silent=False) == [()]


def test_contributors_of_a_hypothesis() -> None:
    made = Hypothesis((("A", CONTRIBUTED), ("B", TWIN), ("C", OVERLAPPED)), ("D", SILENT), True)
    assert made.contributors == ("A", "D", SILENT)
    assert made.named == ("A", "D")
    assert (made.reading_of("B"), made.reading_of("D")) == (TWIN, None)


def test_however_many_sources_are_listed_the_same_number_is_expected() -> None:
    for sources in (4, 10, 100, 5000):
        prior = Settings().prior_of_source(sources)
        assert prior * sources == pytest.approx(Settings().expected_contributors)
    assert Settings().prior_of_source(1) == Settings().prior_of_source(2) == 0.3
    few, many = (
        log_priors_of_readings(("S0",), premises(sources=sources)) for sources in (10, 100)
    )
    assert (many[0, :2] < few[0, :2]).all()


def test_the_odds_of_twins_partners_and_hosts() -> None:
    given = premises()
    own, twin, overlapped = log_priors_of_readings(("S0", "S1"), given)[0]
    assert own == pytest.approx(log(0.1 / 0.9))
    assert twin == pytest.approx(own + log(0.25))
    assert overlapped == pytest.approx(log(0.2))
    settings = given.settings
    unseen = log_priors_of_hosts((), NO_LIST, given, 2)[1]
    for drawn, chance in ((0, settings.unseen_present), (1, settings.unseen_beside)):
        assert unseen[drawn] == pytest.approx(log(chance / (1 - chance)))
    assert log_priors_of_hosts(("S1",), NO_LIST, given, 0)[0] == pytest.approx([own])
    assert log_priors_of_hosts((SILENT,), NO_LIST, given, 0)[0] == pytest.approx([0.0])


def test_each_contributor_after_the_first_costs_the_same() -> None:
    given = premises()
    step = log(given.settings.one_more)
    nobody = log_priors_of_hosts((), NO_LIST, given, 3)[0]
    assert nobody == pytest.approx([0.0, 0.0, step, 2 * step])
    alone = log_priors_of_hosts(("S1",), NO_LIST, given, 2)[0]
    assert alone == pytest.approx([alone[0], alone[0] + step, alone[0] + 2 * step])
    pair = log_priors_of_hosts(("S1", SILENT), NO_LIST, given, 0)[0, 0]
    assert pair == pytest.approx(alone[0] + step)
