//! What those who listen see of a lecture that is recorded.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::{Desk, Drive, Window};
use crate::record::{Scripted, play, recording};

fn shows(window: &Window, text: &str) -> bool {
    window.query_by_label_contains(text).is_some()
}

#[test]
fn the_audience_reads_along() {
    let desk = Desk::new();
    let studio = Scripted::new(&[5, 4, 30]);
    let mut window = recording(&desk, &studio);
    window.keys(Modifiers::NONE, Key::F11);
    // Without a second screen the captions are a window in the window.
    window.wait("it is open", |window| shows(window, "Captions appear here"));
    play(&mut window, &studio, "words are seen", |window| {
        window.query_all_by_label_contains("word3 word4").count() > 1
    });
    window.keys(Modifiers::NONE, Key::F11);
    play(&mut window, &studio, "it is closed", |window| {
        window.query_all_by_label_contains("word3 word4").count() == 1
    });
}

#[test]
fn its_look_is_a_setting() {
    let desk = Desk::new();
    let studio = Scripted::new(&[5]);
    let mut window = recording(&desk, &studio);
    window.press("How the audience sees them");
    window.press("As in a mirror");
    window.press("Words that may still change");
    let kept = |desk: &Desk| {
        let settings = desk.path("settings.toml").exists().then(|| desk.read("settings.toml"));
        settings.is_some_and(|text| text.contains("mirrored = true") && text.contains("tentative = false"))
    };
    window.wait("it is kept", |_| kept(&desk));
}

#[test]
fn browsers_read_along_when_it_is_switched_on() {
    let desk = Desk::new();
    let studio = Scripted::new(&[5, 4, 30]);
    let mut window = recording(&desk, &studio);
    assert!(!shows(&window, "http://"));
    window.press("Captions in a browser");
    window.wait("the address is shown", |window| shows(window, "http://127.0.0.1:"));
    let address = window.get_by_label_contains("http://127.0.0.1:").accesskit_node().label().unwrap();
    play(&mut window, &studio, "words are seen", |window| shows(window, "word6"));
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path}events HTTP/1.1\r\n\r\n").unwrap();
    let mut read = String::new();
    while !read.contains("word4") {
        let mut block = [0; 1024];
        let length = stream.read(&mut block).unwrap();
        assert!(length > 0, "the stream has ended: {read}");
        read.push_str(&String::from_utf8_lossy(&block[..length]));
    }
    window.press("Captions in a browser");
    window
        .wait("the page is closed", |window| !shows(window, "http://") && TcpStream::connect(host).is_err());
}

fn address(window: &Window) -> String {
    window.get_by_label_contains("http://").accesskit_node().label().unwrap()
}

#[test]
fn the_network_is_told_only_when_that_was_chosen() {
    let desk = Desk::new();
    let studio = Scripted::new(&[5]);
    let mut window = recording(&desk, &studio);
    window.press("Captions in a browser");
    window.wait("the address is shown", |window| shows(window, "http://"));
    assert!(shows(&window, "The end of the address is its key"));
    let before = address(&window);
    window.press("Who can read in a browser");
    window.press("In the network of the room");
    window.wait("there is no network", |window| shows(window, "computer is in no network"));
    assert!(!shows(&window, "http://"));
    studio.is_in_network.store(true, Ordering::SeqCst);
    window.press("Captions in a browser");
    window.wait("there is a network", |window| shows(window, "http://"));
    assert!(shows(&window, "Everyone in the network who has this address can read along"));
    assert_ne!(address(&window), before);
    let host = address(&window).split('/').nth(2).unwrap().to_owned();
    assert!(TcpStream::connect(&host).is_ok());
}
