#!/bin/sh
# Writes assets/licences.txt: every package that the program is built of, with its licence. Run it when Cargo.lock changes.
set -eu
cd "$(dirname "$0")/.."
cargo tree --workspace --all-features --target all --edges normal,build --prefix none --locked --format '{p}: {l}' |
    sed -e '/^$/d' -e '/ (\//d' -e 's/ (proc-macro)//' -e 's/ (\*)$//' -e 's/ v\([0-9][^ ]*\):/ \1:/' | LC_ALL=C sort -u >assets/licences.txt
