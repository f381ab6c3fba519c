"""What staff do at a desk: the register, sessions and PINs, arrangements, settings, forms."""

from .class_lists import AMY, BO, CY, DEE, HEADINGS, PUPILS, csv, workbook
from .terminal import Terminal

H = "--home home"


def class_list(at: Terminal) -> None:
    """The register by itself: class lists, right and wrong, and one pupil at a time."""
    at.made_up_home()
    at.type(f"pupils list {H}")
    at.note("a list with mistakes")
    wrong = ("Testerly,Amy,,14/03/2018,F,G201100120002,4A", "Nobirthday,Di,,31/02/2018,F,,4A", ",Ed,,1/1/2018,X,,")
    at.write("wrong.csv", csv(*wrong))
    at.type(f"pupils import wrong.csv {H}")
    at.write("wrong.xlsx", workbook(*wrong))
    at.type(f"pupils import wrong.xlsx --sheet 'Year 4' {H}")
    at.remove("wrong.errors.xlsx")
    at.type(f"pupils import wrong.xlsx {H}")
    at.type(f"pupils import wrong.xlsx --sheet 'Year 5' {H}")
    at.type(f"pupils import missing.csv {H}")
    at.write("no_headings.csv", "a,b\r\n1,2\r\n")
    at.type(f"pupils import no_headings.csv {H}")
    at.note("a right list, with other headings")
    at.write("class.csv", csv(*PUPILS[:2], headings=HEADINGS.replace("Surname", "Family")))
    at.type(f"pupils import class.csv {H}")
    at.type(f"pupils import class.csv --map Surname {H}")
    at.type(f"pupils import class.csv --map Surname=Family {H}")
    at.type(f"pupils import class.csv --map Surname=Family {H}")
    at.write("latin.csv", csv(PUPILS[2].replace("4B", "4C")).encode("cp1252"))
    at.type(f"pupils import latin.csv --encoding utf-8 {H}")
    at.type(f"pupils import latin.csv {H}")
    at.write("moved.xlsx", workbook(PUPILS[2], f"Testerly,Amy,Jo,14/03/2018,F,{AMY},4B"))
    at.type(f"pupils import moved.xlsx --sheet 'Year 4' {H}")
    at.type(f"pupils import moved.xlsx --sheet 'Year 4' --update {H}")
    at.note("what a workbook hides, and what Excel made of what was typed")
    at.write("hidden.xlsx", workbook(PUPILS[0], PUPILS[2].replace("4B", "04/01/2026"), hidden=(2,)))
    at.type(f"pupils import hidden.xlsx {H}")
    at.type(f"pupils import hidden.xlsx --hidden take {H}")
    at.type(f"pupils import hidden.xlsx --hidden some {H}")
    at.write("hidden.xlsx", workbook(*PUPILS[:2], hidden=(2,)))
    at.type(f"pupils import hidden.xlsx --hidden skip {H}")
    at.note("pupils without numbers")
    bare = csv("Nonumber,Una,,01/02/2018,F,4D", "Nonumber,Vic,,01/02/2018,M,4D", headings=HEADINGS.replace(",UPN", ""))
    at.write("bare.csv", bare)
    at.type(f"pupils import bare.csv {H}")
    at.type(f"pupils import bare.csv --number {H}")
    at.type(f"pupils import bare.csv --number {H}")
    at.write("bare.csv", bare.replace("Una", "Una-Mae"))
    at.type(f"pupils import bare.csv --number {H}")
    at.write("bare.csv", csv("Nonumber,Una,,01/02/2018,F,,4D"))
    at.type(f"pupils import bare.csv {H}")
    at.note("an empty list to fill in")
    for name in ("empty.csv", "empty.xlsx", "empty.csv", "empty.csv --force", "empty.ods", "nowhere/empty.csv"):
        at.type(f"pupils template {name} {H}")
    at.type(f"pupils import empty.xlsx {H}")
    at.note("one pupil")
    at.type(f"pupils add --surname Newly --forename Eve --date-of-birth 2018-01-09 --sex F --ref 4A/17 --group 4A {H}")
    at.type(f"pupils add --surname Newly --forename Eve --date-of-birth 2018-01-09 --sex F --ref 4A/17 {H}")
    at.type(f"pupils add --surname Newly --forename Eve --date-of-birth 2018-02-30 --sex Q --upn G1 {H}")
    at.type(f"pupils add --surname Newly {H}")
    at.type(
        f"pupils add --surname Other --forename Fay --middle-names 'Ann Jo' --date-of-birth 2017-11-30 --sex F"
        f" --upn H201100120003 --alias-forename Faye --alias-surname Others {H}"
    )
    at.type(
        f"pupils add --surname Other --forename Fay --middle-names 'Ann Jo' --date-of-birth 2017-11-30 --sex F"
        f" --ref 4A/18 --alias-forename Faye --alias-surname Others {H}"
    )
    at.type(f"pupils edit 4A/17 --surname Newlyn --group 4B --alias-forename Evie {H}")
    at.type(f"pupils edit 4A/17 --group 4B {H}")
    at.type(f"pupils edit 4A/17 {H}")
    at.type(f"pupils edit G201100120009 --surname Nobody {H}")
    at.type(f"pupils edit {AMY} --upn {BO} {H}")
    at.type(
        f"pupils edit 4A/18 --surname Other --forename Fay --middle-names '' --date-of-birth 2017-12-01 --sex F"
        f" --ref 4A/19 --alias-surname '' {H}"
    )
    at.type(f"pupils leave {CY} 4A/19 --on 2027-06-04 {H}")
    at.type(f"pupils leave {CY} --on 2027-06-04 {H}")
    at.type(f"pupils leave {BO} --on 2028-06-04 {H}")
    at.type(f"pupils leave {BO} Nobody {H}")
    at.type(f"pupils leave {CY} --undo {H}")
    at.type(f"pupils leave {CY} --undo {H}")
    at.type(f"pupils leave --group 4C {H}")
    at.type(f"pupils leave --group 4b {H}")
    at.type(f"pupils leave --group 4b --undo {H}")
    at.type(f"pupils leave --group 4b --undo {H}")
    at.type(f"pupils leave {CY} --group 4b {H}")
    at.type(f"pupils list {H}")
    at.type(f"pupils list --group 4b {H}")
    at.type(f"pupils list --group 5A {H}")
    at.type(f"pupils list --left {H}")
    at.note("the wrong list, taken back")
    at.write("wrong.csv", csv("Wrongly,Gus,,01/02/2018,M,J201100118001,4E", f"Wrongly,Hal,,02/02/2018,M,{DEE},4E"))
    at.type(f"pupils import wrong.csv --undo {H}")
    at.type(f"pupils import wrong.csv {H}")
    at.type(f"pupils import wrong.csv --undo --update {H}")
    at.type(f"pupils import wrong.csv --undo {H}")
    at.type(f"pupils import wrong.csv --undo {H}")


