"""The one sentence that the report opens with for each list."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.attribution.result import BatchFinding, SourceFinding
from leaktrace.messages import _
from leaktrace.report.numbers import interval_text, odds_text, share_text, times_text
from leaktrace.report.standing import STATED, leading
from leaktrace.report.words import listed, support_word


def list_sentence(finding: BatchFinding, batch: str, sources: Mapping[str, str]) -> str:
    """One sentence on where a list comes from, how sure that is, and on what footing.

    Parameters
    ----------
    finding : BatchFinding
    batch : str
        The list's name as it may be shown.
    sources : mapping of str to str
        The shown name of each source by its id.
    """
    stated = [source for source in finding.sources if source.posterior >= STATED]
    if finding.verdict == "attributed" and stated:
        return _attributed(stated[0], batch, sources)
    if finding.verdict == "mixed" and stated:
        return _mixed(stated, batch, sources)
    if finding.verdict == "unknown-source":
        return _(
            "List {list} most probably comes from a source that is not among the known ones."
        ).format(list=batch)
    if finding.verdict == "no-source":
        return _(
            "List {list} most probably comes from no source at all: about {share} of it is made up."
        ).format(list=batch, share=share_text(finding.made_up_share.estimate))
    return _undetermined(finding, batch, sources)


def footing(source: SourceFinding) -> str:
    """How sure, in one breath: the probability, and what the evidence adds to it."""
    if source.log10_lr < 0:
        return _("probability {odds}; the evidence speaks against it").format(
            odds=odds_text(source.posterior)
        )
    if source.capped:
        text = _(
            "probability {odds}; the evidence is at least {times} times likelier if so: {support}"
        )
    else:
        text = _("probability {odds}; the evidence is {times} times likelier if so: {support}")
    return text.format(
        odds=odds_text(source.posterior),
        times=times_text(source.log10_lr),
        support=support_word(source.support),
    )


def _attributed(source: SourceFinding, batch: str, sources: Mapping[str, str]) -> str:
    return _(
        "List {list} most probably comes from {source}: about {share} of its people (90% interval "
        "{interval}); {footing}."
    ).format(
        list=batch,
        source=sources[source.source],
        footing=footing(source),
        share=share_text(source.share.estimate),
        interval=interval_text(source.share.low, source.share.high),
    )


def _mixed(stated: list[SourceFinding], batch: str, sources: Mapping[str, str]) -> str:
    parts = [
        _("{source}, about {share} of its people (90% interval {interval}; {footing})").format(
            source=sources[source.source],
            share=share_text(source.share.estimate),
            interval=interval_text(source.share.low, source.share.high),
            footing=footing(source),
        )
        for source in stated
    ]
    return _("List {list} is mixed. Part of it most probably comes from {parts}.").format(
        list=batch, parts=_("; and from ").join(parts)
    )


def _undetermined(finding: BatchFinding, batch: str, sources: Mapping[str, str]) -> str:
    first = leading(finding)
    if not first:
        return _(
            "Where list {list} comes from cannot be told from this evidence; no known source "
            "stands out."
        ).format(list=batch)
    if len(first) > 1:
        return _(
            "Where list {list} comes from cannot be told from this evidence; these known sources "
            "are equally likely: {sources}."
        ).format(list=batch, sources=listed(sources[item.source] for item in first))
    return _(
        "Where list {list} comes from cannot be told from this evidence; the likeliest "
        "known source is {source} ({footing})."
    ).format(list=batch, source=sources[first[0].source], footing=footing(first[0]))
