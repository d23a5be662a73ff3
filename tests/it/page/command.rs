//! `lectern live --page` as its users run it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use lectern::audio::{read_all, write_wav};
use lectern::live::page::network_address;
use tempfile::TempDir;

use super::browser::Browser;

/// A folder with a lecture of a minute, which is also the home of its user.
fn home() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    write_wav(&folder.path().join("lecture.wav"), &samples[..60 * 16_000]).unwrap();
    folder
}

/// A session that is ended when the test ends.
struct Session {
    child: Child,
    news: BufReader<ChildStderr>,
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(home: &Path, name: &str, arguments: &[&str]) -> Session {
    let session = ["live", "--input", "lecture.wav", "--realtime", "--language", "en", "--name", name];
    let mut child = Command::new(env!("CARGO_BIN_EXE_lectern"))
        .args(session)
        .args(arguments)
        .current_dir(home)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env_remove("LECTERN_MODELS")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let news = BufReader::new(child.stderr.take().unwrap());
    Session { child, news }
}

impl Session {
    /// The address that is told.
    fn url(&mut self) -> String {
        let told = (&mut self.news)
            .lines()
            .map(Result::unwrap)
            .find_map(|line| line.split_once("the captions can be read at ").map(|(_, url)| url.to_owned()));
        told.expect("no address was told")
    }
}

#[test]
fn a_page_for_all_is_told_by_an_address_of_the_network_which_stays() {
    let home = home();
    let host = network_address().map_or("127.0.0.1".to_owned(), |host| host.to_string());
    let mut first = start(home.path(), "first", &["--page=0.0.0.0:0"]);
    let url = first.url();
    assert!(url.starts_with(&format!("http://{host}:")), "{url}");
    let mut reader = Browser::reader(&url);
    assert_eq!(reader.board()["language"], "en");
    drop(first);
    let mut second = start(home.path(), "second", &["--page=0.0.0.0:0", "--quiet"]);
    assert_eq!(second.url(), url, "told, quiet or not, and the same");
}

#[test]
fn the_end_of_a_lecture_is_told() {
    let home = home();
    let (samples, _) = read_all(&home.path().join("lecture.wav")).unwrap();
    fs::write(home.path().join("lecture.wav"), "").unwrap();
    write_wav(&home.path().join("lecture.wav"), &samples[..5 * 16_000]).unwrap();
    let mut session = start(home.path(), "short", &["--page"]);
    let events = Browser::reader(&session.url()).last_events();
    assert_eq!(events.last().map(String::as_str), Some("ended"));
}

#[cfg(unix)]
#[test]
fn only_its_user_can_read_the_code() {
    use std::os::unix::fs::PermissionsExt;

    let home = home();
    let url = start(home.path(), "live", &["--page"]).url();
    let mut files = walkdir::WalkDir::new(home.path()).into_iter().map(Result::unwrap);
    let file = files.find(|file| file.file_name() == "page.toml").unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let code = url.split('/').nth(3).unwrap();
    assert!(fs::read_to_string(file.path()).unwrap().contains(code));
}

/// The processor's time that the thread of the page has had. Unit: ticks, of which a second has a hundred.
#[cfg(target_os = "linux")]
fn ticks_of_page(process: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap().map(|thread| thread.unwrap().path());
    let stats = threads.filter_map(|thread| fs::read_to_string(thread.join("stat")).ok());
    let stat = stats.into_iter().find(|stat| stat.contains("(page)")).unwrap();
    // After the name: the state, then numbers, of which the 11th and 12th are those of the program and the system.
    let numbers: Vec<_> = stat.rsplit(')').next().unwrap().split_whitespace().skip(1).collect();
    [10, 11].map(|place: usize| numbers[place].parse::<u64>().unwrap()).iter().sum()
}

#[cfg(target_os = "linux")]
#[test]
fn a_system_without_room_is_waited_for_and_not_asked_without_end() {
    use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

    let home = home();
    let mut session = start(home.path(), "live", &["--page"]);
    let url = session.url();
    let set = |limit| prlimit(Some(Pid::from_child(&session.child)), Resource::Nofile, limit).unwrap();
    let before = set(Rlimit { current: Some(4), ..getrlimit(Resource::Nofile) });
    let mut reader = Browser::reader(&url);
    let ticks = ticks_of_page(session.child.id());
    std::thread::sleep(std::time::Duration::from_secs(2));
    let used = ticks_of_page(session.child.id()) - ticks;
    assert!(used < 50, "{used} of 200 ticks");
    set(before);
    assert_eq!(reader.board()["language"], "en");
}
