//! The table of formats: the one place that knows them all.

use std::borrow::Cow;
use std::fmt;

use crate::document::{Document, SpeakerLabels};
use crate::format::cue_timing::Shape;
use crate::format::encoding::decode;
use crate::format::head::Head;
use crate::format::losses::{Detail, Loss, losses};
use crate::format::rewrite::{self, Rewriter};
use crate::format::rules::{self, Rules};
use crate::format::{
    ReadError, Reading, Repair, WriteError, WriteOptions, ass, csv, docx, ebuttd, html, json, lrc, markdown,
    openai, podcast, sbv, srt, text, transcribe, tsv, ttml, vtt, whispercpp,
};

pub type Writer = fn(&Document, &WriteOptions) -> Result<Vec<u8>, WriteError>;
pub type Reader = fn(&[u8]) -> Result<Reading, ReadError>;

/// A row of the table.
pub struct Format {
    /// The value for `--format`.
    pub name: &'static str,
    /// The name in messages and lists.
    pub title: &'static str,
    /// Extensions in lower case, without the dot; new files get the first one.
    pub extensions: &'static [&'static str],
    /// Writes it, if Lectern can.
    pub write: Option<Writer>,
    /// Reads it, if Lectern can.
    pub read: Option<Reader>,
    /// What a file of this format always keeps of a document.
    keeps: &'static [Detail],
    /// What it also keeps if [`WriteOptions`] ask for it.
    keeps_on_request: &'static [Detail],
    pub(crate) shape: Shape,
    rules: Option<&'static Rules>,
    rewriter: Option<&'static Rewriter>,
    /// Whether its cues are shown on a picture, so that labels are useful.
    is_shown: bool,
    /// Returns whether the beginning of a file looks like this format.
    looks_like: fn(&Head) -> bool,
}

use Detail::*;

/// What every TTML dialect keeps.
const TTML_KEEPS: &[Detail] =
    &[Cues, EndTimes, Milliseconds, Overlaps, LineBreaks, Styles, Colors, Places, Speakers, Language, Title];

