//! `scripts/setup.sh` on made-up systems: a folder of stub programs is all that the script can see.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

/// Everything that the build needs on Linux.
const TOOLS: [&str; 6] = ["cargo", "c++", "make", "cmake", "pkg-config", "clang"];

/// Refuses to install before its lists were updated; then a package brings the program of its name.
const APT_GET: &str = r#"
echo "apt-get $*" >> "$LOG"
case $1 in
    update) : > "$LOG.updated" ;;
    install)
        [ -e "$LOG.updated" ] || exit 100
        for package in "$@"; do
            case $package in
                cmake | clang | openbox | wmctrl) ln -s /bin/sh "$BIN/$package" ;;
                xvfb) ln -s /bin/sh "$BIN/Xvfb" ;;
                libegl1) echo 'libEGL_mesa.so.0 => /lib/libEGL_mesa.so.0' >> "$LOG.libraries" ;;
            esac
        done ;;
esac
"#;

struct System {
    folder: tempfile::TempDir,
}

impl System {
    /// A Linux where `user` runs the script (0 is root) and `tools` are installed.
    fn new(user: u32, tools: &[&str]) -> Self {
        let system = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(system.bin()).unwrap();
        for real in ["grep", "env"] {
            symlink(Path::new("/usr/bin").join(real), system.bin().join(real)).unwrap();
        }
        system.stub("uname", "echo Linux");
        system.stub("id", &format!("echo {user}"));
        let libraries = ["libclang-14.so.13", "libxkbcommon-x11.so.0", "libXcursor.so.1", "libXi.so.6"];
        let listed = libraries.map(|library| format!("echo '{library} => /lib/{library}'")).join("\n");
        system.stub("ldconfig", &format!("{listed}\ncat \"$LOG.libraries\" 2>/dev/null; true"));
        tools.iter().for_each(|tool| system.stub(tool, ""));
        system
    }

    fn bin(&self) -> std::path::PathBuf {
        self.folder.path().join("bin")
    }

    fn stub(&self, name: &str, script: &str) {
        let path = self.bin().join(name);
        fs::write(&path, format!("#!/bin/sh\nPATH=$PATH:/usr/bin:/bin\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Whether the script succeeded, what it said, and how the package manager was called.
    fn set_up(&self) -> (bool, String, String) {
        self.set_up_for(None)
    }

    fn set_up_for(&self, purpose: Option<&str>) -> (bool, String, String) {
        let log = self.folder.path().join("log");
        let output = Command::new("/bin/sh")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/setup.sh"))
            .args(purpose)
            .env_clear()
            .env("PATH", self.bin())
            .env("BIN", self.bin())
            .env("LOG", &log)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.success(), said, fs::read_to_string(log).unwrap_or_default())
    }
}

fn without(missing: &[&str]) -> Vec<&'static str> {
    TOOLS.into_iter().filter(|tool| !missing.contains(tool)).collect()
}

#[test]
fn nothing_is_installed_where_nothing_is_missing() {
    let system = System::new(0, &TOOLS);
    system.stub("apt-get", APT_GET);
    assert_eq!(system.set_up(), (true, String::new(), String::new()));
}

#[test]
fn only_what_is_missing_is_installed_and_old_lists_are_updated() {
    let system = System::new(0, &without(&["cmake", "clang"]));
    system.stub("apt-get", APT_GET);
    let install = "apt-get install -y --no-install-recommends cmake clang\n";
    let (passed, said, log) = system.set_up();
    assert!(passed, "{said}");
    assert_eq!(log, format!("{install}apt-get update\n{install}"));
    assert_eq!(system.set_up().2, log, "the second run installs again");
}

#[test]
fn who_is_not_root_needs_sudo() {
    let system = System::new(1000, &without(&["cmake"]));
    system.stub("apt-get", APT_GET);
    let (passed, said, log) = system.set_up();
    assert!(!passed && log.is_empty());
    assert!(said.contains("as root, run: env DEBIAN_FRONTEND=noninteractive apt-get install"), "{said}");
    system.stub("sudo", "exec \"$@\"");
    assert!(system.set_up().0);
}

#[test]
fn an_installation_that_brings_nothing_is_a_failure() {
    let system = System::new(0, &without(&["make"]));
    system.stub("dnf", "echo \"dnf $*\" >> \"$LOG\"");
    let (passed, said, log) = system.set_up();
    assert!(!passed);
    assert!(said.ends_with("setup: still missing after the installation: make\n"), "{said}");
    assert_eq!(log, "dnf install -y make\n");
}

#[test]
fn an_unknown_system_is_told_what_to_install() {
    let system = System::new(0, &without(&["c++", "cmake"]));
    let (passed, said, _) = system.set_up();
    assert!(!passed);
    assert!(said.ends_with(": a C++ compiler, CMake\n"), "{said}");
}

#[test]
fn without_rust_it_says_where_to_get_it() {
    let (passed, said, _) = System::new(0, &without(&["cargo"])).set_up();
    assert!(!passed && said.contains("https://rustup.rs"), "{said}");
}

#[test]
fn tests_need_a_screen_and_the_build_needs_none() {
    let tools: Vec<_> = TOOLS.into_iter().chain(["xdotool"]).collect();
    let system = System::new(0, &tools);
    system.stub("apt-get", APT_GET);
    assert_eq!(system.set_up(), (true, String::new(), String::new()));
    let (passed, said, log) = system.set_up_for(Some("test"));
    assert!(passed, "{said}");
    let install = "install -y --no-install-recommends xvfb openbox wmctrl libegl1 libgl1-mesa-dri\n";
    assert!(log.ends_with(install), "{log}");
    assert_eq!(system.set_up_for(Some("test")), (true, String::new(), log), "the second run installs again");
}
