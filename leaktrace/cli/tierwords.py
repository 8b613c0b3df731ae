"""The categories and rules of 法释〔2017〕10号 in words."""

from __future__ import annotations

from leaktrace.case.thresholds import CATEGORIES, IN_FORCE, PUBLISHED, RULES, Measure
from leaktrace.messages import _, current_language


def category_word(code: str) -> str:
    """A category, in Chinese as the interpretation has it."""
    official = CATEGORIES[code][1]
    return official if _is_zh() else f"{_english(code)} ({official})"


def _is_zh() -> bool:
    return current_language() == "zh"


def _english(code: str) -> str:
    return {
        "whereabouts": "whereabouts",
        "communications-content": "content of communications",
        "credit": "credit",
        "property": "property",
        "tier-50": "information of item 3",
        "lodging": "lodging",
        "communications-records": "records of communications",
        "health": "health and physiology",
        "transactions": "transactions",
        "safety": "other information that may affect the safety of persons or property",
        "tier-500": "information of item 4",
        "tier-5000": "any other personal information",
    }[code]


def rule_word(measure: Measure) -> str:
    """What is measured."""
    words = {
        "pieces-50": _("whereabouts, content of communications, credit, property"),
        "pieces-500": _("lodging, records of communications, health, transactions and the like"),
        "pieces-5000": _("any other personal information"),
        "proportional-sum": _("the three in proportion, together"),
        "proceeds": _("unlawful proceeds (yuan)"),
    }
    return words[measure.rule]


def article_word(measure: Measure) -> str:
    """Where the rule stands: article 5, paragraph 1, and its items."""
    numbers = [int(part.split("(")[-1].rstrip(")")) for part in measure.article.split(", ")]
    item, *halved = ["一二三四五六七八"[n - 1] if _is_zh() else str(n) for n in numbers]
    if halved:
        return _("article 5(1), items {item} and {half}").format(item=item, half=halved[0])
    return _("article 5(1), item {item}").format(item=item)


def rules_notes(*, in_duty: bool) -> list[str]:
    """What a reader must know of the thresholds."""
    notes = [
        _(
            "Thresholds of {rules}, published {published}, in force since {in_force}; shown as "
            "information, not as advice. Whether and how they apply, courts decide."
        ).format(rules=RULES, published=PUBLISHED, in_force=IN_FORCE),
        _(
            "One person is reckoned as one piece here, in the most protected tier that a filled "
            "cell puts it into; ten times a threshold is “especially serious” (article 5(2), item "
            "3)."
        ),
        _(
            "Article 11: what was acquired and then sold counts once; the same person given to "
            "different buyers counts for each; bulk data counts as seized, but for what is shown "
            "to be untrue or repeated."
        ),
        _(
            "Article 6 has another measure for buying or receiving for lawful business, article 12 "
            "speaks of fines; neither is reckoned here."
        ),
    ]
    if in_duty:
        notes.insert(
            1,
            _(
                "Half the numbers and amounts: obtained in performing duties or providing services "
                "and then sold or provided (article 5(1), item 8), as you said."
            ),
        )
    return notes
