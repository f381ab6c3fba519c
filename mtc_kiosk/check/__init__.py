"""The check itself, pure: form, script, machine, events, facts, view and replay.

Values in, values out: no clock, file, screen, network or log; chance comes only as a ``random.Random`` passed in.
``check.machine`` explains how a check runs. Marking is apart, in ``check.marking``: no code that draws a pupil's screen
imports it.
"""