static FORMATS: &[Format] = &[
    Format::new("srt", "SubRip captions", &["srt"], srt::write, srt::read, srt::looks_like)
        .shown()
        .keeping(&[Cues, EndTimes, Milliseconds, LineBreaks, Styles, Colors, Places])
        .shaped(srt::SHAPE)
        .ruled(&rules::SRT)
        .rewritten(&rewrite::SRT),
    Format::new("vtt", "WebVTT captions", &["vtt"], vtt::write, vtt::read, vtt::looks_like)
        .shown()
        .keeping(&[Cues, EndTimes, Milliseconds, Overlaps, LineBreaks, Speakers, Styles, Places])
        .keeping_on_request(&[WordTimes])
        .ruled(&rules::VTT)
        .rewritten(&rewrite::VTT),
    Format::new(
        "ttml",
        "TTML captions (IMSC)",
        &["ttml", "xml", "dfxp"],
        ttml::write,
        ttml::read,
        ttml::looks_like,
    )
    .shown()
    .keeping(TTML_KEEPS)
    .ruled(&rules::TTML)
    .rewritten(&rewrite::TTML),
    Format::new(
        "ebuttd",
        "EBU-TT-D captions",
        &["ttml", "xml"],
        ebuttd::write,
        ebuttd::read,
        ebuttd::looks_like,
    )
    .shown()
    .keeping(TTML_KEEPS)
    .ruled(&rules::TTML)
    .rewritten(&rewrite::TTML),
    Format::new("ass", "Advanced SubStation", &["ass", "ssa"], ass::write, ass::read, ass::looks_like)
        .shown()
        .keeping(&[Cues, EndTimes, Overlaps, LineBreaks, Styles, Colors, Places, Speakers, Title])
        .keeping_on_request(&[WordTimes, WordEnds])
        .shaped(ass::SHAPE)
        .rewritten(&rewrite::ASS),
    Format::new("sbv", "YouTube captions (SBV)", &["sbv"], sbv::write, sbv::read, sbv::looks_like)
        .shown()
        .keeping(&[Cues, EndTimes, Milliseconds, LineBreaks])
        .shaped(sbv::SHAPE),
    Format::new("lrc", "Lyrics (LRC)", &["lrc"], lrc::write, lrc::read, lrc::looks_like)
        .shown()
        .keeping(&[Cues, Title])
        .keeping_on_request(&[WordTimes])
        .shaped(lrc::SHAPE),
    Format::new("csv", "Table (CSV)", &["csv"], csv::write, csv::read, csv::looks_like).keeping(&[
        Cues,
        EndTimes,
        Milliseconds,
        Overlaps,
        LineBreaks,
        Speakers,
    ]),
    Format::new("tsv", "Table (TSV)", &["tsv"], tsv::write, tsv::read, tsv::looks_like)
        .keeping(&[Cues, EndTimes, Milliseconds, Overlaps])
        .shaped(tsv::SHAPE),
    Format::new("text", "Plain text transcript", &["txt"], text::write, text::read, |_| false)
        .shaped(text::SHAPE),
    Format::new("json", "Lectern transcript", &["json"], json::write, json::read, json::looks_like)
        .keeping(&Detail::ALL),
    Format::export("markdown", "Markdown transcript", &["md", "markdown"], markdown::write).keeping(&[Title]),
    Format::export("html", "Web page transcript (HTML)", &["html", "htm"], html::write)
        .keeping(&[Cues, Milliseconds, Speakers, Language, Title, Media])
        .keeping_on_request(&[WordTimes]),
    Format::export("docx", "Word transcript (DOCX)", &["docx"], docx::write).keeping(&[Language, Title]),
    Format::new(
        "transcribe",
        "Amazon Transcribe JSON",
        &["json"],
        transcribe::write,
        transcribe::read,
        transcribe::looks_like,
    )
    .keeping(&[Cues, EndTimes, Milliseconds, Overlaps, Speakers, WordTimes, WordEnds, Tags, Language]),
    Format::new(
        "whispercpp",
        "whisper.cpp JSON",
        &["json"],
        whispercpp::write,
        whispercpp::read,
        whispercpp::looks_like,
    )
    .keeping(&[Cues, EndTimes, Milliseconds, Overlaps, Speakers, Language])
    .keeping_on_request(&[WordTimes, WordEnds, Probabilities]),
    Format::new(
        "openai",
        "Whisper JSON (OpenAI)",
        &["json"],
        openai::write,
        openai::read,
        openai::looks_like,
    )
    .keeping(&[Cues, EndTimes, Milliseconds, Overlaps, Speakers, Language])
    .keeping_on_request(&[WordTimes, WordEnds, Probabilities]),
    Format::new(
        "podcast",
        "Podcasting 2.0 JSON",
        &["json"],
        podcast::write,
        podcast::read,
        podcast::looks_like,
    )
    .keeping(&[Cues, EndTimes, Milliseconds, Overlaps, Speakers]),
];

