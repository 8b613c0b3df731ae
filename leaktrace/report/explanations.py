"""Sentences beside a waterfall: other priors, other numbers of contributors, the innocent ways."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.attribution.explaining.innocent import innocent_text
from leaktrace.attribution.explaining.sensitivity import prior_sensitivity
from leaktrace.attribution.explaining.waterfall import four_digits
from leaktrace.attribution.findings import log10_odds
from leaktrace.attribution.result import Contributors, Explanation, SourceFinding
from leaktrace.messages import _, ngettext
from leaktrace.report.numbers import count_text, odds_text, share_text, times_text
from leaktrace.report.words import listed

_MORE_PRIORS = 2
_LIKELY = 0.05


def pieces_hint(cap: float) -> str:
    """What the figures of a waterfall are, and where they end."""
    return _(
        "Figures are powers of ten: +2 is 100 times likelier if the source contributed. Each piece "
        "says how far the whole falls if it alone is left out: the pieces need not add up. No "
        "ratio is stated beyond 10^{cap} (about {times})."
    ).format(cap=f"{cap:.3g}", times=times_text(cap))


def sensitivity_text(finding: SourceFinding, cap: float) -> str:
    """What the evidence would make of other priors, in a sentence."""
    steps = prior_sensitivity(finding, cap)
    plain = listed(
        _("{posterior} at {prior}").format(
            posterior=odds_text(four_digits(step.posterior)), prior=one_in(step.prior)
        )
        for step in steps
    )
    hard = steps[-_MORE_PRIORS]
    still = _("Even at {prior} beforehand the odds are {odds}.")
    lost = _("At {prior} beforehand the odds are {odds}.")
    odds = (still if hard.posterior >= 0.5 else lost).format(
        prior=one_in(hard.prior), odds=odds_words(hard.posterior)
    )
    text = _("Had another probability been assumed beforehand: {steps}.").format(steps=plain)
    return _("{first} {second}").format(first=text, second=odds)


def innocent_lines(finding: SourceFinding, *, told: bool = False) -> tuple[str, ...]:
    """The best innocent explanation with its odds (unless it is ``told`` elsewhere), and the usual
    twins where it names none."""
    if finding.innocent is None:
        return ()
    text = _("Best innocent explanation: {text}").format(text=innocent_text(finding))
    lines = [] if told else [text]
    if finding.innocent.kind != "twin":
        twins = _("Who usually holds the same people without having them from {source}: {twins}.")
        lines.append(twins.format(source=finding.source, twins=finding.innocent.twins))
    return tuple(lines)


def one_in(probability: float) -> str:
    """A prior as people say it: ``1 in 1,000``."""
    return _("1 in {count}").format(count=count_text(round(1.0 / probability)))


def odds_words(probability: float) -> str:
    """Odds as people say them: ``4 to 1``, ``1 to 250``."""
    odds = log10_odds(four_digits(probability))
    times = times_text(odds)
    if odds >= 0:
        return _("{times} to 1").format(times=times)
    return _("1 to {times}").format(times=times)


def contributor_lines(found: Contributors | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """The best explanation, and the best with one contributor fewer and one more, a line each."""
    if found is None:
        return ()
    fewer, more = _("With one contributor fewer"), _("With one contributor more")
    lines = [_("Best explanation: {who}.").format(who=who_text(found.best, names))]
    if found.best.contributors > 1:
        lines.append(_beside(fewer, found.fewer, names))
    return (*lines, _beside(more, found.more, names))


def who_text(one: Explanation, names: Mapping[str, str]) -> str:
    """Who contributed, with the shares of the known ones."""
    parts = [
        _("{source} {share}").format(source=names.get(source, source), share=share_text(share))
        for source, share in one.sources.items()
    ]
    parts += [
        _("somebody who holds the same people as {source}").format(source=names.get(twin, twin))
        for twin in one.twins
    ]
    if one.silent:
        text = ngettext(
            "{count} of the sources without a list or a hit",
            "{count} of the sources without a list or a hit",
            one.silent,
        )
        parts.append(text.format(count=one.silent))
    if one.unseen:
        parts.append(_("a source that is not listed"))
    return listed(parts) or _("nobody")


def _beside(label: str, one: Explanation | None, names: Mapping[str, str]) -> str:
    if one is None:
        return _("{label}: nothing comes near enough to be weighed.").format(label=label)
    posteriors = listed(
        _("{source} {share}").format(
            source=names.get(source, source), share=odds_text(four_digits(value))
        )
        for source, value in one.posteriors.items()
        if value >= _LIKELY
    )
    odds = four_digits(one.log10_odds)
    against = _("as likely as the best one")
    if odds:
        against = _("1 to {times} against the best one").format(times=times_text(odds))
    text = _("{label}: {who}; {odds}.").format(label=label, who=who_text(one, names), odds=against)
    if not posteriors:
        return text
    then = _("Then the probabilities are {posteriors}.").format(posteriors=posteriors)
    return _("{first} {second}").format(first=text, second=then)
