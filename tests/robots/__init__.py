"""Tests of the robot pupils, and of the kiosk by what they leave behind."""
