"""The Multiplication Tables Check on a school's own PCs."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("mtc-kiosk")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+checkout"
