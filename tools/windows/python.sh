#!/usr/bin/env bash
# Runs Python for Windows under Wine, with a checkout of mtc_kiosk and what its tests need installed.
#
#   tools/windows/python.sh CHECKOUT FOLDER [ARGUMENT OF PYTHON]...
#   tools/windows/python.sh . build/windows -m mtc_kiosk --help
#   tools/windows/python.sh . build/windows -m pytest -n 0 -p no:cacheprovider tests/store
#
# CHECKOUT is only read. FOLDER holds the Windows that make.sh made, which is called first, and a copy of the checkout:
# the command's working folder. A screen of its own (Xvfb) is opened where DISPLAY is not set; SCREEN=1920x1080 gives
# its size, SCREENS=2 a second one. AS_INSTALLED=1 leaves the copy of the last run as it is. The exit code is the
# command's own.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$1" && pwd)
shift
"$here/make.sh" "$1"
. "$here/parts.sh"
shift
trap close_all EXIT
[ -n "${DISPLAY:-}" ] || open_screen
if [ "${SCREENS:-1}" != 1 ]; then # Xvfb has no more than one screen by the way in which Wine asks first
  "$wine" reg add 'HKCU\Software\Wine\X11 Driver' /v UseXRandR /d N /f >/dev/null 2>&1
  "$wineserver" -k # read by the first program
fi

# -- what the product and its tests need, where pyproject.toml is another than last time
install() {
  rm -rf "$folder/wheel" # the checkout's own
  wheels wheel --no-deps -w "$folder/wheel" "$checkout"
  if ! cmp -s "$checkout/pyproject.toml" "$folder/pyproject.installed"; then
    rm -rf "$site"
    # pip reads markers for this machine, not for Windows, so what they ask for there is named here.
    wheels install "${for_windows[@]}" --target "$site" "$(echo "$folder"/wheel/*.whl)[test]" tzdata colorama
    # Wine's C library has no complex numbers, so numpy does not load there, nor what needs it.
    rm -rf "$site"/numpy* "$site"/*soundfile* "$site"/mypy* "$site"/ruff*
    cp "$checkout/pyproject.toml" "$folder/pyproject.installed"
  fi
  # The checkout itself: its package where pip would put it, and all of it as the working folder.
  rm -rf "$source" "$site/mtc_kiosk"
  unzip -q -o "$folder"/wheel/*.whl -d "$site"
  mkdir -p "$source"
  tar -c -C "$checkout" --exclude=.git --exclude=.venv --exclude=__pycache__ . | tar -x -C "$source"
}
[ "${AS_INSTALLED:-}" = 1 ] || install

# -- the command. Its streams are pipes, as Wine 8 cannot say what a plain file is; what Wine starts beside it keeps them
# open, so their readers are ended here and not waited for. Bytecode is kept: without it imports take seconds.
cd "$source"
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH
exec 5> >(exec cat) && out=$!
exec 6> >(exec cat >&2) && err=$!
code=0
"$wine" 'C:\py\python.exe' "$@" </dev/null >&5 2>&6 5>&- 6>&- || code=$?
exec 5>&- 6>&-
sleep 0.5
kill "$out" "$err" 2>/dev/null || true
exit "$code"
