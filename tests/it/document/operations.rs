//! Each operation on a small document.

use lectern::document::ops::{self, Case, Edge, OpError, Spot};
use lectern::document::{CueId, Document, Editor, Media, Origin, Transaction};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Segment, Word};

use super::{cue, lecture, lines, words};

fn ms(millis: i64) -> MediaTime {
    MediaTime::from_millis(millis)
}

/// The lecture after one operation.
fn after(operation: impl FnOnce(&Document, CueId) -> Result<Transaction, OpError>) -> Editor {
    let mut editor = lecture();
    let transaction = operation(editor.document(), editor.free_id()).unwrap();
    editor.apply(transaction).unwrap();
    editor
}

fn refused(operation: impl FnOnce(&Document, CueId) -> Result<Transaction, OpError>) -> OpError {
    let editor = lecture();
    operation(editor.document(), editor.free_id()).unwrap_err()
}

#[test]
fn unchanged_words_keep_their_times() {
    let cases = [
        ("Good morning everyone", ["Good 1000-1421", "morning 1421-2157", "everyone 2157-3000"].as_slice()),
        ("Good evening everyone", &["Good 1000-1421", "evening 1421-2157", "everyone 2157-3000"]),
        ("good, morning\neveryone.", &["good, 1000-1421", "morning 1421-2157", "everyone. 2157-3000"]),
        ("Good everyone", &["Good 1000-1421", "everyone 2157-3000"]),
        ("Goods morning everyone", &["Goods 1000-1421", "morning 1421-2157", "everyone 2157-3000"]),
        ("Hello", &["Hello 1000-3000"]),
        (
            "A very good morning everyone",
            &["A 1000-1000", "very 1000-1000", "good 1000-1421", "morning 1421-2157", "everyone 2157-3000"],
        ),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let editor = after(|document, _| ops::set_text(document, CueId(1), text));
        assert_eq!(words(&editor.document().cues[0]), expected, "{text}");
    }
}

#[test]
fn words_that_a_person_typed_are_certain_and_the_others_are_not() {
    let mut first = cue(1, 0, 1000, "a bad sort");
    first.words.iter_mut().for_each(|word| word.probability = 0.25);
    let document = Document { cues: vec![first], ..Document::default() };
    let mut editor = Editor::new(document);
    editor.apply(ops::set_text(editor.document(), CueId(1), "a good sort").unwrap()).unwrap();
    let cue = &editor.document().cues[0];
    assert_eq!(cue.words.iter().map(|word| word.probability).collect::<Vec<_>>(), [0.25, 1.0, 0.25]);
    assert_eq!(cue.origin, Origin::Edited);
}

#[test]
fn words_of_scripts_without_spaces_are_followed() {
    let mut japanese = cue(1, 0, 600, "");
    japanese.text = "今日は整列です".to_owned();
    let word = |(n, text): (i64, &str)| Word {
        probability: 0.5,
        space_before: false,
        ..Word::new(text, TimeSpan::from_millis(n * 100, n * 100 + 100))
    };
    japanese.words = (0..).zip(["今日", "は", "整列", "です"]).map(word).collect();
    let mut editor = Editor::new(Document { cues: vec![japanese], ..Document::default() });
    editor.apply(ops::set_text(editor.document(), CueId(1), "今日は探索です").unwrap()).unwrap();
    let cue = &editor.document().cues[0];
    let kept: Vec<_> =
        cue.words.iter().filter(|word| word.probability < 1.0).map(|word| &*word.text).collect();
    assert_eq!(kept, ["今日", "は", "です"]);
    assert_eq!(cue.words.iter().map(|word| &*word.text).collect::<String>(), "今日は探索です");
}

#[test]
fn a_split_goes_by_the_words() {
    let editor = after(|document, free| ops::split(document, free, CueId(1), "Good".len()));
    assert_eq!(lines(editor.document())[..2], ["1000-1421 Good", "1421-3000 morning everyone"]);
    assert_eq!(words(&editor.document().cues[1]), ["morning 1421-2157", "everyone 2157-3000"]);
    assert_eq!(editor.document().cues[1].id, CueId(4));
}

