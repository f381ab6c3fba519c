"""A class list from a file or pasted: looked through, put right on the page, and saved all or nothing; and its undo."""

from dataclasses import replace

from flask import Blueprint, Response, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms import FileField, TextAreaField

from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.list_form import asked_by
from mtc_kiosk.console.list_words import on_the_page
from mtc_kiosk.console.replies import done, download, look
from mtc_kiosk.console.uploads import LARGEST_UPLOAD, MOST_UPLOADS, TooManyUploads, Upload
from mtc_kiosk.office.class_list import ListImported
from mtc_kiosk.office.class_list_preview import NotWhatWasSeen, preview, save_seen
from mtc_kiosk.office.class_list_template import template
from mtc_kiosk.office.class_list_undo import undo_bytes
from mtc_kiosk.office.list_preview import Outcome, Preview
from mtc_kiosk.school.headings import TITLES, Field
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.words import counted

pages = Blueprint("upload", __name__)
Answer = str | AnyResponse | tuple[str, int]

PASTED = "Pasted list"
LONGEST_NAME = 100
MOST_ROWS = 1_000
"""How many rows one page shows; what is wrong comes before what is not."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "windows-1252": "Windows, western Europe",
    "windows-1250": "Windows, central Europe",
    "iso-8859-15": "ISO, western Europe",
    "mac": "Mac",
}
"""Ways to read a file's letters, as the page names them."""

