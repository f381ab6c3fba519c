"""Functions that only Windows has, with types: file access, waiting, priority, special keys, the session's end.

Every module can be imported on any system. On other systems a function here does nothing and says so.
"""