#[test]
fn a_split_inside_a_word_divides_it_and_one_without_words_its_time() {
    let editor = after(|document, free| ops::split(document, free, CueId(3), "Th".len()));
    assert_eq!(lines(editor.document())[2..], ["8000-8250 Th", "8250-9000 ank you"]);
    let mut plain = cue(1, 0, 1000, "ab cd");
    plain.words.clear();
    let document = Document { cues: vec![plain], ..Document::default() };
    let split = ops::split(&document, CueId(2), CueId(1), 2).unwrap();
    let mut editor = Editor::new(document);
    editor.apply(split).unwrap();
    assert_eq!(lines(editor.document()), ["0-500 ab", "500-1000 cd"]);
}

#[test]
fn splits_that_make_no_sense_are_refused() {
    for at in [0, "Good morning everyone".len(), 1000] {
        assert_eq!(refused(|d, free| ops::split(d, free, CueId(1), at)), OpError::NothingToSplit);
    }
    assert_eq!(refused(|d, free| ops::split(d, free, CueId(9), 1)), OpError::NoSuchCue(CueId(9)));
}

#[test]
fn merging_joins_texts_times_and_words() {
    let editor = after(|document, _| ops::merge_with_next(document, CueId(1)));
    assert_eq!(lines(editor.document())[0], "1000-5000 Good morning everyone/we begin/with sorting");
    assert_eq!(editor.document().cues[0].words.len(), 7);
    let editor = after(|document, _| ops::merge(document, &[CueId(3), CueId(1)]));
    assert_eq!(lines(editor.document()).len(), 1);
    assert_eq!(refused(|document, _| ops::merge_with_next(document, CueId(3))), OpError::NoNext);
    assert_eq!(refused(|document, _| ops::merge(document, &[CueId(3)])), OpError::OneCue);
}

#[test]
fn inserted_cues_find_room() {
    let editor = after(|document, free| ops::insert_after(document, free, CueId(2)));
    assert_eq!(lines(editor.document())[2], "5000-7000 ");
    let editor = after(|document, free| ops::insert_after(document, free, CueId(1)));
    assert_eq!(
        lines(editor.document())[..3],
        ["1000-2334 Good morning everyone", "2334-3000 ", "3000-5000 we begin/with sorting"]
    );
    let editor = after(|document, free| ops::insert_at(document, free, ms(7500)));
    assert_eq!(lines(editor.document())[2], "7500-8000 ");
    let editor = after(|document, free| ops::insert_at(document, free, ms(8500)));
    assert_eq!(lines(editor.document())[3], "9000-11000 ");
    assert_eq!(refused(|document, free| ops::insert_at(document, free, ms(7950))), OpError::NoRoom);
}

#[test]
fn edges_stop_at_neighbours() {
    let span = |edge, to| {
        let editor = after(|document, _| ops::retime(document, CueId(2), edge, ms(to)));
        let span = editor.document().cues[1].span;
        (span.start.as_millis(), span.end.as_millis())
    };
    assert_eq!(span(Edge::In, 2000), (3000, 5000));
    assert_eq!(span(Edge::In, 3900), (3900, 5000));
    assert_eq!(span(Edge::In, 9000), (4900, 5000));
    assert_eq!(span(Edge::Out, 7960), (3000, 7960));
    assert_eq!(span(Edge::Out, 8500), (3000, 8000));
    assert_eq!(span(Edge::Out, 0), (3000, 3100));
}

