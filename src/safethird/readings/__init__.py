"""Readings: one law read in different ways, a page each."""
