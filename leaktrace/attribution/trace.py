"""``trace``: every batch of a case, attributed."""

from __future__ import annotations

from collections.abc import Collection

from leaktrace.attribution.answers import answers_of
from leaktrace.attribution.assumed import assumed
from leaktrace.attribution.calibration import laws_of
from leaktrace.attribution.case_model import model_of, shipped_settings
from leaktrace.attribution.circulating import summaries
from leaktrace.attribution.finding import Find
from leaktrace.attribution.fitting.named import elsewhere_of
from leaktrace.attribution.planning.pairs import open_bits, open_pairs
from leaktrace.attribution.planning.steps import next_steps
from leaktrace.attribution.result import Model, Trace
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.sharing import Helper, processes_for
from leaktrace.attribution.switches import as_seen
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
        summaries(model, found.pooled, batches),
        {seen.batch.id: dict(seen.overlaps) for seen in model.observations},
        found.related,
        next_steps(model, pairs, found.related),
        open_bits(pairs),
    )
