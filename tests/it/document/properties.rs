//! What holds for any row of edits.

use lectern::document::ops::{self, Case, Edge, Spot};
use lectern::document::search::{Finder, Query};
use lectern::document::{Cue, CueId, Document, Editor, Origin, Transaction, words};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Segment, Word};
use proptest::prelude::*;

/// Something that a person does; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Action {
    SetText(usize, String),
    Split(usize, usize),
    Merge(usize),
    MergeAll(Vec<usize>),
    InsertAfter(usize),
    InsertAt(i64),
    Delete(Vec<usize>),
    Shift(Vec<usize>, i64),
    Retime(usize, bool, i64),
    RetimeJoined(usize, bool, i64, i64),
    InsertSpan(i64, i64),
    SetSpan(usize, i64, i64),
    ToSpeech(usize),
    Speaker(Vec<usize>, Option<String>),
    Rename(String, String),
    Case(Vec<usize>, u8),
    ReplaceAll(String, String),
    TakeOver(Vec<usize>, i64),
    Cut(Vec<usize>),
    Paste(Vec<usize>, Option<i64>, i64),
    Undo,
    Redo,
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![4 => "[a-z]{1,7}[.,]?", 1 => "[ぁ-ん一-三]{1,5}", 1 => "\\PC{1,3}"];
    let gap = prop_oneof![4 => Just(" "), 1 => Just("\n"), 1 => Just("  ")];
    prop::collection::vec((word, gap), 0..8)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

fn action() -> impl Strategy<Value = Action> {
    let one = || 0_usize..12;
    let some = || prop::collection::vec(0_usize..12, 0..5);
    let time = || -500..40_000_i64;
    prop_oneof![
        4 => (one(), text()).prop_map(|(n, text)| Action::SetText(n, text)),
        3 => (one(), 0_usize..40).prop_map(|(n, at)| Action::Split(n, at)),
        2 => one().prop_map(Action::Merge),
        1 => some().prop_map(Action::MergeAll),
        2 => one().prop_map(Action::InsertAfter),
        1 => time().prop_map(Action::InsertAt),
        1 => some().prop_map(Action::Delete),
        2 => (some(), -3000..3000_i64).prop_map(|(which, by)| Action::Shift(which, by)),
        2 => (one(), any::<bool>(), time()).prop_map(|(n, is_in, to)| Action::Retime(n, is_in, to)),
        2 => (one(), any::<bool>(), time(), 0..300_i64)
            .prop_map(|(n, is_in, to, within)| Action::RetimeJoined(n, is_in, to, within)),
        1 => (time(), 0..5000_i64).prop_map(|(start, length)| Action::InsertSpan(start, length)),
        1 => (one(), time(), time()).prop_map(|(n, start, end)| Action::SetSpan(n, start, end)),
        1 => one().prop_map(Action::ToSpeech),
        1 => (some(), prop::option::of("[AB]?")).prop_map(|(which, name)| Action::Speaker(which, name)),
        1 => ("[AB]", "[ABC]?").prop_map(|(from, to)| Action::Rename(from, to)),
        1 => (some(), 0..4_u8).prop_map(|(which, case)| Action::Case(which, case)),
        1 => ("[a-e]", "[a-e ]{0,3}").prop_map(|(what, with)| Action::ReplaceAll(what, with)),
        1 => (some(), 0..20_000_i64).prop_map(|(which, at)| Action::TakeOver(which, at)),
        1 => some().prop_map(Action::Cut),
        2 => (some(), prop::option::of(time()), prop_oneof![Just(0), 0..150_i64])
            .prop_map(|(which, at, gap)| Action::Paste(which, at, gap)),
        2 => Just(Action::Undo),
        1 => Just(Action::Redo),
    ]
}

