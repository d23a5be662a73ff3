//! Sentences with personal data and without, in three languages.

use std::fs;
use std::ops::Range;
use std::path::Path;

use lectern::hide::find;
use lectern::transcript::Language;

/// A sentence, and what is personal in it.
struct Case {
    text: String,
    personal: Vec<(Range<usize>, String)>,
}

fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/hide").join(file);
    let lines = fs::read_to_string(path).unwrap();
    lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(case).collect()
}

/// Takes the braces of `My PIN is {PIN:4321}.` out.
fn case(line: &str) -> Case {
    let mut case = Case { text: String::new(), personal: Vec::new() };
    let mut rest = line;
    while let Some((before, marked)) = rest.split_once('{') {
        let (kind, marked) = marked.split_once(':').unwrap();
        let (personal, after) = marked.split_once('}').unwrap();
        case.text.push_str(before);
        let start = case.text.len();
        case.text.push_str(personal);
        case.personal.push((start..case.text.len(), kind.to_owned()));
        rest = after;
    }
    case.text.push_str(rest);
    case
}

/// The misses and false alarms in a file, and the number of cases and of what is personal.
fn judge(file: &str, language: &str) -> (Vec<String>, usize, usize) {
    let cases = cases(file);
    let mut faults = Vec::new();
    for Case { text, personal } in &cases {
        let found = find(text, &Language::new(language));
        let found: Vec<_> = found.into_iter().map(|f| (f.range, f.kind.name().to_owned())).collect();
        let told = |list: &[(Range<usize>, String)]| {
            list.iter()
                .map(|(range, kind)| format!("{kind}:{}", &text[range.clone()]))
                .collect::<Vec<_>>()
                .join(", ")
        };
        if found != *personal {
            faults.push(format!("{text}\n    wanted {}\n    found  {}", told(personal), told(&found)));
        }
    }
    let personal = cases.iter().map(|case| case.personal.len()).sum();
    (faults, cases.len(), personal)
}

#[test]
fn personal_data_are_found_and_nothing_else() {
    let files = [("english.txt", "en"), ("german.txt", "de"), ("french.txt", "fr")];
    let (mut faults, mut cases, mut personal) = (Vec::new(), 0, 0);
    for (file, language) in files {
        let (wrong, all, hits) = judge(file, language);
        faults.extend(wrong);
        cases += all;
        personal += hits;
    }
    assert!(cases >= 300 && personal >= 200, "{cases} cases, {personal} personal");
    assert!(faults.is_empty(), "{} of {cases} cases are wrong:\n{}", faults.len(), faults.join("\n"));
}
