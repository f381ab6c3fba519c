"""What commands answer where the register refuses: one sentence for each reason."""

import contextlib
from collections.abc import Iterator

from mtc_kiosk.cli.output import CommandFailed, Problem
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.store.school.register import NotOnTheRegister, NumberTaken


@contextlib.contextmanager
def register_answers() -> Iterator[None]:
    """Turn what the register raises into a Refusal of the command."""
    try:
        yield
    except NotOnTheRegister as unknown:
        raise CommandFailed(Problem(str(unknown), "not_on_the_register")) from unknown
    except NumberTaken as taken:
        raise CommandFailed(Problem(str(taken), "number_taken")) from taken
    except Refused as refused:
        raise CommandFailed(
            *(Problem(one.obstacle.sentence, str(one.obstacle.code)) for one in refused.obstacles)
        ) from refused
