"""Accounts of staff through the office: who may manage them, what is kept, what is refused."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import accounts, json_accounts, sessions
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.password_hash import HASHING, MEMORY_KIB
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.office.tries import Tries
from mtc_kiosk.school.accounts import Account, AccountWanted
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import Role, Staff, kiosk_staff, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.accounts import password_hash, rename_group
from tests.office.acting import acting, audited
from tests.office.restoring import REPLACE, backed_up, keyed, put_back

OWNER = staff_of("o.owner", Role.OWNER)
PASSWORD, OTHER = "seven cups of tea", "a purple otter"


def roles(*held: Role, groups: tuple[str, ...] = (), session_id: int | None = None) -> AccountWanted:
    """Roles to ask for."""
    return AccountWanted(frozenset(held), frozenset(groups), session_id)


def add(office: OpenHome, name: str = "f.adeyemi", wanted: AccountWanted | None = None) -> Account:
    """An account with a password; a teacher's, unless something else is wanted."""
    return accounts.add(office, name, wanted or roles(Role.TEACHER), PASSWORD).account


def no_tries() -> Tries:
    """Nobody tried anything, at a time that stays."""
    return Tries(lambda: 0.0)


def everything(office: OpenHome) -> str:
    """All that the database holds, but for the hashes, as text."""
    tables = [name for (name,) in office.db.execute("select name from sqlite_schema where type = 'table'").fetchall()]
    return str([office.db.execute(f"select * from {each}").fetchall() for each in tables if each != "account_password"])


def code_of(refused: Refused) -> ObstacleCode:
    """What was in the way."""
    return refused.obstacles[0].obstacle.code


def test_an_account_is_made_listed_changed_and_removed(home: Home) -> None:
    """Each with its row in the audit, which names the account by its number."""
    with acting(home, OWNER) as office:
        made = add(office, " F.Adeyemi ", roles(Role.TEACHER, Role.HEAD, groups=("4a",)))
        assert (made.name, made.groups, made.must_change) == ("F.Adeyemi", frozenset({"4A"}), False)
        assert accounts.listed(office) == (made,)
        changed = accounts.change(office, made.id, roles(Role.SENCO), made.version).account
        assert (changed.roles, changed.groups) == (frozenset({Role.SENCO}), frozenset())
        assert accounts.signed_in(office, made.id) == changed
        accounts.reset(office, made.id, OTHER)
        accounts.remove(office, made.id)
        assert accounts.listed(office) == ()
        assert accounts.signed_in(office, made.id) is None
        actions = ["added", "roles_changed", "password_reset", "removed"]
        assert audited(office) == [("o.owner", f"account.{action}", str(made.id)) for action in actions]


def test_neither_password_nor_hash_is_in_the_audit_or_anywhere_else(home: Home) -> None:
    """Nor a password that was made to be handed over; and the hash goes with the account."""
    with acting(home, OWNER) as office:
        made = add(office)
        hashed = password_hash(office.db, made.id)
        assert hashed.startswith(f"$argon2id$v=19$m={MEMORY_KIB},")
        assert MEMORY_KIB >= 19 * 1024
        given = accounts.reset(office, made.id, chance=random.Random(1))
        assert given.one_time is not None
        assert given.one_time not in repr(given)
        assert HASHING.matches(given.one_time, password_hash(office.db, made.id))
        kept = everything(office) + str(json_accounts.given(given))
        assert not [secret for secret in (PASSWORD, hashed, given.one_time, "argon2id") if secret in kept]
        accounts.remove(office, made.id)
        assert password_hash(office.db, made.id) == ""
        assert office.db.execute("select count(*) from account_password").fetchone()[0] == 0


@pytest.mark.parametrize(
    "staff", [kiosk_staff("PC1"), *(staff_of("x", role) for role in Role if role is not Role.OWNER), staff_of("x")]
)
def test_only_an_owner_manages_accounts(home: Home, staff: Staff) -> None:
    """Whatever page or menu asks: the office refuses, and nothing is changed."""
    with acting(home, OWNER) as office:
        made = add(office)
    with acting(home, staff) as office:
        for attempt in (
            lambda: add(office, "g.other"),
            lambda: accounts.listed(office),
            lambda: accounts.one(office, made.id),
            lambda: accounts.named(office, "f.adeyemi"),
            lambda: accounts.change(office, made.id, roles(Role.OWNER)),
            lambda: accounts.reset(office, made.id, OTHER),
            lambda: accounts.remove(office, made.id),
            lambda: accounts.refuse_before_password(office, "g.other", roles(Role.HEAD)),
        ):
            with pytest.raises(OfficeRefused) as refused:
                attempt()
            assert refused.value.problems == (accounts.NOT_ALLOWED,)
        assert accounts.signed_in(office, made.id) == made
        assert [row[1] for row in audited(office)] == ["account.added"]


