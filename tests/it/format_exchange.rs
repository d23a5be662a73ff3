//! The formats in which captions travel to other programs: what others write, and what they must be able to read.

use proptest::prelude::*;

use lectern::document::{Cue, Document, Media, SpeakerLabels};
use lectern::format::{Detail, Format, Reading, WriteOptions, all, by_name, detect};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::Language;

/// All but DOCX are text.
const FORMATS: [&str; 9] =
    ["ttml", "ebuttd", "ass", "markdown", "html", "transcribe", "whispercpp", "openai", "podcast"];

/// Those that are shown on a picture.
const SHOWN: [&str; 7] = ["srt", "vtt", "ttml", "ebuttd", "ass", "sbv", "lrc"];

fn read(name: &str, bytes: &[u8]) -> Reading {
    (by_name(name).unwrap().read.unwrap())(bytes).unwrap()
}

fn write(format: &Format, document: &Document, word_times: bool) -> Vec<u8> {
    (format.write.unwrap())(document, &WriteOptions { word_times, ..WriteOptions::default() }).unwrap()
}

/// Times, speaker and text of each cue, and the lines that were repaired.
fn told(reading: &Reading) -> (Vec<String>, Vec<Option<usize>>) {
    let cue = |cue: &Cue| {
        let speaker = cue.speaker.as_deref().map_or(String::new(), |name| format!("{name}: "));
        format!("{}-{} {speaker}{}", cue.span.start.as_millis(), cue.span.end.as_millis(), cue.text)
    };
    let cues = reading.document.cues.iter().map(cue).collect();
    (cues, reading.repairs.iter().map(|repair| repair.line).collect())
}

/// Everything that has broken a caption file somewhere.
fn hostile() -> Document {
    let texts = [
        "if x < y & z > w --> {\\an8} <b>bold</b>",
        "👩‍🏫 and 👨‍👩‍👧‍👦",
        "שלום עולם 123 مرحبا",
        "e\u{301} a\u{308}\u{304}",
        "nul \0 esc \u{1b}[31m \u{fffe} \u{85}next",
        "lone\rCR and\r\nCRLF\n\n\nblank",
        "]]> <!-- c --> <![CDATA[x]]> &amp; &#60; </script> </p>",
        "{1, 2} C:\\New\\h *a* _b_ [l](u) # h `c` $x$ | ~",
        "日本語の字幕\n二行目。",
        &"long ".repeat(20_000),
    ];
    let cue = |(n, text): (i64, &&str)| Cue {
        span: TimeSpan::from_millis(n * 60_000_000, n * 60_000_000 + 900),
        text: (*text).to_owned(),
        speaker: Some("R&D, <Ada>\n\0".to_owned()),
        ..Cue::default()
    };
    Document {
        title: "A <title> & \"more\"\0".to_owned(),
        language: Language::new("en"),
        media: Some(Media { file_name: "a b?#%&\"<ü>.mp4".to_owned(), duration: MediaTime::ZERO }),
        cues: (1..).zip(&texts).map(cue).collect(),
        ..Document::default()
    }
}

#[test]
fn labels_are_in_the_text_of_what_is_shown() {
    let cue = |n: i64, speaker: &str, text: &str| Cue {
        span: TimeSpan::from_millis(n * 2000, n * 2000 + 1900),
        text: text.to_owned(),
        speaker: Some(speaker.to_owned()),
        ..Cue::default()
    };
    let cues = vec![cue(0, "Ada", "So it is."), cue(1, "Ada", "It is."), cue(2, "Bob", "Why?")];
    let document = Document { cues, ..Document::default() };
    let plain = ["So it is.", "It is.", "Why?"];
    for (labels, expected) in [
        (SpeakerLabels::Voice, ["Ada: So it is.", "It is.", "Bob: Why?"]),
        (SpeakerLabels::Brackets, ["[Ada] So it is.", "It is.", "[Bob] Why?"]),
        (SpeakerLabels::Dash, ["- So it is.", "It is.", "- Why?"]),
    ] {
        let options = WriteOptions { labels, ..WriteOptions::default() };
        for format in all().iter().filter(|format| format.write.is_some()) {
            let file = format.written(&document, &options).unwrap().unwrap();
            assert_eq!(format.verify(&document, &options, &file), Ok(()), "{} {labels:?}", format.name);
            let Some(read) = format.read.filter(|_| SHOWN.contains(&format.name) || format.name == "json")
            else {
                continue;
            };
            let cues = read(&file).unwrap().document.cues;
            let texts: Vec<_> = cues.iter().map(|cue| cue.text.as_str()).collect();
            let is_data = format.name == "json"
                || labels == SpeakerLabels::Voice && format.keeps(Detail::Speakers, &options);
            assert_eq!(texts, if is_data { plain } else { expected }, "{} {labels:?}", format.name);
        }
    }
}

