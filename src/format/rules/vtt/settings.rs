//! Settings of cues and regions.

use std::collections::HashSet;

use crate::format::Repair;

const UNKNOWN: &str = "a cue setting is not known";
const WRONG: &str = "a cue setting has a value that is not allowed";
const TWICE: &str = "a cue setting is given twice";
const NO_REGION: &str = "the region of the cue is not defined above it";
const WRONG_REGION: &str = "a region setting is not known or has a value that is not allowed";
const REGION_TWICE: &str = "a region setting is given twice";
const NO_ID: &str = "the region has no identifier";
const ID_TWICE: &str = "the identifier of the region was used before";

/// Checks the settings of a cue in one line of the file, counted from 1.
pub(super) fn of_cue(line: usize, settings: &str, regions: &HashSet<String>) -> Vec<Repair> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for setting in settings.split([' ', '\t']).filter(|setting| !setting.is_empty()) {
        let Some((name, value)) = setting.split_once(':') else {
            faults.push(UNKNOWN);
            continue;
        };
        if !seen.insert(name) {
            faults.push(TWICE);
        }
        faults.extend(cue_setting(name, value, regions));
    }
    faults.into_iter().map(|what| Repair::at(line, what)).collect()
}

fn cue_setting(name: &str, value: &str, regions: &HashSet<String>) -> Option<&'static str> {
    let (first, second) = value.split_once(',').map_or((value, None), |(a, b)| (a, Some(b)));
    let among = |choices: &[&str]| second.is_none_or(|second| choices.contains(&second));
    let is_right = match name {
        "vertical" => ["rl", "lr"].contains(&value),
        "line" => (is_percentage(first) || is_line(first)) && among(&["start", "center", "end"]),
        "position" => is_percentage(first) && among(&["line-left", "center", "line-right"]),
        "size" => is_percentage(value),
        "align" => ["start", "center", "end", "left", "right"].contains(&value),
        "region" => return (!regions.contains(value)).then_some(NO_REGION),
        _ => return Some(UNKNOWN),
    };
    (!is_right).then_some(WRONG)
}

/// Checks the lines of a region; `first` is the line number of the first one, from 1.
pub(super) fn region(first: usize, lines: &[&str], regions: &mut HashSet<String>) -> Vec<Repair> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for (line, setting) in (first..).zip(lines).flat_map(|(line, text)| words(line, text)) {
        let (name, value) = setting.split_once(':').unwrap_or((setting, ""));
        if !seen.insert(name) {
            faults.push(Repair::at(line, REGION_TWICE));
        }
        if !is_region_setting(name, value) {
            faults.push(Repair::at(line, WRONG_REGION));
        }
        if name == "id" && !value.is_empty() && !regions.insert(value.to_owned()) {
            faults.push(Repair::at(line, ID_TWICE));
        }
    }
    if !seen.contains("id") {
        faults.push(Repair::at(first - 1, NO_ID));
    }
    faults
}

fn words(line: usize, text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split([' ', '\t']).filter(|word| !word.is_empty()).map(move |word| (line, word))
}

fn is_region_setting(name: &str, value: &str) -> bool {
    let is_anchor = || value.split_once(',').is_some_and(|(x, y)| is_percentage(x) && is_percentage(y));
    match name {
        "id" => !value.is_empty(),
        "width" => is_percentage(value),
        "lines" => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()),
        "regionanchor" | "viewportanchor" => is_anchor(),
        "scroll" => value == "up",
        _ => false,
    }
}

fn is_percentage(text: &str) -> bool {
    let Some(number) = text.strip_suffix('%') else { return false };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number(whole) && is_number(fraction) && number.parse::<f64>().is_ok_and(|number| number <= 100.0)
}

fn is_line(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