def test_a_name_is_taken_whatever_its_capitals_and_free_again_once_removed(home: Home) -> None:
    """The person who comes back is another account, with a number of its own."""
    with acting(home, OWNER) as office:
        first = add(office, "Zoë Adeyemi")
        with pytest.raises(Refused) as refused:
            add(office, "zoe\u0308  ADEYEMI")
        assert code_of(refused.value) is ObstacleCode.NAME_TAKEN
        accounts.remove(office, first.id)
        assert add(office, "ZOË adeyemi").id != first.id


def test_the_last_owner_can_be_neither_removed_nor_demoted(home: Home) -> None:
    """There must be somebody who lets people in."""
    with acting(home, OWNER) as office:
        owner = add(office, "the.owner", roles(Role.OWNER))
        add(office)
        for attempt in (
            lambda: accounts.remove(office, owner.id),
            lambda: accounts.change(office, owner.id, roles(Role.HEAD)),
        ):
            with pytest.raises(Refused) as refused:
                attempt()
            assert code_of(refused.value) is ObstacleCode.LAST_OWNER
        second = add(office, "second", roles(Role.OWNER))
        accounts.change(office, owner.id, roles(Role.HEAD))
        with pytest.raises(Refused):
            accounts.remove(office, second.id)


def test_two_who_change_one_account_do_not_overwrite_each_other(home: Home) -> None:
    """The second is refused, and nothing is changed; the same roles again change nothing either."""
    with acting(home, OWNER) as office:
        made = add(office)
        changed = accounts.change(office, made.id, roles(Role.HEAD), made.version).account
        with pytest.raises(Refused) as refused:
            accounts.change(office, made.id, roles(Role.ADMIN), made.version)
        assert code_of(refused.value) is ObstacleCode.CHANGED_MEANWHILE
        assert accounts.one(office, made.id) == changed
        assert accounts.change(office, made.id, roles(Role.HEAD), changed.version).account == changed


@pytest.mark.parametrize("password", ["", "short", "password1", "f.adeyemi1", "12345678"])
def test_a_weak_password_makes_no_account(home: Home, password: str) -> None:
    """Nor is it set, whoever sets it."""
    with acting(home, OWNER) as office:
        with pytest.raises(OfficeRefused):
            accounts.add(office, "f.adeyemi", roles(Role.TEACHER), password)
        assert accounts.none_yet(office)
        made = add(office)
        before = password_hash(office.db, made.id)
        with pytest.raises(OfficeRefused):
            accounts.reset(office, made.id, password)
        assert password_hash(office.db, made.id) == before


def test_a_cover_account_is_for_one_session_and_ends_that_night(home: Home) -> None:
    """Without a session of today there is none; with one it need not be named; after midnight the name is free."""
    with acting(home, OWNER) as office, pytest.raises(Refused) as refused:
        add(office, "supply", roles(Role.COVER))
    assert code_of(refused.value) is ObstacleCode.NO_SESSION
    with acting(home) as office:
        one = sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,)))).session
        later = sessions.start(
            office, SessionWanted(Kind.TRY, ById((1,)), day=office.today + timedelta(days=1))
        ).session
    with acting(home, OWNER) as office:
        assert [each.id for each in accounts.sessions_to_cover(office)] == [one.id]
        with pytest.raises(Refused):
            add(office, "supply", roles(Role.COVER, session_id=later.id))
        made = add(office, "supply", roles(Role.COVER))
        assert (made.session_id, str(made.ends_at)) == (one.id, "2027-06-07 22:59:59+00:00")
        assert made.staff == Staff("supply", frozenset({Role.COVER}), session_id=one.id)
    with acting(home, OWNER, "2027-06-07T22:59:58Z") as office:
        assert accounts.signed_in(office, made.id) is not None
    with acting(home, OWNER, "2027-06-07T22:59:59Z") as office:
        assert accounts.signed_in(office, made.id) is None
        assert accounts.listed(office) == ()
        add(office, "Supply")


