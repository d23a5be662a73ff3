//! Colours in the notations of caption formats.

/// The names that all formats share, with their values.
const NAMED: [(&str, &str); 19] = [
    ("white", "#ffffff"),
    ("lime", "#00ff00"),
    ("cyan", "#00ffff"),
    ("red", "#ff0000"),
    ("yellow", "#ffff00"),
    ("magenta", "#ff00ff"),
    ("blue", "#0000ff"),
    ("black", "#000000"),
    ("aqua", "#00ffff"),
    ("fuchsia", "#ff00ff"),
    ("green", "#008000"),
    ("gray", "#808080"),
    ("grey", "#808080"),
    ("silver", "#c0c0c0"),
    ("maroon", "#800000"),
    ("purple", "#800080"),
    ("olive", "#808000"),
    ("navy", "#000080"),
    ("teal", "#008080"),
];
/// The first ones are also WebVTT classes.
const CLASSES: usize = 8;

/// Returns `#rrggbb` for a name, or for three, six or eight hexadecimal digits with or without `#`.
pub(crate) fn parse(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    if let Some((_, value)) = NAMED.iter().find(|(name, _)| *name == text) {
        return Some((*value).to_owned());
    }
    let digits = text.strip_prefix('#').unwrap_or(&text);
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(digits.chars().fold("#".to_owned(), |all, c| all + &String::from(c).repeat(2))),
        6 | 8 => Some(format!("#{}", &digits[..6])),
        _ => None,
    }
}

/// Returns the WebVTT class of a colour, if it has one.
pub(crate) fn class(color: &str) -> Option<&'static str> {
    NAMED[..CLASSES].iter().find(|(_, value)| *value == color).map(|(name, _)| *name)
}

/// Returns the colour of a WebVTT class.
pub(crate) fn of_class(class: &str) -> Option<String> {
    NAMED[..CLASSES].iter().find(|(name, _)| *name == class).map(|(_, value)| (*value).to_owned())
}

/// Parses the colour of an ASS override such as `&H0000FF&`, blue first.
pub(crate) fn of_ass(value: &str) -> Option<String> {
    let digits = value.trim().trim_matches('&').trim_start_matches(['H', 'h']);
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, blue, green, red] = number.to_be_bytes();
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// Formats a colour for ASS.
pub(crate) fn to_ass(color: &str) -> Option<String> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let upper = digits.to_ascii_uppercase();
    Some(format!("&H{}{}{}&", upper.get(4..6)?, upper.get(2..4)?, upper.get(0..2)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_have_one_form() {
        for (text, color) in
            [("Red", "#ff0000"), ("#F00", "#ff0000"), ("00ff0080", "#00ff00"), ("\"#123456\"", "#123456")]
        {
            assert_eq!(parse(text).as_deref(), Some(color), "{text}");
        }
        assert_eq!(parse("reddish"), None);
        assert_eq!(of_ass("&H0000FF&").as_deref(), Some("#ff0000"));
        assert_eq!(to_ass("#123456").as_deref(), Some("&H563412&"));
        assert_eq!((class("#ff0000"), of_class("lime").as_deref()), (Some("red"), Some("#00ff00")));
    }
}
