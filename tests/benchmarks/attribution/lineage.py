"""``python -m tests.benchmarks.attribution.lineage fit|score SEEDS FIRST [FAMILY …]``.

``fit`` works out the weights that are shipped, on worlds that are used for nothing else; ``score``
tells precision and recall of the parents on others.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

import numpy as np

FAMILIES = ("standard", "hard", "easy", "twins", "unknown-third", "old-cut")
# A parent that gave less than this is no parent to be found; one that gave this little is no error.
ASKED, TRUE = 0.05, 0.02
_RIDGE, _STEPS, _ALIKE = 2.0, 25, 0.2


@dataclass(frozen=True)
class Pair:
    """A batch and an earlier one; ``features`` is None where it was no candidate."""

    family: str
    seed: int
    truth: float
    features: tuple[float, ...] | None
    probability: float


def pairs_of(family: str, seed: int) -> list[Pair]:
    """Every candidate, and every true parent, of one world."""
    from leaktrace.attribution.case_model import model_of
    from leaktrace.attribution.lineage.features import features_among
    from leaktrace.attribution.lineage.parents import candidates_of, probability_of
    from leaktrace.attribution.related import related_batches
    from leaktrace.simulate.drawing import draw_world
    from leaktrace.simulate.presets import preset
    from leaktrace.workflows.worldcase import WorldCase

    world = draw_world(preset(family), seed)
    case = WorldCase(world)
    model = model_of(case)
    lists = {one.id: case.held_batch(one.id) for one in case.batches()}
    between = model.observer.between
    related = related_batches(lists, between)
    found = candidates_of(model.observations, model.references, related, between)
    pairs = []
    for batch in world.seen:
        truth = world.parents(batch)
        candidates = found.get(batch.id, [])
        for one, features in zip(candidates, features_among(candidates), strict=True):
            share = truth.pop(one.overlap.earlier, 0.0)
            pairs.append(
                Pair(family, seed, share, tuple(features.tolist()), probability_of(features))
            )
        pairs.extend(Pair(family, seed, share, None, 0.0) for share in truth.values())
    return pairs


def fitted(pairs: list[Pair]) -> tuple[list[float], float]:
    """Weights and constant of a ridge logistic regression (Newton's method)."""
    chosen = [pair for pair in pairs if pair.features is not None]
    plain = np.array([pair.features for pair in chosen])
    true = np.array([float(pair.truth >= TRUE) for pair in chosen])
    middle, spread = plain.mean(0), plain.std(0) + 1e-9
    matrix = np.column_stack([np.ones(len(plain)), (plain - middle) / spread])
    ridge = _RIDGE * np.eye(matrix.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(matrix.shape[1])
    for _step in range(_STEPS):
        told = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (true - told) - ridge @ weights
        curvature = (matrix * (told * (1 - told))[:, None]).T @ matrix + ridge
        weights = weights + np.linalg.solve(curvature + 1e-9 * np.eye(len(weights)), slope)
    scaled = weights[1:] / spread
    return [float(one) for one in scaled], float(weights[0] - scaled @ middle)


def main(arguments: list[str]) -> None:
    """Fit or score."""
    seeds, first = int(arguments[1]), int(arguments[2])
    families = tuple(arguments[3:]) or FAMILIES
    jobs = [(family, first + number) for number in range(seeds) for family in families]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        pairs = [pair for done in pool.map(pairs_of, *zip(*jobs, strict=True)) for pair in done]
    if arguments[0] == "fit":
        _write(pairs, seeds, first, families)
    else:
        _tell(pairs, families)


def _write(pairs: list[Pair], seeds: int, first: int, families: tuple[str, ...]) -> None:
    from leaktrace.attribution.lineage.features import NAMES

    weights, constant = fitted(pairs)
    shipped = {
        "families": list(families),
        "seeds": [first, first + seeds - 1],
        "pairs": len(pairs),
        "constant": round(constant, 4),
        "weights": {name: round(one, 4) for name, one in zip(NAMES, weights, strict=True)},
    }
    path = Path(str(files("leaktrace.attribution.lineage").joinpath("weights.json")))
    path.write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(shipped, indent=1))


def _tell(pairs: list[Pair], families: tuple[str, ...]) -> None:
    for family in (*families, "all"):
        chosen = [pair for pair in pairs if family in (pair.family, "all")]
        asked = sum(pair.truth >= ASKED for pair in chosen)
        for least in (0.5, 0.95):
            said = [pair for pair in chosen if pair.probability >= least]
            right = sum(pair.truth >= TRUE for pair in said)
            found = sum(pair.truth >= ASKED for pair in said)
            print(
                f"{family:14} at {least}: {len(said):5} said, precision "
                f"{right / max(1, len(said)):.3f}, recall {found / max(1, asked):.3f} of {asked}"
            )
    for low, high in ((0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        bin_ = [pair for pair in pairs if low <= pair.probability < high]
        true = sum(pair.truth >= TRUE for pair in bin_)
        print(f"said {low}-{min(high, 1)}: {len(bin_)} pairs, true {true / max(1, len(bin_)):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
