"""The fixed texts of the page."""

from __future__ import annotations

from leaktrace.messages import _


def page_words(*, lists: bool = True) -> dict[str, str]:
    """Headings and labels by the name under which the templates ask for them.

    ``lists`` says whether the case holds any.
    """
    title = {} if lists else {"title": _("Whose data circulates, by the calls")}
    return _headings() | title | _labels() | _hints()


def _headings() -> dict[str, str]:
    return {
        "title": _("Where the lists came from"),
        "short": _("In short"),
        "table": _("All lists"),
        "lists": _("List by list"),
        "calls": _("Calls"),
        "sources": _("Sources"),
        "picture": _("The picture"),
        "overlap": _("Overlap of lists and sources"),
        "reading": _("How to read the odds"),
        "twins": _("What else could explain it"),
        "assumptions": _("What this rests on"),
        "legal": _("The law"),
        "disclosed": _("Canaries disclosed in this copy"),
        "contents": _("Contents"),
    }


def _labels() -> dict[str, str]:
    return {
        "list": _("List"),
        "verdict": _("Verdict"),
        "source": _("Source"),
        "probability": _("Probability"),
        "share": _("Share, if so (90% interval)"),
        "ratio": _("log10 LR"),
        "support": _("In words"),
        "people": _("People"),
        "evidence": _("Evidence"),
        "evidence_about": _("Evidence about {source}"),
        "against": _("against"),
        "for": _("for"),
        "shares": _("Where its people are from"),
        "custody": _("The file"),
        "parents": _("Earlier lists"),
        "alternative": _("The best innocent explanation"),
        "contributors": _("With one contributor fewer, and with one more"),
        "changes": _("What would change the verdict"),
        "fall": _("From what was assumed beforehand to the probability: {source}"),
        "undecided": _("What would decide"),
        "kind": _("Kind"),
        "reference": _("Own list"),
        "canaries": _("Canaries planted"),
        "stated": _("Lists at 95% or more"),
        "leaked": _("Leaked"),
        "circulates": _("Probability that such data of it circulates"),
        "calls_ratio": _("log10 LR of the calls"),
        "not_said": _("What the calls do not say"),
        "range": _("LR"),
        "by_themselves": _("Register the same people by themselves"),
        "own_copy": _("Hold the source's own copy"),
        "prior": _("What was assumed before the evidence"),
        "limits": _("Limits of this version"),
        "canary": _("Canary"),
        "identity": _("Identity"),
        "all": _("all"),
        "counted": _("{word} ({count})"),
        "show": _("Show"),
        "few": _("1–4 people"),
    }


def _hints() -> dict[str, str]:
    return {
        "leaked_hint": _(
            "“Leaked” is the probability that such data of the source circulates, from all lists "
            "and calls together; “no evidence” means that no list gives a reason to ask, and that "
            "none of its numbers was listened to. For a public source the question does not arise."
        ),
        "calls_hint": _(
            "The probability is from all lists and calls together, what was assumed beforehand "
            "included. The first line of each source says what all calls together make of it; "
            "each further one, how far that falls if this alone is left out, so that they need "
            "not add up."
        ),
        "twins_hint": _(
            "Those in the first column register the same people by themselves: a list from them "
            "can look like one from the source and would wrongly be laid at its door. Those in "
            "the second hold the source's own copy: a leak from them counts for the source."
        ),
        "evidence_hint": _(
            "Each figure says how much the ratio falls if that piece alone is left out. Pieces "
            "overlap and need not add up; hits and misses of the same canaries pull in opposite "
            "directions. What is shaded lies beyond the bound of this version."
        ),
        "sideways": _("There is more to the right: scroll this box sideways."),
        "overlap_hint": _(
            "People of each list who are also in the source's own list; darker is a larger part of "
            "the list. Overlap alone cannot tell a source from whoever holds the same people."
        ),
        "disclosed_hint": _("Only canaries that stand in a list are disclosed."),
        "made_by": _("Made with leaktrace {version}. No identifier of a person is in this page."),
        "made_by_disclosing": _(
            "Made with leaktrace {version}. The only identifiers in this page are those of "
            "canaries."
        ),
    }
