"""The fixed texts of the page, and what stands beside the pictures."""

from __future__ import annotations

from leaktrace import __version__
from leaktrace.messages import _


def page_words() -> dict[str, str]:
    """Headings and labels by the name under which the template asks for them."""
    return {
        "title": _("How far the odds can be believed"),
        "contents": _("Contents"),
        "short": _("In short"),
        "probabilities": _("Are the probabilities right?"),
        "ratios": _("Are the likelihood ratios right?"),
        "figures": _("All figures"),
        "meaning": _("What these figures do not mean"),
        "sideways": _("There is more to the right: scroll this box sideways."),
        "curve": _("How to read the curve"),
        "said": _("Stated"),
        "statements": _("Statements"),
        "mean": _("On average"),
        "came_true": _("Were true (95% interval)"),
        "word_kept": _("Came true"),
        "steps_hint": _(
            "“Less often than said” means that the average stated lies above the whole interval. "
            "Of so many steps one may do so by chance."
        ),
        "ratios_hint": _(
            "A likelihood ratio says how many times likelier the evidence is if the source "
            "contributed than if it did not. Every pair of a list and a known source counts here, "
            "whatever was assumed beforehand."
        ),
        "at_least": _("At least"),
        "of_true": _("of the true"),
        "of_false": _("of the false"),
        "figure": _("Figure"),
        "here": _("Here"),
        "shipped": _("When fitted"),
        "says": _("What it says"),
        "made_by": _(
            "Made with leaktrace {version}. All people in these worlds are made up."
        ).format(version=__version__),
    }


def curve_notes() -> tuple[str, ...]:
    """What stands beside the reliability curve."""
    return (
        _(
            "Every dot gathers the statements made at about the same probability. To the right: "
            "what was stated. Upwards: how often it was true. On the dashed line both agree."
        ),
        _(
            "Below the line too much was stated, and a dot there at the right end means that "
            "innocents were named. Above it the method was more careful than it had to be."
        ),
        _(
            "The bar through a dot is where chance alone may have put it (95%). A larger dot rests "
            "on more statements. Both axes are stretched at their ends, where it matters most."
        ),
    )


def tippett_notes() -> tuple[str, ...]:
    """What stands beside the Tippett plot."""
    return (
        _(
            "Of the sources that really were in a list, most should stand far to the right. Of "
            "those that were not, none should: what the lower curve still has to the right of 1 is "
            "evidence that misleads."
        ),
    )


def pav_notes() -> tuple[str, ...]:
    """What stands beside the PAV plot."""
    return (
        _(
            "The line is the best correction that the truth on these worlds allows while larger "
            "ratios stay larger. On the dashed line every ratio is worth what it says."
        ),
        _(
            "At both ends the line leaves the picture: there, only true or only false pairs are "
            "left, and no number of worlds would say how large the ratio is. That is why ratios "
            "are cut."
        ),
    )


def meanings() -> tuple[str, ...]:
    """What the figures do not mean."""
    return (
        _(
            "These are simulated worlds. Whoever made them made the method too, and a real case "
            "holds what nobody thought of. The figures show that the method keeps its word where "
            "its assumptions hold, and no more."
        ),
        _(
            "“True” means that at least five people, and at least 1% of the list, are in it as "
            "registered at the source, by any road. It never says who let them out, and a true "
            "statement is no accusation."
        ),
        _(
            "“93 in 100” is about all statements of its kind together. It is not the probability "
            "of one statement: that is printed with the statement, and rests on its own evidence."
        ),
        _(
            "The intervals say how far chance reaches if every statement stood by itself. Those "
            "about one world hang together, so that the truth may lie somewhat further away."
        ),
        _(
            "How often a source is in a list is what these worlds made it. Where sources are much "
            "rarer or much more frequent, state it with --prior: the likelihood ratios stay, the "
            "probabilities move."
        ),
        _(
            "A kind with few lists proves little: no false statement among 30 is compatible with "
            "one in nine. Read the number behind “≤”, not the nought before it."
        ),
        _(
            "The bound is no promise that ratios below it are right. It says that with so many "
            "trials nothing larger could have been checked at all."
        ),
    )