#[test]
fn edges_that_touch_move_together() {
    let spans = |id, edge, to, within| {
        let editor = after(|document, _| ops::retime_joined(document, CueId(id), edge, ms(to), ms(within)));
        let cues = &editor.document().cues;
        [0, 1, 2].map(|n| (cues[n].span.start.as_millis(), cues[n].span.end.as_millis()))
    };
    let third = (8000, 9000);
    assert_eq!(spans(1, Edge::Out, 2500, 0), [(1000, 2500), (2500, 5000), third]);
    assert_eq!(spans(2, Edge::In, 4000, 0), [(1000, 4000), (4000, 5000), third]);
    assert_eq!(spans(2, Edge::In, 9000, 0), [(1000, 4900), (4900, 5000), third], "one is short, but there");
    assert_eq!(spans(1, Edge::Out, 0, 0), [(1000, 1100), (1100, 5000), third]);
    assert_eq!(spans(2, Edge::Out, 7000, 0), [(1000, 3000), (3000, 7000), third], "far from the next");
    assert_eq!(spans(2, Edge::Out, 5500, 3000), [(1000, 3000), (3000, 5500), (8500, 9000)], "the gap stays");
}

#[test]
fn a_cue_is_drawn_where_there_is_room() {
    let drawn = |start, end| {
        let span = TimeSpan::from_millis(start, end);
        let editor = after(|document, free| ops::insert_span(document, free, span));
        let cues = &editor.document().cues;
        let new = cues.iter().find(|cue| cue.text.is_empty()).unwrap();
        (new.span.start.as_millis(), new.span.end.as_millis())
    };
    assert_eq!(drawn(5500, 6500), (5500, 6500));
    assert_eq!(drawn(4000, 6500), (5000, 6500), "from inside a cue to empty sound");
    assert_eq!(drawn(7000, 8500), (7000, 8000));
    assert_eq!(drawn(-50, 500), (0, 500));
    assert_eq!(drawn(9500, 60_000), (9500, 60_000));
    for (start, end) in [(3500, 4500), (7950, 8500), (6000, 6050)] {
        let span = TimeSpan::from_millis(start, end);
        assert_eq!(refused(|document, free| ops::insert_span(document, free, span)), OpError::NoRoom);
    }
}

#[test]
fn typed_times_are_cut_off_at_neighbours() {
    let editor = after(|document, _| ops::set_span(document, CueId(2), TimeSpan::from_millis(2500, 8500)));
    assert_eq!(editor.document().cues[1].span, TimeSpan::from_millis(3000, 8000));
    let backwards = TimeSpan::from_millis(6000, 5000);
    assert_eq!(refused(|document, _| ops::set_span(document, CueId(2), backwards)), OpError::NoRoom);
}

#[test]
fn a_cue_goes_back_to_its_speech() {
    let mut editor = after(|document, _| ops::retime(document, CueId(2), Edge::Out, ms(7000)));
    editor.apply(ops::retime_to_speech(editor.document(), CueId(2)).unwrap()).unwrap();
    assert_eq!(editor.document().cues[1].span, TimeSpan::from_millis(3000, 5000));
}

#[test]
fn shifts_stop_at_others() {
    let all = [CueId(1), CueId(2), CueId(3)];
    let editor = after(|document, _| ops::shift(document, &all, ms(-1000)));
    assert_eq!(lines(editor.document())[0], "0-2000 Good morning everyone");
    assert_eq!(words(&editor.document().cues[0])[0], "Good 0-421");
    let most = |most| OpError::ShiftTooFar { most: ms(most) };
    assert_eq!(refused(|document, _| ops::shift(document, &all, ms(-1001))), most(-1000));
    assert_eq!(refused(|document, _| ops::shift(document, &all[..2], ms(3001))), most(3000));
    assert_eq!(refused(|document, _| ops::shift(document, &all[..1], ms(1))), most(0));
    assert_eq!(refused(|document, _| ops::shift(document, &[], ms(1))), OpError::NothingSelected);
}

