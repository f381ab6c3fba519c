"""Results: every pupil's score, status and what happened; before their release, what is in and what is missing."""

from typing import cast

from flask import Blueprint, g, render_template, request

from mtc_kiosk.console import listing
from mtc_kiosk.console.guard import needs
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results_list import ListOrder, ResultsListed, kept_back, results_listed
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.words import number_in_words

pages = Blueprint("results", __name__)


@pages.get("/results")
@needs(May.SEE_RESULTS)
def results() -> str:
    """The list of results, or what is known before they are released."""
    home = cast(OpenHome, g.home)
    kept = kept_back(home)
    if kept is not None:
        return render_template("results/kept_back.html", kept=kept)
    group, order = request.args.get("group", ""), _order()
    found = results_listed(home, group, order)
    listing.keep(request.full_path.rstrip("?"), [line.pupil.id for line in found.lines])
    return render_template(
        "results/results.html",
        found=found,
        group=group,
        order=str(order),
        heading=_heading(found, group),
    )


def _order() -> ListOrder:
    try:
        return ListOrder(request.args.get("sort", ""))
    except ValueError:
        return ListOrder.NAME


def _heading(found: ResultsListed, group: str) -> str:
    """A sentence that is true now."""
    count, scored, waiting = len(found.lines), len(found.scores), found.still_to_come + found.two_checks
    of = f" of {group}" if group else ""
    if not count:
        return "There are no results here yet"
    if not scored:
        return f"No result{of} is in yet" if waiting else f"No pupil{of} took the check"
    if scored == count:
        return f"All {number_in_words(count)} results{of} are in" if count > 1 else f"The one result{of} is in"
    if not waiting:
        return f"All {number_in_words(count)} pupils{of} have a result or a reason"
    are = "is" if scored == 1 else "are"
    return f"{number_in_words(scored).capitalize()} of {number_in_words(count)} results{of} {are} in"