/// Cues in order that do not overlap, some with words and some without.
fn document() -> impl Strategy<Value = Document> {
    let cue = (text(), 100..4000_i64, prop_oneof![2 => Just(0), 1 => 1..2000_i64], any::<bool>());
    prop::collection::vec(cue, 0..10).prop_map(|cues| {
        let mut now = 0;
        let cue = |(id, (text, duration, gap, has_words)): (u64, (String, i64, i64, bool))| {
            let span = TimeSpan::from_millis(now + gap, now + gap + duration);
            now += gap + duration;
            let words = if has_words { words::estimate(&text, span) } else { Vec::new() };
            Cue { id: CueId(id), span, text, words, origin: Origin::Recognized, ..Cue::default() }
        };
        let cues: Vec<Cue> = (1..).zip(cues).map(cue).collect();
        let segment = |cue: &Cue| Segment { words: cue.words.clone(), ..Segment::default() };
        let segments = cues.iter().filter(|cue| !cue.words.is_empty()).map(segment).collect();
        Document { cues, segments, ..Document::default() }
    })
}

fn transaction(editor: &Editor, action: Action) -> Option<Transaction> {
    let (document, free) = (editor.document(), editor.free_id());
    let id = |n: usize| document.cues.get(n % document.cues.len().max(1)).map_or(CueId(0), |cue| cue.id);
    let ids = |which: Vec<usize>| which.into_iter().map(id).collect::<Vec<_>>();
    let ms = MediaTime::from_millis;
    let edge = |is_in| if is_in { Edge::In } else { Edge::Out };
    match action {
        Action::SetText(n, text) => ops::set_text(document, id(n), &text).ok(),
        Action::Split(n, at) => ops::split(document, free, id(n), at).ok(),
        Action::Merge(n) => ops::merge_with_next(document, id(n)).ok(),
        Action::MergeAll(which) => ops::merge(document, &ids(which)).ok(),
        Action::InsertAfter(n) => ops::insert_after(document, free, id(n)).ok(),
        Action::InsertAt(at) => ops::insert_at(document, free, ms(at)).ok(),
        Action::Delete(which) => ops::delete(document, &ids(which)).ok(),
        Action::Shift(which, by) => ops::shift(document, &ids(which), ms(by)).ok(),
        Action::Retime(n, is_in, to) => ops::retime(document, id(n), edge(is_in), ms(to)).ok(),
        Action::RetimeJoined(n, is_in, to, within) => {
            ops::retime_joined(document, id(n), edge(is_in), ms(to), ms(within)).ok()
        }
        Action::InsertSpan(start, length) => {
            ops::insert_span(document, free, TimeSpan::from_millis(start, start + length)).ok()
        }
        Action::SetSpan(n, start, end) => {
            ops::set_span(document, id(n), TimeSpan::from_millis(start, end)).ok()
        }
        Action::ToSpeech(n) => ops::retime_to_speech(document, id(n)).ok(),
        Action::Speaker(which, name) => ops::set_speaker(document, &ids(which), name.as_deref()).ok(),
        Action::Rename(from, to) => Some(ops::rename_speaker(document, &from, &to)),
        Action::Case(which, case) => {
            let case = [Case::Lower, Case::Upper, Case::Title, Case::Sentence][usize::from(case)];
            ops::change_case(document, &ids(which), case).ok()
        }
        Action::ReplaceAll(pattern, with) => {
            let finder = Finder::new(&Query { pattern, ..Query::default() }).unwrap();
            Some(finder.replace_all(document, None, &with).0)
        }
        Action::TakeOver(which, at) => {
            let span = TimeSpan::from_millis(at, at + 1500);
            let words = words::estimate("said anew", span);
            let cue = Cue { span, text: "said anew".to_owned(), words: words.clone(), ..Cue::default() };
            let segment = Segment { words, ..Segment::default() };
            ops::take_over(document, free, &ids(which), vec![cue], span, vec![segment]).ok()
        }
        Action::Cut(which) => ops::cut(document, &ids(which)).ok(),
        Action::Paste(which, at, gap) => {
            let spot = at.map_or(Spot::After(id(which.len())), |at| Spot::At(ms(at)));
            let cues = ids(which).into_iter().filter_map(|id| document.cue(id).cloned()).collect();
            ops::paste(document, free, cues, spot, ms(gap)).ok()
        }
        Action::Undo | Action::Redo => None,
    }
}