KINDS = {
    "csv": ("Class list.csv", "text/csv; charset=utf-8"),
    "xlsx": ("Class list.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""Empty lists: their names and kinds."""

TOO_LARGE = (
    "The file is larger than 5 MB. A class list is far smaller. Delete the pictures and sheets it does not need."
)
GONE = (
    "Choose the file again. Lists are kept for an hour at most, and not when the console restarts. Nothing was saved."
)


class UploadForm(ConsoleForm):
    """A file, or text that was copied."""

    file = FileField("A file")
    text = TextAreaField("Or paste the list")


@pages.route("/pupils/upload", methods=["GET", "POST"])
@needs(May.EDIT_PUPILS)
def upload() -> Answer:
    """Take a list to look through; nothing is saved."""
    form = UploadForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _upload_page(form, 200 if request.method == "GET" else 422)
    name, content = _given()
    if not content:
        form.file.errors = ["Choose a file, or paste the list below. An empty file has no pupils."]
        return _upload_page(form, 422)
    if len(content) > LARGEST_UPLOAD:
        form.file.errors = [TOO_LARGE]
        return _upload_page(form, 413)
    try:
        kept = g.desk.uploads.keep(g.staff.account, name, content)
    except TooManyUploads:
        form.others.append(
            f"At most {MOST_UPLOADS} lists can be open at a time. Save or drop one of those below first."
        )
        return _upload_page(form, 422)
    return redirect(f"/pupils/upload/{kept.id}", 303)


@pages.errorhandler(413)
def too_large(_: Exception) -> Answer:
    """The page again, where the file is larger than a request may be: the request is not read at all."""
    form = UploadForm(formdata=None)
    form.file.errors = [TOO_LARGE]
    return _upload_page(form, 413)


@pages.get("/pupils/upload/<upload_id>")
@needs(May.EDIT_PUPILS)
def list_preview(upload_id: str) -> Answer:
    """The list as it would be saved."""
    found = _found(upload_id)
    return _gone() if found is None else _preview_page(found, 200)


@pages.post("/pupils/upload/<upload_id>")
@needs(May.EDIT_PUPILS)
def check(upload_id: str) -> Answer:
    """Check the list again with what was typed and chosen; save it where that was pressed and all of it is right."""
    found = _found(upload_id)
    if found is None or found.saved:
        return _gone()
    found = g.desk.uploads.change(found, asked=asked_by(found.asked, request.form))
    if request.form.get("do") == "save":
        return _save(found)
    shown = _preview(found)
    if shown.can_be_saved:
        return redirect(f"/pupils/upload/{found.id}", 303)
    return _preview_page(found, 422)


@pages.post("/pupils/upload/<upload_id>/drop")
@needs(May.EDIT_PUPILS)
def drop(upload_id: str) -> Answer:
    """Forget a list that was not saved."""
    found = _found(upload_id)
    if found is None:
        return _gone()
    g.desk.uploads.drop(found)
    return done("/pupils/upload", "The list was dropped. Nothing of it was saved.")


@pages.post("/pupils/upload/<upload_id>/undo")
@needs(May.EDIT_PUPILS)
def undo(upload_id: str) -> Answer:
    """Take a saved list back: those whom it added are marked as having left."""
    found = _found(upload_id)
    if found is None or not found.saved:
        said = "The list can no longer be undone here: it is kept for an hour. Mark single pupils as having left."
        return look("/pupils", said)
    undone = undo_bytes(g.home, found.content, found.name, replace(found.asked, words=on_the_page))
    g.desk.uploads.drop(found)
    marked = f"{counted(len(undone.left), 'pupil')} marked as having left."
    stay = f" On the register before, and not changed: {undone.staying}." if undone.staying else ""
    return done("/pupils", marked + stay)


@pages.get("/pupils/template.<ending>")
@needs(May.EDIT_PUPILS)
def empty_list(ending: str) -> Response:
    """An empty class list to fill in."""
    if ending not in KINDS:
        abort(404)
    return download(template(g.home, f".{ending}"), *KINDS[ending])


def _given() -> tuple[str, bytes]:
    """What was given: a file, else the pasted text."""
    file = request.files.get("file")
    content = file.read(LARGEST_UPLOAD + 1) if file is not None else b""
    if file is not None and (content or file.filename):
        return (file.filename or "A file").replace("\\", "/").rpartition("/")[2][:LONGEST_NAME], content
    text = request.form.get("text", "")
    return PASTED, text.encode("utf-8", "surrogatepass") if text.strip() else b""


def _found(upload_id: str) -> Upload | None:
    found: Upload | None = g.desk.uploads.find(g.staff.account, upload_id)
    return found


def _gone() -> Answer:
    return look("/pupils/upload", GONE)


def _preview(found: Upload, opened: frozenset[int] = frozenset()) -> Preview:
    return preview(g.home, found.content, found.name, found.asked, opened, found.files_read)


def _save(found: Upload) -> Answer:
    try:
        saved = save_seen(g.home, found.content, found.name, found.asked, request.form.get("seen", ""))
    except NotWhatWasSeen as refused:
        return _preview_page(found, 409, refused.problems[0].message)
    g.desk.uploads.change(found, saved=True)
    return done("/pupils", _said(saved), f"/pupils/upload/{found.id}/undo")


def _said(saved: ListImported) -> str:
    """What saving did, in one sentence."""
    counts = ((saved.added, "new"), (saved.changed, "changed"), (saved.unchanged, "as before"))
    parts = [f"{len(those)} {how}" for those, how in counts if those]
    refs = f" {counted(len(saved.numbered), 'pupil')} got a pupil ref." if saved.numbered else ""
    look_again = "".join(f" {problem}" for problem in saved.warnings)
    return f"The list is saved: {', '.join(parts)}.{refs}{look_again}"


def _upload_page(form: UploadForm, code: int) -> Answer:
    waiting = g.desk.uploads.of(g.staff.account)
    return render_template("upload/upload.html", form=form, waiting=waiting), code


def _preview_page(found: Upload, code: int, notice: str = "") -> Answer:
    if found.saved:
        return look("/pupils", "This list is saved already.")
    opened = request.args.get("open", type=int)
    shown = _preview(found, frozenset({opened} if opened else ()))
    which = request.args.get("show", "")
    rows = {"wrong": shown.wrong, "look": shown.to_look_at}.get(which, shown.rows)
    if len(rows) > MOST_ROWS:
        rows = tuple(sorted(rows, key=lambda row: (not row.is_wrong, not row.to_look_at, row.line))[:MOST_ROWS])
    page = render_template(
        "upload/preview.html",
        upload=found,
        shown=shown,
        rows=rows,
        which=which if which in ("wrong", "look") else "",
        notice=notice,
        said=lambda hint: on_the_page(hint.sentence, hint.next_step),
        encodings=ENCODINGS,
        titles=TITLES,
        fields=tuple(Field),
        Outcome=Outcome,
        asked=found.asked,
        corrections=found.asked.corrections,
    )
    return page, code
