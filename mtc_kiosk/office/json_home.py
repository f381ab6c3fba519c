"""The JSON shapes of a home: where it is, a backup that was made, a restore that was done. The keys are public."""

from mtc_kiosk.office.backup import BackedUp
from mtc_kiosk.office.desk_certificate import ForTablets, Shown
from mtc_kiosk.office.enrol_here import EnrolledHere
from mtc_kiosk.office.restore import Restored
from mtc_kiosk.office.where import Found
from mtc_kiosk.store.db.times import written


def found(one: Found) -> dict[str, object]:
    """Where the data is."""
    return {
        "home": str(one.root),
        "why": str(one.why),
        "exists": one.exists,
        "made_up_pupils": one.made_up,
        "trouble": one.trouble,
        "kiosks_running": list(one.kiosks),
        "counts": dict(one.counts) if one.counts is not None else None,
        "backed_up_at": written(one.backed_up_at) if one.backed_up_at is not None else None,
        "files": [
            {
                "path": str(each.path),
                "holds": each.held,
                "size": each.size,
                "changed_at": written(each.changed_at),
                "folder": each.is_folder,
                "kept_copy": each.is_kept_copy,
            }
            for each in one.files
        ],
    }


def backed_up(one: BackedUp) -> dict[str, object]:
    """A backup."""
    return {
        "file": str(one.file),
        "size": one.size,
        "made_at": one.manifest.made_at,
        "made_up_pupils": one.manifest.made_up,
        "counts": dict(one.manifest.counts),
        "on_own_disk": one.on_own_disk,
        "remarks": list(one.remarks),
    }


def enrolled(one: EnrolledHere, *, made_up: bool) -> dict[str, object]:
    """A PC that is a kiosk of a desk now; nothing secret is in it."""
    shape: dict[str, object] = {
        "name": one.enrolment.name,
        "kiosk": one.enrolment.kiosk,
        "desk": one.enrolment.address,
        "said": list(one.said),
    }
    return {"made_up_pupils": True, **shape} if made_up else shape


def restored(one: Restored) -> dict[str, object]:
    """A restore."""
    return {
        "home": str(one.home.root),
        "file": str(one.file),
        "made_at": one.made_at,
        "made_up_pupils": one.made_up,
        "counts": one.counts,
        "before": str(one.before) if one.before is not None else None,
        "set_aside": one.set_aside,
        "new_device": one.new_device,
        "carried_over": {"pupils": one.carried_pupils, "records": dict(sorted(one.carried.items()))},
        "left_out": one.left,
        "kiosks_running": list(one.kiosks),
        "remarks": list(one.remarks),
    }


def certificate(one: Shown) -> dict[str, object]:
    """The desk's certificate; nothing secret is in it."""
    return {
        "sha256": one.sha256,
        "names": list(one.names),
        "ends_at": written(one.ends_at),
        "schools_own": one.is_own,
        "kiosks": one.kiosks,
    }


def for_tablets(one: ForTablets) -> dict[str, object]:
    """The file that a tablet can trust."""
    return {"file": str(one.file), "names": list(one.names), "lacks": list(one.lacks)}
