"""Exports: what each file is for, what it leaves out, and one press for each kind of file."""

from typing import cast

from flask import Blueprint, Response, abort, g, render_template

from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import download
from mtc_kiosk.office.exports import Export, export_file
from mtc_kiosk.office.exports import exports as exports_offered
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results import FileKind
from mtc_kiosk.school.permissions import May

pages = Blueprint("exports", __name__)

_KINDS = {FileKind.XLSX: "Workbook", FileKind.CSV: "CSV", FileKind.JSON: "JSON"}


@pages.get("/results/exports")
@needs(May.EXPORT)
def exports() -> str:
    """The list of exports."""
    home = cast(OpenHome, g.home)
    offered = exports_offered(home)
    return render_template(
        "exports/exports.html",
        offered=offered,
        kinds=_KINDS,
        ctf_on=home.configuration.school.ctf.on,
        all_ready=not any(one.refused for one in offered),
    )


@pages.post("/results/exports/<what>/<kind>")
@needs(May.EXPORT)
def file(what: str, kind: str) -> Response:
    """One file. It is a POST because each download leaves a row in the audit."""
    try:
        wanted, form = Export(what), FileKind(kind)
    except ValueError:
        abort(404)
    made = export_file(cast(OpenHome, g.home), wanted, form)
    return download(made.content, made.name, made.kind)
