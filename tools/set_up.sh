#!/usr/bin/env bash
# Makes .venv (and .venv/esphome) from their locks and installs the Debian packages; run again it only looks, in well under a second.
#
# Belongs here: what a fresh machine lacks. Never here: anything that changes how the machine itself runs.
#   tools/set_up.sh tests    also what only the tests need: ESPHome
#   PYTHON=/path/to/python   the interpreter to use (else the first python3 that is new enough)
#   CI=true                  a Debian package that cannot be installed is an error, not a note
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=$PWD/.venv
stamp=$venv/.set-up

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# --- Debian packages ---------------------------------------------------------------------------------------------

# Prints those of the packages named that dpkg does not hold as installed.
missing_packages() {
  local known
  known=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -qx "$package installed" <<<"$known" || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@" >&2
}

# Installs what it can; one package that this Debian does not have must not keep the others away.
install_packages() {
  say "installing Debian packages: $*"
  as_root apt-get update -qq >&2 || say "apt-get update failed; trying with the lists that are here"
  apt_install "$@" || for package in "$@"; do apt_install "$package" || true; done
}

ensure_packages() {
  local missing wanted
  mapfile -t wanted < <(sed -E 's/[[:space:]]*#.*//; /^$/d' tools/debian-packages.txt)
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  if [ ${#missing[@]} -gt 0 ] && may_install; then
    install_packages "${missing[@]}"
    mapfile -t missing < <(missing_packages "${missing[@]}")
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  say "missing Debian packages; install them with: sudo apt-get install ${missing[*]}"
  [ "${CI:-}" != true ] || fail "with CI=true nothing may be missing"
  say "going on without them; tests that need one are skipped and name it"
}

# --- Python ------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if new_enough "$candidate"; then printf '%s\n' "$candidate"; return; fi
  done
  fail "Python 3.11 or newer is needed and ${PYTHON:-python3} is $("${PYTHON:-python3}" --version 2>&1 || true);" \
    "on Debian 12 or newer: sudo apt-get install python3 python3-venv"
}

make_venv() {
  local python
  python=$(find_python)
  "$python" -c 'import sys; sys.exit(sys.maxsize < 2**32)' ||
    fail "this Python is 32-bit; the libraries come for 64-bit systems only: install the 64-bit Raspberry Pi OS"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    may_install && install_packages python3-venv
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
      fail "Python's venv module is missing; install it with: sudo apt-get install python3-venv"
  fi
  say "making .venv with $("$python" --version)"
  "$python" -m venv --clear "$venv"
}

# The place belongs to the stamp because a venv that was moved starts its programs from the old place.
wanted_stamp() { printf '%s\n' "$venv"; sha256sum requirements.lock pyproject.toml; }

ensure_venv() {
  local wanted
  wanted=$(wanted_stamp)
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || [ ! -x "$venv/bin/python" ] || return 0
  if ! new_enough "$venv/bin/python" || { [ -f "$stamp" ] && [ "$(head -1 "$stamp")" != "$venv" ]; }; then
    make_venv
  fi
  say "installing the locked Python packages (a minute or two the first time)"
  local pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input install -qq)
  "${pip[@]}" --require-hashes -r requirements.lock
  "${pip[@]}" --no-deps --no-build-isolation --editable .
  printf '%s\n' "$wanted" >"$stamp"
}

# ESPHome checks the settings of desk devices. Its pins clash with ours, so it lives in a venv inside ours, and goes with it.
ensure_esphome() {
  local home=$venv/esphome wanted
  wanted=$(printf '%s\n' "$home"; sha256sum tools/esphome.lock)
  [ "$(cat "$home/.set-up" 2>/dev/null)" != "$wanted" ] || [ ! -x "$home/bin/esphome" ] || return 0
  say "installing ESPHome beside it (a minute the first time)"
  "$venv/bin/python" -m venv --clear "$home"
  local pip=("$home/bin/python" -m pip --disable-pip-version-check --no-input install -qq --no-compile --require-hashes)
  "${pip[@]}" -r <(build_tools tools/esphome.lock)
  "${pip[@]}" --no-build-isolation -r tools/esphome.lock
  printf '%s\n' "$wanted" >"$home/.set-up"
}

# The part of a lock that builds packages which come as source.
build_tools() { awk '/^[^ ]/ {keep = /^setuptools==/} keep' "$1"; }

# Clips of the words that calls are spoken with: made again where a language's sentences are newer than they.
ensure_voices() {
  command -v espeak-ng >/dev/null || return 0
  local made=$venv/share/hall-voices sentences
  for sentences in displays/assets/voices/*/sentence.toml; do
    [ -f "$sentences" ] && [ ! "$made/.set-up" -nt "$sentences" ] || continue
    say "making the clips of the voice"
    "$venv/bin/hall-display" voice make >/dev/null && : >"$made/.set-up" && return
    say "the voice has no clips; make them with: hall-display voice make"
    return 0
  done
}

ensure_packages
ensure_venv
ensure_voices
[ "${1:-}" != tests ] || ensure_esphome
