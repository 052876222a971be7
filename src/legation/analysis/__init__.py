"""Findings over events: ties, silences and returns, the calendar, coincidences in time, briefs."""
