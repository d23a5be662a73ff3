//! The models that Lectern knows by name: their kind, size and source, and how to recognize a damaged file.

use std::fmt;
use std::io::{self, Read};
use std::sync::LazyLock;

use serde::Deserialize;
use sha2::Digest;

/// Every known model, in display order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    #[serde(rename = "model")]
    models: Vec<CatalogEntry>,
}

/// What is known about one model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CatalogEntry {
    /// The name that users see: `base-q8_0`.
    pub name: String,
    /// What it is for.
    pub kind: ModelKind,
    /// File name without a folder.
    pub file: String,
    /// Exact size of the file, if known.
    pub bytes: Option<u64>,
    /// The publisher's rounded size in MiB, if the exact one is unknown.
    pub about_mib: Option<u64>,
    #[serde(flatten)]
    /// Checksum of the whole file.
    pub checksum: Checksum,
    /// Where the checksum was taken from.
    pub checksum_from: Option<String>,
    /// The languages that it knows.
    pub languages: Languages,
    /// SPDX identifier of the licence.
    pub licence: String,
    /// How it is obtained.
    pub obtain: Obtain,
    /// Address of the file if it can be downloaded, otherwise of the project that publishes the weights.
    pub source: String,
    /// Approximate memory for captioning with this model, in MB.
    pub memory_mb: u32,
    /// Size of the network; speech models only.
    pub shape: Option<Shape>,
    /// Wrong words in a hundred words of long recordings in English, as published, if they are.
    pub word_errors: Option<f64>,
}

/// The size of a Whisper network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Shape {
    /// Number of values that describe a position.
    pub width: u32,
    /// Number of encoder layers, which read the sound.
    pub encoder_layers: u32,
    /// Number of decoder layers, which write the text.
    pub decoder_layers: u32,
}

impl Shape {
    /// The size of the models `base` and `base.en`.
    pub const BASE: Self = Self { width: 512, encoder_layers: 6, decoder_layers: 6 };

    /// Returns the encoder's multiplications per second of sound. Unit: 10^9.
    pub fn encoder_work(self) -> f64 {
        let (width, layers) = (f64::from(self.width), f64::from(self.encoder_layers));
        // Projections and the two layers after them, and each position with all others.
        POSITIONS * layers * (12.0 * width * width + 2.0 * WINDOW_POSITIONS * width) / 1e9
    }

    /// Returns the decoder's multiplications per second of speech. Unit: 10^9.
    pub fn decoder_work(self) -> f64 {
        let (width, layers) = (f64::from(self.width), f64::from(self.decoder_layers));
        let token = layers * (14.0 * width * width + 2.0 * WINDOW_POSITIONS * width) + VOCABULARY * width;
        (TOKENS * BEAMS * token + POSITIONS * layers * 2.0 * width * width) / 1e9
    }

    /// Returns the cost of a second of lecture: the encoder's multiplications plus the decoder's, weighted by their
    /// higher cost (see [`decoder_cost`](super::cpu::decoder_cost)). Unit: 10^9.
    pub fn work(self, decoder_cost: f64) -> f64 {
        self.encoder_work() + decoder_cost * self.decoder_work()
    }

    /// Returns the speed as a multiple of that of `base`.
    pub fn relative_speed(self) -> f64 {
        Self::BASE.work(DECODER_COST) / self.work(DECODER_COST)
    }
}

/// Encoder positions per second of sound.
const POSITIONS: f64 = 50.0;
/// Encoder positions in a window of 30 s.
const WINDOW_POSITIONS: f64 = 1500.0;
const VOCABULARY: f64 = 51_866.0;
/// Tokens per second of a lecture.
const TOKENS: f64 = 3.5;
const BEAMS: f64 = 5.0;
/// The decoder's cost on most processors of today, which have a fast encoder.
pub const DECODER_COST: f64 = 2.9;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
/// What a model is for.
pub enum ModelKind {
    /// A Whisper model: turns speech into words.
    Speech,
    /// A Silero model: detects when someone speaks.
    Vad,
    /// Finds speaker changes within a few seconds, or tells voices apart.
    Speakers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
/// The languages that a model knows.
pub enum Languages {
    /// Only English.
    English,
    /// About a hundred languages.
    Multilingual,
}

/// How a model gets onto this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Obtain {
    /// It ships with Lectern.
    Shipped,
    /// It can be downloaded from its source address.
    Download,
    /// It is converted from the weights at its source address.
    Convert,
}

/// A digest in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checksum {
    /// SHA-256 (FIPS 180-4).
    Sha256(String),
    /// SHA-1, if the publisher gives nothing better.
    Sha1(String),
}