#[test]
fn hostile_text_survives_every_format() {
    for format in FORMATS.iter().filter_map(|name| by_name(name)) {
        for word_times in [false, true] {
            let options = WriteOptions { word_times, ..WriteOptions::default() };
            let file = write(format, &hostile(), word_times);
            assert_eq!(format.verify(&hostile(), &options, &file), Ok(()), "{}", format.name);
        }
    }
}

#[test]
fn files_are_known_by_their_content() {
    for format in FORMATS.iter().filter_map(|name| by_name(name)).filter(|format| format.read.is_some()) {
        let file = write(format, &hostile(), true);
        for extension in [None, Some(format.extensions[0]), Some("txt")] {
            assert_eq!(detect(extension, &file).map(|found| found.name), Some(format.name));
        }
    }
}

#[test]
fn ttml_of_others() {
    let cases = [
        (
            "dfxp with frames, offsets in parents and a line break",
            r#"<tt xmlns="http://www.w3.org/2006/10/ttaf1" xml:lang="de" xmlns:ttp="urn:p" xmlns:tts="urn:s" ttp:frameRate="25">
               <body begin="10s"><div><p begin="00:00:01:05" dur="2s">Erste<br/>Zeile</p>
               <p begin="50f" end="00:00:04.5"><span tts:color="red">zweite</span> Zeile</p></div></body></tt>"#,
            vec!["11200-13200 Erste\nZeile", "12000-14500 zweite Zeile"],
            vec![],
        ),
        (
            "times on spans alone, agents, white space and comments",
            r#"<tt xmlns:ttm="urn:m"><head><metadata><ttm:agent xml:id="a"><ttm:name>Ada &amp; Bob</ttm:name></ttm:agent></metadata></head>
               <body><div><p ttm:agent="a"><metadata><ttm:desc>hidden</ttm:desc></metadata>
               <span begin="1s" end="2s">one</span>
               <!-- not this --> <span begin="2s" end="3s">two <![CDATA[<3]]>&#x2192;</span></p></div></body></tt>"#,
            vec!["1000-3000 Ada & Bob: one two <3→"],
            vec![],
        ),
        (
            "what is broken is repaired and reported",
            "<tt>\n<body><div>\n<p begin='1.5' end='3s'>if x < y & z</p>\n<p begin='soon'>&nbsp;later\n\
             <p begin='4s' end='2s'>back</p>\nstray</div></body></tt>",
            vec!["1500-3000 if x < y & z", "3000-4000 &nbsp;later", "4000-5000 back", "4000-5000 stray"],
            vec![Some(3), Some(3), Some(4), Some(4), Some(4), Some(5)],
        ),
        (
            "cut off",
            "<tt><body><p begin='1s' end='2s'>all of it</p><p begin='2s' end='3s'>and th",
            vec!["1000-2000 all of it", "2000-3000 and th"],
            vec![],
        ),
    ];
    for (name, xml, cues, lines) in cases {
        let (read_cues, repaired) = told(&read("ttml", xml.as_bytes()));
        assert_eq!(read_cues, cues, "{name}");
        if !lines.is_empty() {
            let missing: Vec<_> = lines.iter().filter(|line| !repaired.contains(line)).collect();
            assert!(missing.is_empty(), "{name}: {repaired:?}");
        } else {
            assert!(repaired.is_empty() || name == "cut off", "{name}: {repaired:?}");
        }
    }
}

