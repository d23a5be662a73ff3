//! What browsers are given to show the captions with.

use lectern::live::page::{CaptionPage, PageOptions};

use super::browser::{Browser, parts};

/// The head of the answer, and the page.
fn page() -> (String, String) {
    let page = CaptionPage::open(PageOptions::at("127.0.0.1:0".parse().unwrap())).unwrap();
    let (status, answer) = Browser::get(&page.url(), parts(&page.url()).1).answer();
    assert_eq!(status, 200);
    let (head, body) = answer.split_once("\n\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let (head, body) = page();
    let policy = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src \
                  'unsafe-inline'; connect-src 'self'";
    assert!(head.lines().any(|line| line == policy), "{head}");
    for line in ["Cache-Control: no-store", "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff"]
    {
        assert!(head.contains(line), "{head}");
    }
    for loader in ["http:", "https:", "src=", "href=", "url(", "@import", "import ", "fetch(", "XMLHttp"] {
        assert!(!body.contains(loader), "{loader}");
    }
}

#[test]
fn screen_readers_are_told_what_is_new_and_in_which_language() {
    let (_, body) = page();
    assert_eq!(body.matches("role=\"log\"").count(), 1);
    // An element an utterance; words are added to it, and those that may change are not read.
    for part in
        ["setAttribute(\"aria-hidden\", \"true\")", "element.lang = language", "element.dir = \"auto\""]
    {
        assert!(body.contains(part), "{part}");
    }
    assert!(!body.contains("innerHTML") && !body.contains("part(\"log\").replaceChildren"));
}

#[test]
fn it_is_made_for_phones_in_the_dark() {
    let (_, body) = page();
    for part in ["width=device-width", "prefers-color-scheme: dark", "max-width: 24rem", "id=\"newest\""] {
        assert!(body.contains(part), "{part}");
    }
}

#[test]
fn browsers_come_back_by_themselves_until_the_lecture_has_ended() {
    let (_, body) = page();
    for part in
        ["addEventListener(\"ended\"", "The lecture has ended.", "2 **", "Math.random()", "onerror = lose"]
    {
        assert!(body.contains(part), "{part}");
    }
}
