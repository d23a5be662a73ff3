//! The part of HTTP/1.1 that the page needs: two addresses, no input, server-sent events.

use std::sync::Arc;

use serde::Serialize;

/// Bytes to send, shared by several readers.
pub(super) type Message = Arc<[u8]>;

/// An answer to a browser other than the captions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Page,
    /// The address of the page without the slash at its end, as people type it.
    Moved,
    NotFound,
    OnlyReading,
    TooLong,
    Full,
}

/// Returns the length of the head of a request, once it is complete.
pub(super) fn head_length(input: &[u8]) -> Option<usize> {
    let end_after =
        |end: &[u8]| input.windows(end.len()).position(|part| part == end).map(|at| at + end.len());
    [end_after(b"\n\r\n"), end_after(b"\n\n")].into_iter().flatten().min()
}

/// Returns the path of a GET request; `None` for other requests.
pub(super) fn requested_path(head: &[u8]) -> Option<&str> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let mut parts = std::str::from_utf8(line).ok()?.split_whitespace();
    match (parts.next(), parts.next()) {
        (Some("GET"), path) => path,
        _ => None,
    }
}

/// Returns the bytes of an answer. `code` is the one in the address of the page.
pub(super) fn answer(answer: Answer, code: &str) -> Message {
    let (status, body) = match answer {
        Answer::Page => ("200 OK", include_str!("page.html")),
        Answer::Moved => ("301 Moved Permanently", "The page is at this address with a slash at its end."),
        Answer::NotFound => ("404 Not Found", "There is nothing here."),
        Answer::OnlyReading => ("405 Method Not Allowed", "This page can only be read."),
        Answer::TooLong => ("431 Request Header Fields Too Large", "The request is too long."),
        Answer::Full => ("503 Service Unavailable", "All places are taken. Try again later."),
    };
    let more = match answer {
        Answer::Moved => format!("Location: /{code}/\r\n"),
        Answer::Full => "Retry-After: 10\r\n".to_owned(),
        _ => String::new(),
    };
    let kind = if answer == Answer::Page { "text/html" } else { "text/plain" };
    let (head, length) = (head(status), body.len());
    let text =
        format!("{head}{more}Content-Type: {kind}; charset=utf-8\r\nContent-Length: {length}\r\n\r\n{body}");
    text.into_bytes().into()
}

/// Returns the head of the response that carries the events.
pub(super) fn beginning_of_events() -> Message {
    format!("{}Content-Type: text/event-stream\r\n\r\n", head("200 OK")).into_bytes().into()
}

/// Makes an event with data.
pub(super) fn message(data: &impl Serialize) -> Message {
    // The data contains only texts and numbers, which JSON can always represent.
    let json = serde_json::to_string(data).unwrap_or_default();
    format!("data: {json}\n\n").into_bytes().into()
}

/// Makes an event without data.
pub(super) fn named_event(name: &str) -> Message {
    format!("event: {name}\ndata: {{}}\n\n").into_bytes().into()
}

fn head(status: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
         connect-src 'self'\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_with_an_empty_line() {
        assert_eq!(head_length(b"GET / HTTP/1.1\r\nHost: a\r\n"), None);
        assert_eq!(head_length(b"GET / HTTP/1.1\r\n\r\nrest"), Some(18));
        assert_eq!(head_length(b"GET / HTTP/1.1\n\nGET /\r\n\r\n"), Some(16));
        assert_eq!(head_length(b"\r\n\r\n"), Some(4));
    }

    #[test]
    fn only_requests_to_read_have_a_path() {
        assert_eq!(requested_path(b"GET /a/b HTTP/1.1\r\n\r\n"), Some("/a/b"));
        for other in [&b"POST /a HTTP/1.1\r\n\r\n"[..], b"GET\r\n\r\n", b"\r\n\r\n", b"\x16\x03\x01\r\n\r\n"]
        {
            assert_eq!(requested_path(other), None, "{other:?}");
        }
    }
}
