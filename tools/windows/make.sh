#!/usr/bin/env bash
# Makes a Windows with Python 3.11 in a folder (about 1 GB), from packages alone. Run again, it makes what is missing.
#
#   tools/windows/make.sh FOLDER
#
# Exit codes: 0 it is there; 69 a part is missing and cannot be installed on this machine; another: a step failed.
#
# Where the parts come from, by names of packages alone:
#   Debian  wine, wine64, xvfb, gcc-mingw-w64-x86-64, mingw-w64-tools (gendef), unzip
#   PyPI    panda3d: its wheel for Windows carries CPython's own python311.dll, modules (.pyd) and their libraries
#   here    the pure part of the standard library, of a Python 3.11 on this machine (PYTHON names it)
# Wine 8 has no bcryptprimitives.dll and the wheel no python3.dll and no python.exe. All three are made here: a call
# handed on, a list of names, and a main function.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
. "$(dirname "$0")/parts.sh"

unavailable() { echo "$*" >&2; exit "$UNAVAILABLE"; }

# -- this machine's Python and Debian's packages
"$host" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null ||
  unavailable "PYTHON has to name a Python 3.11; $host is none."
"$host" -m pip --version >/dev/null 2>&1 || unavailable "$host has no pip."
missing=()
[ -x "$wine" ] || missing+=(wine wine64)
command -v Xvfb >/dev/null || missing+=(xvfb)
command -v unzip >/dev/null || missing+=(unzip)
command -v gendef >/dev/null || missing+=(mingw-w64-tools)
command -v x86_64-w64-mingw32-gcc >/dev/null || missing+=(gcc-mingw-w64-x86-64)
if [ ${#missing[@]} -gt 0 ]; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  command -v apt-get >/dev/null || unavailable "Missing, and there is no apt-get to install them: ${missing[*]}"
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
      --no-install-recommends "${missing[@]}"; } >"$folder/apt.log" 2>&1 ||
    { tail -n 5 "$folder/apt.log" >&2; unavailable "These packages cannot be installed: ${missing[*]}"; }
fi

[ "$(cat "$folder/made" 2>/dev/null)" = "$MADE_OF" ] && exit 0
rm -rf "$WINEPREFIX" "$folder/made" "$folder/pyproject.installed"
work=$(mktemp -d)
trap 'close_all; rm -rf "$work"' EXIT

# -- CPython: its library and modules from the wheel
wheels download --no-deps "${for_windows[@]}" -d "$work" "panda3d==1.10.16" || unavailable "There is no panda3d to be had."

# -- an empty Windows; it writes its registry when it comes to rest
open_screen
"$wine" wineboot --init >"$folder/wineboot.log" 2>&1
"$wineserver" -w

mkdir -p "$py/DLLs" "$py/Lib"
unzip -q -o -j "$work"/panda3d-*.whl 'deploy_libs/*.pyd' 'deploy_libs/*.dll' -d "$py/DLLs"
rm -f "$py"/DLLs/api-ms-win-* # Wine has its own
mv "$py/DLLs/python311.dll" "$py/DLLs/VCRUNTIME140.dll" "$py"

# -- the pure part of the standard library, from here
tar -c -C "$("$host" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" --exclude=lib-dynload \
  --exclude=site-packages --exclude=dist-packages --exclude=__pycache__ --exclude=./test --exclude='./config-*' . |
  tar -x -C "$py/Lib"

# -- what neither has
cd "$work"
cat >python.c <<'C'
#include <wchar.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
C
cat >bcryptprimitives.c <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(void *, ULONG); /* RtlGenRandom, which Wine has */
__declspec(dllexport) BOOL WINAPI ProcessPrng(void *to, SIZE_T size) { return SystemFunction036(to, (ULONG)size); }
C
gendef - "$py/python311.dll" 2>/dev/null | tr -d '\r' >python311.def
# As in the real one, every name of python3.dll only points at the same name of python311.dll.
awk 'on && NF { print $1 " = python311." $1 ($2 == "DATA" ? " DATA" : ""); next } /^EXPORTS/ { on = 1 } /^EXPORTS/' \
  python311.def >python3.def
x86_64-w64-mingw32-dlltool -d python311.def -D python311.dll -l libpython311.a
x86_64-w64-mingw32-gcc -municode -O -o "$py/python.exe" python.c libpython311.a
x86_64-w64-mingw32-gcc -shared -nostdlib -Wl,-e,0 -o "$py/python3.dll" python3.def
x86_64-w64-mingw32-gcc -shared -O -o "$py/bcryptprimitives.dll" bcryptprimitives.c -ladvapi32

echo "$MADE_OF" >"$folder/made"
