"""From one file to all the files in it."""

from __future__ import annotations

from collections.abc import Iterator

from leaktrace.intake.containers.found import Found, Leaf, Unpacking
from leaktrace.intake.forms import form_of
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD, empty


def walk(material: Material, unpacking: Unpacking) -> Iterator[Found]:
    """The files in ``material``, in the order in which they stand in it; itself, where it is none
    that holds others.

    Raises
    ------
    InputRefused
        Where ``material`` itself cannot be opened; of a member that cannot, a
        :class:`~leaktrace.intake.containers.found.Left` tells.
    """
    with opening(material) as file:
        head = file.read(HEAD)
    if not head:
        raise empty(material)
    yield Leaf(material, head, form_of(material, head))
