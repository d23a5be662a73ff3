//! Files that break the rules of their formats, and what is said of each: its kind and its line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lectern::format::{Repair, by_name};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/check")
}

/// What reading and the rules of the format say is wrong, by line.
fn faults(path: &Path) -> Vec<(String, String)> {
    let format = by_name(path.extension().unwrap().to_str().unwrap()).unwrap();
    let bytes = fs::read(path).unwrap();
    let mut faults = format.broken_rules(&bytes);
    faults.extend(
        (format.read.unwrap())(&bytes).unwrap().repairs.into_iter().filter(|repair| repair.breaks_format),
    );
    faults.sort_by_key(|fault| fault.line);
    let told =
        |Repair { line, what, .. }: Repair| (line.map_or("-".to_owned(), |line| line.to_string()), what);
    faults.into_iter().map(told).collect()
}

/// The faults that each file must be told to have; a `*` ends a text that may go on.
fn expected() -> BTreeMap<String, Vec<(String, String)>> {
    let mut expected: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in fs::read_to_string(folder().join("expected.tsv")).unwrap().lines() {
        let [file, line, what] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        expected.entry(file.to_owned()).or_default().push((line.to_owned(), what.to_owned()));
    }
    expected
}

#[test]
fn every_broken_file_is_told_its_fault_and_no_other() {
    let expected = expected();
    assert!(expected.len() >= 60, "{}", expected.len());
    assert_eq!(fs::read_dir(folder()).unwrap().count(), expected.len() + 1, "no file is forgotten");
    let mut wrong = Vec::new();
    for (name, wanted) in expected {
        let found = faults(&folder().join(&name));
        // Of XML that is not well-formed, the reader also reports what it repaired.
        let is_xml = wanted.iter().any(|(_, what)| what.ends_with('*'));
        let fits = |(wanted, found): (&(String, String), &(String, String))| match wanted.1.strip_suffix('*')
        {
            Some(beginning) => wanted.0 == found.0 && found.1.starts_with(beginning),
            None => wanted == found,
        };
        let all_fit = match is_xml {
            true => found.iter().any(|found| fits((&wanted[0], found))),
            false => wanted.len() == found.len() && wanted.iter().zip(&found).all(fits),
        };
        if !all_fit {
            wrong.push(format!("{name}: {wanted:?} was expected, and {found:?} was told"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_files_break_no_rule() {
    let vtt = "WEBVTT a title\n\nNOTE x < y & z\n\nSTYLE\n::cue(.a) { color: red }\n\nREGION\nid:fred width:40% lines:3 \
               regionanchor:0%,100% viewportanchor:10%,90% scroll:up\n\none\n00:01.000 --> 01:00:03.000 region:fred \
               align:left size:100% position:10.5%,line-left line:-1,end vertical:rl\n<v.loud Ada &amp; Bob>If x &lt; \
               y &nbsp;<c.a.b>a</c> <00:02.000>b > c <lang en-GB>d</lang> <ruby>e<rt>f</ruby>\n";
    let ttml = r##"<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
        xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang=""
        ttp:frameRate="25" ttp:cellResolution="32 15"><head><metadata><ttm:agent xml:id="ada" type="person"/></metadata>
        <styling><style xml:id="s" tts:color="#ff0000" tts:fontStyle="italic"/></styling><layout><region xml:id="r"
        tts:origin="10% 10%" tts:extent="80% 80%"/></layout></head><body style="s"><div><p begin="00:00:01:05" end="3s"
        region="r" ttm:agent="ada">a<br/><span style="s" tts:color="rgba(1,2,3,4)">b &lt; c</span></p></div></body></tt>"##;
    let srt = "1\n00:00:01,000 --> 00:00:03,000\n{\\an8}<i>a\nb</i> x < y & z\n\n";
    for (name, text) in [("vtt", vtt), ("ttml", ttml), ("srt", srt)] {
        let format = by_name(name).unwrap();
        assert_eq!(format.broken_rules(text.as_bytes()), [], "{name}");
        assert!(!format.unchecked().is_empty());
    }
}

/// What Lectern writes breaks no rule of the formats that it knows the rules of.
#[test]
fn own_files_break_no_rule() {
    let text = "If x < y & z --> <b> {\\an8} &lt;\nsecond";
    let cue = lectern::document::Cue {
        span: lectern::time::TimeSpan::from_millis(1000, 3000),
        text: text.to_owned(),
        speaker: Some("Ada & <Bob>".to_owned()),
        ..Default::default()
    };
    let document =
        lectern::document::Document { cues: vec![cue], title: "T".to_owned(), ..Default::default() };
    for name in ["vtt", "srt", "ttml", "ebuttd"] {
        let format = by_name(name).unwrap();
        let file = (format.write.unwrap())(&document, &Default::default()).unwrap();
        assert_eq!(format.broken_rules(&file), [], "{name}");
    }
}
