#!/bin/sh
# Builds Lectern and packs it in these formats of cargo-packager (deb, nsis, app, dmg) and cargo-generate-rpm (rpm), beside
# a plain archive, checksums and a list of all parts (SBOM): scripts/package.sh deb rpm. Packages are in
# target/package/out. docs/release.md says more.
set -eu
cd "$(dirname "$0")/.."

# An archive of the sources names no commit.
LECTERN_COMMIT=${LECTERN_COMMIT:-$(git rev-parse --short=12 HEAD 2>/dev/null || true)}
export LECTERN_COMMIT
# Without names and line numbers it is a third of the size.
export CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_STRIP=symbols
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
system=$(rustc -vV | sed -n 's/^host: //p')
built=${CARGO_TARGET_DIR:-target}/release
out=target/package/out
# Of the commit, so that packages of one commit hold the same times.
time=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH="$time"

cargo build --release --locked
rm -rf target/package
mkdir -p "$out" target/package/completions
"$built/lectern" man target/package/man1 >/dev/null
for shell in bash zsh fish powershell; do
    "$built/lectern" completions "$shell" >"target/package/completions/lectern.$shell"
done
gzip -9n target/package/man1/*.1
gzip -9nc CHANGELOG.md >target/package/changelog.gz

# A program that is moved finds the models beside it.
name=lectern-$version-$system
folder=target/package/$name
mkdir -p "$folder/models"
cp "$built"/lectern "$folder" 2>/dev/null || cp "$built"/lectern.exe "$folder"
cp models/ggml-base-q8_0.bin models/ggml-silero-v6.2.3.bin models/LICENSE-* "$folder/models"
cp models/pyannote-segmentation-3.0-f16.safetensors models/campplus-zh-en-f16.safetensors "$folder/models"
cp -R target/package/man1 target/package/completions README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$folder"
find "$folder" -exec touch -h -d "@$time" {} + 2>/dev/null || true
(cd target/package && find "$name" | LC_ALL=C sort | tar --no-recursion -cf - -T -) | gzip -9n >"$out/$name.tar.gz"

for format in "$@"; do
    case $format in
        # What the program needs is found by rpm's own tool; without it, every library of a library would be named.
        rpm) cargo generate-rpm --auto-req find-requires --payload-compress gzip --output "$out/" ;;
        *) cargo packager --release --formats "$format" ;;
    esac
done

cargo cyclonedx --format json --target "$system" --override-filename "lectern-$version-sbom"
mv "lectern-$version-sbom.json" "$out"
rm -f crates/*/"lectern-$version-sbom.json"

cd "$out"
for file in *; do
    if [ -f "$file" ] && [ "$file" != SHA256SUMS ]; then
        if command -v sha256sum >/dev/null; then sha256sum "$file"; else shasum -a 256 "$file"; fi
    fi
done >SHA256SUMS
