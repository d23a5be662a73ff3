//! The markup that SRT files carry although SRT has none: HTML's formatting tags and ASS overrides.

/// The tags that players know; whatever else stands between `<` and `>` is text.
const TAGS: [&str; 11] = ["i", "b", "u", "s", "em", "strong", "strike", "font", "c", "span", "br"];

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    /// A formatting tag that begins: its name in lower case, and the tag as it stands.
    Open {
        name: String,
        source: &'a str,
    },
    /// A formatting tag that ends.
    Close {
        name: String,
    },
    /// `<br>`
    Break,
    /// An ASS override such as `{\an8}`, as it stands.
    Override(&'a str),
}

/// Divides a line into text and markup.
pub(crate) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = line[at..].find(['<', '{']).map(|next| at + next) {
        match markup(&line[next..]) {
            Some((length, piece)) => {
                pieces.extend(Some(&line[from..next]).filter(|text| !text.is_empty()).map(Piece::Text));
                pieces.push(piece);
                (from, at) = (next + length, next + length);
            }
            None => at = next + 1,
        }
    }
    pieces.extend(Some(&line[from..]).filter(|text| !text.is_empty()).map(Piece::Text));
    pieces
}

/// The markup at the beginning of `text` and its length.
fn markup(text: &str) -> Option<(usize, Piece<'_>)> {
    if text.starts_with('{') { override_tag(text) } else { tag(text) }
}

/// It holds no brace, so that the search stays short.
fn override_tag(text: &str) -> Option<(usize, Piece<'_>)> {
    let inside = text.strip_prefix("{\\")?;
    let end = inside.find(['{', '}'])?;
    inside[end..].starts_with('}').then(|| (end + 3, Piece::Override(&text[..end + 3])))
}

/// It holds no `<`.
fn tag(text: &str) -> Option<(usize, Piece<'_>)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(['<', '>'])?;
    let is_end = inside.starts_with('/');
    let inside = inside[..end].trim_start_matches('/').trim_end().trim_end_matches('/').trim_end();
    let name = inside.split([' ', '.', '\t']).next().unwrap_or_default().to_ascii_lowercase();
    if !text[1 + end..].starts_with('>') || !TAGS.contains(&name.as_str()) {
        return None;
    }
    let piece = match name.as_str() {
        "br" => Piece::Break,
        _ if is_end => Piece::Close { name },
        _ => Piece::Open { name, source: &text[..end + 2] },
    };
    Some((end + 2, piece))
}

/// The text without markup, and whether there was any. `<br>` becomes a line break.
pub(super) fn strip(line: &str) -> (String, bool) {
    let pieces = pieces(line);
    let found = pieces.iter().any(|piece| !matches!(piece, Piece::Text(_)));
    let shown = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Break => "\n".to_owned(),
        Piece::Open { .. } | Piece::Close { .. } | Piece::Override(_) => String::new(),
    };
    (pieces.iter().map(shown).collect(), found)
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
