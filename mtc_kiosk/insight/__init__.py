"""Insight: figures and findings from proven checks, each with how sure they are.

Pure functions: no clock, file, screen or chance; the same checks give the same words. ``attempts`` has what they take,
``claims`` what may be said of a pupil's tables. docs/insight.md has the assumptions, the mathematics and the rules.
"""