impl Catalog {
    /// Returns the catalogue that this program was built with.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| {
            toml::from_str(include_str!("../../models/catalog.toml")).expect("a test reads this catalogue")
        });
        &BUILTIN
    }

    pub(super) fn of(models: Vec<CatalogEntry>) -> Self {
        Self { models }
    }

    pub(super) fn into_models(self) -> Vec<CatalogEntry> {
        self.models
    }

    /// Returns every entry, in display order.
    pub fn models(&self) -> &[CatalogEntry] {
        &self.models
    }

    /// Returns the entry with this name.
    pub fn find(&self, name: &str) -> Option<&CatalogEntry> {
        self.models.iter().find(|entry| entry.name == name)
    }

    /// Returns the model whose file has this checksum.
    pub fn find_checksum(&self, checksum: &Checksum) -> Option<&CatalogEntry> {
        self.models.iter().find(|entry| entry.checksum == *checksum)
    }
}

impl CatalogEntry {
    /// Returns the size of the file, rounded if the exact one is unknown.
    pub fn about_bytes(&self) -> u64 {
        self.bytes.or(self.about_mib.map(|mib| mib << 20)).unwrap_or(0)
    }

    /// Returns the wrong words of a hundred to expect in long recordings in English: as published, else those of a
    /// published model of the same size and languages.
    pub fn expected_errors(&self) -> Option<f64> {
        let is_alike = |known: &&Self| known.shape == self.shape && known.languages == self.languages;
        self.word_errors.or_else(|| Catalog::builtin().models().iter().find(is_alike)?.word_errors)
    }

    /// Returns the size of the file as text, rounded to MB or GB.
    pub fn size_text(&self) -> String {
        match self.about_bytes() as f64 / 1e6 {
            mb if mb < 10.0 => format!("{mb:.1} MB"),
            mb if mb < 1000.0 => format!("{mb:.0} MB"),
            mb => format!("{:.1} GB", mb / 1000.0),
        }
    }
}

impl Checksum {
    /// Computes the checksum of everything in `reader`.
    pub fn sha256(reader: impl Read) -> io::Result<Self> {
        digest::<sha2::Sha256>(reader).map(Self::Sha256)
    }

    /// Computes the checksum of everything in `reader`.
    pub fn sha1(reader: impl Read) -> io::Result<Self> {
        digest::<sha1::Sha1>(reader).map(Self::Sha1)
    }

    /// Computes the checksum of everything in `reader`, by the same algorithm as this one.
    pub fn of_same_kind(&self, reader: impl Read) -> io::Result<Self> {
        match self {
            Self::Sha256(_) => Self::sha256(reader),
            Self::Sha1(_) => Self::sha1(reader),
        }
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sha256(hex) => write!(f, "SHA-256 {hex}"),
            Self::Sha1(hex) => write!(f, "SHA-1 {hex}"),
        }
    }
}

fn digest<D: Digest>(mut reader: impl Read) -> io::Result<String> {
    let mut hasher = D::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => hasher.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::asr::own_catalog::flaw;

    #[test]
    fn every_entry_is_complete_and_names_are_unique() {
        let catalog = Catalog::builtin();
        for entry in catalog.models() {
            let name = &entry.name;
            assert_eq!(flaw(entry), None, "{name}");
            assert!(entry.source.starts_with("https://"), "{name}: source");
            assert!(entry.checksum_from.is_some(), "{name}: origin of the checksum");
            assert!(matches!(entry.checksum, Checksum::Sha256(_)), "{name}: SHA-256");
            assert!(entry.bytes.is_some(), "{name}: exact size");
            assert_eq!(
                entry.source.ends_with(&entry.file),
                entry.obtain == Obtain::Download,
                "{name}: source"
            );
        }
        let names: HashSet<_> = catalog.models().iter().map(|entry| &entry.name).collect();
        assert_eq!(names.len(), catalog.models().len());
    }

    #[test]
    fn digests_are_those_of_the_standards() {
        // FIPS 180-2, appendices A.1 and B.1.
        let abc = b"abc".as_slice();
        assert_eq!(
            Checksum::sha256(abc).unwrap().to_string(),
            "SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            Checksum::sha1(abc).unwrap().to_string(),
            "SHA-1 a9993e364706816aba3e25717850c26c9cd0d89d"
        );
    }

    #[test]
    fn sizes_are_rounded_for_people() {
        let size = |name| Catalog::builtin().find(name).unwrap().size_text();
        assert_eq!(size("base-q8_0"), "82 MB");
        assert_eq!(size("silero"), "0.9 MB");
        assert_eq!(size("medium"), "1.5 GB");
    }

    #[test]
    fn a_model_makes_as_many_errors_as_one_of_its_size() {
        let catalog = Catalog::builtin();
        let small = catalog.find("small").unwrap();
        let own = CatalogEntry { name: "ours".to_owned(), word_errors: None, ..small.clone() };
        assert_eq!(own.expected_errors(), small.word_errors);
        let other = CatalogEntry { shape: Some(Shape { width: 64, ..Shape::BASE }), ..own };
        assert_eq!(other.expected_errors(), None);
        let errors = ["tiny", "base", "small", "medium", "large-v3-turbo"];
        let errors = errors.map(|name| catalog.find(name).unwrap().expected_errors().unwrap());
        assert!(errors.is_sorted_by(|a, b| a > b), "{errors:?}");
    }
}
