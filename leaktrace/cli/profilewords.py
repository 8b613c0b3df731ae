"""The codes of a list's own fingerprint in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leaktrace.cli.output import count, percent
from leaktrace.messages import _
from leaktrace.report.words import listed

if TYPE_CHECKING:
    from leaktrace.intake.profile import Order, TableProfile


def form_word(code: str) -> str:
    """A form of numbers, dates, amounts or blanks."""
    words = {
        "plain": _("plain"),
        "float": _("with .0"),
        "spaced-3-4-4": _("138 1234 5678 (spaces)"),
        "dashed-3-4-4": _("138-1234-5678 (dashes)"),
        "dotted-3-4-4": _("138.1234.5678 (dots)"),
        "formula": _('="…"'),
        "apostrophe": _("with an apostrophe"),
        "quoted": _("in quotes"),
        "leading-zero": _("with a 0 before"),
        "plus-86": _("+86"),
        "zero-zero-86": _("0086"),
        "bare-86": _("86 before"),
        "separated": _("otherwise separated"),
        "blanks-around": _("blanks around"),
        "full-width": _("full-width digits"),
        "several": _("several in a cell"),
        "among-text": _("among text"),
        "unexamined": _("otherwise, not looked at"),
        "whole": _("whole numbers"),
        "thousands": _("thousands set apart"),
        "one-decimal": _("one decimal"),
        "two-decimals": _("two decimals"),
        "more-decimals": _("more decimals"),
        "ten-thousands": _("in 万"),
        "with-unit": _("with a unit"),
        "trailing": _("blanks at the end"),
        "leading": _("blanks at the beginning"),
        "tab": _("tabs"),
        "wide-blank": _("wide blanks"),
        "invisible": _("invisible characters"),
        "line-break": _("line breaks"),
        "milliseconds": _("milliseconds"),
    }
    return words.get(code, code)


def feature_word(code: str) -> str:
    """A feature of how lists are made."""
    words = {
        "columns": _("column names in their order"),
        "column-set": _("column names in any order"),
        "tags": _("tags"),
        "author": _("author"),
        "created": _("time of creation"),
        "program": _("program"),
        "encoding": _("encoding"),
        "delimiter": _("delimiter"),
        "line-end": _("line ends"),
        "quoting": _("quoting"),
        "numbers": _("form of mobiles"),
        "dates": _("form of dates"),
        "order": _("order of the rows"),
        "blanks": _("stray blanks"),
    }
    return words.get(code, code)


def rarity_word(code: str) -> str:
    """How seldom lists of strangers share it."""
    return {"rare": _("rare"), "uncommon": _("uncommon"), "usual": _("usual")}.get(code, code)


def style_text(style: Mapping[str, Any]) -> str:
    """The form of a file: encoding, delimiter, line ends, quoting."""
    quoting = {
        "none": _("no quotes"),
        "all": _("every cell in quotes"),
        "numbers": _("numbers in quotes"),
        "needed": _("quotes where needed"),
    }
    delimiter = style.get("delimiter")
    parts = [str(style["form"])] if style.get("form") else []
    if style.get("encoding"):
        mark = _(" with a byte-order mark") if style.get("mark") else ""
        parts.append(f"{style['encoding']}{mark}")
    if delimiter:
        parts.append(_("delimiter {sign}").format(sign=repr(delimiter)))
    if style.get("line_end"):
        parts.append(_("line ends {code}").format(code=str(style["line_end"]).upper()))
    if style.get("quoting") in quoting:
        parts.append(quoting[style["quoting"]])
    if style.get("header_row"):
        parts.append(_("header in row {row}").format(row=style["header_row"]))
    return listed(parts)


def making_text(making: Mapping[str, str]) -> str:
    """What a document says of the program, the people and the times of its making."""
    words = {
        "application": _("program"),
        "version": _("version"),
        "producer": _("converted by"),
        "author": _("author"),
        "last_author": _("last saved by"),
        "company": _("company"),
        "title": _("title"),
        "created": _("created"),
        "modified": _("last changed"),
    }
    return listed(f"{words.get(name, name)} {value}" for name, value in making.items())


def order_text(table: TableProfile) -> str:
    """By which columns the rows are sorted."""
    if table.order is None:
        return ""
    if not table.order:
        return _("by no column")
    return listed(_order(table, one) for one in table.order)


def _order(table: TableProfile, one: Order) -> str:
    name = table.headers[one.column - 1] or _("column {number}").format(number=one.column)
    way = _("ascending") if one.direction == "ascending" else _("descending")
    text = _("{column} {way}").format(column=name, way=way)
    if one.by == "pinyin":
        text += _(" (as Chinese spreadsheets sort)")
    if one.serial is None:
        return text
    return text + _(", counting from {first} to {last} ({share} one apart)").format(
        first=count(one.serial.first), last=count(one.serial.last), share=percent(one.serial.steps)
    )
