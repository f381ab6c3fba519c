"""Tests of everything that is heard."""
