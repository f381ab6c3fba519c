"""Signing in to the console: one sentence for a wrong name or password, and tries that delay and never lock out."""

import random
import threading

import pytest

from mtc_kiosk.office import accounts
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.password_hash import HASHING, Hashing
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sign_in import WRONG, SignedIn, is_known, sign_in
from mtc_kiosk.office.tries import Tries, Try
from mtc_kiosk.school.accounts import UNKNOWN, AccountWanted
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.account_browsers import note_right
from tests.office.acting import acting, audited

PASSWORD = "seven cups of tea"


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """At nought."""
    return Clock()


@pytest.fixture
def tries(clock: Clock) -> Tries:
    """Nobody has tried anything."""
    return Tries(clock)


@pytest.fixture
def school(home: Home) -> Home:
    """A home with two accounts."""
    with acting(home, staff_of("o.owner", Role.OWNER)) as office:
        for name in ("F.Adeyemi", "g.other"):
            accounts.add(office, name, AccountWanted(frozenset({Role.TEACHER})), PASSWORD)
    return home


def wrong(office: OpenHome, tries: Tries, name: str = "f.adeyemi", browser: str = "") -> str:
    """A wrong try; the code of its refusal."""
    with pytest.raises(OfficeRefused) as refused:
        sign_in(office, tries, name, "not it, certainly", browser)
    return refused.value.problems[0].code


def right(office: OpenHome, tries: Tries, browser: str = "") -> SignedIn:
    """A right one."""
    return sign_in(office, tries, "f.adeyemi", PASSWORD, browser)


def test_who_signs_in_is_known_by_name_without_capitals(school: Home, tries: Tries) -> None:
    """And is in the audit; the browser has a mark from then on, of which the home keeps the hash alone."""
    with acting(school) as office:
        done = right(office, tries)
        assert done.account.staff == staff_of("F.Adeyemi", Role.TEACHER)
        assert audited(office)[-1] == ("F.Adeyemi", "account.signed_in", str(done.account.id))
        assert is_known(office, done.account.id, done.browser)
        assert not is_known(office, done.account.id, done.browser + "x")
        assert not is_known(office, done.account.id + 1, done.browser)
        assert done.browser not in str(office.db.execute("select * from account_browser").fetchall())
        assert right(office, tries, done.browser).browser == done.browser
        assert right(office, tries, "made up by somebody").browser != "made up by somebody"


def test_a_wrong_name_and_a_wrong_password_are_the_same_to_who_guesses(school: Home, tries: Tries) -> None:
    """The same sentence, and as many hashes compared, each at the full cost."""
    with acting(school) as office:
        seen = []
        for name in ("f.adeyemi", "nobody.of.this.name", "", "x" * 10_000, "a\0b"):
            before = HASHING.compared
            with pytest.raises(OfficeRefused) as refused:
                sign_in(office, tries, name, "not it, certainly")
            seen.append((refused.value.problems, HASHING.compared - before))
        assert seen == [((WRONG,), 1)] * 5
        assert audited(office)[-2:] == [(UNKNOWN, "account.wrong_password", UNKNOWN)] * 2
        assert (UNKNOWN, "account.wrong_password", "1") in audited(office)


def test_the_dummy_hash_costs_what_a_real_one_costs(school: Home) -> None:
    """And no password fits it."""
    hashing = Hashing()
    assert not hashing.matches("not the password of any account", None)
    real = hashing.hashed(PASSWORD)
    assert hashing.matches(PASSWORD, real)
    assert not hashing.matches(PASSWORD + "x", real)
    assert not hashing.matches(PASSWORD, "")
    assert not hashing.matches(PASSWORD, "no hash at all")
    assert hashing.compared == 5


def test_wrong_tries_delay_and_never_lock_out(school: Home, tries: Tries, clock: Clock) -> None:
    """After the wait, which grows to a minute and no further, the right password signs in, and all is forgotten."""
    with acting(school) as office:
        assert [wrong(office, tries) for _ in range(6)] == ["wrong"] * 5 + ["wait"]
        for waits in (5, 10, 20, 40, 60, 60, 60):
            with pytest.raises(OfficeRefused) as refused:
                right(office, tries)
            assert refused.value.problems[0].message.startswith(f"Too many wrong tries. Wait {waits} seconds")
            clock.now += waits
            assert wrong(office, tries) == "wrong"
        clock.now += 60
        right(office, tries)
        assert [wrong(office, tries) for _ in range(5)] == ["wrong"] * 5


