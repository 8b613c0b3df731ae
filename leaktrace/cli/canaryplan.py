"""A plan for canaries, as tables and plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaktrace.cli.fitted import fitted
from leaktrace.cli.output import count, people_text, percent, show
from leaktrace.messages import _, ngettext
from leaktrace.report.planpicture import form_word

if TYPE_CHECKING:
    from rich.table import Table

    from leaktrace.canary.planning import Alternative, Plan, SourcePower

_SHOWN = 20
_POOR = 0.8


def show_plan(plan: Plan) -> None:
    """Print the alternatives, the chosen one's power at each source, and what cannot work."""
    show(
        ngettext(
            "If {leaks} source leaks, without {missing} of its canaries, and {background} of the "
            "numbers come back by themselves (the decoder knows none of this):",
            "If {leaks} sources leak at once, each without {missing} of its canaries, and "
            "{background} of the numbers come back by themselves (the decoder knows none of this):",
            plan.assumed.leaks,
        ).format(
            leaks=plan.assumed.leaks,
            missing=percent(plan.assumed.missing),
            background=percent(plan.assumed.background),
        ),
        "",
    )
    show(*_alternatives(plan), "", _chosen(plan), "")
    show(_title(plan), *_powers(plan))
    left = len(plan.chosen.powers) - _SHOWN
    if left > 0:
        more = ngettext(
            "… and {count} more source: --json has all of them",
            "… and {count} more sources: --json has all of them",
            left,
        )
        show(more.format(count=count(left)))
    show("", *_verdict(plan), *_crowded(plan))


def _alternatives(plan: Plan) -> list[Table | str]:
    headers = [
        "", _("numbers"), _("registrations"), _("a source"), _("exact set named"),
        _("a wrong one named"), _("not all named"), _("leaks unseen"), _("cost"),
    ]  # fmt: skip
    rows = [_alternative(one, plan) for one in plan.alternatives]
    # A column of costs only where something costs.
    width = 9 if any(one.cost for one in plan.alternatives) else 8
    cells = [row[:width] for row in rows]
    return fitted(headers[:width], cells, right=tuple(range(1, width)))


def _alternative(one: Alternative, plan: Plan) -> list[str]:
    mark = "*" if one is plan.chosen else " "
    if one.allotment is None or one.naming is None:
        return [mark + form_word(one.form), _("cannot be"), *[""] * 7]
    each = one.allotment.code.sum(axis=1)
    least, most = int(each.min()), int(each.max())
    trials = max(one.naming.trials, 1)
    return [
        mark + form_word(one.form),
        count(one.allotment.used),
        count(one.allotment.registrations),
        str(least) if least == most else f"{least}-{most}",
        f"{percent(one.naming.chance)} ±{one.naming.error:.0%}",
        percent(one.naming.wrong / trials),
        percent(one.naming.untold / trials),
        _("{few} of {all}").format(few=len(one.failing(plan.leak.sure)), all=len(one.powers)),
        f"{one.cost:,.0f}" if one.cost else "",
    ]


def _chosen(plan: Plan) -> str:
    trials = plan.chosen.naming.trials if plan.chosen.naming else 0
    text = _("* the plan: {form} (of {trials} simulations each).").format(
        form=form_word(plan.chosen.form), trials=count(trials)
    )
    controls, lawful = len(plan.controls), sum(bool(one.lawful) for one in plan.sources)
    lines = [text]
    if controls:
        lines.append(
            ngettext(
                "{count} number is a control, drawn at random: never plant it.",
                "{count} numbers are controls, drawn at random: never plant them.",
                controls,
            ).format(count=count(controls))
        )
    if lawful:
        lines.append(
            ngettext(
                "{count} source takes true statements only, by law: a true registrant, with a "
                "number of its own for that one filing.",
                "{count} sources take true statements only, by law: a true registrant at each, "
                "with a number of its own for that one filing.",
                lawful,
            ).format(count=count(lawful))
        )
    return "\n".join(lines)


def _title(plan: Plan) -> str:
    return _(
        "Of one leak of {rows} rows that misses none of its canaries, dialled at {dialled} a day:"
    ).format(
        rows=count(plan.leak.rows),
        dialled=count(round(plan.leak.dialled)),
    )


