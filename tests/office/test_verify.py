"""What a person reads of a record file that they name."""

from pathlib import Path

from mtc_kiosk.office.json_files import verified
from mtc_kiosk.office.verify import sentence_of, verify_file
from mtc_kiosk.record.signing import shown
from tests.record.examples import assistant, check, finished_robot, key


def test_a_sound_check_is_named_with_when_where_and_by_which_device(tmp_path: Path) -> None:
    """And that its journal proves it."""
    record, file = check(finished_robot()), tmp_path / "one.mtc"
    file.write_bytes(record.to_file())
    said = sentence_of(verify_file(file))
    assert said.startswith(f"{file}: a check record of 7 June 2027 at 09:0")
    assert said.endswith(
        f" UTC from hall-1, complete and signed by the device {shown(key().fingerprint)}. Its journal proves it."
    )
    assert verified(verify_file(file))["sha256"] == record.sha256


def test_no_name_in_a_record_is_said(tmp_path: Path) -> None:
    """A record of an assistant holds one; only a register may say whose it is."""
    file = tmp_path / "one.mtc"
    file.write_bytes(assistant().to_file())
    found = verify_file(file)
    assert sentence_of(found).startswith(f"{file}: an assistant record of ")
    assert "O'Made-up" not in f"{sentence_of(found)} {verified(found)}"


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """With its name before it."""
    found = verify_file(tmp_path / "none.mtc")
    assert sentence_of(found) == f"{tmp_path / 'none.mtc'}: It cannot be read: it is missing."
    assert verified(found) == {"file": str(tmp_path / "none.mtc"), "ok": False}
