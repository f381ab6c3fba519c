"""Insight: pure functions of proven checks."""