def _powers(plan: Plan) -> list[Table | str]:
    headers = [
        _("source"), _("people"), _("canaries"), _("one or more"), _("two or more"),
        _("named"), _("first call, days"), _("needed for one"), _("for two"),
    ]  # fmt: skip
    ranked = sorted(
        plan.chosen.powers, key=lambda one: (2.0 if one.one is None else one.one, one.source)
    )
    return fitted(headers, [_power(one) for one in ranked[:_SHOWN]], right=tuple(range(1, 9)))


def _power(one: SourcePower) -> list[str]:
    if one.population is None:
        return [one.source, _("unknown"), str(one.canaries), *[""] * 6]
    return [
        one.source,
        count(one.population),
        str(one.canaries),
        percent(one.one or 0.0),
        percent(one.two or 0.0),
        percent(one.named or 0.0),
        "" if one.call_days is None else f"{one.call_days:.1f}",
        _("never") if one.needed is None else count(one.needed),
        _("never") if one.needed_two is None else count(one.needed_two),
    ]


def _verdict(plan: Plan) -> list[str]:
    """What the plan cannot do, and what would."""
    naming = plan.chosen.naming
    if naming is None or naming.chance >= _POOR:
        return _shown(plan)
    poor = (
        _(
            "The source that leaks is named in only {chance} of the simulations. More numbers "
            "would help."
        )
        if plan.assumed.leaks == 1
        else _(
            "All {count} sources that leak at once are named in only {chance} of the simulations. "
            "More numbers would help, or fewer leaks at a time (--leaks)."
        )
    ).format(count=plan.assumed.leaks, chance=percent(naming.chance))
    return [poor, *_shown(plan)]


def _shown(plan: Plan) -> list[str]:
    """Whether a leak at each source shows at all."""
    failing = plan.failing
    rows, sure = count(plan.leak.rows), percent(plan.leak.sure)
    if not failing:
        if any(one.one is not None for one in plan.chosen.powers):
            return [
                _(
                    "Every source's leak of {rows} rows shows with a chance of at least {sure}."
                ).format(rows=rows, sure=sure)
            ]
        return [_("No population is known: whether a small leak shows cannot be said.")]
    worst = min(failing, key=lambda one: (one.one or 0.0, one.source))
    said = ngettext(
        "This plan cannot work for {count} source: a leak of {rows} rows shows with less than "
        "{sure}.",
        "This plan cannot work for {count} sources: a leak of {rows} rows shows with less than "
        "{sure}.",
        len(failing),
    ).format(count=count(len(failing)), rows=rows, sure=sure)
    return [said, *_would(worst, plan)]


def _canaries(number: int) -> str:
    return ngettext("{count} canary", "{count} canaries", number).format(count=count(number))


def _crowded(plan: Plan) -> list[str]:
    """Sources that are given more canaries than they have people."""
    found = [
        one
        for one in plan.chosen.powers
        if one.population is not None and one.canaries > one.population
    ]
    said = _(
        "{source} is given {canaries}, and has {people}: so many stand out; check its population, "
        "or plan with fewer numbers."
    )
    return [
        said.format(
            source=one.source,
            canaries=_canaries(one.canaries),
            people=people_text(one.population or 0),
        )
        for one in found[:_SHOWN]
    ]


def _would(worst: SourcePower, plan: Plan) -> list[str]:
    rows, sure = count(plan.leak.rows), percent(plan.leak.sure)
    lines = []
    if worst.needed is None:
        lines.append(
            _("What would, at {source}: nothing; its filters let too few through.").format(
                source=worst.source
            )
        )
    else:
        lines.append(
            _(
                "What would, at {source} ({people}): {needed} for one of them in {rows} rows at "
                "{sure}, {two} for two; it has {canaries}."
            ).format(
                source=worst.source,
                people=people_text(worst.population or 0),
                needed=_canaries(worst.needed),
                rows=rows,
                sure=sure,
                two=_("no number") if worst.needed_two is None else count(worst.needed_two),
                canaries=count(worst.canaries),
            )
        )
    if worst.smallest is not None:
        lines.append(
            _("With those planted there, a leak shows from {smallest} rows on.").format(
                smallest=count(worst.smallest)
            )
        )
    else:
        lines.append(_("With those planted there, not even a whole copy of it is sure to show."))
    return lines
