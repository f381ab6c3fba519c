"""Tests in real time."""
