#!/usr/bin/env bash
# Writes requirements.lock from pyproject.toml (every extra) and tools/esphome.lock from tools/esphome.txt: every
# dependency pinned, with the hashes of all its files.
#
# One lock for every Python from 3.11 on and every machine: markers choose, and the hashes cover x86_64 and aarch64
# alike. It holds no address: where packages come from is the installing machine's business.
#   tools/lock.sh            keeps today's versions where they still fit
#   tools/lock.sh --upgrade  takes the newest that is allowed
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

new=$(mktemp)
trap 'rm -f "$new"' EXIT

# lock SOURCE LOCK [OPTION...]
lock() {
  local source=$1 target=$2
  shift 2
  : >"$new"
  if [ -f "$target" ]; then cp "$target" "$new"; fi
  .venv/bin/uv pip compile "$source" --universal --python-version 3.11 --generate-hashes \
    --no-config --no-header --no-annotate --quiet --output-file "$new" "$@" >/dev/null
  if grep -nE '://|^-|^#.*/' <(grep -v '^# Written by' "$new"); then
    echo "lock: the lines above hold an address or an option; $target is left as it was" >&2
    exit 1
  fi
  { echo "# Written by \`make lock\` from ${source##*/}; change that and run it again."; grep -v '^# Written by' "$new"; } \
    >"$target"
}

lock pyproject.toml requirements.lock --all-extras "$@"
lock tools/esphome.txt tools/esphome.lock "$@"
