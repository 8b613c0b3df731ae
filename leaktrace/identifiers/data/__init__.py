"""Shipped data: surnames, widely known numbers, places of mobile numbers."""
