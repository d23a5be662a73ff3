//! A screen in memory with a window manager and a home folder, and keys that are pressed on it.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Two monitors side by side, for the X server one. Pixels.
pub const WIDTH: i32 = 2560;
const HEIGHT: i32 = 900;
/// What is not there by then does not come.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that ends with the test.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A window as the window manager knows it. Pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    id: String,
    title: String,
    pub left: i32,
    pub width: i32,
}

/// Fields end in this order: what is on the screen goes before the server.
pub struct Screen {
    _manager: Running,
    _server: Running,
    display: String,
    home: TempDir,
}

impl Screen {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("run")).unwrap();
        fs::set_permissions(home.path().join("run"), Permissions::from_mode(0o700)).unwrap();
        let size = format!("{WIDTH}x{HEIGHT}x24");
        // The server takes a number that is free, and writes it when it is ready.
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0", &size]);
        let mut server = spawn(server.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let display = format!(":{}", number.trim());
        let manager = spawn(&mut command("openbox", &display, home.path()));
        let screen = Self { _manager: manager, _server: server, display, home };
        screen.wait("the window manager is there", || {
            screen.command("wmctrl").arg("-m").status().unwrap().success()
        });
        screen
    }

    fn command(&self, program: &str) -> Command {
        command(program, &self.display, self.home.path())
    }

    pub fn start_lectern(&self, arguments: &[&Path]) -> Running {
        spawn(self.command(env!("CARGO_BIN_EXE_lectern")).args(arguments))
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The settings that Lectern has kept.
    pub fn settings(&self) -> String {
        fs::read_to_string(self.home.path().join(".config/lectern/settings.toml")).unwrap_or_default()
    }

    /// Waits until something is so.
    pub fn wait(&self, what: &str, is: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is() {
            assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}; windows: {:?}", self.windows());
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn windows(&self) -> Vec<Window> {
        let output = self.command("wmctrl").args(["-l", "-G"]).stdout(Stdio::piped()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).lines().filter_map(window).collect()
    }

    /// The titles of all windows, in the order of the alphabet.
    pub fn titles(&self) -> Vec<String> {
        let mut titles: Vec<_> = self.windows().into_iter().map(|window| window.title).collect();
        titles.sort_unstable();
        titles
    }

    pub fn window(&self, title: &str) -> Window {
        let windows = self.windows();
        let found = windows.iter().find(|window| window.title == title);
        found.unwrap_or_else(|| panic!("no window is called {title}: {windows:?}")).clone()
    }

    /// Gives the keyboard to a window.
    pub fn focus(&self, title: &str) {
        let id = self.window(title).id;
        self.xdotool(&["windowactivate", "--sync", &id]);
    }

    pub fn move_to(&self, title: &str, left: i32, top: i32) {
        let id = self.window(title).id;
        self.xdotool(&["windowmove", &id, &left.to_string(), &top.to_string()]);
    }

    /// Presses keys as a person does, such as `ctrl+shift+y`.
    pub fn press(&self, keys: &str) {
        self.xdotool(&["key", keys]);
    }

    fn xdotool(&self, arguments: &[&str]) {
        let status = self.command("xdotool").args(arguments).status().unwrap();
        assert!(status.success(), "xdotool {arguments:?}: {status}");
    }
}

/// A program that sees this screen and this home folder, and nothing of the person who runs the test.
fn command(program: &str, display: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.env_clear().env("DISPLAY", display).env("HOME", home).env("LIBGL_ALWAYS_SOFTWARE", "1");
    command.env("XDG_RUNTIME_DIR", home.join("run")).env("LANG", "C.UTF-8");
    // Without an address programs would look for a bus, or start one.
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.join("no-bus").display()));
    command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command
}

fn spawn(command: &mut Command) -> Running {
    let program = command.get_program().to_owned();
    let hint = "install what the tests need with: sh scripts/setup.sh test";
    Running(command.spawn().unwrap_or_else(|error| panic!("{program:?}: {error}; {hint}")))
}

/// A line of `wmctrl -l -G`: id, desktop, left, top, width, height, computer, title.
fn window(line: &str) -> Option<Window> {
    let mut words = line.split_whitespace();
    let (id, left) = (words.next()?, words.nth(1)?.parse().ok()?);
    let width = words.nth(1)?.parse().ok()?;
    let title = words.skip(2).collect::<Vec<_>>().join(" ");
    Some(Window { id: id.to_owned(), title, left, width })
}
