//! Where dictionaries are installed, and which of them fits.

use std::fs;
use std::path::{Path, PathBuf};

use directories::BaseDirs;
use encoding_rs::{Encoding, UTF_8};

use super::SpellingError;

/// The folders of the system in which programs share dictionaries.
#[cfg(target_os = "macos")]
const SHARED: [&str; 2] = ["/Library/Spelling", "/opt/homebrew/share/hunspell"];
#[cfg(all(unix, not(target_os = "macos")))]
const SHARED: [&str; 4] =
    ["/usr/local/share/hunspell", "/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell"];
#[cfg(not(unix))]
const SHARED: [&str; 0] = [];

/// The folders in which dictionaries may be: the user's first, then those of the system.
pub fn folders() -> Vec<PathBuf> {
    let own = BaseDirs::new().into_iter().flat_map(|dirs| {
        let spelling = dirs.home_dir().join("Library/Spelling");
        [dirs.data_dir().join("hunspell")].into_iter().chain(cfg!(target_os = "macos").then_some(spelling))
    });
    own.chain(SHARED.map(PathBuf::from)).collect()
}

/// The dictionary that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Tag of the language of a text, with or without a region: `en`, `en-GB`.
    pub language: &'a str,
    /// The language of the computer, whose region counts where that of the text is not known.
    pub near: Option<&'a str>,
}

/// The two files of a dictionary.
#[derive(Debug)]
pub(super) struct Pair {
    pub name: String,
    rules: PathBuf,
    pub list: PathBuf,
}

impl Pair {
    /// The texts of both files, in the encoding that the rules name.
    pub fn read(&self) -> Result<(String, String), SpellingError> {
        let read = |path: &Path| {
            fs::read(path).map_err(|cause| SpellingError::Unreadable { path: path.to_owned(), cause })
        };
        let (rules, list) = (read(&self.rules)?, read(&self.list)?);
        let encoding = encoding(&rules);
        let text = |bytes: &[u8]| encoding.decode_with_bom_removal(bytes).0.into_owned();
        Ok((text(&rules), text(&list)))
    }
}

/// What the line `SET` says; UTF-8 without.
fn encoding(rules: &[u8]) -> &'static Encoding {
    let rules = String::from_utf8_lossy(rules);
    let named = rules.lines().find_map(|line| line.trim_start_matches('\u{feff}').strip_prefix("SET "));
    // Hunspell writes ISO8859-1 for what is elsewhere ISO-8859-1.
    let named =
        named.map(|name| name.trim().replace("ISO8859", "ISO-8859").replace("microsoft-cp", "windows-"));
    named.and_then(|name| Encoding::for_label(name.as_bytes())).unwrap_or(UTF_8)
}

/// The dictionary that fits best, if there is one for the language.
pub(super) fn find(wanted: &Wanted, folders: &[PathBuf]) -> Option<Pair> {
    let (language, region) = parts(wanted.language);
    let near = wanted.near.map(parts).filter(|(near, _)| *near == language).and_then(|(_, region)| region);
    let rank = |pair: &Pair| {
        let (_, own) = parts(&pair.name);
        let usual = if language == "en" { "US".to_owned() } else { language.to_uppercase() };
        // False comes first.
        [region.clone(), near.clone(), None, Some(usual)].map(|good| own != good)
    };
    let mut pairs: Vec<Pair> = folders.iter().flat_map(|folder| in_folder(folder, &language)).collect();
    // Stable, so that the user's own come first among their like.
    pairs.sort_by(|one, other| {
        let (first, second) = (rank(one), rank(other));
        let best = |rank: &[bool; 4]| rank.iter().position(|differs| !differs).unwrap_or(rank.len());
        best(&first).cmp(&best(&second)).then(one.name.cmp(&other.name))
    });
    pairs.into_iter().next()
}

/// Dictionaries of a language, with the word lists that belong to them.
fn in_folder(folder: &Path, language: &str) -> Vec<Pair> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let pair = |rules: PathBuf| {
        let name = rules.file_stem()?.to_str()?.to_owned();
        let list = rules.with_extension("dic");
        let is_it = rules.extension()? == "aff" && parts(&name).0 == language && list.is_file();
        is_it.then_some(Pair { name, rules, list })
    };
    files.filter_map(pair).collect()
}

/// Language and region of a tag or a locale: `en_GB.UTF-8` has `en` and `GB`.
fn parts(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split(['.', '@']).next().unwrap_or_default().split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_lowercase();
    let region = parts.find(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic()));
    (language, region.map(str::to_uppercase))
}
