"""The kinds of identifier, their codes in a token's block, and what each may be used for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How the normal form of a kind is put into a token's block (see fingerprint/FORMAT.md)."""

    NUMBER = "number"  # an unsigned integer below 2**64
    TEXT = "text"  # UTF-8
    NAMED = "named"  # a name's token and an unsigned integer below 2**32


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of identifier.

    ``full`` identifies a person by itself and links rows; a partial one matches by chance too.
    ``matched`` is whether it may match across lists at all.
    """

    name: str
    code: int
    form: Form
    full: bool
    matched: bool = True


MOBILE = Kind("mobile", 1, Form.NUMBER, full=True)
MOBILE_FOREIGN = Kind("mobile_foreign", 2, Form.NUMBER, full=True)
LANDLINE = Kind("landline", 3, Form.NUMBER, full=True)
HOTLINE = Kind("hotline", 4, Form.NUMBER, full=False, matched=False)
ID_NUMBER = Kind("id_number", 5, Form.NUMBER, full=True)
ID_NUMBER_SUSPECT = Kind("id_number_suspect", 6, Form.TEXT, full=False, matched=False)
USCC = Kind("uscc", 7, Form.TEXT, full=True)
EMAIL = Kind("email", 8, Form.TEXT, full=True)
PLATE = Kind("plate", 9, Form.TEXT, full=True)
MOBILE_MASKED = Kind("mobile_masked", 33, Form.NUMBER, full=False)
ID_NUMBER_MASKED = Kind("id_number_masked", 34, Form.TEXT, full=False)
NAME_MOBILE_MASKED = Kind("name_mobile_masked", 35, Form.NAMED, full=False)
NAME_LAST4 = Kind("name_last4", 36, Form.NAMED, full=False)

KINDS: tuple[Kind, ...] = (
    MOBILE,
    MOBILE_FOREIGN,
    LANDLINE,
    HOTLINE,
    ID_NUMBER,
    ID_NUMBER_SUSPECT,
    USCC,
    EMAIL,
    PLATE,
    MOBILE_MASKED,
    ID_NUMBER_MASKED,
    NAME_MOBILE_MASKED,
    NAME_LAST4,
)
KIND: dict[str, Kind] = {kind.name: kind for kind in KINDS}

# Codes of blocks that are no identifiers.
NAME_CODE = 64  # a normalised name, inside NAMED blocks
CELL_RAW_CODE = 65
CELL_NORMAL_CODE = 66
ROW_CODE = 67
CELL_NUMBER_CODE = 68
CELL_DAY_CODE = 69
CELL_PLACE_CODE = 70
