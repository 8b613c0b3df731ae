"""``--explain``: why a file and its columns were read as they were, with counts, never values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leaktrace.cli.output import count
from leaktrace.messages import _, ngettext
from leaktrace.report.words import identifier_word

if TYPE_CHECKING:
    from leaktrace.case.outcomes import BatchOutcome
    from leaktrace.intake.blocks import ColumnReport, MemberReport


def file_explanation(item: BatchOutcome) -> list[str]:
    """Why the files of a batch were read as they were: a line each for what was decided."""
    lines = []
    for member in item.members:
        if member.status != "read":
            continue
        where = f"{member.member}: " if member.member else ""
        lines += [where + line for line in _of_file(member)]
    return lines


def column_explanation(column: ColumnReport) -> str:
    """Why a column was taken for what it was taken for, in one line."""
    place = _("column {number}").format(number=column.column)
    if column.header:
        place = f"{place} ({column.header})"
    parts = [place + _(": ") + _verdict(column), *_rest(column)]
    where = [part for part in (column.member, column.sheet) if part]
    return "".join(f"{part}: " for part in where) + _("; ").join(parts)


def _of_file(member: MemberReport) -> list[str]:
    facts = member.facts
    lines = [_("read as {form}, told from its content").format(form=member.form)]
    if facts.get("encoding"):
        lines.append(_encoding(str(facts["encoding"]), str(facts.get("encoding_why", ""))))
    if "delimiter" in facts:
        lines += [_delimiter(facts), _header(facts)]
    return lines


def _encoding(name: str, why: str) -> str:
    reasons = {
        "mark": _("the file begins with that encoding's mark"),
        "pattern": _("every second byte of its digits is zero"),
        "ascii": _("nothing in it is beyond ASCII"),
        "utf-8": _("what is beyond ASCII in it is valid UTF-8"),
        "gb18030": _("it is no UTF-8, and reads as simplified Chinese does"),
        "big5": _("it is no UTF-8, and reads as traditional Chinese does, not as simplified"),
    }
    if why not in reasons:
        return _("encoding {encoding}").format(encoding=name)
    return _("encoding {encoding}, because {why}").format(encoding=name, why=reasons[why])


def _delimiter(facts: Mapping[str, Any]) -> str:
    delimiter = facts["delimiter"]
    if not delimiter:
        return _(
            "one cell a line, because no delimiter leaves more identifiers standing by themselves"
        )
    words = {
        ",": _("comma"),
        "\t": _("tab"),
        ";": _("semicolon"),
        " ": _("blanks"),
        "  ": _("two blanks or more"),
    }
    return _(
        "delimiter {delimiter}, because it cuts {lines} of {sampled} sampled lines into {cells} "
        "cells each and leaves identifiers standing by themselves"
    ).format(
        delimiter=words.get(delimiter, f"“{delimiter}”"),
        lines=count(facts.get("usual_lines", 0)),
        sampled=count(facts.get("sampled", 0)),
        cells=count(facts.get("usual_cells", facts.get("columns", 0))),
    )


def _header(facts: Mapping[str, Any]) -> str:
    row = facts.get("header_row")
    if row is None:
        return _("no header row, because none of the first rows holds words of headers alone")
    words = facts.get("header_words", 0)
    if not words:
        return _(
            "header in row {row}, because it differs in kind from all that stands below it"
        ).format(row=count(row))
    return _(
        "header in row {row}, because {words} of its {cells} cells are words that stand in "
        "headers, and none is an identifier"
    ).format(
        row=count(row), words=count(words), cells=count(len(list(filter(None, facts["header"]))))
    )


def _verdict(column: ColumnReport) -> str:
    kind = _word(column.kind)
    filled, recognised = count(column.filled), count(column.recognised)
    if column.why == "empty":
        return _("empty")
    if column.why == "serial":
        return _(
            "numbers of orders or the like, because its header or their sequence says so; what "
            "looks like phone or ID numbers in it was left alone"
        )
    if column.why == "user":
        return _(
            "{kind}, because --map says so; {recognised} of {filled} filled cells hold an "
            "identifier"
        ).format(kind=kind, recognised=recognised, filled=filled)
    if column.why == "header":
        return _("{kind}, because its header says so; {filled} filled cells").format(
            kind=kind, filled=filled
        )
    if column.why == "content" and column.kind == "name":
        return _(
            "{kind}, because most of its {filled} filled cells look like names of people"
        ).format(kind=kind, filled=filled)
    if column.why == "content":
        return _("{kind}, because {percent}% of {filled} filled cells hold one").format(
            kind=kind, percent=_percent(column), filled=filled
        )
    return _passed_over(column.why).format(kind=kind, filled=filled)


def _passed_over(why: str) -> str:
    """Why a column was taken for nothing, though its header may say something."""
    texts = {
        "names-elsewhere": _(
            "{kind}: its header speaks of names, but another column's names were taken; "
            "{filled} filled cells"
        ),
        "names-missing": _(
            "{kind}: its header speaks of names, but too few of its {filled} filled cells hold one "
            "(a surname and a title, as in 王先生, are none)"
        ),
        "dates-elsewhere": _(
            "{kind}: its header speaks of a time, but another column tells of the registration "
            "more surely; {filled} filled cells"
        ),
        "dates-missing": _(
            "{kind}: its header speaks of a time of registration, but too few of its {filled} "
            "filled cells hold a date"
        ),
    }
    return texts.get(why) or _(
        "{kind}, because nothing in its header and too little in its {filled} filled cells speaks "
        "for anything else"
    )


def _percent(column: ColumnReport) -> str:
    share = 100 * column.recognised / max(1, column.filled)
    if 99.9 < share < 100:
        return "99.9"
    return f"{share:.3g}"


def _rest(column: ColumnReport) -> list[str]:
    """What else was seen in it: other kinds, damage, what was left alone."""
    parts = []
    others = {kind: number for kind, number in column.kinds.items() if kind != column.kind}
    if others:
        kinds = _(", ").join(f"{identifier_word(k)} {count(n)}" for k, n in sorted(others.items()))
        parts.append(_("also {kinds}").format(kinds=kinds))
    notes = column.notes
    for code, text in (
        ("damaged", _("{count} cells damaged by Excel (as 1.38E+10)")),
        ("cut", _("{count} ID numbers cut to fifteen digits by Excel")),
        ("serial", _("{count} numbers left alone")),
        ("joint", _joint(notes.get("joint", 0))),
        ("uneven", _uneven(notes.get("uneven", 0))),
        ("same", _("one and the same in {count} of the cells that were sampled")),
    ):
        if notes.get(code):
            parts.append(text.format(count=count(notes[code])))
    runs = {
        int(code.partition(":")[2]): n for code, n in notes.items() if code.startswith("digits:")
    }
    if runs:
        digits = _(", ").join(
            _("{digits} digits: {count}").format(digits=length, count=count(number))
            for length, number in sorted(runs.items())
        )
        parts.append(
            _("long runs of digits left alone, which are no identifier ({digits})").format(
                digits=digits
            )
        )
    return parts


def _joint(number: int) -> str:
    return ngettext(
        "{count} cell holds several people, each told apart with their own numbers",
        "{count} cells hold several people, each told apart with their own numbers",
        number,
    )


def _uneven(number: int) -> str:
    return ngettext(
        "{count} cell holds several names that do not pair off with the numbers of its row, which "
        "was left as it stands",
        "{count} cells hold several names that do not pair off with the numbers of their rows, "
        "which were left as they stand",
        number,
    )


def _word(code: str) -> str:
    roles = {"name": _("name"), "registered_at": _("time of registration"), "other": _("other")}
    return roles.get(code) or identifier_word(code)
