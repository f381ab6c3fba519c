"""Reads the school's YAML files into checked types, or into mistakes that a teacher can correct.

``configuration.load_all`` reads a home's config folder. No screen, no database and no command line here.
"""
