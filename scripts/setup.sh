#!/bin/sh
# Installs what the build needs and this system lacks, and nothing else; with `test`, also what the tests need. Quick
# when nothing is missing.
set -eu

have() { command -v "$1" >/dev/null 2>&1; }

has_library() { { ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null | grep -q "$1"; }

# Each probe asks whether one thing that the build needs is here. macOS brings a compiler, make and libclang
# with its command line tools, and does not use ALSA.
has_compiler() { have c++; }
has_make() { have make; }
has_cmake() { have cmake; }
has_pkg_config() { have pkg-config || have pkgconf; }
has_clang() { have clang; }
has_libclang() { [ "$system" = Darwin ] || [ -n "${LIBCLANG_PATH:-}" ] || has_library 'libclang[-.][0-9.]*so'; }
has_alsa() {
    [ "$system" = Darwin ] || pkg-config --exists alsa 2>/dev/null || pkgconf --exists alsa 2>/dev/null
}

# The tests open the real window on a screen in memory, which needs no graphics card.
has_xvfb() { have Xvfb; }
has_openbox() { have openbox; }
has_xdotool() { have xdotool; }
has_wmctrl() { have wmctrl; }
has_mesa() { has_library libEGL_mesa; }
has_xkbcommon() { has_library libxkbcommon-x11; }
has_xcursor() { has_library libXcursor; }
has_xinput() { has_library libXi; }

# probe | what it is | apt | dnf | pacman | zypper | brew
needs='
has_compiler|a C++ compiler|g++|gcc-c++|gcc|gcc-c++|
has_make|make|make|make|make|make|make
has_cmake|CMake|cmake|cmake|cmake|cmake|cmake
has_pkg_config|pkg-config|pkg-config|pkgconf-pkg-config|pkgconf|pkgconf-pkg-config|pkgconf
has_clang|Clang|clang|clang|clang|clang|
has_libclang|the libclang library|libclang-dev|clang-devel|clang|clang-devel|
has_alsa|the ALSA headers|libasound2-dev|alsa-lib-devel|alsa-lib|alsa-devel|
'
test_needs='
has_xvfb|the X server Xvfb|xvfb|xorg-x11-server-Xvfb|xorg-server-xvfb|xorg-x11-server-Xvfb|
has_openbox|the window manager openbox|openbox|openbox|openbox|openbox|
has_xdotool|xdotool|xdotool|xdotool|xdotool|xdotool|
has_wmctrl|wmctrl|wmctrl|wmctrl|wmctrl|wmctrl|
has_mesa|OpenGL in software (Mesa)|libegl1 libgl1-mesa-dri|mesa-libEGL mesa-dri-drivers|mesa|Mesa-libEGL1 Mesa-dri|
has_xkbcommon|libxkbcommon-x11|libxkbcommon-x11-0|libxkbcommon-x11|libxkbcommon-x11|libxkbcommon-x11-0|
has_xcursor|libXcursor|libxcursor1|libXcursor|libxcursor|libXcursor1|
has_xinput|libXi|libxi6|libXi|libxi|libXi6|
'

system=$(uname -s)
if [ "${1:-}" = test ] && [ "$system" != Darwin ]; then needs="$needs$test_needs"; fi
packages= # to install with the package manager
names=    # the same for people, with commas between them

find_manager() {
    if [ "$system" = Darwin ]; then
        candidates='brew'
    else
        candidates='apt-get dnf pacman zypper'
    fi
    for manager in $candidates; do
        if have "$manager"; then return; fi
    done
    manager=none
}

find_missing() {
    packages=
    names=
    while IFS='|' read -r probe name apt dnf pacman zypper brew; do
        if [ -z "$probe" ] || "$probe"; then continue; fi
        names="${names:+$names, }$name"
        case $manager in
            apt-get) package=$apt ;;
            dnf) package=$dnf ;;
            pacman) package=$pacman ;;
            zypper) package=$zypper ;;
            brew) package=$brew ;;
            *) package= ;;
        esac
        packages="$packages${package:+ $package}"
    done <<EOF
$needs
EOF
}

fail() {
    echo "setup: $1" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        fail "not root, and there is no sudo; as root, run: $*"
    fi
}

# The lists of packages may be missing or old on a fresh machine: then they are fetched, and it tries again.
install_packages() {
    # shellcheck disable=SC2086 # the packages are words
    case $manager in
        apt-get)
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages || {
                as_root apt-get update
                as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
            } ;;
        dnf) as_root dnf install -y $packages ;;
        pacman)
            as_root pacman -S --needed --noconfirm $packages ||
                as_root pacman -Sy --needed --noconfirm $packages ;;
        zypper) as_root zypper --non-interactive install $packages ;;
        brew) brew install $packages ;;
    esac
}

if ! have cargo; then
    fail 'Rust is missing; install it as https://rustup.rs says, then open a new shell'
fi
if [ "$system" = Darwin ] && ! xcode-select -p >/dev/null 2>&1; then
    fail 'the command line tools are missing; run: xcode-select --install'
fi
find_manager
find_missing
if [ -z "$names" ]; then exit 0; fi
if [ -z "$packages" ]; then
    fail "install these with your system's package manager, then run this again: $names"
fi
echo "setup: installing$packages" >&2
install_packages </dev/null >&2 || fail "$manager could not install$packages; the build needs $names"
find_missing
if [ -n "$names" ]; then fail "still missing after the installation: $names"; fi
