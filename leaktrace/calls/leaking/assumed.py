"""What is assumed of calls before any is heard. Rates are per day and line."""

from __future__ import annotations

from dataclasses import dataclass

Grid = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """Hyper-parameters of the model of calls.

    Attributes
    ----------
    background : float
        Touches of a line that nobody published. Of 66,606 such lines in the USA each got a call
        every 8.42 days (Prasad et al., "Who's Calling?", USENIX Security 2020); one caller makes
        several.
    background_days : float
        How many days of one line that figure is worth beside the case's own.
    unevenness : pairs of (shape, weight)
        Of the Gamma law after which lines differ in their background: a quarter of fresh lines gets
        none, some were somebody's who is still asked for.
    blur : float
        How many touches the shares of sectors, and the swings of a fortnight, are blurred by.
    leaked_rates : pairs of (rate, weight)
        Touches of each line that is in a list which circulates, by callers that nothing links, at
        first.
    lasts : pairs of (days, weight)
        In how many days that falls by a factor of e.
    included : float
        The probability that a given line of the source is in what leaked, and was not filtered out.
    campaigns : pairs of (rate per day, weight)
        Campaigns down such a list that several of the source's lines show, at first.
    reach : pairs of (probability, weight)
        Of such a campaign's touching a given line of the source.
    mixed : float
        How many campaigns ring other lists, too.
    own_sector : pairs of (part, weight)
        The part of a leaked list's callers that sell what the source sells, or what its registrants
        want next; the others sell anything. A list has few buyers, so most do or hardly any.
    own_rings : float
        Prior probability that a source rings its own registrants from numbers that it did not
        declare, and without saying who it is.
    recipients_ring, recipients_kept, recipients_stray : float
        The same three of a source that declares whom it tells.
    own_rates : pairs of (rate, weight)
    own_campaigns : pairs of (rate per day, weight)
    own_reach : float
    own_kept : float
        The part of such calls that is about the source's own business.
    own_stray : float
        The part that is about anything; what is left is of whom it lawfully tells without declaring
        it, who sell what its registrants want next.
    recites : float
        Probability that a caller with a leaked list recites a mark, where it speaks.
    own_recites : float
        The same of the source itself.
    road_recites : float
        The same of somebody who knew the canary by another road.
    background_recites : float
        The same of anybody else, by chance.
    other_road : float
        Probability that a line is in such lists by another road (somebody who knew it, a carrier, a
        former owner), and not through the source.
    name_road : float
        The same of a line whose callers recited nothing but a name told there: it may be a true
        one that others know, and whoever knows it says it again and again.
    name_recites : float
        The probability that a campaign says the name by such a road.
    fixed, own_fixed : float
        The part of a leaked list's callers, and of the source's, that show a rented number.
    dead : float
        Probability that a line without heartbeats does not ring.
    sweep : float
        The part of the background's campaigns that dial through a block of numbers.
    believed : float
        The natural log of the likelihood ratio up to which counts and campaigns are taken as they
        stand.
    beyond : float
        What part of what goes beyond that is believed: callers come in bursts that no model knows.
        Set on 20 simulated years so that such statements are true as often as they say; marks
        recited there needed nothing of the kind.
    cuts : int
        How many dates of the leak are considered.
    """

    background: float = 1 / 15
    background_days: float = 400.0
    unevenness: Grid = (
        (0.1, 0.02),
        (0.2, 0.1),
        (0.35, 0.2),
        (0.6, 0.28),
        (1.0, 0.2),
        (1.8, 0.12),
        (3.5, 0.06),
        (8.0, 0.02),
    )
    blur: float = 20.0
    leaked_rates: Grid = ((0.0, 0.3), (1 / 60, 0.25), (1 / 18, 0.25), (1 / 5, 0.2))
    lasts: Grid = ((25.0, 0.3), (90.0, 0.4), (1000.0, 0.3))
    included: float = 0.6
    campaigns: Grid = ((0.0, 0.4), (1 / 120, 0.25), (1 / 40, 0.2), (1 / 12, 0.15))
    reach: Grid = ((0.15, 0.3), (0.4, 0.4), (0.8, 0.3))
    mixed: float = 0.3
    own_sector: Grid = ((0.75, 0.5), (0.1, 0.5))
    own_rings: float = 0.4
    recipients_ring: float = 0.8
    recipients_kept: float = 0.4
    recipients_stray: float = 0.25
    own_rates: Grid = ((1 / 300, 0.35), (1 / 60, 0.35), (1 / 15, 0.3))
    own_campaigns: Grid = ((1 / 400, 0.4), (1 / 120, 0.35), (1 / 30, 0.25))
    own_reach: float = 0.7
    own_kept: float = 0.7
    own_stray: float = 0.05
    recites: float = 0.15
    own_recites: float = 0.4
    road_recites: float = 0.02
    background_recites: float = 2e-4
    other_road: float = 0.003
    name_road: float = 0.03
    name_recites: float = 0.01
    fixed: float = 0.2
    own_fixed: float = 0.5
    dead: float = 0.1
    sweep: float = 0.3
    believed: float = 2.0
    beyond: float = 0.3
    cuts: int = 10