impl Format {
    const fn new(
        name: &'static str,
        title: &'static str,
        extensions: &'static [&'static str],
        write: Writer,
        read: Reader,
        looks_like: fn(&Head) -> bool,
    ) -> Self {
        let (write, read) = (Some(write), Some(read));
        let (keeps, keeps_on_request, shape): (&[_], &[_], _) = (&[], &[], Shape::FULL);
        Self {
            name,
            title,
            extensions,
            write,
            read,
            keeps,
            keeps_on_request,
            shape,
            rules: None,
            rewriter: None,
            is_shown: false,
            looks_like,
        }
    }

    /// Makes the row of a format that can only be written.
    const fn export(
        name: &'static str,
        title: &'static str,
        extensions: &'static [&'static str],
        write: Writer,
    ) -> Self {
        let (keeps, keeps_on_request, shape): (&[_], &[_], _) = (&[], &[], Shape::FULL);
        let (write, read) = (Some(write), None);
        Self {
            name,
            title,
            extensions,
            write,
            read,
            keeps,
            keeps_on_request,
            shape,
            rules: None,
            rewriter: None,
            is_shown: false,
            looks_like: |_| false,
        }
    }

    const fn keeping(mut self, keeps: &'static [Detail]) -> Self {
        self.keeps = keeps;
        self
    }

    const fn keeping_on_request(mut self, keeps: &'static [Detail]) -> Self {
        self.keeps_on_request = keeps;
        self
    }

    /// Marks a format whose cues are shown on a picture.
    const fn shown(mut self) -> Self {
        self.is_shown = true;
        self
    }

    const fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    const fn ruled(mut self, rules: &'static Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    const fn rewritten(mut self, rewriter: &'static Rewriter) -> Self {
        self.rewriter = Some(rewriter);
        self
    }

    /// Returns how files of this format are changed in place, if they can be.
    pub(crate) fn rewriter(&self) -> Option<&'static Rewriter> {
        self.rewriter
    }

    fn has_extension(&self, extension: &str) -> bool {
        self.extensions.iter().any(|own| own.eq_ignore_ascii_case(extension))
    }

    /// Returns whether files written with these options keep a detail.
    pub fn keeps(&self, detail: Detail, options: &WriteOptions) -> bool {
        self.keeps.contains(&detail) || options.word_times && self.keeps_on_request.contains(&detail)
    }

    /// Writes a document with its labels. `None` if Lectern cannot write the format.
    ///
    /// # Errors
    /// [`WriteError`] if the format cannot hold the document.
    pub fn written(
        &self,
        document: &Document,
        options: &WriteOptions,
    ) -> Option<Result<Vec<u8>, WriteError>> {
        self.write.map(|write| write(&self.labelled(document, options), options))
    }

    /// Returns the document as the format shows it: with labels in its text, if the options require them there.
    pub(super) fn labelled<'a>(&self, document: &'a Document, options: &WriteOptions) -> Cow<'a, Document> {
        match options.labels {
            SpeakerLabels::Voice => Cow::Borrowed(document),
            labels if self.is_shown => Cow::Owned(labels.in_text(document, !self.shape.names_in_text)),
            _ => Cow::Borrowed(document),
        }
    }

    /// Returns violations of the format's rules beyond those that [`Format::read`] reports, in the order of the lines.
    pub fn broken_rules(&self, bytes: &[u8]) -> Vec<Repair> {
        self.rules.map_or_else(Vec::new, |rules| (rules.find)(bytes))
    }

    /// Returns what neither reading nor [`Format::broken_rules`] checks, as English texts.
    pub fn unchecked(&self) -> &'static [&'static str] {
        self.rules.map_or(rules::NO_RULES, |rules| rules.unchecked)
    }

    /// Returns what this document would lose in this format.
    pub fn losses(&self, document: &Document, options: &WriteOptions) -> Vec<Loss> {
        losses(document, |detail| self.keeps(detail, options))
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

/// Returns every format, captions first.
pub fn all() -> &'static [Format] {
    FORMATS
}

/// Returns the format with a name such as `text` or else with an extension such as `txt`, in any case.
pub fn by_name(name: &str) -> Option<&'static Format> {
    let named = FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name));
    named.or_else(|| FORMATS.iter().find(|format| format.has_extension(name)))
}

/// How much of a file is used to detect its format. Unit: bytes.
const HEAD: usize = 16 * 1024;

/// Detects the format of a file from its content; if that fits none or several, from the file's extension, without the
/// dot.
pub fn detect(extension: Option<&str>, bytes: &[u8]) -> Option<&'static Format> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = Head { text: decode(head).text };
    let fits = |format: &&Format| (format.looks_like)(&head);
    let named = |format: &&Format| extension.is_some_and(|extension| format.has_extension(extension));
    let fitting = || FORMATS.iter().filter(fits);
    fitting().find(named).or_else(|| fitting().next()).or_else(|| FORMATS.iter().find(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_findable() {
        for format in all() {
            assert_eq!(by_name(&format.name.to_uppercase()).map(|found| found.title), Some(format.title));
            assert!(!format.extensions.is_empty() && format.write.is_some() | format.read.is_some());
        }
    }

    #[test]
    fn extensions_stand_for_the_first_format_that_has_them() {
        let name = |name| by_name(name).map(|format| format.name);
        let cases = [("TXT", "text"), ("md", "markdown"), ("htm", "html"), ("xml", "ttml"), ("json", "json")];
        for (extension, format) in cases {
            assert_eq!(name(extension), Some(format));
        }
        assert_eq!(name("doc"), None);
    }

    #[test]
    fn content_comes_before_the_extension() {
        let name = |extension, bytes: &[u8]| detect(extension, bytes).map(|format| format.name);
        assert_eq!(name(Some("srt"), b"WEBVTT\n\n00:00.000 --> 00:02.000\na"), Some("vtt"));
        assert_eq!(name(None, b"\xef\xbb\xbf1\r\n00:00:00,000 --> 00:00:02,000\r\na"), Some("srt"));
        assert_eq!(name(Some("txt"), b"00:00:00,000 --> 00:00:02,000\r\na"), Some("srt"));
        assert_eq!(name(Some("SRT"), b""), Some("srt"));
        assert_eq!(name(Some("txt"), b"Good morning."), Some("text"));
        assert_eq!(name(Some("xyz"), b"Good morning."), None);
    }
}
