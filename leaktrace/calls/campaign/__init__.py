"""Campaigns: calls that somebody places down one list, whatever number shows."""

from leaktrace.calls.campaign.finding import find_campaigns
from leaktrace.calls.campaign.ofcase import campaigns
from leaktrace.calls.campaign.sizes import Exposed, list_size

__all__ = ["Exposed", "campaigns", "find_campaigns", "list_size"]