def test_ones_own_password_is_changed_with_the_old_one(home: Home) -> None:
    """A wrong old one changes nothing, counts as a try at the account, and after some of them one must wait."""
    now = [0.0]
    tries = Tries(lambda: now[0])
    with acting(home, OWNER) as office:
        made = add(office)
    with acting(home, made.staff) as office:
        for _ in range(4):
            with pytest.raises(OfficeRefused) as refused:
                accounts.change_own_password(office, tries, made.id, "", "wrong", OTHER)
            assert refused.value.problems == (accounts.WRONG_PASSWORD,)
        with pytest.raises(OfficeRefused):
            accounts.change_own_password(office, tries, made.id, "", PASSWORD, "password1")
        accounts.change_own_password(office, tries, made.id, "", PASSWORD, OTHER)
        assert HASHING.matches(OTHER, password_hash(office.db, made.id))
        assert audited(office)[-1] == ("f.adeyemi", "account.password_changed", str(made.id))
        with pytest.raises(OfficeRefused) as refused:
            accounts.change_own_password(office, tries, made.id, "", OTHER, OTHER)
        assert refused.value.problems[0].code == "same_password"
        for _ in range(5):
            with pytest.raises(OfficeRefused):
                accounts.change_own_password(office, tries, made.id, "", "wrong", PASSWORD)
        with pytest.raises(OfficeRefused) as refused:
            accounts.change_own_password(office, tries, made.id, "", OTHER, PASSWORD)
        assert refused.value.problems[0].code == "wait"
        now[0] = 5
        accounts.change_own_password(office, tries, made.id, "", OTHER, PASSWORD)


def test_nobody_changes_the_password_of_somebody_else_as_their_own(home: Home) -> None:
    """Not even an owner, who resets it instead."""
    with acting(home, OWNER) as office:
        made = add(office)
        with pytest.raises(OfficeRefused):
            accounts.change_own_password(office, no_tries(), made.id, "", PASSWORD, OTHER)


def test_a_password_handed_over_must_be_changed_once(home: Home) -> None:
    """At the first sign-in; after that it is one's own."""
    with acting(home, OWNER) as office:
        given = accounts.add(office, "f.adeyemi", roles(Role.TEACHER))
        assert given.account.must_change
        assert given.one_time is not None
    with acting(home, given.account.staff) as office:
        changed = accounts.change_own_password(office, no_tries(), given.account.id, "", given.one_time, OTHER)
        assert not changed.must_change


def test_a_new_password_is_later_than_whoever_signed_in_before(home: Home) -> None:
    """By which the console signs out who came in with the old one."""
    with acting(home, OWNER) as office:
        made = add(office)
    with acting(home, OWNER, "2027-06-07T09:00:01Z") as office:
        assert accounts.reset(office, made.id, OTHER).account.password_at > made.password_at


def test_a_group_that_no_pupil_is_in_is_kept_and_named(home: Home) -> None:
    """The class list may come later; and a teacher of it sees nobody until then, not everybody."""
    with acting(home, OWNER) as office:
        given = accounts.add(office, "f.adeyemi", roles(Role.TEACHER, groups=("4b", "4X")), PASSWORD)
        assert given.account.groups == frozenset({"4B", "4X"})
        assert given.unknown_groups == ("4X",)


def test_a_teacher_keeps_a_group_that_is_renamed(home: Home) -> None:
    """Others keep what they have."""
    with acting(home, OWNER) as office:
        made, other = add(office, "a", roles(Role.TEACHER, groups=("4A", "4B"))), add(office, "b")
        rename_group(office.db, office.context(), "4A", "5A")
        assert accounts.one(office, made.id).groups == frozenset({"5A", "4B"})
        assert accounts.one(office, other.id) == other


def test_a_restore_does_not_let_back_in_who_was_shut_out_since(home: Home, tmp_path: Path) -> None:
    """Removed stays removed, and another role or password stays; what the backup has comes back, and others do not."""
    keyed(home)
    with acting(home, OWNER) as office:
        owner, gone, less, new = (
            add(office, name, roles(role))
            for name, role in (("o", Role.OWNER), ("gone", Role.HEAD), ("less", Role.HEAD), ("new", Role.HEAD))
        )
    file = backed_up(home, tmp_path / "b.zip")
    with acting(home, OWNER, "2027-06-07T10:00:00Z") as office:
        accounts.remove(office, gone.id)
        accounts.change(office, less.id, roles(Role.TEACHER, groups=("4A",)))
        accounts.reset(office, new.id, OTHER)
        add(office, "later", roles(Role.HEAD))
    put_back(home, file, REPLACE)
    with acting(home, OWNER, "2027-06-07T11:00:00Z") as office:
        found = {account.name: account for account in accounts.listed(office)}
        assert set(found) == {"o", "less", "new"}
        assert found["o"] == owner
        assert (found["less"].roles, found["less"].groups) == ({Role.TEACHER}, {"4A"})
        assert HASHING.matches(OTHER, password_hash(office.db, new.id))
        assert password_hash(office.db, gone.id) == ""