#[test]
fn capitals_change_as_asked_and_words_keep_their_times() {
    let all = [CueId(1), CueId(2), CueId(3)];
    let texts = |case| {
        let editor = after(|document, _| ops::change_case(document, &all, case));
        let times = |editor: &Editor| {
            let words = editor.document().cues.iter().flat_map(|cue| cue.words.clone());
            words.map(|word| word.span).collect::<Vec<_>>()
        };
        assert_eq!(times(&editor), times(&lecture()));
        editor.document().cues.iter().map(|cue| cue.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(Case::Upper)[0], "GOOD MORNING EVERYONE");
    assert_eq!(texts(Case::Lower)[0], "good morning everyone");
    assert_eq!(texts(Case::Title)[1], "We Begin\nWith Sorting");
    assert_eq!(texts(Case::Sentence)[..2], ["Good morning everyone", "we begin\nwith sorting"]);
}

#[test]
fn speakers_are_set_and_renamed() {
    let mut editor = after(|document, _| ops::set_speaker(document, &[CueId(1), CueId(3)], Some(" Ada ")));
    let renamed = ops::rename_speaker(editor.document(), "Ada", "Dr. Ada");
    assert!(editor.apply(renamed).unwrap().speakers);
    let speakers: Vec<_> = editor.document().cues.iter().map(|cue| cue.speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("Dr. Ada"), None, Some("Dr. Ada")]);
}

#[test]
fn what_is_recognized_anew_takes_the_place_of_cues_and_segments() {
    let segment = |cue: &lectern::document::Cue| Segment { words: cue.words.clone(), ..Segment::default() };
    let cues = lecture().document().cues.clone();
    let segments = cues.iter().map(segment).collect();
    let mut editor = Editor::new(Document { cues, segments, ..Document::default() });
    let new = cue(0, 2900, 4500, "we start");
    let taken = ops::take_over(
        editor.document(),
        editor.free_id(),
        &[CueId(2)],
        vec![new.clone()],
        TimeSpan::from_millis(3000, 5000),
        vec![segment(&new)],
    );
    editor.apply(taken.unwrap()).unwrap();
    let document = editor.document();
    assert_eq!(lines(document)[1], "3000-4500 we start");
    let said: Vec<_> = document.segments.iter().map(|segment| segment.words.len()).collect();
    assert_eq!(said, [3, 2, 2]);
    editor.undo().unwrap();
    assert_eq!(lines(editor.document()), lines(lecture().document()));
}

#[test]
fn deleted_words_stay_in_the_segments() {
    let segments = vec![Segment { words: lecture().document().cues[0].words.clone(), ..Segment::default() }];
    let cues = lecture().document().cues.clone();
    let mut editor = Editor::new(Document { cues, segments: segments.clone(), ..Document::default() });
    editor.apply(ops::delete(editor.document(), &[CueId(1)]).unwrap()).unwrap();
    assert_eq!(editor.document().segments, segments);
    assert_eq!(editor.document().cues.len(), 2);
}

#[test]
fn undo_goes_back_through_typing_in_one_step_and_to_the_saved_state() {
    let mut editor = lecture();
    for text in ["Good", "Good d", "Good day"] {
        editor.apply(ops::set_text(editor.document(), CueId(1), text).unwrap()).unwrap();
    }
    editor.end_run();
    editor.apply(ops::set_text(editor.document(), CueId(1), "Good days").unwrap()).unwrap();
    assert_eq!(editor.undo_label(), Some("Edit text"));
    assert!(editor.is_dirty());
    editor.undo().unwrap();
    assert_eq!(editor.document().cues[0].text, "Good day");
    let saved = editor.revision();
    editor.mark_saved(saved);
    editor.undo().unwrap();
    assert_eq!(editor.document(), lecture().document());
    assert!(editor.is_dirty());
    assert_eq!(editor.undo().unwrap(), None);
    editor.redo().unwrap();
    assert!(!editor.is_dirty());
}

#[test]
fn what_is_recognized_meanwhile_is_not_undone() {
    let mut editor = lecture();
    editor.apply(ops::delete(editor.document(), &[CueId(3)]).unwrap()).unwrap();
    let live =
        ops::append(editor.document(), editor.free_id(), vec![cue(0, 8500, 9500, "live")], ms(0), Vec::new());
    editor.add(live).unwrap();
    assert_eq!(editor.undo().unwrap().unwrap().label, "Delete cue");
    assert_eq!(lines(editor.document())[2..], ["8000-9000 Thank you", "8500-9500 live"]);
    assert!(editor.is_dirty());
}