#[test]
fn entities_are_never_expanded() {
    let mut xml = String::from("<!DOCTYPE tt [<!ENTITY a0 \"lol\">");
    for n in 1..30 {
        xml.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    xml.push_str("]><tt><body><p begin='1s' end='2s'>&a29;</p></body></tt>");
    assert_eq!(told(&read("ttml", xml.as_bytes())).0, ["1000-2000 &a29;"]);
}

/// Each of these takes minutes where any step looks back over what came before.
#[test]
fn files_that_are_built_to_be_slow_are_read() {
    let many = |part: &str| part.repeat(1_000_000 / part.len());
    let ttml = |body: String| format!("<tt><body>{body}");
    let files = [
        ("ttml", ttml(many("<div>"))),
        ("ttml", ttml(many("<div>") + &many("</p>"))),
        ("ttml", ttml(many("<p>a<span begin='1s'>"))),
        ("ttml", ttml(many("<!--"))),
        ("ttml", ttml(many("<![CDATA["))),
        ("ttml", ttml(many("< <a "))),
        ("ttml", ttml(many("&a"))),
        ("ass", format!("[Events]\nDialogue: 0,0:0:1,0:0:2,,,,,,,{}", many("{\\k1}a"))),
        ("ass", format!("[Events]\nDialogue: 0,0:0:1,0:0:2,,,,,,,{}", many("{"))),
        ("whispercpp", format!("{{\"transcription\": [{{\"tokens\": [{}", many("{\"text\":\"a\"},"))),
        ("openai", format!("{{\"segments\": [{{\"words\": [{}", many("{\"word\":\"a\"},"))),
        ("openai", format!("{{\"segments\": {}", many("[{"))),
        ("podcast", format!("{{\"segments\": [{}", many("{\"body\":\"a\"},"))),
        ("transcribe", format!("{{\"results\": {{\"items\": [{}", many("{\"content\":\"a\"},"))),
        ("transcribe", format!("{{\"results\": {{\"audio_segments\": [{}", many("{\"items\":[1]},"))),
    ];
    for (name, file) in files {
        let _ = (by_name(name).unwrap().read.unwrap())(file.as_bytes());
    }
}

#[test]
fn an_interrupted_download_keeps_what_arrived() {
    for name in ["openai", "whispercpp", "transcribe", "podcast"] {
        let format = by_name(name).unwrap();
        let cue = |n: i64| Cue {
            span: TimeSpan::from_millis(n * 1000, n * 1000 + 900),
            text: format!("number {n}"),
            ..Cue::default()
        };
        let document = Document { cues: (0..10).map(cue).collect(), ..Document::default() };
        let file = String::from_utf8(write(format, &document, false)).unwrap();
        let end = file.rfind("number 9").unwrap() + "number 9".len();
        let reading = read(name, &file.as_bytes()[..end]);
        let texts: Vec<_> = reading.document.cues.iter().map(|cue| cue.text.as_str()).collect();
        assert!(texts.join(" ").contains("number 8"), "{name}: {texts:?}");
        assert!(texts.join(" ").contains("number 9"), "{name}: {texts:?}");
        assert!(reading.repairs.iter().any(|repair| repair.what.contains("ends early")), "{name}");
    }
}

/// Beginnings of files after which anything may come.
const BEGINNINGS: [(&str, &str); 10] = [
    ("ttml", "<tt><body><div><p begin='1s' end='2s'>"),
    ("ttml", "<tt><body><div><p begin='"),
    ("ttml", "<tt xmlns:ttp='p' ttp:frameRate='"),
    ("ass", "[Events]\nFormat: Start, End, Text\nDialogue: "),
    ("ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,,"),
    ("openai", "{\"segments\": [{\"start\": 1, \"end\": 2, \"text\": \""),
    ("openai", "{\"segments\": [{\"start\": "),
    ("whispercpp", "{\"transcription\": [{\"text\": \"a\", \"tokens\": [{\"text\": \""),
    ("transcribe", "{\"results\": {\"items\": [{\"alternatives\": [{\"content\": \""),
    ("podcast", "{\"segments\": [{\"body\": \""),
];

const SIGNS: &str = "[<>&;{}\\\\\"'/!\\[\\]\\-:,.\\n\\r\0 0-9a-zké日👩k]{0,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn reading_ends_well_whatever_comes_after_the_beginning(signs in SIGNS, times in "[0-9:.smhft+-]{0,12}") {
        for (name, beginning) in BEGINNINGS {
            for rest in [&signs, &times] {
                let _ = (by_name(name).unwrap().read.unwrap())(format!("{beginning}{rest}").as_bytes());
            }
        }
    }

    #[test]
    fn plain_text_in_broken_ttml_is_never_lost(words in "[a-z]{1,8}( [a-z]{1,8}){0,5}", signs in "[<&;/\\[>-]{0,4}") {
        let xml = format!("<tt><body><div><p begin='1s' end='2s'>{words} {signs} {words}</p></div></body></tt>");
        let read = read("ttml", xml.as_bytes()).document.cues.iter().map(|cue| cue.text.clone()).collect::<Vec<_>>();
        prop_assert!(read.join(" ").matches(&words).count() >= 2, "{xml}: {read:?}");
    }

    #[test]
    fn json_that_is_cut_off_gives_nothing_but_what_came_before(cut in any::<prop::sample::Index>(), name in 0..4_usize) {
        let name = ["openai", "whispercpp", "transcribe", "podcast"][name];
        let sample = read("json", include_bytes!("../data/format/sample/sample.json")).document;
        let file = write(by_name(name).unwrap(), &sample, true);
        let cut = String::from_utf8_lossy(&file).floor_char_boundary(cut.index(file.len()));
        let Ok(reading) = (by_name(name).unwrap().read.unwrap())(&file[..cut]) else { return Ok(()) };
        let whole = read(name, &file).document;
        // The order may differ: a time that is cut off is another time.
        let letters = |document: &Document| -> Vec<char> {
            let texts = document.cues.iter().map(|cue| cue.text.as_str());
            let mut letters: Vec<char> = texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect();
            letters.sort_unstable();
            letters
        };
        let (whole, before) = (letters(&whole), letters(&reading.document));
        let mut rest = whole.iter();
        prop_assert!(before.iter().all(|c| rest.any(|other| other == c)), "{before:?}");
    }
}

