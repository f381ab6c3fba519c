"""What commands answer where the register refuses: one sentence for each reason."""

import contextlib
from collections.abc import Iterator

from mtc_kiosk.cli.output import Problem, Refusal
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.store.school.register import NotOnTheRegister, NumberTaken


@contextlib.contextmanager
def register_answers() -> Iterator[None]:
    """Turn what the register raises into a Refusal of the command."""
    try:
        yield
    except NotOnTheRegister as unknown:
        raise Refusal(Problem(str(unknown), "not_on_the_register")) from unknown
    except NumberTaken as taken:
        raise Refusal(Problem(str(taken), "number_taken")) from taken
    except Refused as refused:
        raise Refusal(*(Problem(one.bar.said, str(one.bar.why)) for one in refused.barred)) from refused
