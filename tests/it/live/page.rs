//! The page for browsers, asked over the loopback as a browser does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use lectern::session::LiveEvent;
use lectern::session::page::CaptionPage;
use lectern::time::TimeSpan;
use lectern::transcript::Word;

fn open() -> (CaptionPage, String, String) {
    let page = CaptionPage::open("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = page.url();
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let (host, path) = (host.to_owned(), format!("/{path}"));
    (page, host, path)
}

fn ask(host: &str, request: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    BufReader::new(stream)
}

/// The status line of the answer to a request.
fn status(host: &str, request: &str) -> String {
    let mut line = String::new();
    ask(host, request).read_line(&mut line).unwrap();
    line.trim_end().strip_prefix("HTTP/1.1 ").unwrap_or_default().to_owned()
}

fn word(text: &str) -> Word {
    Word { text: text.to_owned(), span: TimeSpan::default(), probability: 1.0, space_before: true }
}

fn next_data(lines: &mut BufReader<TcpStream>) -> serde_json::Value {
    loop {
        let mut line = String::new();
        assert!(lines.read_line(&mut line).unwrap() > 0, "the stream has ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

#[test]
fn readers_see_what_is_said_and_what_was_said_before() {
    let (page, host, path) = open();
    let request = format!("GET {path}events HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let mut early = ask(&host, &request);
    assert_eq!(next_data(&mut early)["lines"], serde_json::json!([]));
    let commit =
        |text: &str, is_last| LiveEvent::Committed { utterance: 0, words: vec![word(text)], is_last };
    page.show(&commit("<b>Good</b>", false));
    assert_eq!(next_data(&mut early)["committed"], "<b>Good</b>");
    page.show(&LiveEvent::Tentative { utterance: 0, words: vec![word("mourning")] });
    assert_eq!(next_data(&mut early)["tentative"], "mourning");
    page.show(&commit("morning.", true));
    let mut late = ask(&host, &request);
    let data = next_data(&mut late);
    assert_eq!(data["lines"], serde_json::json!(["<b>Good</b> morning."]));
    assert_eq!((&data["committed"], &data["tentative"]), (&"".into(), &"".into()));
}

#[test]
fn only_the_page_can_be_asked_for_and_only_with_its_code() {
    let (_page, host, path) = open();
    assert_eq!(status(&host, &format!("GET {path} HTTP/1.1\r\n\r\n")), "200 OK");
    for request in
        ["GET / HTTP/1.1\r\n\r\n", "GET /events HTTP/1.1\r\n\r\n", "GET /../etc/passwd HTTP/1.1\r\n\r\n"]
    {
        assert_eq!(status(&host, request), "404 Not Found", "{request}");
    }
    assert_eq!(status(&host, &format!("GET {path}other HTTP/1.1\r\n\r\n")), "404 Not Found");
    assert_eq!(status(&host, &format!("POST {path} HTTP/1.1\r\n\r\n")), "405 Method Not Allowed");
    assert_eq!(status(&host, "\r\n\r\n"), "405 Method Not Allowed");
}

#[test]
fn a_request_without_end_is_not_read_to_its_end() {
    let (page, host, path) = open();
    let endless = format!("GET {path} HTTP/1.1\r\nX: {}", "x".repeat(100_000));
    let mut stream = TcpStream::connect(&host).unwrap();
    // The page may hang up while this is still being sent.
    let _ = stream.write_all(endless.as_bytes());
    drop(page);
    let _ = stream.read(&mut [0; 16]);
    assert!(TcpStream::connect(&host).is_err(), "a page that was closed is gone");
}

#[test]
fn every_page_has_a_code_of_its_own() {
    let ((_a, _, first), (_b, _, second)) = (open(), open());
    assert_ne!(first, second);
    assert_eq!(first.len(), 12);
}
