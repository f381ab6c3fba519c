"""What staff can do in a home: one module a noun, for the command line, the console and a kiosk's staff menu.

A function takes an open home (``open.OpenHome``), which knows who acts, and values. It returns a frozen result or
raises a refusal; it prints nothing, parses no command line and knows no page. ``refusals`` turns each refusal into
sentences.
"""