def names(at: Terminal) -> None:
    """Pupils by their names: one is found, two are listed, a mistake brings up those that are close."""
    at.made_up_home()
    others = (
        f"Testerly,Amy,Jo,01/09/2017,F,{DEE},4A",
        "Łukaszewicz,Zoë,,02/02/2018,F,K999100000012,4B",
        "Ćwik-Brown,Bo,,02/02/2018,M,U999100000027,10A",
        "Green,Di,,03/02/2018,F,,4B",
    )
    at.write(
        "class.csv",
        csv(
            *(f"{line}," for line in PUPILS),
            *(f"{line}," for line in others[:3]),
            f"{others[3]},4B/7",
            headings=f"{HEADINGS},Pupil ref",
        ),
    )
    at.type(f"pupils import class.csv {H}")
    at.type(f"pupils list {H}")
    at.note("a name that one pupil has")
    at.type(f"arrangements show 'zoe lukaszewicz' {H}")
    at.type(f"pupils edit 'Green, Di' --alias-forename Dido {H}")
    at.type(f"session start --kind official zoe 'Cwik Brown' dido {H}")
    at.type(f"pins cancel 'Bo Ćwik–Brown' {H}")
    at.type(f"reason set ABSNT Zoë {H}")
    at.type(f"reason remove 'ŁUKASZEWICZ, ZOË' {H}")
    at.note("a name that two pupils have, and other mistakes")
    at.type(f"restart give 'Amy Testerly' --reason ITI {H}")
    at.type(f"restart give 'Amy Jo Testerly' --reason ITI {H}")
    at.type(f"pupils leave Testerly 'Zoe Lukasewicz' Nobody {AMY} 4B {H}")
    at.type(f"restart give Di Cwik-Brown --reason ITI {H}")
    at.type(f"assistant add Grean --forename Ann --surname Example --why Ill {H}")
    at.type(f"sync conflicts --undo 'Amy' --why Because {H}")
    at.note("a pupil who has left")
    at.type(f"pupils leave 'Di Green' {H}")
    at.type(f"reason set LEFTT 'Di Green' {H}")
    at.type(f"pupils leave --undo Zoe {H}")
    at.type(f"pupils leave --undo Green {H}")


