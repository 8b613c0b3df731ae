"""Who usually holds the same people as each kind of source."""

from __future__ import annotations

from dataclasses import dataclass

from leaktrace.messages import _


@dataclass(frozen=True, slots=True)
class Twins:
    """The usual other holders of a kind of source's people.

    Attributes
    ----------
    own : str
        Those who register the same people by themselves: a list from them looks like one from the
        source, and would be wrongly laid at its door.
    copy : str
        Those who hold the source's own copy: a leak from them counts for the source.
    """

    own: str
    copy: str


def twins_of(kind: str) -> Twins:
    """The usual twins of ``kind``; an unknown kind is treated as ``other``."""
    table = usual_twins()
    return table.get(kind, table["other"])


def usual_twins() -> dict[str, Twins]:
    """The usual twins of every kind of source, by its code."""
    return _property() | _money() | _lines() | _services()


def _property() -> dict[str, Twins]:
    return {
        "property-viewing": Twins(
            _("housing agencies and channel agents, other developers nearby, property platforms"),
            _("sales agency on site, customer system, visitor registration, call centre"),
        ),
        "property-sale": Twins(
            _(
                "mortgage banks, the housing registry and provident fund, the property manager, "
                "decorating firms, water, gas and power companies"
            ),
            _("sales agency, contract filing agent, customer system, message sender"),
        ),
        "property-management": Twins(
            _(
                "the developer, the housing registry, utilities, broadband carriers, "
                "courier stations"
            ),
            _("parking and access system, owners' app, payment system"),
        ),
        "agency": Twins(
            _(
                "other agencies that share the listing, property platforms, landlords, "
                "mortgage banks"
            ),
            _("listing system, virtual number provider, call centre"),
        ),
    }


def _money() -> dict[str, Twins]:
    return {
        "annual-report": Twins(
            _("anyone who read the public register, company data sites, bookkeeping agents, banks"),
            _("filing agents, register's operator"),
        ),
        "loan-app": Twins(
            _("other loan apps and platforms, credit agencies, comparison sites, advertisers"),
            _("message channel providers, identity check, embedded software kits, debt collectors"),
        ),
        "loan-platform": Twins(
            _("the lenders to whom it passes applicants, other platforms, credit agencies"),
            _("message channel providers, identity check, debt collectors"),
        ),
        "bank-sms-reply": Twins(
            _("other banks and lenders who wrote to the same people, the carrier"),
            _("message channel providers, marketing contractor"),
        ),
        "car-insurance": Twins(
            _("car dealers, repair shops, other insurers, the vehicle registry, toll card issuers"),
            _("insurance brokers, quotation system, call centre"),
        ),
        "life-insurance": Twins(
            _("other insurers of the same brokers, bank counters, health check centres"),
            _("brokers, call centre, return-visit contractor"),
        ),
    }


def _lines() -> dict[str, Twins]:
    return {
        "hotline-400": Twins(
            _(
                "advertisers and platforms that showed the number, other firms found in the "
                "same search"
            ),
            _("400 number provider, call centre, carrier"),
        ),
        "telecom": Twins(
            _("every service that knows the number, virtual operators, message channels"),
            _("resellers, big-data contractors, shop staff"),
        ),
        "web-crawl": Twins(
            _("everyone who crawled the same pages, the site itself, map and yellow-page services"),
            _("hosting and mirror sites"),
        ),
    }


def _services() -> dict[str, Twins]:
    return {
        "education": Twins(
            _("schools, examination offices, other training firms, photo and uniform suppliers"),
            _("parents' app, homework and class system, call centre"),
        ),
        "dental": Twins(
            _("health check centres, other clinics, group-buying platforms, medical insurance"),
            _("appointment system, clinic software, message sender"),
        ),
        "logistics": Twins(
            _("the shops that shipped, e-commerce platforms, other couriers, pick-up stations"),
            _("waybill printing and customer systems, franchise branches"),
        ),
        "recruitment": Twins(
            _("other job sites, employers who got the same application, headhunters"),
            _("applicant system, background check, résumé downloads by employers"),
        ),
        "other": Twins(
            _("whoever serves the same people in the same town or trade"),
            _("customer system, message sender, call centre, payment service"),
        ),
    }
