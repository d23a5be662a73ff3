//! What holds for every document and every file, tried on thousands that nobody would write.

use std::sync::LazyLock;

use lectern::document::style::{Place, Style, Styled};
use lectern::document::{Cue, CueId, Document, Media, Origin};
use lectern::format::{Detail, Format, WriteOptions, all, by_name};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{
    Alternatives, Doubt, Language, LanguageScore, LeftOut, OtherReading, SecondOpinion, Segment, TermPart,
    Word,
};
use proptest::prelude::*;

const CASES: u32 = 2000;

/// Pieces of text that have a meaning somewhere.
const TRAPS: [&str; 42] = [
    "<",
    ">",
    "&",
    "<i>",
    "</i>",
    "<int>",
    "-->",
    " --> ",
    "{\\an8}",
    "{1, 2}",
    "{",
    "}",
    "\\N",
    "\\nu",
    "&lt;",
    "&amp;",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\0",
    "\t",
    "1942",
    "\n7\n",
    "00:00:01,000 --> 00:00:02,000",
    "00:01.000",
    ">>",
    "NOTE",
    "WEBVTT",
    "[00:01.00]",
    "0:00:01.000,0:00:02.000",
    "0:00:01 → 0:02:00",
    "[x]",
    "=1+1",
    "'=x",
    "\"",
    ",",
    "👩‍🏫",
    "שלום\u{200f}",
    "e\u{301}",
    "\u{202e}",
    "\u{fffd}\u{feff}\u{2060}",
];

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => proptest::sample::select(&TRAPS[..]).prop_map(str::to_owned),
        3 => "[a-zäß ,.?'-]{0,12}",
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

fn span() -> impl Strategy<Value = TimeSpan> {
    let plain = (0..400_000_000_i64, 0..10_000_i64).prop_map(|(start, length)| (start, start + length));
    let odd = (-5000..5000_i64, -5000..5000_i64);
    prop_oneof![4 => plain, 1 => odd].prop_map(|(start, end)| TimeSpan::from_millis(start, end))
}

fn word() -> impl Strategy<Value = Word> {
    let text = text().prop_map(|text| text.split_whitespace().next().unwrap_or("word").to_owned());
    let other = self::text().prop_map(|text| Some(SecondOpinion::Other(text)));
    let second = prop_oneof![Just(None), Just(Some(SecondOpinion::Same)), other];
    let instead = proptest::option::of(self::text()).prop_map(|instead| TermPart::First { instead });
    let listed = proptest::option::weighted(0.2, prop_oneof![instead, Just(TermPart::Next)]);
    (text, span(), 0.0..=1.0_f32, any::<bool>(), second, listed).prop_map(
        |(text, span, probability, space_before, second, listed)| Word {
            text,
            span,
            probability,
            space_before,
            second,
            listed,
        },
    )
}

