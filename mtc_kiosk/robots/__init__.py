"""Robot pupils: they look at the screen, press real keys and points, and live on a virtual clock.

Beside ``cli`` and above ``kiosk``: the client, its screens and its journal are the real ones, and none of them knows
that its pupil is a robot.
"""
