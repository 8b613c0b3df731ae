"""Whose version of its people a list carries: the cells held against each holder's own."""
