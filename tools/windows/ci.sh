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
LONGEST_S=900
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

tests() { # ARGUMENT...: pytest there, ended where all of this takes too long
  local code=0 left=$((LONGEST_S - SECONDS))
  [ "$left" -gt 0 ] || left=1
  timeout --kill-after=10 "$left" "$here/python.sh" "$checkout" "$folder" -m pytest -p no:cacheprovider -q "$@" || code=$?
  [ "$code" != 124 ] || echo "Ended: all of it may take no more than $LONGEST_S s." >&2
  return "$code"
}

# What keeps real time, alone; and a second display, for which Wine starts anew.
tests -n 0 --durations=5 tests/windows
took "real windows"
export AS_INSTALLED=1
SCREENS=2 tests -n 0 tests/windows/test_on_two_displays.py
took "two displays"
# What can differ there. Single tests are left out by a mark with its reason (posix_only, not_under_wine), and whole folders
# that draw on memory and keep a virtual clock (check, forms, robots, arrangements, kiosk, most of school), need numpy, which
# does not load there (sound), or press keys by X (realtime, classroom). So are random histories of the register and the inbox.
tests -n 2 --durations=15 tests/test_plain_file.py tests/store tests/config tests/record tests/sync tests/export tests/cli \
  tests/school/test_{sign_in,pin,password,guessing,session,timetable}.py \
  --ignore=tests/store/school/test_school_model.py --ignore=tests/store/records/test_inbox_any_order.py
took "all of it"
