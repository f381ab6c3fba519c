#!/usr/bin/env bash
# The step of continuous integration on Windows: what can differ there, under Wine, and a whole check in a real window.
#
#   tools/windows/ci.sh CHECKOUT FOLDER
#
# It says how long each part of it took: less than eight minutes in all, where no other work keeps the machine busy.
# Where Wine is missing and cannot be installed the step is named as skipped; with MTC_REQUIRE_ALL=1 that is a failure.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
checkout=$1 folder=$2
unset DISPLAY WAYLAND_DISPLAY # a screen of its own
LONGEST_S=1500 # for one that hangs
SECONDS=0 # bash counts from here
took() { echo "Windows: $1 after $SECONDS s."; }

code=0
"$here/make.sh" "$folder" || code=$?
if [ "$code" = 69 ]; then
  echo "SKIPPED: the tests on Windows, as Wine cannot be had here." >&2
  [ "${MTC_REQUIRE_ALL:-}" != 1 ] || { echo "Skipped, but everything is required here." >&2; exit 1; }
  exit 0
fi
[ "$code" = 0 ] || exit "$code"

took "made"

within() { # FOLDER ARGUMENT...: Python there, ended where all of this takes too long
  local code=0 left=$((LONGEST_S - SECONDS))
  [ "$left" -gt 0 ] || left=1
  timeout --kill-after=10 "$left" "$here/python.sh" "$checkout" "$@" || code=$?
  [ "$code" != 124 ] || echo "Ended: all of it may take no more than $LONGEST_S s." >&2
  return "$code"
}
tests() { within "$1" -m pytest -p no:cacheprovider -q "${@:2}"; }

# Two of them, as what keeps real time mostly waits: a Windows of its own each, so that no window is in another's way.
within "$folder" -c ''
rm -rf "$folder-beside"
cp -r "$folder" "$folder-beside"
export AS_INSTALLED=1
took "installed"

in_windows() { # a whole check and the rest in real windows; then a second display, for which Wine starts anew
  tests "$folder" -n 0 --durations=5 tests/windows && took "real windows" &&
    SCREENS=2 tests "$folder" -n 0 tests/windows/test_on_two_displays.py && took "two displays"
}
in_windows >"$folder/windows.log" 2>&1 &
windows=$!

# What can differ there, backups and class lists among it. Single tests are left out by a mark with its reason (posix_only, not_under_wine), and whole folders
# that draw on memory and keep a virtual clock (check, forms, robots, arrangements, kiosk, most of school), need numpy, which
# does not load there (sound), or press keys by X (realtime, classroom). So are random histories of register, inbox and choices,
# odd values in a database, power cuts of a disk in memory, and what a start imports: all of them the same everywhere.
code=0
tests "$folder-beside" -n 2 --durations=5 tests/test_plain_file.py tests/store tests/class_list tests/config tests/record \
  tests/sync tests/export tests/cli tests/school/test_{sign_in,credentials,session,timetable}.py \
  tests/office/test_{backup,restore,restore_refused,where,class_list,class_list_template}.py \
  --ignore-glob='*/test_school_model.py' --ignore-glob='*/test_inbox_any_order.py' --ignore-glob='*/test_choices.py' \
  --ignore-glob='*/test_power_cut.py' --ignore=tests/cli/test_damage.py --ignore=tests/cli/test_quick_start.py || code=$?
took "what can differ"
wait "$windows" || code=$?
cat "$folder/windows.log"
took "all of it"
exit "$code"
