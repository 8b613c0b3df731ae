"""How to read the odds: the scale, the cap, the prior, and how far all of it holds."""

from __future__ import annotations

from leaktrace.messages import _
from leaktrace.report.assumed import assumed_pairs, limit_pairs
from leaktrace.report.context import Context
from leaktrace.report.numbers import times_text
from leaktrace.report.view import Reading, Scale
from leaktrace.report.words import SUPPORT_STEPS, SUPPORTS, support_word

SCALE_END = 6.0


def how_to_read(context: Context) -> Reading:
    """The part of the page that explains its numbers."""
    model = context.trace.model
    return Reading(
        paragraphs=_paragraphs(context),
        scale=_scale(context.cap),
        prior=assumed_pairs(context),
        limits=((_("Model"), f"{model.name} {model.version}"), *limit_pairs(model.limits)),
    )


def _paragraphs(context: Context) -> tuple[str, ...]:
    lists = bool(context.trace.batches)
    return (
        *(_of_lists() if lists else _of_calls()),
        _(
            "Each piece of evidence stands with how far the whole falls without it. Pieces that "
            "say the same thing cover for each other, so they need not add up."
        ),
        _(
            "Every LR is cut at 10^{cap} (about {times}): validation on simulated cases of known "
            "truth cannot vouch for more. Even a perfect method checked on 1,000 cases a side may "
            "say no more than about 10^2.9. That is why stronger words are out of reach here, "
            "however overwhelming a match looks. “≥” marks an LR that was cut."
        ).format(cap=f"{context.cap:.3g}", times=times_text(context.cap)),
        *(_how_far_lists() if lists else ()),
    )


def _of_lists() -> tuple[str, ...]:
    return (
        _(
            "The probability answers: how sure can we be that at least five people, and at least "
            "1% of the list, are in it as registered at this source? It contains what was assumed "
            "before the evidence (the prior) and is never printed above 99.99%."
        ),
        _(
            "The likelihood ratio (LR) answers another question: how many times likelier is the "
            "evidence if the source contributed than if it did not? The prior is not in it. An LR "
            "of 1,000 is not a probability of 99.9%. It is written as its power of ten: +3 is "
            "1,000 times likelier, −1 ten times less likely."
        ),
    )


def _of_calls() -> tuple[str, ...]:
    return (
        _(
            "The probability answers: how sure can we be that such data of this source "
            "circulates? It contains what was assumed before the evidence (the prior) and is "
            "never printed above 99.99%."
        ),
        _(
            "The likelihood ratio (LR) answers another question: how many times likelier are the "
            "calls if such data circulates than if it does not? The prior is not in it. An LR of "
            "1,000 is not a probability of 99.9%. It is written as its power of ten: +3 is 1,000 "
            "times likelier, −1 ten times less likely."
        ),
    )


def _how_far_lists() -> tuple[str, ...]:
    return (
        _(
            "On the simulated worlds that this version was validated on, nine in ten statements "
            "made at 90% are true. In a real case that holds as far as the prior and the model do."
        ),
        _("Intervals are of 90%. Overlaps of one to four people are written <5."),
    )


def _scale(cap: float) -> tuple[Scale, ...]:
    ends = (*SUPPORT_STEPS[1:], SCALE_END)
    steps = []
    for code, begin, end in zip(SUPPORTS, SUPPORT_STEPS, ends, strict=True):
        reach = "" if begin <= cap else _("out of reach")
        text = _("{low} to {high}").format(low=times_text(begin), high=times_text(end))
        steps.append(Scale(range=text, word=support_word(code), reach=reach))
    beyond = _("more than {low}").format(low=times_text(SCALE_END))
    steps.append(Scale(range=beyond, word=_("extremely strong support"), reach=_("out of reach")))
    return tuple(steps)
