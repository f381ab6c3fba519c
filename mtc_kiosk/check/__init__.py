"""The check itself, pure: form, script, machine, events, facts, view and replay.

Values in, values out. Nothing here knows a clock, a file, a screen, a network or a log, and chance comes only as a
``random.Random`` handed in. Marking is in ``check.marking``, apart: nothing that a pupil's screen reaches imports it.
"""