/// The words of a transcript page without its markup.
fn plain(html: &str) -> String {
    let main = html.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        if tag.starts_with("/p") {
            text.push('\n');
        }
        text.push_str(words);
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[test]
fn transcripts_hold_every_word() {
    let format = by_name("html").unwrap();
    for word_times in [false, true] {
        let page = plain(&String::from_utf8(write(format, &hostile(), word_times)).unwrap());
        for text in
            ["if x < y & z > w --> {\\an8} <b>bold</b>", "lone CR and CRLF blank", "日本語の字幕二行目。"]
        {
            assert!(page.contains(text), "{text}: {page:.2000}");
        }
        assert_eq!(page.matches("long").count(), 20_000);
    }
}

/// A small document and what is written of it in each format; HTML is left out for its style and script.
mod expected {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Run with `BLESS=1` to write what is expected anew, then read the difference.
    #[test]
    fn the_sample_is_written_as_expected() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/format/sample");
        let sample = fs::read(folder.join("sample.json")).unwrap();
        let document = read("json", &sample).document;
        for name in FORMATS.into_iter().filter(|name| *name != "html") {
            let format = by_name(name).unwrap();
            let written = write(format, &document, true);
            let path = folder.join(format!("{name}.{}", format.extensions[0]));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &written).unwrap();
            }
            let expected = fs::read(&path).unwrap_or_default();
            let (written, expected) = (String::from_utf8_lossy(&written), String::from_utf8_lossy(&expected));
            assert_eq!(written, expected, "{}", path.display());
        }
    }
}