def arrangements(at: Terminal) -> None:
    """The file of arrangements: who gets what, numbers that change, lines of unknown pupils."""
    at.made_up_home()
    at.write("class.csv", csv(*PUPILS))
    at.type(f"pupils import class.csv {H}")
    at.type(f"arrangements list {H}")
    at.type(f"arrangements show {AMY} {H}")
    at.write(
        "home/config/access_arrangements.yaml",
        "# What our pupils need.\nschool:\n  pointer: large\nprofiles:\n  Reads with help:\n"
        "    arrangements: [QNR, NBQ]\n    speech_rate: slow\npupils:\n"
        f"  {AMY}: Reads with help  # since Easter\n"
        f"  {BO}:\n    profile: Reads with help\n    arrangements: [none, ATA, CCT, FTS, ITA, RON]\n    colours: BOP\n"
        "    size: choose\n    typeface: opendyslexic\n    countdown: bar\n    pad: left\n    volume_percent: 80\n"
        "    try_it_out_seconds: no_limit\n",
    )
    at.type(f"config check {H}")
    at.edit("home/config/access_arrangements.yaml", ", ITA, RON]", ", ITA]")
    at.type(f"config check {H}")
    at.type(f"arrangements list {H}")
    for pupil in (AMY, BO, CY, "Samplé", "Testerley", "G201100120009"):
        at.type(f"arrangements show {pupil} {H}")
    at.note("a pupil's number changes, and the file goes with it")
    at.type(f"pupils edit {AMY} --upn '' --ref 4A/1 {H}")
    at.type(f"arrangements show 4A/1 {H}")
    at.note("a line that names nobody")
    at.edit("home/config/access_arrangements.yaml", f"  {BO}:", "  W20110012000X: Reads with help\n  4A/2:")
    at.type(f"config check {H}")
    at.type(f"arrangements list {H}")
    at.type(f"session start --kind official {H}")
    at.type(f"session start --kind official --acknowledge-unknown {H}")
    at.note("the same pupil twice")
    at.edit("home/config/access_arrangements.yaml", "  4A/2:", f"  {AMY}: {{}}\n  {BO}:")
    at.type(f"session start --kind try --acknowledge-unknown {H}")
    at.type(f"arrangements show 4A/1 {H}")
    at.note("a file with mistakes")
    at.edit("home/config/access_arrangements.yaml", "pointer: large", "pointer: larg\n  arrangements: [QNX]")
    at.type(f"config check {H}")
    at.type(f"arrangements list {H}")
    at.type(f"session start --kind official {H}")
    at.write("home/config/access_arrangements.yaml", "pupils:\n  - one\n two: [\n")
    at.type(f"arrangements list {H}")


