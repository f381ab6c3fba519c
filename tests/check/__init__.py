"""The tests of the check itself: no clock, no file, no screen."""
