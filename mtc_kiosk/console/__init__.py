"""The teacher's console: web pages over ``office``, served by the PC that has the home."""
