//! Lists of literature (BibTeX): titles, and who wrote what.

use unicode_normalization::UnicodeNormalization as _;

use super::{Material, MaterialError};

/// Braces of a value lie this deep within each other at most.
const MOST_DEPTH: usize = 64;
/// The fields whose words may be spoken.
const TEXTS: [&str; 6] = ["title", "booktitle", "journal", "keywords", "abstract", "series"];
const PERSONS: [&str; 2] = ["author", "editor"];

/// The values of the fields that hold words.
pub(super) fn read(text: &str) -> Result<Material, MaterialError> {
    let mut material = Material::default();
    let mut has_entry = false;
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        rest = &rest[at + 1..];
        let Some(open) = rest.find('{') else { break };
        let kind = rest[..open].trim();
        if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_alphabetic()) {
            continue;
        }
        let (entry, after) = braced(&rest[open..])?;
        rest = after;
        if !["comment", "string", "preamble"].contains(&kind.to_ascii_lowercase().as_str()) {
            has_entry = true;
            add_fields(entry, &mut material)?;
        }
    }
    if has_entry { Ok(material) } else { Err(MaterialError::Damaged("it has no entry of BibTeX".to_owned())) }
}

/// What stands between a brace, with which the text begins, and the one that closes it; and the text after that.
fn braced(text: &str) -> Result<(&str, &str), MaterialError> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth > MOST_DEPTH {
            return Err(MaterialError::TooDeep);
        }
        if depth == 0 {
            return Ok((&text[1..at], &text[at + 1..]));
        }
    }
    Err(MaterialError::Damaged("a brace has no end".to_owned()))
}

fn add_fields(entry: &str, material: &mut Material) -> Result<(), MaterialError> {
    // The key comes first.
    let mut rest = entry.split_once(',').map_or("", |(_, fields)| fields);
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].trim().trim_start_matches(',').trim().to_ascii_lowercase();
        let (value, after) = value(rest[equals + 1..].trim_start())?;
        if TEXTS.contains(&name.as_str()) {
            material.text.push_str(&plain(value));
            material.text.push('\n');
        } else if PERSONS.contains(&name.as_str()) {
            let persons = value.split(" and ").map(|person| in_order(&plain(person)));
            material.names.extend(persons.filter(|person| !person.is_empty() && person != "others"));
        }
        rest = after;
    }
    Ok(())
}

/// A value and what stands after it.
fn value(text: &str) -> Result<(&str, &str), MaterialError> {
    if text.starts_with('{') {
        return braced(text);
    }
    if let Some(quoted) = text.strip_prefix('"') {
        let mut depth = 0_i32;
        for (at, byte) in quoted.bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'"' if depth <= 0 => return Ok((&quoted[..at], &quoted[at + 1..])),
                _ => {}
            }
        }
        return Err(MaterialError::Damaged("a quotation has no end".to_owned()));
    }
    Ok(text.split_at(text.find(',').unwrap_or(text.len())))
}

/// `Lax, Peter D.` as it is said.
fn in_order(person: &str) -> String {
    match person.split_once(',') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()).trim().to_owned(),
        None => person.trim().to_owned(),
    }
}

/// Accents of TeX, and the marks that follow their letters in Unicode.
const ACCENTS: [(char, char); 11] = [
    ('"', '\u{308}'),
    ('\'', '\u{301}'),
    ('`', '\u{300}'),
    ('^', '\u{302}'),
    ('~', '\u{303}'),
    ('=', '\u{304}'),
    ('.', '\u{307}'),
    ('v', '\u{30c}'),
    ('c', '\u{327}'),
    ('H', '\u{30b}'),
    ('u', '\u{306}'),
];
/// Letters that have a command.
const LETTERS: [(&str, &str); 10] = [
    ("ss", "ß"),
    ("aa", "å"),
    ("AA", "Å"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
];

/// The text of a value without TeX.
fn plain(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value.chars().peekable();
    while let Some(letter) = rest.next() {
        if matches!(letter, '{' | '}' | '$') {
            continue;
        }
        if letter != '\\' {
            plain.push(if letter.is_whitespace() || letter == '~' { ' ' } else { letter });
            continue;
        }
        let Some(first) = rest.next() else { break };
        let accent = ACCENTS.iter().find(|(command, _)| *command == first).map(|(_, mark)| *mark);
        let is_word =
            first.is_ascii_alphabetic() && rest.peek().is_some_and(|next| next.is_ascii_alphabetic());
        match accent {
            Some(mark) if !is_word => {
                while rest.next_if(|next| matches!(next, ' ' | '{' | '\\')).is_some() {}
                plain.extend(rest.next());
                plain.push(mark);
            }
            _ if first.is_ascii_alphabetic() => {
                let mut command = first.to_string();
                while let Some(next) = rest.next_if(char::is_ascii_alphabetic) {
                    command.push(next);
                }
                let letter = LETTERS.iter().find(|(name, _)| *name == command).map(|(_, letter)| *letter);
                plain.push_str(letter.unwrap_or(" "));
            }
            _ => plain.push(first),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_persons_are_read_without_tex() {
        let text = r#"% a comment
            @article{lax54, author = {Lax, Peter D. and Arthur Milgram and others},
              title = {{P}arabolic Equations of G{\aa}rding and Gr{\"o}nwall}, year = 1954}
            @string{x = "unused"}
            @book{b, title = "Bash \& {"quoted"}", editor="Tom{\'a}\v{s} Novak", isbn={1}}"#;
        let found = read(text).unwrap();
        assert_eq!(found.names, ["Peter D. Lax", "Arthur Milgram", "Tomáš Novak"]);
        let titles: Vec<_> = found.text.lines().collect();
        assert_eq!(titles, ["Parabolic Equations of Gårding and Grönwall", "Bash & \"quoted\""]);
    }

    #[test]
    fn what_has_no_end_is_damaged() {
        assert!(matches!(read("@a{b, title = {c"), Err(MaterialError::Damaged(_))));
        assert!(matches!(read("no entries"), Err(MaterialError::Damaged(_))));
        assert_eq!(read(&format!("@a{{b, title = {}", "{".repeat(99))), Err(MaterialError::TooDeep));
    }
}
