//! The markup that SRT files carry although SRT has none: HTML's formatting tags and ASS overrides.

/// The tags that players know; whatever else stands between `<` and `>` is text.
const TAGS: [&str; 11] = ["i", "b", "u", "s", "em", "strong", "strike", "font", "c", "span", "br"];

/// The text without markup, and whether there was any. `<br>` becomes a line break.
pub(super) fn strip(line: &str) -> (String, bool) {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    let mut found = false;
    while let Some(at) = rest.find(['<', '{']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match markup(rest) {
            Some((length, shown)) => {
                text.push_str(shown);
                rest = &rest[length..];
                found = true;
            }
            None => {
                text.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    (text, found)
}

/// The length of the markup at the beginning of `text`, and what it shows.
fn markup(text: &str) -> Option<(usize, &'static str)> {
    if text.starts_with('{') { override_tag(text).map(|length| (length, "")) } else { tag(text) }
}

/// The length of an ASS override such as `{\an8}`. It holds no brace, so that the search stays short.
fn override_tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{\\")?;
    let end = inside.find(['{', '}'])?;
    inside[end..].starts_with('}').then_some(end + 3)
}

/// The length of a formatting tag and what it shows. It holds no `<`.
fn tag(text: &str) -> Option<(usize, &'static str)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(['<', '>'])?;
    let inside = inside[..end].trim_start_matches('/').trim_end().trim_end_matches('/').trim_end();
    let name = inside.split([' ', '.', '\t']).next().unwrap_or_default().to_ascii_lowercase();
    let is_tag = text[1 + end..].starts_with('>') && TAGS.contains(&name.as_str());
    is_tag.then_some((end + 2, if name == "br" { "\n" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        let cases = [
            ("<i>a</i> < b > <B>c</b >", "a < b > c"),
            ("<font color=\"#fff\">a</font>", "a"),
            ("{\\an8}{\\pos(10,20)}a{\\i0}", "a"),
            ("a<br/>b<BR>c", "a\nb\nc"),
            (
                "vector<int> <div> <script>x</script> {1, 2} {an8}",
                "vector<int> <div> <script>x</script> {1, 2} {an8}",
            ),
            ("<i", "<i"),
            ("{\\an8", "{\\an8"),
            ("<<i>>", "<>"),
        ];
        for (line, text) in cases {
            assert_eq!(strip(line), (text.to_owned(), line != text), "{line}");
        }
    }
}
