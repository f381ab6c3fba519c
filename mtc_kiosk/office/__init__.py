"""What staff can do in a home: one module a noun, for command line, console and the staff menu of a kiosk.

Values in: an open home (``open.OpenHome``), which knows who acts, and what is wanted. Frozen results out, or a refusal.
Nothing here prints, parses a command line or knows a page. ``refusals`` turns each refusal into sentences.
"""