def test_a_try_that_must_wait_compares_nothing_and_does_not_lengthen_the_wait(
    school: Home, tries: Tries, clock: Clock
) -> None:
    """Whoever hammers learns nothing meanwhile, and delays the teacher no further."""
    with acting(school) as office:
        for _ in range(5):
            wrong(office, tries)
        before = HASHING.compared
        assert {wrong(office, tries) for _ in range(50)} == {"wait"}
        assert HASHING.compared == before
        clock.now += 5
        right(office, tries)


def test_others_tries_do_not_hold_back_a_browser_that_signed_in_before(school: Home, tries: Tries) -> None:
    """A pupil guesses elsewhere: the teacher signs in at their own PC all the same, at another one after the wait."""
    with acting(school) as office:
        own = right(office, tries).browser
        while wrong(office, tries) != "wait":
            pass
        right(office, tries, own)
        with pytest.raises(OfficeRefused):
            right(office, tries)


def test_a_pupil_at_the_teachers_own_browser_waits_as_well(school: Home, tries: Tries, clock: Clock) -> None:
    """The mark of a browser is no key: guessing there is as slow, and costs the teacher a minute at most."""
    with acting(school) as office:
        own = right(office, tries).browser
        assert [wrong(office, tries, browser=own) for _ in range(6)] == ["wrong"] * 5 + ["wait"]
        clock.now += 60
        right(office, tries, own)


def test_guessing_at_many_names_is_slow_too(school: Home, tries: Tries, clock: Clock) -> None:
    """Names that nobody has count, so that a list of names cannot be gone through; a known browser does not wait."""
    with acting(school) as office:
        own = right(office, tries).browser
        codes = [wrong(office, tries, f"name{number}") for number in range(30)]
        assert codes == ["wrong"] * 21 + ["wait"] * 9
        right(office, tries, own)
        clock.now += 30
        right(office, tries)
        clock.now += 15 * 60
        assert wrong(office, tries, "name1") == "wrong"


def test_signing_in_with_ones_own_account_does_not_forgive_guesses_at_others(school: Home, tries: Tries) -> None:
    """Somebody with an account cannot reset the count at a colleague's between guesses."""
    with acting(school) as office:
        for _ in range(5):
            wrong(office, tries, "g.other")
            right(office, tries)
        assert wrong(office, tries, "g.other") == "wait"


def test_many_tries_at_once_are_as_slow_as_one_by_one(tries: Tries) -> None:
    """A try counts before its password is looked at, so no burst of requests gets more of them through."""
    found: list[Try | int] = []
    together = threading.Barrier(20)

    def at_once() -> None:
        together.wait()
        found.append(tries.begin("f.adeyemi", ""))

    threads = [threading.Thread(target=at_once) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(each, Try) for each in found) == 5


def test_names_that_are_tried_do_not_fill_the_memory(clock: Clock) -> None:
    """However many: the oldest go first, and all are gone after a quarter of an hour."""
    tries = Tries(clock)
    names = random.Random(1)
    for _ in range(3000):
        tries.begin(f"name{names.random()}", "")
        clock.now += 30
        assert len(vars(tries)["_wrong"]) <= 1001
    clock.now += 15 * 60
    tries.begin("last", "")
    assert len(vars(tries)["_wrong"]) == 2


def test_a_reset_forgets_the_browsers(school: Home, tries: Tries) -> None:
    """Whoever knew the old password may have signed in there."""
    with acting(school, staff_of("o.owner", Role.OWNER)) as office:
        done = right(office, tries)
        accounts.reset(office, done.account.id, "a purple otter")
        assert not is_known(office, done.account.id, done.browser)


def test_no_more_than_twenty_browsers_are_kept(school: Home, tries: Tries) -> None:
    """Of each account; the oldest go."""
    with acting(school) as office:
        account = right(office, tries).account
        for number in range(23):
            note_right(office.db, office.context(), account, f"{number:064d}")
        assert office.db.execute("select count(*) from account_browser").fetchone()[0] == 20


def test_an_account_that_is_gone_signs_nobody_in(school: Home, tries: Tries) -> None:
    """With its right password, and with the same sentence as any other."""
    with acting(school, staff_of("o.owner", Role.OWNER)) as office:
        accounts.remove(office, accounts.named(office, "f.adeyemi").id)
        with pytest.raises(OfficeRefused) as refused:
            right(office, tries)
        assert refused.value.problems == (WRONG,)