/// A cue of any text, or one that its words spell.
fn cue() -> impl Strategy<Value = Cue> {
    let loose = (text(), proptest::collection::vec(word(), 0..3));
    let spelled = proptest::collection::vec(word(), 1..6)
        .prop_map(|words| (words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "), words));
    let speaker = proptest::option::of(text());
    let origin = proptest::sample::select(&[Origin::Imported, Origin::Recognized, Origin::Edited][..]);
    let anchor = proptest::option::of(1..=9_u8);
    let styles = proptest::collection::vec((any::<[usize; 2]>(), style()), 0..3);
    (span(), prop_oneof![loose, spelled], speaker, origin, styles, anchor).prop_map(
        |(span, (text, words), speaker, origin, styles, anchor)| {
            let styles = styles.into_iter().filter_map(|(ends, style)| styled(&text, ends, style)).collect();
            let place = anchor.map(|anchor| Place { anchor, settings: String::new() });
            Cue { id: CueId::default(), span, text, speaker, words, origin, styles, place }
        },
    )
}

fn style() -> impl Strategy<Value = Style> {
    let color = "#[0-9a-f]{6}".prop_map(Style::Color);
    let plain = proptest::sample::select(&[Style::Italic, Style::Bold, Style::Underline, Style::Strike][..]);
    prop_oneof![3 => plain, 1 => color]
}

/// A style between two characters of a text.
fn styled(text: &str, ends: [usize; 2], style: Style) -> Option<Styled> {
    let cuts: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let [a, b] = ends.map(|end| cuts[end % cuts.len()]);
    (a != b).then(|| Styled { range: a.min(b)..a.max(b), style })
}

fn segment() -> impl Strategy<Value = Segment> {
    let doubt = prop_oneof![Just(None), Just(Some(Doubt::LowProbability)), Just(Some(Doubt::Repetition))];
    let speaker = proptest::option::of(text());
    let left_out = (span(), text()).prop_map(|(span, text)| LeftOut { span, text });
    let left_out = proptest::collection::vec(left_out, 0..2);
    let reading = (text(), 0.0..=1.0_f32).prop_map(|(text, confidence)| OtherReading { text, confidence });
    let readings = proptest::collection::vec(reading, 1..3);
    let alternatives = (0..9_usize, 0..9_usize, readings)
        .prop_map(|(first, count, readings)| Alternatives { words: first..first + count, readings });
    let alternatives = proptest::collection::vec(alternatives, 0..2);
    let channel = proptest::option::of((0..3_usize, "[a-z]{2}"));
    (proptest::collection::vec(word(), 0..4), -9.0..0.0_f32, doubt, speaker, channel, alternatives, left_out)
        .prop_map(|(words, average_log_probability, doubt, speaker, apart, alternatives, left_out)| Segment {
            words,
            average_log_probability,
            doubt,
            speaker,
            channel: apart.as_ref().map(|(channel, _)| *channel),
            language: apart.map(|(_, language)| Language::new(language)),
            alternatives,
            left_out,
        })
}

fn document() -> impl Strategy<Value = Document> {
    let media = (text(), 0..i64::MAX)
        .prop_map(|(file_name, millis)| Media { file_name, duration: MediaTime::from_millis(millis) });
    let cues = proptest::collection::vec(cue(), 0..6);
    let segments = proptest::collection::vec(segment(), 0..3);
    (text(), "[a-z]{0,3}", proptest::option::of(media), cues, segments).prop_map(
        |(title, language, media, mut cues, segments)| {
            cues.sort_by_key(|cue| cue.span.start);
            for (id, cue) in (1..).zip(&mut cues) {
                cue.id = CueId(id);
            }
            // The words of every other cue.
            let tagged = cues.iter().step_by(2).map(|cue| cue.span).collect();
            let language = Language::new(language);
            let found = LanguageScore { language: language.clone(), score: 0.75 };
            let language_scores = segments.iter().map(|_| found.clone()).collect();
            Document { title, language, language_scores, media, cues, segments, tagged, voices: None }
        },
    )
}

fn named(name: &str) -> &'static Format {
    by_name(name).unwrap()
}

/// What was written and is read again, where the format can hold the document.
fn again(format: &Format, document: &Document, options: &WriteOptions) -> Option<Document> {
    let bytes = (format.write?)(document, options).ok()?;
    Some((format.read?)(&bytes).unwrap().document)
}

/// Files to mutilate: a document in every format.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let text = "Good morning, <everyone>.\nIt is {9} o'clock -->";
    let cue = |n: i64| Cue {
        span: TimeSpan::from_millis(n * 1000, n * 1000 + 900),
        text: text.to_owned(),
        speaker: Some("Ada & Bob".to_owned()),
        ..Cue::default()
    };
    let document =
        Document { title: "Sorting".to_owned(), cues: (0..3).map(cue).collect(), ..Document::default() };
    let options = WriteOptions { word_times: true, ..WriteOptions::default() };
    all().iter().filter_map(|format| (format.write?)(&document, &options).ok()).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn what_is_written_passes_its_own_check(document in document(), word_times: bool) {
        let options = WriteOptions { word_times, ..WriteOptions::default() };
        for format in all() {
            if let Some(Ok(bytes)) = format.write.map(|write| write(&document, &options)) {
                let verified = format.verify(&document, &options, &bytes);
                prop_assert!(verified.is_ok(), "{}: {:?}\n{}", format.name, verified, String::from_utf8_lossy(&bytes));
            }
        }
    }

    #[test]
    fn lossless_formats_give_back_the_document(document in document()) {
        let options = WriteOptions { word_times: true, ..WriteOptions::default() };
        for format in all() {
            if Detail::ALL.iter().all(|&detail| format.keeps(detail, &options)) {
                let again = again(format, &document, &options);
                prop_assert_eq!(again.as_ref(), Some(&document), "{}", format.name);
            }
        }
    }

    #[test]
    fn writing_what_was_read_changes_nothing_more(document in document()) {
        let options = WriteOptions::default();
        for format in all() {
            if let Some(once) = again(format, &document, &options)
                && format.keeps(Detail::Cues, &options)
            {
                let twice = again(format, &once, &options).unwrap();
                prop_assert_eq!(&once.cues, &twice.cues, "{}", format.name);
            }
        }
    }

    #[test]
    fn written_text_is_hygienic(document in document()) {
        for name in ["srt", "vtt", "sbv", "lrc", "csv", "tsv", "text"] {
            let Ok(bytes) = (named(name).write.unwrap())(&document, &WriteOptions { word_times: true, ..WriteOptions::default() }) else { continue };
            let text = String::from_utf8(bytes).unwrap();
            let divides = |c| c == '\n' || name == "tsv" && c == '\t';
            let unfit = |c: char| c.is_control() && !divides(c) || "\u{feff}\u{fffd}\u{202e}\u{2066}".contains(c);
            prop_assert!(!text.contains(unfit), "{name}: {text:?}");
            prop_assert!(text.is_empty() || text.ends_with('\n'));
        }
    }

    #[test]
    fn reading_anything_ends_well(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in all() {
            if let Some(read) = format.read {
                let _ = read(&bytes);
            }
        }
    }

    #[test]
    fn reading_syntax_ends_well(text in text(), more in text()) {
        for prefix in ["", "WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n", "start,end,text\n", "{\"format\":"] {
            for format in all() {
                if let Some(read) = format.read {
                    let _ = read(format!("{prefix}{text}\n{more}").as_bytes());
                }
            }
        }
    }

    #[test]
    fn what_is_read_of_mutilated_files_can_be_written(
        file in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = file.get(&FILES).clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.index(bytes.len()) + 1);
        let options = WriteOptions { word_times: true, ..WriteOptions::default() };
        for format in all() {
            let Some(Ok(reading)) = format.read.map(|read| read(&bytes)) else { continue };
            if let Some(Ok(written)) = format.write.map(|write| write(&reading.document, &options)) {
                let verified = format.verify(&reading.document, &options, &written);
                prop_assert!(verified.is_ok(), "{}: {:?}", format.name, verified);
            }
        }
    }
}

#[test]
fn losses_are_told_with_the_rest_of_the_table() {
    let cue = Cue { span: TimeSpan::from_millis(0, 1000), text: "a".to_owned(), ..Cue::default() };
    let document = Document { title: "T".to_owned(), cues: vec![cue], ..Document::default() };
    let told = |name: &str| -> Vec<String> {
        named(name).losses(&document, &WriteOptions::default()).iter().map(ToString::to_string).collect()
    };
    assert_eq!(told("srt"), ["the title"]);
    assert_eq!(told("text"), ["the division into 1 cue, and their times", "the title"]);
    assert_eq!(told("json"), [""; 0]);
}
