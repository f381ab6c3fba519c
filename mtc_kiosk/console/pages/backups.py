"""Backups: how old the newest is, and a new one as a download or in a folder of this PC."""

from datetime import timedelta
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, g, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done, download, look
from mtc_kiosk.console.shown import age, size
from mtc_kiosk.office.backup import BackedUp, back_up, backup_to_download
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.where import where
from mtc_kiosk.office.words import data_in_words
from mtc_kiosk.school.permissions import May

pages = Blueprint("backups", __name__)

_OLD = timedelta(days=7)
_LONGEST = 1000


class FolderForm(ConsoleForm):
    """The folder of this PC that a backup goes to."""

    folder = StringField(
        "Folder on this PC",
        validators=[
            DataRequired("Write the folder, such as E:\\ for a stick."),
            Length(max=_LONGEST, message=f"Write at most {_LONGEST} characters."),
        ],
    )


@pages.route("/school/backups", methods=["GET", "POST"])
@needs(May.BACK_UP)
def backups() -> AnyResponse | tuple[str, int]:
    """How old the newest backup is; a POST makes one in a folder of this PC."""
    form = FolderForm()
    if not form.is_submitted():
        return _page(form, 200)
    if not form.validate():
        return _page(form, 422)
    folder = Path(form.folder.data.strip())
    if not folder.is_absolute() or not folder.is_dir():
        form.folder.errors = ["There is no such folder on this PC. Write all of its path. Nothing was written."]
        return _page(form, 422)
    try:
        made = back_up(_home().home, folder, _home().staff)
    except OfficeRefused as refusal:
        form.folder.errors = [problem.message for problem in refusal.problems]
        return _page(form, 422)
    here = url_for("backups.backups")
    if made.remarks:
        return look(here, " ".join((_said(made), *made.remarks)))
    return done(here, _said(made))


@pages.post("/school/backups/download")
@needs(May.BACK_UP)
def file() -> Response:
    """A backup as a download."""
    made = backup_to_download(_home().home, _home().staff)
    return download(made.content, made.name, "application/zip")


def _home() -> OpenHome:
    return cast(OpenHome, g.home)


def _page(form: FolderForm, status: int) -> tuple[str, int]:
    found = where(_home().home.root)
    return (
        render_template(
            "backups/backups.html",
            form=form,
            found=found,
            heading=_heading(found.backup_age),
            is_old=found.backup_age is None or found.backup_age > _OLD,
            has=data_in_words(found.counts) if found.counts is not None else "",
            copies=[each for each in found.files if each.is_kept_copy],
            age=age,
            size=size,
        ),
        status,
    )


def _heading(passed: timedelta | None) -> str:
    if passed is None:
        return "There is no backup yet"
    return f"The newest backup was made {age(passed)}"


def _said(made: BackedUp) -> str:
    had = data_in_words(made.manifest.counts)
    same = " It is on the same disk as the data: copy it to a stick or another PC." if made.on_own_disk else ""
    return f"{made.file} is a backup with {had}. It was read again and is complete.{same}"
