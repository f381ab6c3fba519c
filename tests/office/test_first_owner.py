"""The first start makes an owner, by a link that works once, for ten minutes, while there is no account."""

import threading

import pytest

from mtc_kiosk.office import accounts
from mtc_kiosk.office.first_owner import NOT_THE_LINK, SECRET_BYTES, WORKS_FOR_S, FirstOwnerLink
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.accounts import Account, AccountWanted
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.staff import COMMAND_LINE, Role, staff_of
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, audited

PAGE = "http://127.0.0.1:8425/sign-in/first"
PASSWORD = "seven cups of tea"
NOBODY = staff_of("?")


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def secret_of(link: FirstOwnerLink) -> str:
    """What the terminal shows behind the hash sign."""
    return link.address(PAGE).removeprefix(f"{PAGE}#")


def make(office: OpenHome, link: FirstOwnerLink, name: str = "f.adeyemi", password: str = PASSWORD) -> Account:
    """The owner who fills in the form."""
    return link.make_owner(office, secret_of(link), name, password, frozenset({Role.TEACHER, Role.SENCO}))


def test_the_link_makes_an_owner_who_is_also_what_was_ticked(home: Home) -> None:
    """Only what is offered: not every role. The audit says that they made the account themselves."""
    link = FirstOwnerLink(Clock())
    with acting(home, NOBODY) as office:
        made = make(office, link)
        assert made.roles == {Role.OWNER, Role.TEACHER}
        assert made.made_by == "f.adeyemi"
        assert audited(office) == [("f.adeyemi", "account.added", str(made.id))]


def test_the_secret_is_128_bits_behind_the_hash_sign_and_in_no_traceback(home: Home) -> None:
    """A browser never sends what is behind it; each link has another."""
    links = [FirstOwnerLink(Clock()) for _ in range(50)]
    assert SECRET_BYTES * 8 == 128
    assert len({secret_of(link) for link in links}) == 50
    assert all(link.address(PAGE).startswith(f"{PAGE}#") and len(secret_of(link)) == 22 for link in links)
    assert secret_of(links[0]) not in repr(links[0]) + str(links[0])


def test_the_link_works_once(home: Home) -> None:
    """Also if its account is gone by whatever way."""
    link = FirstOwnerLink(Clock())
    with acting(home, COMMAND_LINE) as office:
        made = make(office, link)
        assert not link.fits(secret_of(link))
        with pytest.raises(OfficeRefused) as refused:
            make(office, link, "g.other")
        assert refused.value.problems == (NOT_THE_LINK,)
        assert [each.id for each in accounts.listed(office)] == [made.id]


def test_the_link_works_for_ten_minutes(home: Home) -> None:
    """To the second."""
    clock = Clock()
    link = FirstOwnerLink(clock)
    clock.now = WORKS_FOR_S - 1
    assert link.fits(secret_of(link))
    clock.now = WORKS_FOR_S
    assert WORKS_FOR_S == 600
    with acting(home, NOBODY) as office:
        with pytest.raises(OfficeRefused):
            make(office, link)
        assert accounts.none_yet(office)


@pytest.mark.parametrize("secret", ["", "x", "é" * 22, "A" * 22, "x" * 100_000])
def test_a_wrong_secret_makes_nobody(home: Home, secret: str) -> None:
    """And the link still works."""
    link = FirstOwnerLink(Clock())
    with acting(home, NOBODY) as office:
        with pytest.raises(OfficeRefused):
            link.make_owner(office, secret, "f.adeyemi", PASSWORD, frozenset())
        assert make(office, link)


def test_the_link_does_not_work_once_there_is_an_account(home: Home) -> None:
    """Somebody typed ``account add`` meanwhile."""
    link = FirstOwnerLink(Clock())
    with acting(home, COMMAND_LINE) as office:
        accounts.add(office, "g.other", AccountWanted(frozenset({Role.OWNER})), PASSWORD)
        with pytest.raises(OfficeRefused):
            make(office, link)
        assert len(accounts.listed(office)) == 1


def test_a_name_or_password_that_cannot_be_leaves_the_link_as_it_was(home: Home) -> None:
    """Whoever mistypes does not have to start the console again."""
    link = FirstOwnerLink(Clock())
    with acting(home, NOBODY) as office:
        with pytest.raises(OfficeRefused):
            make(office, link, "f.adeyemi", "short")
        with pytest.raises(Refused):
            make(office, link, name="cli")
        assert make(office, link).name == "f.adeyemi"


def test_of_two_who_send_it_at_once_one_becomes_the_owner(home: Home) -> None:
    """A double click, or two people with the link."""
    link, together, done = FirstOwnerLink(Clock()), threading.Barrier(2), list[str]()

    def send(name: str) -> None:
        with acting(home, NOBODY) as office:
            together.wait()
            try:
                done.append(make(office, link, name).name)
            except OfficeRefused:
                done.append("")

    threads = [threading.Thread(target=send, args=(name,)) for name in ("a.first", "b.second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting(home, COMMAND_LINE) as office:
        (owner,) = accounts.listed(office)
    assert sorted(done) == ["", owner.name]
