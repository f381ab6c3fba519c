"""Pictures of a check as inline SVG, each with a sentence and a table that say the same."""
