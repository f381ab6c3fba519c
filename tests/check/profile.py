"""How hard Hypothesis tries here: the same examples every time, and no deadline, since a busy PC is no fault."""

from hypothesis import settings

QUICK = settings(max_examples=100, deadline=None, derandomize=True)
WHOLE_CHECKS = settings(max_examples=400, stateful_step_count=40, deadline=None, derandomize=True)
