"""Days on which pupils take the check: sessions, robots in place of pupils, results, records that travel."""

from .class_lists import AMY, BO, CY, PUPILS, csv
from .terminal import Terminal

H = "--home home"


def day_of_the_check(at: Terminal) -> None:
    """One day at the school, from the PINs to the results."""
    at.made_up_home()
    for command in ("pins list", "pins slips --out slips.html", "session list", "session end", "status", "reason list"):
        at.type(f"{command} {H}")
    at.type(f"session start --kind official {H}")
    at.type(f"export results --out none.csv {H}")
    at.write("class.csv", csv(*PUPILS))
    at.type(f"pupils import class.csv {H}")
    at.type(f"pupils add --surname Newly --forename Eve --date-of-birth 2018-01-09 --sex F --ref 4A/17 --group 4A {H}")
    at.type(f"pins list {H}")
    at.type(f"run --robot quick --kiosk PC1 {H}")
    at.note("sessions")
    for words in (
        "--kind official --group 4C",
        "--kind official X1 " + AMY,
        "--kind oficial",
        "--kind official --date 2027-06-06",
        "--kind official --date tomorrow",
        "--kind official --until 09:30",
        "--kind official --until 25:00",
        f"--kind official --group 4A {AMY}",
        "--kind try --group 4a --until 12:15",
        f"--kind official {AMY} {CY}",
        f"--kind official {AMY} {BO}",
        "--kind official --date 2027-06-09 --group 4B",
    ):
        at.type(f"session start {words} {H}")
    at.type(f"session list {H}")
    at.type(f"pins list {H}")
    at.type(f"pins slips --out slips.html {H}")
    at.type(f"pins slips --out try.html --group 4a --kind try {H}")
    at.type(f"pins slips --out none.html --group 4C {H}")
    at.type(f"pins slips --out missing/slips.html {H}")
    at.type(f"pins cancel {BO} {H}")
    at.type(f"pins cancel {BO} {H}")
    at.type(f"status {H}")
    at.note("pupils take the check")
    at.type(f"run --robot careful --kiosk PC1 {H}")
    at.type(f"run --robot nobody --kiosk PC1 --diary sums.txt {H}")
    at.type(f"status {H}")
    at.note("reasons")
    at.type(f"reason set ABSNT {BO} {H}")
    at.type(f"reason set ABSNT {BO} {H}")
    at.type(f"reason set ABSNT {AMY} {H}")
    at.type(f"reason set ABSENT Newly {H}")
    at.type(f"reason set JSTAR Nobody {H}")
    at.type(f"reason set annlh {CY} {H}")
    at.type(f"reason list {H}")
    at.type(f"reason set anllh 4A/17 {H}")
    at.type(f"reason list {H}")
    at.type(f"reason remove 4A/17 {H}")
    at.type(f"reason remove {CY} {H}")
    at.note("restarts")
    at.type(f"restart give {BO} --reason ITI {H}")
    at.type(f"restart give {CY} --reason XXX {H}")
    at.type(f"restart give Sampled --reason ITI {H}")
    at.type(f"restart give {AMY} {CY} --reason iti {H}")
    at.type(f"restart give {AMY} --reason ITI {H}")
    at.type(f"status {H}")
    at.type(f"export results --out restarts.csv {H}")
    at.type(f"export answers --out answers.csv {H}")
    at.type(f"export answers --format json --out away/answers.json {H}")
    at.type(f"restart remove {CY} {H}")
    at.type(f"restart remove {CY} {H}")
    at.type(f"session start --kind official {AMY} {H}")
    at.type(f"restart remove {AMY} {H}")
    at.type(f"run --robot backspacer --kiosk PC2 {H}")
    at.note("an assistant")
    why = "--why 'Her arm was in plaster.'"
    at.type(f"assistant add {AMY} --forename Ann --surname Example {why} {H}")
    at.type(f"assistant add {AMY} --forename Ann --surname Example {why} {H}")
    at.type(f"assistant add {BO} --forename Ann --surname Example {why} {H}")
    at.type(f"assistant add {CY} --forename 4nn! --surname '' --why '' {H}")
    at.type(f"assistant list {H}")
    at.type(f"assistant remove {AMY} {H}")
    at.type(f"assistant remove {AMY} {H}")
    at.type(f"assistant list {H}")
    at.note("results")
    for what in ("results", "reasons"):
        for form in ("csv", "json"):
            at.type(f"export {what} --format {form} --out {what}.{form} {H}")
        at.type(f"export {what} {H}")
        at.type(f"export {what} --format pdf {H}")
        at.type(f"export {what} --out missing/{what}.csv {H}")
    at.note("the day ends")
    at.type(f"session end 99 {H}")
    at.type(f"session end 3 {H}")
    at.type(f"session end {H}")
    at.type(f"run --robot quick --kiosk PC1 {H}")
    at.now = "2027-06-08T09:00:00Z"
    at.type(f"pins list {H}")
    at.type(f"session list {H}")
    at.type(f"status {H}")
    at.database("home")


