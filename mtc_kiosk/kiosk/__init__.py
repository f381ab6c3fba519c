"""The pupil's client in pygame: window, keys, screens, journey.

What a pupil sees and presses is here; the rules of the check are in ``check`` and what is kept in ``store``.
"""
