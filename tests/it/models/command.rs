//! `lectern models download`, `import` and `remove`, as a person uses them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::server::{Act, Server};

/// A person's home, with no models in it.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Of one model the exact size is unknown, so that files of any length can stand for it.
        let catalog = include_str!("../../../models/catalog.toml");
        let inexact = catalog.replace("bytes = 77691713", "about_mib = 75");
        assert_ne!(catalog, inexact);
        fs::write(folder.path().join("catalog.toml"), inexact).unwrap();
        Self(folder)
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    /// The program, which sees nothing of this computer's models, settings and proxies.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
        command.env("HOME", self.0.path());
        command.env("XDG_DATA_HOME", self.0.path().join("data")).env_remove("LECTERN_MODELS");
        command.env("XDG_CONFIG_HOME", self.0.path().join("config")).env_remove("LECTERN_MODEL_MIRROR");
        command.env("LECTERN_CATALOG", self.0.path().join("catalog.toml"));
        for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(proxy);
        }
        command
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.program();
        command.arg("models").args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn model(&self, name: &str) -> PathBuf {
        self.0.path().join("data/lectern/models").join(format!("ggml-{name}.bin"))
    }
}

pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ggml-base-q8_0.bin")
}

#[test]
#[cfg(target_os = "linux")]
fn the_settings_of_the_window_hold_for_commands() {
    let home = Home::new();
    let server = Server::new(vec![7; 1000], []);
    let config = home.0.path().join("config/lectern");
    fs::create_dir_all(&config).unwrap();
    let with = |network: String| {
        fs::write(config.join("settings.toml"), format!("[network]\n{network}\n")).unwrap();
        text(&home.run(&["download", "tiny"]))
    };
    let said = with("offline = true".to_owned());
    assert!(said.contains("the settings forbid the network"), "{said}");
    assert!(server.asked().is_empty());
    let said = with(format!("mirror = \"{}\"", server.address));
    assert!(said.contains("from 127.0.0.1") && !server.asked().is_empty(), "{said}");
    // A proxy is asked in place of the host.
    let asked = server.asked().len();
    let network = format!("[network]\nmirror = \"http://models.invalid\"\nproxy = \"{}\"\n", server.address);
    fs::write(config.join("settings.toml"), network).unwrap();
    let mut child = home.command(&["download", "tiny"]).stderr(Stdio::null()).spawn().unwrap();
    while server.asked().len() == asked {
        assert!(child.try_wait().unwrap().is_none(), "it gave up without the proxy");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let said = with("proxy = \"ftp://proxy\"".to_owned());
    assert!(
        said.contains("\"ftp://proxy\" is not a proxy") && said.contains("settings of the window"),
        "{said}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_download_says_what_it_contacts_and_refuses_another_file() {
    let home = Home::new();
    let server = Server::new(vec![7; 100_000], [Act::Give, Act::Give]);
    let output = home.run(&["download", "tiny", "--mirror", &server.address]);
    let said = text(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("licence MIT, from 127.0.0.1"), "{said}");
    assert!(said.contains("sent a file that is not the tiny of the catalogue"), "{said}");
    assert!(!home.model("tiny").exists());

    let output = home.run(&["download", "tiny", "--offline"]);
    assert!(text(&output).contains("--offline forbids the network"), "{}", text(&output));
    let output = home.run(&["download", "tiny.en-q8_0"]);
    assert!(text(&output).contains("give a --mirror"), "{}", text(&output));
    assert_eq!(home.run(&["download", "base-q8_0"]).status.code(), Some(0), "it is there already");
    let output = home.run(&["download", "small", "--mirror", "nowhere"]);
    assert!(text(&output).contains("correct --mirror or LECTERN_MODEL_MIRROR"), "{}", text(&output));
    assert_eq!(server.asked().len(), 2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_download_goes_on() {
    let home = Home::new();
    let server =
        Server::new(vec![7; 3_000_000], [Act::Stall(2_000_000), Act::Cut(500_000), Act::Status(404, "")]);
    let mut command = home.command(&["download", "tiny", "--mirror", &server.address]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let part = home.model("tiny").with_extension("bin.part");
    while fs::metadata(&part).map_or(0, |part| part.len()) < 2_000_000 {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let output = home.run(&["download", "tiny", "--mirror", &server.address]);
    assert!(text(&output).contains("status 404"), "{}", text(&output));
    assert_eq!(server.asked().iter().map(|asked| asked.0).collect::<Vec<_>>(), [0, 2_000_000, 2_500_000]);
}

/// Each time from where it was: not one byte that was on the disk is fetched again.
#[test]
#[cfg(target_os = "linux")]
fn a_download_that_is_killed_thirty_times_goes_on_each_time() {
    const KILLS: usize = 30;
    let home = Home::new();
    let bytes: Vec<u8> = (0..60_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let server = Server::new(bytes.clone(), std::iter::repeat_n(Act::Trickle, KILLS));
    let part = home.model("tiny").with_extension("bin.part");
    let length = || fs::metadata(&part).map_or(0, |part| part.len() as usize);
    let mut starts = vec![0];
    for kill in 0..KILLS {
        let mut command = home.command(&["download", "tiny", "--mirror", &server.address]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let some = (kill * 7919) % 400_000;
        while length() <= starts[kill] + some {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        starts.push(length());
    }
    starts.pop();
    assert_eq!(server.asked().iter().map(|asked| asked.0).collect::<Vec<_>>(), starts);
    assert!(fs::read(&part).unwrap() == bytes[..length()], "the part has other bytes");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_is_imported_listed_used_and_removed() {
    let home = Home::new();
    let own = home.0.path().join("my model.bin");
    fs::copy(shipped(), &own).unwrap();
    let mut bytes = fs::read(&own).unwrap();
    // Another model than the catalogue knows: the last weight differs.
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&own, bytes).unwrap();
    let output = home.run(&["import", own.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(home.model("my model").is_file());
    assert!(home.model("my model").with_extension("origin.json").is_file());
    assert!(text(&home.run(&["list"])).contains("my model"));
    assert_eq!(home.run(&["import", own.to_str().unwrap()]).status.code(), Some(0), "again");

    let damaged = home.0.path().join("damaged.bin");
    fs::write(&damaged, &fs::read(&own).unwrap()[..1_000_000]).unwrap();
    let output = home.run(&["import", damaged.to_str().unwrap(), home.0.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("damaged.bin: not a model that can be used"), "{}", text(&output));
    let lacks = "no model that can be imported: config.json, tokenizer.json, model.safetensors are missing";
    assert!(text(&output).contains(lacks), "{}", text(&output));

    let output = home.run(&["remove", "my model"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(fs::read_dir(home.model("x").parent().unwrap()).unwrap().next().is_none(), "nothing is left");
    let output = home.run(&["remove", "base-q8_0"]);
    assert_eq!(output.status.code(), Some(2), "a shipped model is not removed: {}", text(&output));
    assert!(shipped().is_file());
}
