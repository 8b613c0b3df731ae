"""``trace``: every batch of a case, attributed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp, log

from leaktrace.attribution.answers import answers_of
from leaktrace.attribution.assumed import assumed
from leaktrace.attribution.calibration import laws_of
from leaktrace.attribution.case_model import CaseModel, model_of, shipped_settings
from leaktrace.attribution.finding import Find
from leaktrace.attribution.fitting.named import elsewhere_of
from leaktrace.attribution.planning.pairs import open_bits, open_pairs
from leaktrace.attribution.planning.steps import next_steps
from leaktrace.attribution.pooling import Pooled
from leaktrace.attribution.result import BatchFinding, Model, SourceSummary, Trace
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.sharing import Helper, processes_for
from leaktrace.attribution.switches import as_seen
from leaktrace.attribution.verdict import NEVER_ABOVE
from leaktrace.attribution.view import CaseView
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

MODEL = "mixture-of-readings"
VERSION = "1"


def trace_case(
    case: CaseView,
    *,
    settings: Settings | None = None,
    temperature: float | None = None,
    explain: bool | Collection[str] = True,
    progress: Progress = SILENT,
    processes: int | None = None,
) -> Trace:
    """Attribute every batch of ``case``.

    Parameters
    ----------
    case : CaseView
    settings : Settings, optional
        The shipped ones by default.
    temperature : float, optional
        Exponent on the evidence; that of the shipped validation by default.
    explain : bool or collection of str
        Whether to work out the evidence piece by piece (the greater part of the time), or for
        which batches.
    progress : Progress
    processes : int, optional
        How many processes share the work, 1 or 2; by default 2 where there are many batches. What
        comes out is the same.
    """
    settings = settings or shipped_settings()
    without = settings.without
    case = as_seen(case, without)
    model = model_of(case, settings, progress)
    laws = laws_of(temperature)
    wanted = processes_for(len(model.observations)) if processes is None else processes
    with Helper(wanted) as helper:
        found = answers_of(case, model, laws, progress, helper)
        model = found.model
        progress.begin(_("Leaving out each piece of evidence"), len(found.batches))
        task = Find(model, model.observations, elsewhere_of(found.batches, model), explain)
        batches = helper.map(task, found.batches, progress)
        progress.end()
    pairs = open_pairs(case, model, batches) if explain is True else []
    return Trace(
        Model(
            MODEL,
            VERSION,
            assumed(settings),
            {"log10_lr_cap": settings.log10_lr_cap},
            tuple(sorted(without)),
        ),
        tuple(batches),
        tuple(_summary(one, model, found.pooled, batches) for one in sorted(model.sources)),
        {seen.batch.id: dict(seen.overlaps) for seen in model.observations},
        found.related,
        next_steps(model, pairs, found.related),
        open_bits(pairs),
    )


def _summary(
    source: str, model: CaseModel, pooled: Pooled, batches: Sequence[BatchFinding]
) -> SourceSummary:
    """Whether data of the source circulates, from all batches.

    If it does, each batch came from it with the prior that makes up the whole; the batches'
    likelihood ratios multiply. What no canary told from the source's twin stays bounded by the
    hidden state that all batches share.
    """
    if model.sources[source].access == "public":
        return SourceSummary(source, None)
    settings = model.premises.settings
    within = min(0.9, model.premises.prior[source] / settings.leaks)
    ratios = pooled.ratios.get(source, [])
    odds = log(settings.leaks / (1 - settings.leaks))
    odds += sum(log(within * exp(min(ratio, 50.0)) + 1 - within) for ratio in ratios)
    leaked = 1.0 / (1.0 + exp(-min(max(odds, -50.0), 50.0)))
    if source in pooled.states:
        leaked *= float(pooled.states[source][0] + pooled.states[source][2])
    posteriors = [
        one.posterior for batch in batches for one in batch.sources if one.source == source
    ]
    return SourceSummary(source, min(max([leaked, *posteriors]), NEVER_ABOVE))
