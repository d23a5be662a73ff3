//! The text of the guide, divided into blocks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::words::WordsLanguage;

/// Returns the guide in a language of the window.
pub fn text(language: WordsLanguage) -> &'static str {
    match language {
        WordsLanguage::English => include_str!("../../docs/guide.md"),
        WordsLanguage::German => include_str!("../../docs/guide.de.md"),
    }
}

/// A part of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of the guide or of a chapter.
    Heading {
        is_title: bool,
        text: String,
    },
    Paragraph(Vec<TextRun>),
    /// Lines to type.
    Code(String),
    /// Rows of cells; the first row names the columns.
    Table(Vec<Vec<Vec<TextRun>>>),
}

/// A piece of text with one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    pub text: String,
    pub look: Look,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    /// A name in the window.
    Strong,
    /// Keys, or text to type.
    Typed,
}

/// Divides a Markdown text into blocks. Pictures are left out.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    Parser::new_ext(markdown, Options::ENABLE_TABLES).for_each(|event| reader.take(event));
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<TextRun>,
    rows: Vec<Vec<Vec<TextRun>>>,
    look: Look,
    is_picture: bool,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Text(text) => self.add(&text, self.look),
            Event::Code(text) => self.add(&text, Look::Typed),
            Event::SoftBreak | Event::HardBreak => self.add(" ", self.look),
            Event::Start(Tag::Strong) => self.look = Look::Strong,
            Event::End(TagEnd::Strong) => self.look = Look::Plain,
            Event::Start(Tag::Image { .. }) => self.is_picture = true,
            Event::End(TagEnd::Image) => self.is_picture = false,
            Event::Start(Tag::TableHead | Tag::TableRow) => self.rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                let cell = std::mem::take(&mut self.runs);
                self.rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            Event::End(end) => self.end(end),
            _ => {}
        }
    }

    fn add(&mut self, text: &str, look: Look) {
        if !self.is_picture {
            self.runs.push(TextRun { text: text.to_owned(), look });
        }
    }

    fn end(&mut self, end: TagEnd) {
        let runs = match end {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock => std::mem::take(&mut self.runs),
            _ => Vec::new(),
        };
        let text = || runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let block = match end {
            TagEnd::Heading(level) => Block::Heading { is_title: level == HeadingLevel::H1, text: text() },
            TagEnd::Paragraph if !runs.is_empty() => Block::Paragraph(runs),
            TagEnd::CodeBlock => Block::Code(text().trim_end().to_owned()),
            TagEnd::Table => Block::Table(std::mem::take(&mut self.rows)),
            _ => return,
        };
        self.blocks.push(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, look: Look) -> TextRun {
        TextRun { text: text.to_owned(), look }
    }

    #[test]
    fn a_text_is_divided_into_what_it_is_made_of() {
        let text = "# Guide\n\n![The start page](start.png)\n\nPress **Save**\n(`Ctrl+S`).\n\n\
            | do | press |\n|---|---|\n| stop | `F9` |\n\n```\nlectern batch\n```\n";
        let cell = |text: &str, look| vec![run(text, look)];
        let expected = [
            Block::Heading { is_title: true, text: "Guide".to_owned() },
            Block::Paragraph(vec![
                run("Press ", Look::Plain),
                run("Save", Look::Strong),
                run(" ", Look::Plain),
                run("(", Look::Plain),
                run("Ctrl+S", Look::Typed),
                run(").", Look::Plain),
            ]),
            Block::Table(vec![
                vec![cell("do", Look::Plain), cell("press", Look::Plain)],
                vec![cell("stop", Look::Plain), cell("F9", Look::Typed)],
            ]),
            Block::Code("lectern batch".to_owned()),
        ];
        assert_eq!(blocks(text), expected);
    }

    /// Returns what must be the same in every language: the kinds of blocks, the rows of tables and all code.
    fn shape(language: WordsLanguage) -> Vec<String> {
        let cells = |rows: &[Vec<Vec<TextRun>>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        let shape = |block: &Block| match block {
            Block::Heading { is_title, .. } => format!("heading {is_title}"),
            Block::Paragraph(_) => "paragraph".to_owned(),
            Block::Code(code) => code.clone(),
            Block::Table(rows) => format!("{:?}", cells(rows)),
        };
        blocks(text(language)).iter().map(shape).collect()
    }

    #[test]
    fn the_guide_is_the_same_in_every_language() {
        assert_eq!(shape(WordsLanguage::German), shape(WordsLanguage::English));
        let commands = |language| text(language).matches('`').count();
        assert_eq!(
            commands(WordsLanguage::German),
            commands(WordsLanguage::English),
            "as many keys and names"
        );
    }

    #[test]
    fn what_the_guide_names_is_in_the_window() {
        for (language, words) in [
            (WordsLanguage::English, include_str!("words/en.ftl")),
            (WordsLanguage::German, include_str!("words/de.ftl")),
        ] {
            let texts: Vec<_> = words.lines().filter_map(|line| line.split_once(" = ")).collect();
            let is_there = |name: &str| texts.iter().any(|(_, text)| text.starts_with(name));
            let mut runs = Vec::new();
            for block in blocks(text(language)) {
                match block {
                    Block::Paragraph(own) => runs.extend(own),
                    Block::Table(rows) => runs.extend(rows.into_iter().flatten().flatten()),
                    Block::Heading { .. } | Block::Code(_) => {}
                }
            }
            // A name may be split at the end of a line in the file.
            let mut names: Vec<String> = Vec::new();
            let mut last = Look::Plain;
            for TextRun { text, look } in runs {
                match (last, look) {
                    (Look::Strong, Look::Strong) => {
                        names.last_mut().into_iter().for_each(|name| *name += &text)
                    }
                    (_, Look::Strong) => names.push(text),
                    _ => {}
                }
                last = look;
            }
            assert!(names.len() > 20);
            for name in names.iter().flat_map(|name| name.split(" › ")) {
                assert!(is_there(name), "{language:?}: {name}");
            }
        }
    }
}