def settings(at: Terminal) -> None:
    """Settings that are right, wrong, gone and begun anew; the passcode."""
    at.made_up_home()
    at.type(f"config check {H}")
    at.edit("home/config/school.yaml", "name: Our school", 'name: "Larkfield Primary"\ntown: Larkfield')
    at.edit("home/config/check.yaml", "question_seconds: 6.000", "question_seconds: 61")
    at.edit("home/config/check.yaml", "pause_seconds: 3.000", "pause_second: 3.000")
    at.edit("home/config/kiosk.yaml", "full_screen: yes", "full_screen: maybe")
    for command in ("config check", "status", "pupils list", "run --kiosk PC1", "passcode set", "simulate --pupils 1"):
        at.type(f"{command} {H}", stdin="correct horse\n")
    at.note("a file that is gone")
    at.remove("home/config/kiosk.yaml")
    at.type(f"status {H}")
    at.type(f"renew school.yaml {H}")
    at.type(f"renew kiosk.yaml {H}")
    at.type(f"renew kiosk.yaml {H}")
    at.type(f"renew nothing.yaml {H}")
    at.type(f"renew mtc.db {H}")
    at.edit("home/config/school.yaml", "\ntown: Larkfield", "")
    at.remove("home/config/check.yaml")
    at.type(f"renew check.yaml {H}")
    at.type(f"config check {H}")
    at.note("an official check by other rules")
    at.edit("home/config/check.yaml", "question_seconds: 6.000", "question_seconds: 7.5")
    at.type(f"config check {H}")
    at.note("the passcode")
    at.type(f"passcode set {H}", stdin="short\n")
    at.type(f"passcode set {H}", stdin="correct horse\n")
    at.note("the database is gone")
    at.remove("home/mtc.db")
    at.type(f"status {H}")
    at.type(f"renew mtc.db {H}")
    at.type(f"status {H}")
    at.note("the database is damaged")
    at.write("home/mtc.db", b"this is no database" * 300)
    at.type(f"status {H}")
    at.type(f"renew mtc.db {H}")
    at.note("MTC_KIOSK_NOW is no instant")
    at.now = "7 June"
    at.type(f"session list {H}")


def accounts(at: Terminal) -> None:
    """Accounts of staff: made, listed, given another password, removed; and everything that is refused."""
    at.made_up_home()
    at.write("class.csv", csv(*PUPILS))
    at.type(f"pupils import class.csv {H}")
    good = "seven cups of tea\n"
    at.type(f"account list {H}")
    at.type(f"account add o.owner --role owner --role head {H}", stdin=good)
    at.type(f"account add 'Farida Adeyemi' --role teacher --group 4a --group 4X {H}", stdin=good)
    at.note("what is refused makes no account")
    at.type(f"account add 'FARIDA ADEYEMI' --role admin {H}", stdin=good)
    at.type(f"account add g.other --role admin {H}", stdin="short\n")
    at.type(f"account add g.other --role admin {H}", stdin="G.Other12\n")
    at.type(f"account add g.other --role admin {H}")
    at.type(f"account add g.other --role admin --group 4A {H}", stdin=good)
    at.type(f"account add g.other --role caretaker {H}", stdin=good)
    at.type(f"account add g.other {H}", stdin=good)
    at.type(f"account add kiosk:PC1 --role admin {H}", stdin=good)
    at.type(f"account add supply --role cover --role teacher {H}", stdin=good)
    at.type(f"account add supply --role cover {H}", stdin=good)
    at.note("cover, for the session of today")
    at.type(f"session start --kind official {H}")
    at.type(f"account add supply --role cover --session 7 {H}", stdin=good)
    at.type(f"account add supply --role cover {H}", stdin=good)
    at.type(f"account list {H}")
    at.note("the next day")
    at.now = "2027-06-08T09:00:00Z"
    at.type(f"account list {H}")
    at.type(f"account reset supply {H}", stdin=good)
    at.type(f"account reset 'farida adeyemi' {H}", stdin="12345678\n")
    at.type(f"account reset 'farida adeyemi' {H}", stdin="a purple otter\n")
    at.type(f"account remove 'farida adeyemi' {H}")
    at.type(f"account remove 'farida adeyemi' {H}")
    at.type(f"account remove o.owner {H}")
    at.database("home")


