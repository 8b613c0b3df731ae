"""The sentences of the evidence, of what is missing, and of the best innocent explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leaktrace.attribution.leakwords import LEAK_EVIDENCE
from leaktrace.messages import _, ngettext


def evidence_text(code: str, detail: Mapping[str, Any]) -> str:
    """The sentence for one piece of evidence."""
    return _EVIDENCE[code](detail)


def few(count: int) -> str:
    """A count of people; one to four are never told apart."""
    return f"{count:,}" if count == 0 or count > 4 else "<5"


def percent(share: float) -> str:
    """A share as people read it."""
    if 0 < share < 0.001:
        return "<0.1%"
    return f"{100 * share:.1f}%" if share < 0.1 else f"{100 * share:.0f}%"


def _hit(detail: Mapping[str, Any]) -> str:
    count = len(detail["canaries"])
    text = ngettext(
        "{count} canary planted at {source} before the list was seen is in it ({canaries}); "
        "{expected} were to be expected if {source} contributed its share.",
        "{count} canaries planted at {source} before the list was seen are in it ({canaries}); "
        "{expected} were to be expected if {source} contributed its share.",
        count,
    )
    return text.format(
        count=count,
        source=detail["source"],
        canaries=_(", ").join(detail["canaries"]),
        expected=_expected(detail["expected"]),
    )


def _miss(detail: Mapping[str, Any]) -> str:
    return ngettext(
        "{missed} canary planted at {source} is not in the list; if {source} contributed its "
        "share, {expected} of its canaries were to be expected.",
        "{missed} canaries planted at {source} are not in the list; if {source} contributed its "
        "share, {expected} of its canaries were to be expected.",
        detail["missed"],
    ).format(
        missed=f"{detail['missed']:,}",
        source=detail["source"],
        expected=_expected(detail["expected"]),
    )


def _overlap(detail: Mapping[str, Any]) -> str:
    if "lenders" in detail:
        return _(
            "{matched} of {seen} people in the list ({share}) are in other lists that surely came "
            "from {source} ({lenders}), which gave no list of its own."
        ).format(
            matched=few(detail["matched"]),
            seen=f"{detail['seen']:,}",
            share=percent(detail["share"]) if detail["matched"] > 4 else "–",
            source=detail["source"],
            lenders=_(", ").join(detail["lenders"]),
        )
    return _(
        "{matched} of {seen} people in the list ({share}) are in the reference list of {source}."
    ).format(
        matched=few(detail["matched"]),
        seen=f"{detail['seen']:,}",
        share=percent(detail["share"]) if detail["matched"] > 4 else "–",
        source=detail["source"],
    )


def _version(detail: Mapping[str, Any]) -> str:
    words = {
        "name": _("names"),
        "text": _("texts"),
        "number": _("amounts"),
        "day": _("dates"),
        "place": _("addresses"),
        "unread": _("other cells"),
    }
    columns = [
        _(
            "{what} of {people}: {says} say the same, {typed} to the letter ({expected} expected "
            "of another holder)"
        ).format(
            what=words[one["kind"]],
            people=few(one["people"]),
            says=percent(one["says"]),
            typed=percent(one["typed"]),
            expected=percent(one["expected"]),
        )
        for one in detail.get("columns", ())
    ]
    text = _(
        "Its cells, held against {source}'s own version of the same people: {columns}."
    ).format(source=detail["source"], columns=_("; ").join(columns))
    return text if "rival" not in detail else _rivalry(text, detail["source"], detail["rival"])


def _rivalry(text: str, source: str, rival: Mapping[str, Any]) -> str:
    return _(
        "{sentence} Of {cells} cells in which {source}'s and {rival}'s lists differ, {own} are as "
        "in {source}'s and {theirs} as in {rival}'s."
    ).format(
        sentence=text,
        cells=f"{rival['cells']:,}",
        source=source,
        rival=rival["source"],
        own=few(rival["own"]),
        theirs=few(rival["theirs"]),
    )


def _dates(detail: Mapping[str, Any]) -> str:
    return _(
        "The registration dates of the people matched at {source} tell when the list was cut, and "
        "so which canaries were due."
    ).format(source=detail["source"])


def _pool(detail: Mapping[str, Any]) -> str:
    return _(
        "What the other lists say of whether {source} itself leaks, or somebody who holds the same "
        "people."
    ).format(source=detail["source"])


def _claims(detail: Mapping[str, Any]) -> str:
    words = {
        "kind": _("the kind that the seller gives it"),
        "price": _("its price"),
        "carrier": _("its being of one carrier"),
    }
    return _(
        "What is said of the list fits {source} ({fits}). Sellers lie, so it counts for little: a "
        "factor of {factor} on the odds at most."
    ).format(
        source=detail["source"],
        fits=_(", ").join(words[one] for one in detail["fits"]),
        factor=f"{detail['factor']:.2g}",
    )


def _parents(detail: Mapping[str, Any]) -> str:
    return _(
        "The list was probably cut from {parents}; what is known of {source} there holds here, as "
        "far as its people came along."
    ).format(source=detail["source"], parents=_(", ").join(detail["parents"]))


def _made_up(detail: Mapping[str, Any]) -> str:
    return _(
        "{swept} of {people} numbers stand in dense or regular runs, and {never} are in segments "
        "that were never issued, as made-up numbers do."
    ).format(
        swept=f"{detail['swept']:,}",
        people=f"{detail['people']:,}",
        never=f"{detail['never_issued']:,}",
    )


def _control(detail: Mapping[str, Any]) -> str:
    return _(
        "Control canaries that were never planted anywhere are in the list ({canaries}): canaries "
        "reach it by other roads too, or its numbers are made up."
    ).format(canaries=_(", ").join(detail["canaries"]))


def _burnt(detail: Mapping[str, Any]) -> str:
    return _(
        "Canaries in the list that were found in some list before they were planted ({canaries}) "
        "prove nothing and are left out."
    ).format(canaries=_(", ").join(detail["canaries"]))


def _expected(value: float) -> str:
    return f"{value:.1f}" if value >= 0.1 else _("fewer than 0.1")


_EVIDENCE = {
    "canary.hit": _hit,
    "canary.miss": _miss,
    "reference.overlap": _overlap,
    "cells.version": _version,
    "registration.dates": _dates,
    "other-batches": _pool,
    "lineage.parents": _parents,
    "seller.claims": _claims,
    "numbers.made-up": _made_up,
    "canary.control": _control,
    "canary.burnt": _burnt,
    **LEAK_EVIDENCE,
}


def undecided_text(code: str, detail: Mapping[str, Any]) -> str:
    """What evidence would decide, in a sentence."""
    return {
        "decide.plant": _(
            "The people of the list are in {source}'s reference list, but nothing tells {source} "
            "from somebody who holds the same people. Canaries planted at {source} would decide: "
            "about {needed} of them, found or missing in the next list."
        ),
        "decide.reference": _(
            "Canaries point at {source}. Its own list of people, or a sketch of it, would decide."
        ),
        "decide.separate": _(
            "The canaries found are planted at several sources ({sources}). Canaries of their own "
            "at each, or a reference list of one, would decide."
        ),
        "decide.more": _(
            "No reference list and no canary speaks about this list. Reference lists of the "
            "likely sources, or canaries planted there, would decide."
        ),
        "decide.share": _(
            "The list overlaps {source}'s reference list, as lists of strangers in the same town "
            "also do. A canary hit, or the spelling and layout of {source}'s own version, would "
            "decide."
        ),
        "decide.silent": _(
            "It cannot be ruled out that the list comes from a source that has no reference list "
            "and too few canaries ({sources}). A reference list or more canaries there would "
            "decide."
        ),
    }[code].format(**detail)


def alternative_text(kind: str, detail: Mapping[str, Any]) -> str:
    """The best innocent explanation, in a sentence; empty where there is nothing to explain."""
    texts = {
        "twin": _(
            "Somebody else may hold nearly the same people as {source} without having them from "
            "it: {twins}. Odds: about {odds}."
        ),
        "overlap": _(
            "A source that is not listed may merely share people with {source} (the same town, the "
            "same estate). Odds: about {odds}."
        ),
        "elsewhere": _(
            "The people may come from somewhere that has nothing to do with {source}. Odds: about "
            "{odds}."
        ),
        "other-road": _(
            "The canaries may have reached the list by another road than {source} (a recycled "
            "number, a carrier's leak, somebody who knew them). Odds: about {odds}."
        ),
    }
    return texts[kind].format(**detail) if kind else ""
