# Names shared by make.sh and python.sh, which read this file. FOLDER is where the made Windows lies.
folder=$(mkdir -p "$1" && cd "$1" && pwd)
UNAVAILABLE=69 # sysexits.h: what this needs is missing and cannot be installed here
MADE_OF=2      # raise it when make.sh makes something else, so that folders made before are made again

export WINEPREFIX=$folder/prefix WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all}
export WINEDLLOVERRIDES="mscoree,mshtml=" # neither .NET nor a browser: Wine would ask for them in a window
wine=/usr/lib/wine/wine64 wineserver=/usr/lib/wine/wineserver64
py=$WINEPREFIX/drive_c/py site=$WINEPREFIX/drive_c/py/Lib/site-packages source=$WINEPREFIX/drive_c/src
host=${PYTHON:-python3.11}

screen=
open_screen() { # a screen of our own: Wine's desktop belongs to the first screen that it meets
  rm -f "$folder/display"
  local size=${SCREEN:-1366x768}x24 two=()
  [ "${SCREENS:-1}" = 1 ] || two=(-screen 1 1024x768x24 +xinerama)
  Xvfb -displayfd 3 -screen 0 "$size" "${two[@]}" -nolisten tcp 3>"$folder/display" >/dev/null 2>&1 &
  screen=$!
  for _ in $(seq 100); do [ -s "$folder/display" ] && break; sleep 0.1; done
  [ -s "$folder/display" ] || { echo "Xvfb opened no screen within 10 s." >&2; exit 1; }
  DISPLAY=:$(cat "$folder/display")
  export DISPLAY
}

close_all() { # ends what these scripts started, and nothing else
  "$wineserver" -k 2>/dev/null || true
  if [ -n "$screen" ]; then kill "$screen" 2>/dev/null || true; wait "$screen" 2>/dev/null || true; fi
}

for_windows=(--platform win_amd64 --python-version 3.11 --implementation cp --only-binary=:all:)
wheels() { # pip, for Windows; what it says is shown where it fails
  "$host" -m pip --disable-pip-version-check -q "$@" >"$folder/pip.log" 2>&1 || { cat "$folder/pip.log" >&2; return 1; }
}