#[test]
fn a_change_beside_the_document_is_not_saved_and_not_undone() {
    let mut editor = lecture();
    editor.mark_saved(editor.revision());
    let before = lines(editor.document());
    editor.touch();
    assert!(editor.is_dirty());
    assert_eq!(editor.undo().unwrap(), None);
    assert!(editor.is_dirty());
    assert_eq!(lines(editor.document()), before);
}

#[test]
fn complete_captions_take_the_place_of_provisional_ones_alone() {
    let mut editor = lecture();
    let before = lines(editor.document());
    editor.apply(ops::set_text(editor.document(), CueId(1), "Hello").unwrap()).unwrap();
    let first = editor.free_id();
    let provisional = vec![cue(0, 8980, 9500, "provisional")];
    editor.add(ops::append(editor.document(), first, provisional, ms(10), Vec::new())).unwrap();
    assert_eq!(lines(editor.document())[2..], ["8000-8970 Thank you", "8980-9500 provisional"]);
    let (document, free, provisional) = (editor.document(), editor.free_id(), [first].into());
    let whole = vec![cue(0, 8950, 9900, "whole")];
    let complete = ops::complete(document, free, &provisional, whole, ms(50), Media::default());
    editor.add(complete).unwrap();
    let end = ["8000-8900 Thank you", "8950-9900 whole"];
    assert_eq!(lines(editor.document())[2..], end, "the last one makes room");
    assert_eq!(editor.document().cues[3].id, free);
    editor.undo().unwrap().unwrap();
    assert_eq!(lines(editor.document())[..2], before[..2]);
    assert_eq!(lines(editor.document())[2..], end);
}

/// What stands in the document after its first two cues were put in.
fn pasted(spot: Spot, gap: i64) -> Vec<String> {
    let editor =
        after(|document, free| ops::paste(document, free, document.cues[..2].to_vec(), spot, ms(gap)));
    lines(editor.document())
}

#[test]
fn cues_are_put_in_where_there_is_room() {
    let at_end = pasted(Spot::After(CueId(3)), 80);
    assert_eq!(at_end[3..], ["9080-11080 Good morning everyone", "11080-13080 we begin/with sorting"]);
    let in_between = pasted(Spot::After(CueId(2)), 0);
    assert_eq!(in_between[2..4], ["5000-6500 Good morning everyone", "6500-8000 we begin/with sorting"]);
    let at_playhead = pasted(Spot::At(ms(6000)), 0);
    assert_eq!(at_playhead[2..4], ["6000-7000 Good morning everyone", "7000-8000 we begin/with sorting"]);
    let crowded = pasted(Spot::After(CueId(1)), 0);
    assert_eq!(
        crowded[..4],
        [
            "1000-2334 Good morning everyone",
            "2334-2667 Good morning everyone",
            "2667-3000 we begin/with sorting",
            "3000-5000 we begin/with sorting"
        ]
    );
    let no_room =
        |spot| refused(|document, free| ops::paste(document, free, document.cues.clone(), spot, ms(0)));
    assert_eq!(no_room(Spot::At(ms(7800))), OpError::NoRoom);
    assert_eq!(
        refused(|document, free| ops::paste(document, free, Vec::new(), Spot::At(ms(0)), ms(0))),
        OpError::NothingSelected
    );
}

#[test]
fn words_go_along_with_cues_that_are_put_in() {
    let editor = after(|document, free| {
        ops::paste(document, free, document.cues[..1].to_vec(), Spot::After(CueId(3)), ms(0))
    });
    let new = editor.document().cues.last().unwrap();
    assert_eq!(words(new), ["Good 9000-9421", "morning 9421-10157", "everyone 10157-11000"]);
    let editor = after(|document, free| {
        ops::paste(document, free, document.cues[..1].to_vec(), Spot::After(CueId(1)), ms(0))
    });
    assert!(editor.document().cues[1].words.is_empty(), "where there is less time, they would be wrong");
}
