"""A real X server and a second process that presses keys, for the tests in real time."""

from collections.abc import Iterator

import pytest

from benchmarks.screen import Injector, NoXServer, injector, x_server


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual X server of its own; the test is skipped by name where Xvfb is missing."""
    try:
        with x_server() as name:
            yield name
    except NoXServer as missing:
        pytest.skip(str(missing))


@pytest.fixture
def fingers(display: str) -> Iterator[Injector]:
    """The process that presses keys there."""
    with injector(display) as pressing:
        yield pressing
