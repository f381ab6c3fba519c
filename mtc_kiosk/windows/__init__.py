"""What only Windows has, called with its types: who may read a folder, waiting, priority, keys of its own, its end.

Every module can be imported on any system. Away from Windows a function here does nothing and says so.
"""
