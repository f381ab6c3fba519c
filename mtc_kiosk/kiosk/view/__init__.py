"""The content of screens as values: scenes, controls, words. Nothing is drawn here."""
