//! Names of voices.

use std::collections::BTreeMap;

use crate::recognize::request::SpeakerWish;
use crate::transcript::Word;

/// The voice with at least this part of all speech is the lecturer. Unit: percent.
const LECTURER: f64 = 60.0;
const ROLES: [&str; 2] = ["Lecturer", "Audience"];
const NUMBERED: [&str; 2] = ["Speaker ", "Audience "];

/// Returns the name of each voice: roles if one voice has most of the time, otherwise numbers in order of appearance.
/// If three or more voices were requested, those of the audience are numbered.
pub(super) fn names(
    words: &[&Word],
    said_by: &[usize],
    count: usize,
    wish: SpeakerWish,
) -> Vec<Option<String>> {
    let times = times(words, said_by, count);
    let mut order = Vec::new();
    for &voice in said_by {
        if !order.contains(&voice) {
            order.push(voice);
        }
    }
    let (most, total) = (times.iter().copied().max().unwrap_or(0), times.iter().sum::<i64>());
    let has_lecturer = most as f64 * 100.0 >= LECTURER * total as f64;
    let lecturer = times.iter().position(|&time| has_lecturer && time == most);
    let tells_apart = matches!(wish, SpeakerWish::Exactly(count) if count.get() > 2);
    let place = |voice: usize, except: Option<usize>| {
        let mut others = order.iter().filter(|&&other| Some(other) != except);
        others.position(|&other| other == voice).map_or(0, |place| place + 1)
    };
    let name = |voice: usize| match lecturer {
        Some(lecturer) if lecturer == voice => ROLES[0].to_owned(),
        Some(_) if tells_apart => format!("{}{}", NUMBERED[1], place(voice, lecturer)),
        Some(_) => ROLES[1].to_owned(),
        None => format!("{}{}", NUMBERED[0], place(voice, None)),
    };
    (0..count).map(|voice| Some(name(voice))).collect()
}

/// Returns how long each voice speaks. Unit: milliseconds.
pub(super) fn times(words: &[&Word], said_by: &[usize], count: usize) -> Vec<i64> {
    let mut times = vec![0; count];
    for (word, &voice) in words.iter().zip(said_by) {
        times[voice] += word.span.duration().as_millis();
    }
    times
}

/// Gives names that a user chose back to their voices. `before` is the earlier name of each word. A name stays with the
/// one voice that says most of its words.
pub(super) fn keep_names(
    names: &mut [Option<String>],
    words: &[&Word],
    said_by: &[usize],
    before: &[Option<&str>],
) {
    let mut shared: BTreeMap<(&str, usize), i64> = BTreeMap::new();
    let mut of_name: BTreeMap<&str, i64> = BTreeMap::new();
    for ((word, &voice), name) in words.iter().zip(said_by).zip(before) {
        let Some(name) = name.filter(|name| !is_automatic(name)) else { continue };
        let time = word.span.duration().as_millis();
        *shared.entry((name, voice)).or_default() += time;
        *of_name.entry(name).or_default() += time;
    }
    let of_voice = times(words, said_by, names.len());
    let mut pairs: Vec<_> = shared.into_iter().collect();
    pairs.sort_by_key(|&(_, time)| std::cmp::Reverse(time));
    let mut kept = vec![false; names.len()];
    for ((name, voice), time) in pairs {
        let is_same = 2 * time >= of_voice[voice].min(of_name[name]);
        if is_same && !kept[voice] && names.iter().all(|other| other.as_deref() != Some(name)) {
            names[voice] = Some(name.to_owned());
            kept[voice] = true;
        }
    }
}

/// Returns whether Lectern gives this name automatically.
pub fn is_automatic(name: &str) -> bool {
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    ROLES.contains(&name) || NUMBERED.iter().any(|start| name.strip_prefix(start).is_some_and(is_number))
}

/// Returns a name for a voice that was mistaken for another person's: `Speaker 4` beside speakers 1 to 3, otherwise
/// `Ada 2` beside Ada.
pub(super) fn name_beside(name: &str, taken: &[&str]) -> String {
    let stem = NUMBERED.iter().find(|start| is_automatic(name) && name.starts_with(**start));
    let stem = stem.map_or_else(|| format!("{name} "), |start| (*start).to_owned());
    let free = |number: &usize| !taken.contains(&format!("{stem}{number}").as_str());
    let number = (2..).find(free).unwrap_or(2);
    format!("{stem}{number}")
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::document::words::estimate;
    use crate::time::TimeSpan;

    /// Returns eight words of the same length.
    fn words() -> Vec<Word> {
        estimate("aa bb cc dd ee ff gg hh", TimeSpan::from_millis(0, 8000))
    }

    fn named(said_by: &[usize], wish: SpeakerWish) -> Vec<String> {
        let (words, count) = (words(), said_by.iter().max().unwrap() + 1);
        let words: Vec<&Word> = words.iter().collect();
        names(&words, said_by, count, wish).into_iter().flatten().collect()
    }

    #[test]
    fn the_audience_is_told_apart_where_that_was_asked_for() {
        let said_by = [0, 0, 2, 0, 0, 1, 0, 0];
        assert_eq!(named(&said_by, SpeakerWish::Any), ["Lecturer", "Audience", "Audience"]);
        let three = SpeakerWish::Exactly(NonZeroUsize::new(3).unwrap());
        assert_eq!(named(&said_by, three), ["Lecturer", "Audience 2", "Audience 1"]);
        let two = SpeakerWish::Exactly(NonZeroUsize::new(2).unwrap());
        assert_eq!(named(&[1, 1, 1, 0, 1, 1, 1, 1], two), ["Audience", "Lecturer"]);
    }

    #[test]
    fn chosen_names_stay_with_their_voices() {
        let (ada, bob, auto) = (Some("Ada"), Some("Bob"), Some("Speaker 3"));
        let before = [ada, ada, ada, bob, bob, auto, auto, None];
        let kept = |said_by: &[usize]| {
            let (words, count) = (words(), said_by.iter().max().unwrap() + 1);
            let words: Vec<&Word> = words.iter().collect();
            let mut names = names(&words, said_by, count, SpeakerWish::Any);
            keep_names(&mut names, &words, said_by, &before);
            names.into_iter().flatten().collect::<Vec<_>>()
        };
        assert_eq!(kept(&[0, 0, 0, 1, 1, 2, 2, 2]), ["Ada", "Bob", "Speaker 3"]);
        assert_eq!(kept(&[0, 0, 1, 2, 2, 3, 3, 3]), ["Ada", "Speaker 2", "Bob", "Speaker 4"], "Ada was two");
        assert_eq!(kept(&[0, 0, 0, 0, 0, 1, 1, 1]), ["Ada", "Audience"], "Bob is no more");
    }

    #[test]
    fn a_new_name_is_free() {
        assert_eq!(name_beside("Speaker 1", &["Speaker 1", "Speaker 2", "Ada"]), "Speaker 3");
        assert_eq!(name_beside("Ada", &["Ada"]), "Ada 2");
        assert_eq!(name_beside("Audience", &["Audience", "Audience 2"]), "Audience 3");
    }
}
