//! Composed cues keep their profile, whatever was said.

mod properties;
mod speech;
mod transcripts;

use lectern::caption::{Profile, check, check_breaks, columns, compose};
use lectern::document::Cue;
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Language, Segment, Word};

use self::speech::{Voice, speak, speak_tokens};

fn profiles() -> impl Iterator<Item = Profile> {
    Profile::names().filter_map(Profile::named)
}

fn english(text: &str, voice: Voice) -> Vec<Cue> {
    compose(&speak(text, voice), &Language::new("en"), &Profile::named("lecture").unwrap())
}

fn texts(cues: &[Cue]) -> Vec<&str> {
    cues.iter().map(|cue| cue.text.as_str()).collect()
}

/// All letters without any white space, so that cut words compare equal.
fn letters(text: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    text.into_iter()
        .flat_map(|text| text.as_ref().split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn said(segments: &[Segment]) -> String {
    letters(segments.iter().flat_map(|segment| &segment.words).map(|word: &Word| &word.text))
}

#[test]
fn ten_hard_transcripts_break_no_rule_of_any_profile() {
    for case in transcripts::all() {
        for profile in profiles() {
            let cues = compose(&case.segments, &Language::new(case.language), &profile);
            let faults: Vec<String> = check(&cues, &profile)
                .iter()
                .filter(|found| found.is_fault())
                .map(|found| format!("{found}: {:?}", cues[found.index].text))
                .collect();
            assert!(faults.is_empty(), "{} under {}: {faults:#?}", case.name, profile.name);
            assert_eq!(letters(texts(&cues)), said(&case.segments), "{} under {}", case.name, profile.name);
        }
    }
}

#[test]
fn only_fast_speech_is_too_fast() {
    for case in transcripts::all() {
        for profile in profiles() {
            let cues = compose(&case.segments, &Language::new(case.language), &profile);
            let bound = check(&cues, &profile).iter().filter(|found| found.speech_bound).count();
            let allowed = match case.name {
                "fast" => cues.len(),
                _ => cues.len() / 500,
            };
            assert!(bound <= allowed, "{} under {}: {bound} of {}", case.name, profile.name, cues.len());
        }
    }
}

#[test]
fn few_breaks_part_what_belongs_together() {
    let text = include_str!("../data/caption/lecture_en.txt");
    for profile in profiles() {
        let cues = compose(&speak(text, Voice::LECTURER), &Language::new("en"), &profile);
        let faults = check_breaks(&cues, &Language::new("en"));
        assert!(faults.is_empty(), "{}: {faults:#?}", profile.name);
    }
}

#[test]
fn each_sentence_gets_a_cue_where_it_fits() {
    let text = "This is the first. Here comes the second sentence of the three. And the last one ends it.";
    assert_eq!(
        texts(&english(text, Voice::LECTURER)),
        ["This is the first.", "Here comes the second sentence\nof the three.", "And the last one ends it."]
    );
}

#[test]
fn long_sentences_are_divided_at_clauses() {
    let text = "When the ions flow back through the membrane, an enzyme that binds them can make the fuel of the cell.";
    assert_eq!(
        texts(&english(text, Voice::LECTURER)),
        [
            "When the ions flow back\nthrough the membrane,",
            "an enzyme that binds them\ncan make the fuel of the cell."
        ]
    );
}

#[test]
fn sound_notes_have_a_cue_of_their_own() {
    let text = "And now we will see it. [loud door slams] As you could hear, it works.";
    let voice = Voice { rate: 120.0, ..Voice::LECTURER };
    assert_eq!(
        texts(&english(text, voice)),
        ["And now we will see it.", "[loud door slams]", "As you could hear, it works."]
    );
}

#[test]
fn numbers_stay_with_their_units() {
    for padding in 1..40 {
        let text = format!("{} weighs 3.5 kg or seven point seven pounds in all.", "x".repeat(padding));
        for line in english(&text, Voice::LECTURER).iter().flat_map(Cue::lines) {
            assert!(!line.ends_with("3.5") && !line.ends_with("seven"), "{line}");
        }
    }
}

#[test]
fn cues_start_with_their_first_word_and_stay_into_silence_only() {
    let segments = speak(include_str!("../data/caption/lecture_en.txt"), Voice::LECTURER);
    for profile in profiles() {
        let cues = compose(&segments, &Language::new("en"), &profile);
        for (index, cue) in cues.iter().enumerate() {
            let (first, last) = (cue.words.first().unwrap().span, cue.words.last().unwrap().span);
            assert_eq!(cue.span.start, first.start);
            assert!(cue.span.end <= last.end + MediaTime::from_millis(1000), "{}", cue.span);
            if let Some(next) = cues.get(index + 1) {
                assert!(cue.span.end + profile.min_gap <= next.span.start);
            }
        }
    }
}

#[test]
fn right_to_left_text_is_left_as_it_is() {
    let text = include_str!("../data/caption/lecture_ar.txt");
    let voice = Voice { rate: 130.0, ..Voice::LECTURER };
    let cues = compose(&speak(text, voice), &Language::new("ar"), &Profile::named("lecture").unwrap());
    assert_eq!(letters(texts(&cues)), letters([text]));
    assert!(cues.iter().flat_map(Cue::lines).all(|line| columns(line) <= 37));
}

#[test]
fn asian_lines_keep_their_length_and_their_words() {
    let cases = [
        ("ja", 26, "光合成とは、植物が光のエネルギーを使って、水と二酸化炭素から糖を作る働きのことです。"),
        ("zh", 32, "光合作用是植物利用阳光把二氧化碳和水变成糖的过程，这个过程发生在叶绿体里面。"),
        ("th", 35, "การสังเคราะห์ด้วยแสงคือกระบวนการที่พืชใช้แสงแดดเปลี่ยนคาร์บอนไดออกไซด์และน้ำให้เป็นน้ำตาล"),
    ];
    let words = ["植物", "エネルギー", "二酸化炭素", "二氧化碳", "叶绿体", "กระบวนการ"];
    for (language, length, text) in cases {
        let segments = speak_tokens(text, Voice { rate: 300.0, ..Voice::LECTURER });
        for profile in profiles() {
            let cues = compose(&segments, &Language::new(language), &profile);
            let lines: Vec<&str> = cues.iter().flat_map(Cue::lines).collect();
            assert!(lines.iter().all(|line| columns(line) <= length), "{lines:?}");
            assert!(lines.iter().all(|line| !line.starts_with(['、', '。', '，'])), "{lines:?}");
            for word in words.iter().filter(|word| text.contains(*word)) {
                assert!(lines.iter().any(|line| line.contains(word)), "{word} is cut: {lines:?}");
            }
        }
    }
    let korean = "광합성은 식물이 빛을 이용하여 이산화탄소와 물을 당으로 바꾸는 과정입니다.";
    let cues =
        compose(&speak(korean, Voice::LECTURER), &Language::new("ko"), &Profile::named("netflix").unwrap());
    assert!(cues.iter().flat_map(Cue::lines).all(|line| columns(line) <= 32));
}

#[test]
fn a_profile_of_ones_own_is_kept() {
    let profile = Profile::from_toml(
        "name = \"phone\"\nmax_cpl = 16\nmax_lines = 3\nmin_duration = 1\nmax_duration = 4\n",
    );
    let profile = profile.unwrap();
    let segments = speak(include_str!("../data/caption/lecture_en.txt"), Voice::LECTURER);
    let cues = compose(&segments, &Language::new("en"), &profile);
    assert!(check(&cues, &profile).iter().all(|found| !found.is_fault()));
    assert!(cues.iter().any(|cue| cue.lines().count() == 3));
}

/// Words a third of a second each, in segments of one speaker.
fn conversation(turns: &[(Option<&str>, &str)]) -> Vec<Segment> {
    let mut now = 0;
    let mut word = |text: &str| {
        now += 330;
        let span = TimeSpan::from_millis(now - 330, now);
        Word::new(text, span)
    };
    let segment = |(speaker, text): &(Option<&str>, &str)| Segment {
        words: text.split_whitespace().map(&mut word).collect(),
        speaker: speaker.map(str::to_owned),
        ..Segment::default()
    };
    turns.iter().map(segment).collect()
}

#[test]
fn a_new_speaker_begins_a_new_cue_with_room_for_the_name() {
    let turns = [
        (Some("Professor Ada Lovelace"), "The engine weaves patterns of numbers"),
        (Some("Professor Ada Lovelace"), "just as the loom weaves flowers and leaves."),
        (Some("Charles"), "Does it think?"),
        (None, "Nobody knows that today, and nobody will tomorrow."),
    ];
    for profile in profiles() {
        let cues = compose(&conversation(&turns), &Language::new("en"), &profile);
        for (speaker, text) in turns {
            let said = cues.iter().filter(|cue| cue.speaker.as_deref() == speaker);
            assert!(letters(said.map(|cue| cue.text.as_str())).contains(&letters([text])), "{cues:?}");
        }
        let limit = profile.line_length.hard.unwrap();
        let mut before = None;
        for cue in &cues {
            let label = cue.speaker.clone().filter(|_| cue.speaker != before).map(|name| format!("{name}: "));
            let first = format!("{}{}", label.unwrap_or_default(), cue.lines().next().unwrap());
            assert!(columns(&first) <= limit, "{first}");
            before.clone_from(&cue.speaker);
        }
        assert!(check(&cues, &profile).iter().all(|found| !found.is_fault()), "{}", profile.name);
    }
}

#[test]
fn a_dash_between_sentences_begins_a_line() {
    let text = "- Is it alive? - Yes. - And 3 - 2 leaves one. - Right, it does, and that is all there is.";
    for profile in profiles() {
        let cues = compose(&conversation(&[(None, text)]), &Language::new("en"), &profile);
        let lines: Vec<&str> = cues.iter().flat_map(Cue::lines).collect();
        assert!(lines.iter().filter(|line| line.starts_with('-')).count() == 4, "{lines:?}");
        assert!(lines.iter().all(|line| !line.contains(". -") && !line.contains("? -")), "{lines:?}");
        assert!(check(&cues, &profile).iter().all(|found| !found.is_fault()), "{}: {lines:?}", profile.name);
    }
}

#[test]
fn nothing_said_gives_no_cues() {
    let profile = Profile::named("lecture").unwrap();
    assert!(compose(&[], &Language::default(), &profile).is_empty());
    assert!(compose(&[Segment::default()], &Language::default(), &profile).is_empty());
    assert!(check(&[], &profile).is_empty());
}
