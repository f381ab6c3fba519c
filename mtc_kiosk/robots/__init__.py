"""Robot pupils: they look at the screen, press keys and point at it, on a virtual clock.

They drive the real kiosk with its real screens and journal, which cannot tell that a pupil is a robot.
"""
