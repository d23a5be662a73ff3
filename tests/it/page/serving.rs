//! Who is served, who is not, and what they are told.

use std::net::TcpStream;
use std::time::Duration;

use lectern::live::LiveEvent;
use lectern::live::page::{CaptionPage, Limits, PageOptions};
use lectern::transcript::Language;
use serde_json::{Value, json};

use super::browser::{Browser, commit, parts, seem, wait_until};

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(3600);

fn page(limits: Limits) -> (CaptionPage, String) {
    let options = PageOptions { limits, ..PageOptions::at("127.0.0.1:0".parse().unwrap()) };
    let page = CaptionPage::open(options).unwrap();
    let url = page.url();
    (page, url)
}

fn texts(board: &Value) -> Vec<&str> {
    board["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect()
}

#[test]
fn readers_see_what_is_said_and_what_was_said_before() {
    let (page, url) = page(Limits::default());
    let mut early = Browser::reader(&url);
    assert_eq!(early.board()["lines"], json!([{ "number": 0, "text": "", "tentative": "" }]));
    page.show(&commit("<b>Good</b>", false));
    assert_eq!(early.until("Good")["text"], "<b>Good</b>");
    page.show(&seem("mourning"));
    let board = early.board();
    assert_eq!(board["lines"], json!([{ "number": 0, "text": "<b>Good</b>", "tentative": " mourning" }]));
    page.show(&commit("morning.", true));
    let board = early.board();
    assert_eq!(texts(&board), ["<b>Good</b> morning.", ""]);
    let mut late = Browser::reader(&url);
    assert_eq!(late.board(), board);
}

#[test]
fn only_what_is_new_is_told_again() {
    let (page, url) = page(Limits::default());
    let mut reader = Browser::reader(&url);
    reader.board();
    for text in ["One.", "Two.", "Three."] {
        page.show(&commit(text, true));
        let board = reader.board();
        assert_eq!(texts(&board), [text, ""]);
    }
    page.show(&seem("Four"));
    assert_eq!(reader.board()["lines"][0]["tentative"], "Four");
    page.show(&seem("Four"));
    // When a newcomer has been told, so has everybody.
    Browser::reader(&url).board();
    page.show(&commit("Four.", true));
    assert_eq!(texts(&reader.board()), ["Four.", ""]);
}

#[test]
fn who_comes_back_is_told_what_was_missed() {
    let (page, url) = page(Limits::default());
    let mut reader = Browser::reader(&url);
    let session = reader.board()["session"].clone();
    page.show(&commit("One.", true));
    reader.until("");
    drop(reader);
    page.show(&commit("Two.", true));
    page.show(&commit("Three", false));
    let board = Browser::reader(&url).board();
    assert_eq!(texts(&board), ["One.", "Two.", "Three"]);
    assert_eq!(board["lines"][2]["number"], 2);
    assert_eq!(board["session"], session);
}

#[test]
fn lines_have_the_language_once_it_is_known() {
    let (page, url) = page(Limits::default());
    let mut reader = Browser::reader(&url);
    assert_eq!(reader.board()["language"], Value::Null);
    page.show(&commit("Guten", false));
    reader.until("Guten");
    page.show(&commit("Morgen.", true));
    reader.until("");
    page.show(&LiveEvent::LanguageDetected(Language::new("de")));
    let board = reader.board();
    assert_eq!((&board["language"], texts(&board)), (&json!("de"), vec!["Guten Morgen.", ""]));
}

#[test]
fn a_language_that_was_chosen_is_not_replaced_by_what_is_heard() {
    let address = "127.0.0.1:0".parse().unwrap();
    let options = PageOptions { language: Some(Language::new("en")), ..PageOptions::at(address) };
    let page = CaptionPage::open(options).unwrap();
    page.show(&LiveEvent::LanguageDetected(Language::new("de")));
    assert_eq!(Browser::reader(&page.url()).board()["language"], "en");
}

#[test]
fn only_the_page_can_be_asked_for_and_only_with_its_code() {
    let (_page, url) = page(Limits::default());
    let path = parts(&url).1;
    let status = |request: String| Browser::send(&url, &request).answer().0;
    let get = |path: &str| status(format!("GET {path} HTTP/1.1\r\n\r\n"));
    assert_eq!(get(path), 200);
    for path in ["/", "/events", "/../etc/passwd", &format!("{path}other"), &path[..path.len() - 2]] {
        assert_eq!(get(path), 404, "{path}");
    }
    assert_eq!(status(format!("POST {path} HTTP/1.1\r\n\r\n")), 405);
    assert_eq!(status("\r\n\r\n".to_owned()), 405);
    let (status, moved) = Browser::get(&url, path.trim_end_matches('/')).answer();
    assert!(status == 301 && moved.contains(&format!("\nLocation: {path}\n")), "{moved}");
}

#[test]
fn a_request_may_come_in_pieces_but_not_without_end() {
    let (_page, url) = page(Limits::default());
    let mut pieces = Browser::connect(&url);
    for piece in format!("GET {} HTTP/1.1\r\nHost: a\r\n\r\n", parts(&url).1).as_bytes().chunks(7) {
        pieces.write(piece);
    }
    assert_eq!(pieces.answer().0, 200);
    let long = format!("GET {} HTTP/1.1\r\nX: {}", parts(&url).1, "x".repeat(10_000));
    assert_eq!(Browser::send(&url, &long).answer().0, 431);
    let mut endless = Browser::connect(&url);
    wait_until("it is refused", || !endless.can_write());
}

#[test]
fn who_finds_no_place_is_told_so_and_gets_one_when_somebody_leaves() {
    let (page, url) = page(Limits { readers: 2, ..Limits::default() });
    let mut first = Browser::reader(&url);
    let mut second = Browser::reader(&url);
    first.board();
    second.board();
    let (status, text) = Browser::reader(&url).answer();
    assert_eq!(status, 503);
    assert!(text.ends_with("All places are taken. Try again later."), "{text}");
    assert_eq!(Browser::get(&url, parts(&url).1).answer().0, 200, "the page itself needs no place");
    drop(first);
    wait_until("there is a place", || Browser::reader(&url).answer_begins_with(200));
    page.show(&commit("Good morning.", true));
    second.until("");
}

#[test]
fn nobody_has_a_place_without_the_code() {
    let (_page, url) = page(Limits { readers: 1, ..Limits::default() });
    let guesses: Vec<_> = (0..20).map(|_| Browser::get(&url, "/abcdefgh23/events")).collect();
    let mut reader = Browser::reader(&url);
    assert_eq!(reader.board()["lines"][0]["number"], 0);
    for guess in guesses {
        assert_eq!(guess.answer().0, 404);
    }
}

#[test]
fn who_asks_too_slowly_is_hung_up_on_while_others_are_served() {
    let (_page, url) = page(Limits { asking: Duration::from_secs(2), ..Limits::default() });
    let mut slow = Browser::send(&url, "GET /");
    wait_until("the slow one is hung up on", || {
        assert_eq!(Browser::get(&url, parts(&url).1).answer().0, 200);
        !slow.can_write()
    });
}

#[test]
fn those_who_say_nothing_keep_nobody_out() {
    let (_page, url) = page(Limits { strangers: 3, asking: NEVER, ..Limits::default() });
    let mut silent: Vec<_> = (0..10).map(|_| Browser::connect(&url)).collect();
    let mut reader = Browser::reader(&url);
    assert_eq!(reader.board()["lines"][0]["number"], 0);
    assert!(silent.iter_mut().take(7).all(Browser::is_hung_up_on), "the oldest give way");
}

/// A reader who takes nothing, beside one who does, with two places in all: it loses its place.
#[track_caller]
fn check_dead(limits: Limits) {
    let (page, url) = page(Limits { readers: 2, ..limits });
    let mut alive = Browser::reader(&url);
    alive.board();
    let mut dead = Browser::reader(&url);
    dead.board();
    let text = "x".repeat(8000);
    wait_until("the dead reader is sent away", || {
        // More than the system keeps for anybody comes to it bit by bit.
        page.show(&commit(&text, true));
        alive.until("");
        Browser::reader(&url).answer_begins_with(200)
    });
}

#[test]
fn a_reader_who_takes_nothing_for_too_long_loses_its_place() {
    check_dead(Limits { taking: Duration::from_millis(500), waiting: usize::MAX, ..Limits::default() });
}

#[test]
fn a_reader_for_whom_too_much_waits_loses_its_place() {
    check_dead(Limits { taking: NEVER, waiting: 100_000, ..Limits::default() });
}

#[test]
fn readers_hear_that_the_page_is_still_there() {
    let (_page, url) = page(Limits::default());
    let mut reader = Browser::reader(&url);
    reader.board();
    assert_eq!(reader.event(), "alive");
}

#[test]
fn at_the_end_readers_are_told_and_the_page_is_gone() {
    let (page, url) = page(Limits::default());
    let mut readers: Vec<_> = (0..3).map(|_| Browser::reader(&url)).collect();
    readers.iter_mut().for_each(|reader| drop(reader.board()));
    page.show(&commit("That is all.", true));
    drop(page);
    for mut reader in readers {
        assert_eq!(texts(&reader.board())[0], "That is all.");
        assert_eq!(reader.last_events().last().map(String::as_str), Some("ended"));
    }
    assert!(TcpStream::connect(parts(&url).0).is_err());
}
