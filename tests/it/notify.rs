//! Notifications to a listener on this machine, and to commands.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use lectern::asr::CancelToken;
use lectern::batch::notify::{Notification, Notifier, Patience, Policy, Recipient, RecipientError};
use serde_json::Value;

const LONG: Duration = Duration::from_secs(60);

/// A web server that answers with these statuses, one after the other, and the last again and again.
struct Server {
    address: String,
    heard: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    fn answering(statuses: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut heard = hears.lock().unwrap();
                let status = statuses[heard.len().min(statuses.len() - 1)];
                heard.push(answer(stream.unwrap(), status));
            }
        });
        Self { address, heard }
    }

    fn heard(&self) -> Vec<Value> {
        self.heard.lock().unwrap().clone()
    }
}

/// Reads one request with its JSON.
fn answer(mut stream: TcpStream, status: u16) -> Value {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    serde_json::from_slice(&body).unwrap()
}

fn patience() -> Patience {
    Patience { time_out: LONG, tries: 3, pause: Duration::from_millis(1) }
}

fn failed(file: &str) -> Notification {
    Notification::new("it is damaged").with("event", "failed").with("file", file)
}

fn deliver(address: &str, patience: Patience) -> Result<(), RecipientError> {
    Recipient::from_argument(address).unwrap().deliver(&failed("a.mp4"), patience, &CancelToken::default())
}

#[test]
fn a_web_hook_gets_json() {
    let server = Server::answering(&[204]);
    deliver(&server.address, patience()).unwrap();
    let heard = server.heard();
    assert_eq!(heard[0]["message"], "it is damaged");
    assert_eq!(heard[0]["attributes"]["event"], "failed");
    assert_eq!(heard[0]["attributes"]["file"], "a.mp4");
}

#[test]
fn what_may_pass_is_tried_again() {
    let server = Server::answering(&[500, 429, 200]);
    deliver(&server.address, patience()).unwrap();
    assert_eq!(server.heard().len(), 3);
}

#[test]
fn what_does_not_pass_is_told_without_the_secret_address() {
    let refusing = Server::answering(&[404]);
    let error = deliver(&refusing.address, patience()).unwrap_err();
    assert!(matches!(error, RecipientError::Refused { status: 404, .. }), "{error}");
    assert_eq!(refusing.heard().len(), 1, "a refusal is not tried again");
    assert!(error.to_string().contains("127.0.0.1") && !error.to_string().contains("hook"), "{error}");

    let failing = Server::answering(&[503]);
    assert!(deliver(&failing.address, patience()).is_err());
    assert_eq!(failing.heard().len(), 3, "the tries are over");
}

#[test]
fn a_listener_that_never_answers_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", silent.local_addr().unwrap());
    let patience =
        Patience { time_out: Duration::from_millis(50), tries: 2, pause: Duration::from_millis(1) };
    let error = deliver(&address, patience).unwrap_err();
    assert!(matches!(error, RecipientError::Web { .. }), "{error}");
}

#[test]
fn work_is_not_held_up_by_a_listener_that_never_answers() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let recipient = Recipient::from_argument(&format!("http://{}/", silent.local_addr().unwrap())).unwrap();
    let mut notifier = Notifier::new(recipient, Policy::default(), patience()).unwrap();
    // Far more than wait: each call would last for as long as the listener is patient, if it waited.
    for number in 0..1000 {
        notifier.tell(failed(&number.to_string()));
    }
    let errors = notifier.close(Duration::from_millis(1)).join("\n");
    assert!(errors.contains("in time") && errors.contains("dropped"), "{errors}");
}

#[test]
fn a_policy_lets_failures_pass_alone() {
    let server = Server::answering(&[200]);
    let policy = Policy::from_json(r#"{"event": ["failed"]}"#).unwrap();
    let recipient = Recipient::from_argument(&server.address).unwrap();
    let mut notifier = Notifier::new(recipient, policy, patience()).unwrap();
    notifier.tell(Notification::new("it has captions").with("event", "captioned"));
    notifier.tell(failed("a.mp4"));
    notifier.tell(Notification::new("no attributes"));
    assert_eq!(notifier.close(LONG), [""; 0]);
    assert_eq!(server.heard().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_command_gets_json_on_its_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let told = folder.path().join("told.json");
    let command = format!("cat > '{}'", told.display());
    deliver(&command, patience()).unwrap();
    let json: Value = serde_json::from_slice(&std::fs::read(told).unwrap()).unwrap();
    assert_eq!(json["attributes"]["file"], "a.mp4");

    let error = deliver("exit 7", patience()).unwrap_err();
    assert!(error.to_string().contains('7'), "{error}");
    let patience = Patience { time_out: Duration::from_millis(50), ..patience() };
    assert!(deliver("sleep 60", patience).unwrap_err().to_string().contains("ended after"));
}

/// A command that goes on in the background, and a thread that returns when nothing of it is left.
#[cfg(unix)]
fn endless(folder: &std::path::Path) -> (String, thread::JoinHandle<()>) {
    let pipe = folder.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let command = format!("sleep 600 > '{}' & wait", pipe.display());
    // A pipe ends when the last process that may write to it has ended.
    let all_ended = thread::spawn(move || {
        std::fs::read(pipe).unwrap();
    });
    (command, all_ended)
}

#[cfg(unix)]
#[test]
fn a_command_that_takes_too_long_is_ended_with_all_that_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let (command, all_ended) = endless(folder.path());
    let patience = Patience { time_out: Duration::from_millis(500), ..patience() };
    assert!(deliver(&command, patience).unwrap_err().to_string().contains("ended after"));
    all_ended.join().unwrap();
}

#[cfg(unix)]
#[test]
fn no_command_outlives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let (command, all_ended) = endless(folder.path());
    let recipient = Recipient::from_argument(&command).unwrap();
    let mut notifier = Notifier::new(recipient, Policy::default(), patience()).unwrap();
    notifier.tell(failed("a.mp4"));
    let errors = notifier.close(Duration::from_millis(500)).join("\n");
    assert!(errors.contains("in time"), "{errors}");
    all_ended.join().unwrap();
}

#[test]
fn a_server_that_redirects_to_itself_is_given_up_soon() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let (target, count) = (address.clone(), Arc::new(Mutex::new(0)));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        for stream in listener.incoming() {
            *counted.lock().unwrap() += 1;
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = write!(
                stream,
                "HTTP/1.1 307 X\r\nlocation: {target}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
    });
    assert!(deliver(&address, patience()).is_err());
    let asked = *count.lock().unwrap();
    assert!(asked <= 4, "{asked} connections");
}

#[test]
fn an_address_without_a_host_is_refused() {
    assert!(matches!(Recipient::from_argument("http://"), Err(RecipientError::Address(_))));
    assert!(matches!(Recipient::from_argument("https:// x"), Err(RecipientError::Address(_))));
    assert!(matches!(Recipient::from_argument("notify-send done"), Ok(Recipient::Program(_))));
}
