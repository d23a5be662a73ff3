//! Markdown without what nobody says: code, addresses, marks.

use std::sync::LazyLock;

use regex::Regex;

/// Images and links give way to their texts, HTML tags and addresses to nothing.
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"!?\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])").ok());
static NOISE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<[^>\n]*>|https?://\S+|`[^`\n]*`|[*_#>|~]+").ok());

pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            in_code = !in_code;
            continue;
        }
        if !in_code {
            plain.push_str(&without_marks(line));
            plain.push('\n');
        }
    }
    plain
}

fn without_marks(line: &str) -> String {
    let replaced = |pattern: &Option<Regex>, text: &str, with: &str| match pattern {
        Some(pattern) => pattern.replace_all(text, with).into_owned(),
        None => text.to_owned(),
    };
    replaced(&NOISE, &replaced(&LINK, line, "$1"), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_code_and_addresses_go() {
        let text = "# The *Galerkin* method\n```\nlet x = 1;\n```\nSee [Lax](https://x.org/a) and `f(x)` at https://y.org.\n";
        let words: Vec<String> = plain(text).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.join(" "), "The Galerkin method See Lax and at");
    }
}