def national_scheme(at: Terminal) -> None:
    """The national scheme: its dates, hours and numbers, and results that come out late."""
    at.made_up_home()
    at.edit("home/config/school.yaml", "scheme: own", "scheme: national")
    at.type(f"config check {H}")
    for name, day in (
        ("register_opens", "2027-03-01"),
        ("try_it_out_opens", "2027-04-12"),
        ("check_opens", "2027-06-07"),
        ("check_closes", "2027-06-18"),
        ("register_closes", "2027-06-25"),
    ):
        at.edit("home/config/school.yaml", f"  {name}: none", f"  {name}: {day}")
    at.type(f"config check {H}")
    at.write("class.csv", csv(*PUPILS))
    at.type(f"pupils import class.csv {H}")
    at.type(f"pupils add --surname Newly --forename Eve --date-of-birth 2018-01-09 --sex F --ref 4A/17 {H}")
    at.type(f"pupils import class.csv --number {H}")
    at.write("class.csv", csv(*(line.rpartition(",")[0] for line in PUPILS), headings=HEADINGS.rpartition(",")[0]))
    at.type(f"pupils import class.csv {H}")
    at.now = "2027-05-04T09:00:00Z"
    at.type(f"session start --kind official {H}")
    at.type(f"session start --kind official --date 2027-06-07 {H}")
    at.now = "2027-06-07T04:30:00Z"
    at.type(f"session start --kind official {H}")
    at.now = "2027-06-08T08:00:00Z"
    at.type(f"session start --kind official --until 16:30 {H}")
    at.type(f"session start --kind official {H}")
    at.type(f"run --robot careful --kiosk PC1 {H}")
    at.type(f"status {H}")
    at.type(f"export results --out early.csv {H}")
    at.type(f"export reasons --out early.csv {H}")
    at.type(f"reason set ABSNT {AMY} {H}")
    at.type(f"restart give {AMY} {BO} --reason ITI {H}")
    for _ in range(2):
        at.type(f"session start --kind official {AMY} {H}")
        at.type(f"run --robot silent --kiosk PC2 {H}")
        at.type(f"restart give {AMY} --reason LOI {H}")
    at.now = "2027-06-21T08:00:00Z"
    at.type(f"session start --kind official {H}")
    at.type(f"export results --out results.csv {H}")
    at.now = "2027-06-28T08:00:00Z"
    at.type(f"reason set ABSNT {BO} {H}")
    at.type(f"pupils edit {CY} --middle-names Kim {H}")


def forms(at: Terminal) -> None:
    """Form files, made and checked."""
    at.type(f"forms make --count 2 --seed 7 --out forms {H}")
    at.type(f"forms make --count 2 --seed 7 --out forms {H}")
    at.type(f"forms make --count 1 --seed 8 --out forms {H}")
    at.type(f"forms make --count 0 --seed 8 --out forms {H}")
    names = sorted(path.name for path in (at.folder / "forms").iterdir())
    at.type(f"forms check {' '.join(f'forms/{name}' for name in names)} {H}")
    at.write("short.csv", "7,8\n3,4\n")
    at.write("odd.csv", "7,8\nseven,eight\n13,4\n")
    at.write("empty.csv", "")
    at.type(f"forms check forms/{names[0]} short.csv odd.csv empty.csv missing.csv {H}")
    at.type(f"try --form short.csv {H}")
    at.type(f"try --form missing.csv {H}")
    at.type(f"try --tables 3,40 {H}")
    at.type(f"try --tables 3 --form short.csv {H}")
    at.type(f"try --tables 3 --windowed 10x10 {H}")
    at.type(f"run --windowed wide --kiosk 'A kiosk!' {H}")
    at.note("no home can be here")
    at.write("afile", "nothing\n")
    at.type("status --home afile/home")
    at.type("status --home afile")
