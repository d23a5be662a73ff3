//! What those who listen see of a lecture that is recorded.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::{Desk, Drive, Window, rows};
use crate::record::{Scripted, play, recording};

/// What takes longer than this to be read is not on the page.
const PATIENCE: Duration = Duration::from_secs(60);

fn shows(window: &Window, text: &str) -> bool {
    window.query_by_label_contains(text).is_some()
}

#[test]
fn the_audience_reads_along() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 30]);
    let mut window = recording(&desk, &backend);
    window.keys(Modifiers::NONE, Key::F11);
    // Without a second screen the captions are a window in the window.
    window.wait("it is open", |window| shows(window, "Captions appear here"));
    play(&mut window, &backend, "words are seen", |window| {
        window.query_all_by_label_contains("word3 word4").count() > 1
    });
    window.keys(Modifiers::NONE, Key::F11);
    play(&mut window, &backend, "it is closed", |window| {
        window.query_all_by_label_contains("word3 word4").count() == 1
    });
}

#[test]
fn its_look_is_a_setting() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5]);
    let mut window = recording(&desk, &backend);
    window.press("How the audience sees them");
    window.press("Mirrored");
    window.press("Words that may still change");
    let kept = |desk: &Desk| {
        let settings = desk.path("settings.toml").exists().then(|| desk.read("settings.toml"));
        settings.is_some_and(|text| text.contains("mirrored = true") && text.contains("tentative = false"))
    };
    window.wait("it is kept", |_| kept(&desk));
}

/// Reads a page to a text in it.
fn read_to(stream: &mut TcpStream, text: &str) {
    let (mut read, start) = (String::new(), Instant::now());
    while !read.contains(text) {
        assert!(start.elapsed() < PATIENCE, "{text} was not read: {read}");
        let mut block = [0; 1024];
        let length = stream.read(&mut block).unwrap();
        assert!(length > 0, "the stream has ended: {read}");
        read.push_str(&String::from_utf8_lossy(&block[..length]));
    }
}

fn read_captions(address: &str) -> TcpStream {
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET /{path}events HTTP/1.1\r\n\r\n").unwrap();
    stream
}

#[test]
fn browsers_read_along_when_it_is_switched_on() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 30]);
    let mut window = recording(&desk, &backend);
    assert!(!shows(&window, "http://"));
    window.press("Captions in a browser");
    window.wait("the address is shown", |window| shows(window, "http://127.0.0.1:"));
    let address = address(&window);
    play(&mut window, &backend, "words are seen", |window| shows(window, "word6"));
    let mut stream = read_captions(&address);
    read_to(&mut stream, "word4");
    window.press("Captions in a browser");
    read_to(&mut stream, "event: ended");
    let host = address.split('/').nth(2).unwrap();
    window
        .wait("the page is closed", |window| !shows(window, "http://") && TcpStream::connect(host).is_err());
}

#[test]
fn browsers_that_come_late_see_what_was_said_and_hear_of_the_end() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 3]);
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "words are seen", |window| shows(window, "word6"));
    window.press("Captions in a browser");
    window.wait("the address is shown", |window| shows(window, "http://"));
    let mut stream = read_captions(&address(&window));
    read_to(&mut stream, "word4");
    window.press("Stop recording");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    read_to(&mut stream, "event: ended");
}

fn address(window: &Window) -> String {
    window.get_by_label_contains("http://").accesskit_node().label().unwrap()
}

#[test]
fn the_network_is_told_only_when_that_was_chosen() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5]);
    let mut window = recording(&desk, &backend);
    window.press("Captions in a browser");
    window.wait("the address is shown", |window| shows(window, "http://"));
    assert!(shows(&window, "Only browsers on this computer"));
    let before = address(&window);
    window.press("Who can read in a browser");
    window.press("In the network of the room");
    window.wait("there is no network", |window| shows(window, "not connected to a network"));
    assert!(!shows(&window, "http://"));
    backend.is_in_network.store(true, Ordering::SeqCst);
    window.press("Captions in a browser");
    window.wait("there is a network", |window| shows(window, "http://"));
    assert!(shows(&window, "Everyone in the network who has this link can read along"));
    assert_eq!(address(&window), before, "it stays the same for a day");
    let host = before.split('/').nth(2).unwrap();
    assert!(TcpStream::connect(host).is_ok());
    window.press("QR code");
    window.wait("there is a picture", |window| shows(window, &format!("QR code of {before}")));
}