fn perform(editor: &mut Editor, action: Action) {
    match action {
        Action::Undo => drop(editor.undo().unwrap()),
        Action::Redo => drop(editor.redo().unwrap()),
        action => {
            if let Some(transaction) = transaction(editor, action) {
                editor.apply(transaction).unwrap();
            }
        }
    }
}

/// In order, each with time of its own, without overlaps, with ids of their own and words that spell the text.
fn check(document: &Document) -> Result<(), TestCaseError> {
    for cues in document.cues.windows(2) {
        prop_assert!(cues[0].span.end <= cues[1].span.start, "{} meets {}", cues[0].span, cues[1].span);
    }
    let mut ids: Vec<_> = document.cues.iter().map(|cue| cue.id).collect();
    ids.sort();
    ids.dedup();
    prop_assert_eq!(ids.len(), document.cues.len());
    for cue in &document.cues {
        prop_assert!(
            cue.span.start >= MediaTime::ZERO && cue.span.duration() > MediaTime::ZERO,
            "{}",
            cue.span
        );
        prop_assert!(
            cue.words.is_empty() || words::pieces(cue).is_some(),
            "{:?} do not spell {:?}",
            cue.words,
            cue.text
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn documents_stay_valid_and_everything_can_be_undone(
        document in document(),
        actions in prop::collection::vec(action(), 1..25),
    ) {
        let mut editor = Editor::new(document.clone());
        for action in actions {
            perform(&mut editor, action);
            check(editor.document())?;
        }
        while editor.redo().unwrap().is_some() {}
        let last = editor.document().clone();
        while editor.undo().unwrap().is_some() {}
        prop_assert_eq!(editor.document(), &document);
        prop_assert!(!editor.is_dirty());
        while editor.redo().unwrap().is_some() {}
        prop_assert_eq!(editor.document(), &last);
    }

    #[test]
    fn applying_and_taking_back_changes_nothing(document in document(), action in action()) {
        let editor = Editor::new(document.clone());
        let Some(transaction) = transaction(&editor, action) else { return Ok(()) };
        let mut changed = document.clone();
        let (inverse, _) = changed.apply(transaction.clone()).unwrap();
        let after = changed.clone();
        let (again, _) = changed.apply(inverse).unwrap();
        prop_assert_eq!(&changed, &document);
        changed.apply(again).unwrap();
        prop_assert_eq!(changed, after);
    }

    #[test]
    fn a_transaction_that_does_not_fit_changes_nothing(document in document(), action in action()) {
        let editor = Editor::new(document.clone());
        let Some(mut transaction) = transaction(&editor, action) else { return Ok(()) };
        transaction.edits.push(lectern::document::Edit::Remove(CueId(99_999)));
        let mut unchanged = document.clone();
        prop_assert!(unchanged.apply(transaction).is_err());
        prop_assert_eq!(unchanged, document);
    }

    #[test]
    fn splitting_and_merging_keeps_every_word(document in document(), n in 0_usize..12, at in 0_usize..40) {
        let mut editor = Editor::new(document);
        let Some(cue) = editor.document().cues.get(n).cloned() else { return Ok(()) };
        let Ok(split) = ops::split(editor.document(), editor.free_id(), cue.id, at) else { return Ok(()) };
        editor.apply(split).unwrap();
        editor.apply(ops::merge_with_next(editor.document(), cue.id).unwrap()).unwrap();
        let merged = editor.document().cue(cue.id).unwrap();
        prop_assert_eq!(merged.span, cue.span);
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(letters(&merged.text), letters(&cue.text));
        let said = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<String>();
        prop_assert_eq!(said(&merged.words), said(&cue.words));
        let whole = |words: &[Word]| words.iter().map(|word| word.span.start).collect::<Vec<_>>();
        let split_a_word = merged.words.len() > cue.words.len();
        prop_assert!(split_a_word || whole(&merged.words) == whole(&cue.words));
    }
}
