"""Tests of the pupil's client."""