def simulated(at: Terminal) -> None:
    """Robot pupils by themselves, and the whole database that they leave behind."""
    at.write("other/notes.txt", "not ours\n")
    at.type("simulate --pupils 1 --home other")
    at.type(f"simulate --pupils 0 {H}")
    at.edit("home/config/kiosk.yaml", "name: auto", "name: OFFICE")
    at.type(f"simulate --pupils 2 --seed 7 {H}")
    at.type(f"simulate --pupils 1 --seed 7 --arrangements random {H}")
    at.type(f"simulate --pupils 10001 {H}")
    at.type(f"simulate --pupils 1 --arrangements all {H}")
    at.type(f"status {H}")
    at.database("home")


def two_homes(at: Terminal) -> None:
    """Records on a stick from one home to another, and a pupil with a check in each."""
    at.made_up_home("desk", key=1)
    at.write("class.csv", csv(*PUPILS[:2]))
    at.type("pupils import class.csv --home desk")
    at.type("session start --kind official --home desk")
    for command in ("push", "status", "devices", "conflicts", "receive stick"):
        at.type(f"sync {command} --home desk")
    at.copy_home("desk", "hall", key=2)
    at.now = "2027-06-07T09:20:00Z"
    at.type("run --robot careful --kiosk desk --home desk")
    at.now = "2027-06-07T09:10:00Z"
    at.type("run --robot silent --kiosk hall --home hall")
    at.type("reason list --home hall")
    at.note("from the hall to a stick")
    at.edit("hall/config/school.yaml", "\ndestinations:\n", f"\ndestinations:\n  Our trust: {at.folder}/stick\n")
    at.type("config check --home hall")
    at.type("sync status --home hall")
    at.type("sync push --home hall")
    (at.folder / "stick").mkdir()
    at.type("sync pack stick --home desk")
    at.type("sync unpack stick --home hall")
    at.type("sync push --home hall")
    at.type("sync push --home hall")
    at.type("sync push --again --home hall")
    at.type("sync status --home hall")
    at.note("files that are no records")
    records = sorted((at.folder / "stick").glob("*.mtc"))
    names = [f"stick/{path.name}" for path in records]
    whole = records[0].read_bytes()
    at.write("stick/torn.mtc", whole[: len(whole) // 2])
    at.write("stick/tampered.mtc", whole.replace(b'"kiosk":"hall"', b'"kiosk":"hell"', 1))
    at.write("stick/photo.jpg", b"\xff\xd8\xff")
    at.type(f"verify {names[0]} --home desk")
    at.type(f"verify {' '.join(names)} stick/torn.mtc stick/tampered.mtc stick/photo.jpg stick/missing.mtc --home desk")
    at.note("taken in at the desk")
    at.type("sync receive stick --home desk")
    at.type("sync devices --home desk")
    at.type("sync status --home desk")
    at.type("sync devices --accept 1234 --home desk")
    (device,) = at.ask("sync devices --home desk")["data"]["devices"]
    at.type(f"sync devices --accept {device['fingerprint']} --home desk")
    at.type("sync receive stick --home desk")
    for words in ("nobody", "hall", "hall --confirm", "hall --confirm", f"hall --accept {device['fingerprint']}"):
        at.type(f"sync devices --withdraw {words} --home desk")
    at.type(f"sync devices --accept {device['fingerprint']} --home desk")
    for name in ("torn.mtc", "tampered.mtc", "photo.jpg"):
        at.remove(f"stick/{name}")
    at.type("sync receive stick --home desk")
    at.note("two checks of one pupil")
    at.type("status --home desk")
    at.type("export results --out results.csv --home desk")
    at.type(f"restart give {AMY} --reason ITI --home desk")
    at.type("sync conflicts --home desk")
    first, second = at.ask("sync conflicts --home desk")["data"]["conflicts"][0]["checks"]
    at.type(f"sync conflicts --count {second['number']} --home desk")
    at.type("sync conflicts --count abcdefabcdef --why 'No such.' --home desk")
    at.type(f"sync conflicts --count {second['number']} --why 'The wrong slip.' --home desk")
    at.type("export results --out results.csv --home desk")
    at.type(f"sync conflicts --undo {CY} --why 'Nobody.' --home desk")
    at.type(f"sync conflicts --undo {AMY} --why 'Looked at again.' --home desk")
    at.type(f"sync conflicts --undo {AMY} --why 'Once more.' --home desk")
    at.type(f"sync conflicts --count {first['number']} --why 'Begun first.' --home desk")
    at.type("status --home desk")
    at.database("desk")


def reports(at: Terminal) -> None:
    """What the checks show, as files: before there is one, of a few pupils, and beside the DfE's own figures."""
    at.made_up_home()
    at.write("class.csv", csv(*PUPILS))
    at.type(f"pupils import class.csv {H}")
    for command in ("class", f"pupil {AMY}", "governors", "compare --list", "compare official/all/4A official/all/4B"):
        at.type(f"report {command} {H}")
    at.type(f"session start --kind official {H}")
    at.type(f"run --robot mixed --kiosk PC1 {H}")
    at.note("a class and a pupil")
    for words in (
        "--out class.html",
        "--group 4a --year 2024",
        "--group 4a",
        "--group 4Z",
        "--year 1999",
        "--out no/c",
    ):
        at.type(f"report class {words} {H}")
    for words in (f"{AMY} --out pupil.html", "Samplé", "Samplé", "Nobody", ""):
        at.type(f"report pupil {words} {H}")
    at.note("governors, and two sides")
    for words in ("--out governors.html", "--year 2022", "--year 1999"):
        at.type(f"report governors {words} {H}")
    for words in ("--list", "--list official/all/4A", "official/all/4A", "official/all/4A official/all/4Z"):
        at.type(f"report compare {words} {H}")
    at.type(f"report compare official/all/4A official/all/4B --out beside.html {H}")
    at.type(f"report compare official/all/4A official/all/4A {H}")
    at.note("the DfE's figures")
    at.write("national.csv", "time_period,sex,mtc_score\n202425,Total,25\n")
    for name in ("national.csv", "missing.csv"):
        at.type(f"report national {name} {H}")
    at.write("national.csv", _the_dfes_file())
    at.type(f"report national national.csv {H}")
    at.type(f"report class --year 2025 --out whole.html {H}")


def _the_dfes_file() -> str:
    """A score distribution as the DfE publishes it, with made-up numbers: 1,000 pupils, 40 at each score but 0."""
    rows = (f"202425,Total,{score},1000,{40 * (26 - score)},{4 * (26 - score)}" for score in range(25, 0, -1))
    heads = "time_period,sex,mtc_score,t_mtc_eligible_pupils,t_mtc_cumulative_freq,pt_mtc_cumulative"
    return "\n".join([heads, *rows, "202425,Total,0,1000,1000,100", ""])
