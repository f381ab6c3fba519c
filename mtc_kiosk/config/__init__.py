"""The school's YAML files turned into types that cannot be wrong, or into mistakes a teacher can put right.

``configuration.load_all`` reads a home's config folder. Nothing here knows a screen, a database or a command line.
"""
