//! Find and replace.

use std::collections::HashSet;

use lectern::document::search::{Finder, Query, SearchError};
use lectern::document::{CueId, Document, Editor};
use proptest::prelude::*;

use super::{cue, lecture};

fn plain(pattern: &str) -> Query {
    Query { pattern: pattern.to_owned(), ..Query::default() }
}

fn regex(pattern: &str) -> Query {
    Query { is_regex: true, ..plain(pattern) }
}

fn found(query: &Query, text: &str) -> Vec<String> {
    let ranges = Finder::new(query).unwrap().find(text);
    ranges.into_iter().map(|range| text[range].to_owned()).collect()
}

#[test]
fn queries_find_what_they_say() {
    let text = "The sort sorts.\nA resort, (sort)";
    assert_eq!(found(&plain("SORT"), text).len(), 4);
    assert_eq!(found(&Query { match_case: true, ..plain("the") }, text).len(), 0);
    assert_eq!(found(&Query { whole_word: true, ..plain("sort") }, text), ["sort", "sort"]);
    assert_eq!(found(&Query { whole_word: true, ..plain("(sort)") }, text), ["(sort)"]);
    assert_eq!(found(&plain("sorts. A"), text), ["sorts.\nA"]);
    assert_eq!(found(&plain("s.rt"), text).len(), 0);
    assert_eq!(found(&regex("s.rt"), text).len(), 4);
    assert_eq!(found(&regex("^a|sort$"), text), ["A"]);
    assert_eq!(found(&regex("x*"), text).len(), 0, "empty matches are none");
}

#[test]
fn characters_are_not_cut_in_two() {
    assert_eq!(found(&plain("e"), "e\u{301}tude etude"), ["e"; 3], "those without the accent");
    assert_eq!(found(&plain("👩"), "👩‍🏫 👩"), ["👩"]);
    assert_eq!(found(&regex("\\p{M}"), "e\u{301}").len(), 0);
}

#[test]
fn bad_queries_are_told_in_a_line() {
    assert!(matches!(Finder::new(&plain("")), Err(SearchError::Empty)));
    let Err(SearchError::Invalid(cause)) = Finder::new(&regex("a(b")) else { panic!("it was read") };
    assert_eq!(cause, "unclosed group");
}

#[test]
fn matches_name_cues_and_stay_in_the_selection() {
    let editor = lecture();
    let finder = Finder::new(&plain("o")).unwrap();
    let count = |selection: Option<&HashSet<CueId>>| finder.find_all(editor.document(), selection).len();
    assert_eq!(count(None), 6);
    assert_eq!(count(Some(&HashSet::from([CueId(3)]))), 1);
    let first = &finder.find_all(editor.document(), None)[0];
    assert_eq!((first.cue, first.range.clone()), (CueId(1), 1..2));
}

#[test]
fn replacing_is_one_step_and_keeps_the_times_of_other_words() {
    let mut editor = lecture();
    let finder = Finder::new(&regex(r"(\w+)ing\b")).unwrap();
    let (transaction, count) = finder.replace_all(editor.document(), None, "${1}ed");
    assert_eq!(count, 2);
    editor.apply(transaction).unwrap();
    assert_eq!(editor.document().cues[0].text, "Good morned everyone");
    assert_eq!(editor.document().cues[1].text, "we begin\nwith sorted");
    let spans = |editor: &Editor| editor.document().cues[0].words.iter().map(|w| w.span).collect::<Vec<_>>();
    assert_eq!(spans(&editor), spans(&lecture()));
    editor.undo().unwrap();
    assert_eq!(editor.document(), lecture().document());
}

#[test]
fn one_match_is_replaced_where_it_still_is() {
    let mut editor = lecture();
    let finder = Finder::new(&plain("o")).unwrap();
    let second = finder.find_all(editor.document(), None)[1].clone();
    let replaced = finder.replace(editor.document(), &second, "$0").unwrap();
    editor.apply(replaced).unwrap();
    assert_eq!(editor.document().cues[0].text, "Go$0d morning everyone");
    assert!(finder.replace(editor.document(), &second, "x").is_none());
}

fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("e\u{301}".to_owned()),
        Just("👩‍🏫".to_owned()),
        Just("\n".to_owned()),
        Just("שלום".to_owned()),
        "[a-c ]{0,4}",
        "\\PC{0,4}",
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn searching_ends_well_on_any_text(
        text in any_text(),
        pattern in prop_oneof![any_text(), "[a-c.*+?|()\\[\\]^$\\\\bwd]{1,8}"],
        with in prop_oneof![any_text(), Just("$1${x}$0".to_owned())],
        flags in any::<[bool; 3]>(),
    ) {
        let [is_regex, whole_word, match_case] = flags;
        let Ok(finder) = Finder::new(&Query { pattern, is_regex, whole_word, match_case }) else { return Ok(()) };
        let document = Document { cues: vec![cue(1, 0, 1000, &text)], ..Document::default() };
        let matches = finder.find_all(&document, None);
        let (transaction, count) = finder.replace_all(&document, None, &with);
        prop_assert_eq!(matches.len(), count);
        let mut editor = Editor::new(document.clone());
        editor.apply(transaction).unwrap();
        if count > 0 {
            editor.undo().unwrap();
            prop_assert_eq!(editor.document(), &document);
        }
    }
}
