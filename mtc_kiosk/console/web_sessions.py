"""The sessions of browsers, kept in memory: who is signed in, until when, and what was half done.

The cookie holds 256 random bits and nothing else; here only its SHA-256 is kept. All sessions end with the console.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin

from mtc_kiosk.school.accounts import Account

FORGOTTEN = timedelta(hours=1)
"""How long a locked session keeps who it is for."""

MOST_SESSIONS = 1000
"""When more are open, one ends: a visitor without an account gets a session, too, and those end first."""

MOST_DONE = 200
"""How many finished forms of one session are remembered, so that a second press is not a second change."""


@dataclass(eq=False)
class WebSession(SessionMixin):
    """One browser's session: a mapping, as Flask wants it, with what the console keeps beside it.

    ``account`` is who signed in, None before, as the account was then; ``locked`` asks for that person's password
    again. ``done`` maps the ``once`` value of a finished form to where its answer led.
    """

    started: datetime
    used: datetime
    account: Account | None = None
    locked: bool = False
    kept: dict[str, Any] = field(default_factory=dict)
    done: "OrderedDict[str, str]" = field(default_factory=OrderedDict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    modified = True
    accessed = True

    def __getitem__(self, key: str) -> Any:
        return self.kept[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.kept[key] = value

    def __delitem__(self, key: str) -> None:
        del self.kept[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)

    def note_done(self, once: str, location: str) -> None:
        """Remember where the answer to a form led."""
        self.done[once] = location
        while len(self.done) > MOST_DONE:
            self.done.popitem(last=False)


class WebSessions(SessionInterface):
    """Every session of one console, by the hash of its cookie. ``now`` gives the time in UTC.

    ``signed_out`` is called with the name of an account whose session ends.
    """

    cookie = "mtc_console"

    def __init__(self, now: Callable[[], datetime], signed_out: Callable[[str], None] = lambda _: None) -> None:
        self.now = now
        self._signed_out = signed_out
        self._lock = threading.Lock()
        self._open: OrderedDict[str, WebSession] = OrderedDict()

    def open_session(self, app: Flask, request: Request) -> WebSession:
        """The session of the request's cookie, or a new one."""
        name = request.cookies.get(self.cookie_of(app, request), "")
        with self._lock:
            found = self._open.get(_hashed(name)) if name else None
            if found is not None:
                self._open.move_to_end(_hashed(name))
                return found
        now = self.now()
        return WebSession(now, now)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep a session that holds something, under a new name if it has none, and set its cookie.

        Not in answer to another site, to which the browser sends no cookie of ours: the new one would take the place
        of the cookie of whoever is signed in.
        """
        assert isinstance(session, WebSession)
        with self._lock:
            named = any(each is session for each in self._open.values())
        if named or asked_by_another_site() or (session.account is None and not session.kept):
            return
        name = secrets.token_urlsafe(32)
        with self._lock:
            self._open[_hashed(name)] = session
            while len(self._open) > MOST_SESSIONS:
                del self._open[self._first_to_end()]
        response.set_cookie(
            self.cookie_of(app, request),
            name,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
            path="/",
        )

    def _first_to_end(self) -> str:
        """The session unused for longest of those in which nobody signed in; of all if there is none."""
        nobodys = (name for name, each in self._open.items() if each.account is None)
        return next(nobodys, next(iter(self._open)))

    def renew(self, session: WebSession) -> None:
        """Give the session a new name with the next answer, as at every sign-in; the old cookie opens nothing."""
        with self._lock:
            for name in [name for name, each in self._open.items() if each is session]:
                del self._open[name]

    def sign_in(self, session: WebSession, account: Account) -> None:
        """Sign somebody in, or unlock for the same person, under a new name. Nothing of another person stays."""
        if session.account is None or session.account.id != account.id:
            session.done.clear()
            self._leave(session)
        session.kept.clear()
        session.account, session.locked = account, False
        session.started = session.used = self.now()
        self.renew(session)

    def _leave(self, session: WebSession) -> None:
        if session.account is not None:
            self._signed_out(session.account.name)

    def sign_out(self, session: WebSession) -> None:
        """End a session, with everything in it."""
        self._leave(session)
        session.kept.clear()
        session.done.clear()
        session.account, session.locked = None, False
        self.renew(session)

    def lock(self, session: WebSession) -> None:
        """Ask for the same person's password before anything else is shown.

        The cookie changes: with it browsers forget the pages that they keep in memory for "Back".
        """
        if session.account is not None and not session.locked:
            session.locked = True
            self.renew(session)

    def left(self, session: WebSession, idle: timedelta) -> timedelta:
        """How long until the session locks by itself if it stays unused; not positive once it is locked."""
        if session.account is None or session.locked:
            return timedelta(0)
        return idle - (self.now() - session.used)

    def forget_old(self, session: WebSession) -> None:
        """Sign out whose session was locked or unused for an hour: its form is no longer kept either."""
        if session.account is not None and self.now() - session.used >= FORGOTTEN:
            self.sign_out(session)

    @staticmethod
    def cookie_of(app: Flask, request: Request) -> str:
        """The cookie's name; with the port in it, as cookies of two consoles on one PC are not told apart by port.

        Over HTTPS it is another, which no page without HTTPS can set.
        """
        name = f"{WebSessions.cookie}_{app.config['CONSOLE_PORT']}"
        return f"__Host-{name}" if request.is_secure else name


def asked_by_another_site() -> bool:
    """Whether a page of another site made the request at hand, as the browser says."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
