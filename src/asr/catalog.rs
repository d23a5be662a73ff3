//! The models that Lectern knows by name: what they are, how large, where from, and how to tell a whole
//! file from a damaged one.

use std::fmt;
use std::io::{self, Read};
use std::sync::LazyLock;

use serde::Deserialize;
use sha2::Digest;

/// Every known model, in the order in which they are shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    #[serde(rename = "model")]
    models: Vec<CatalogEntry>,
}

/// What is known of one model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CatalogEntry {
    /// What the user calls it: `base-q8_0`.
    pub name: String,
    /// What it recognizes.
    pub kind: ModelKind,
    /// File name without a folder.
    pub file: String,
    /// Exact size of the file, where it is known.
    pub bytes: Option<u64>,
    /// The publisher's rounded size in MiB, where the exact one is not known.
    pub about_mib: Option<u64>,
    #[serde(flatten)]
    /// Of the whole file.
    pub checksum: Checksum,
    /// Those that it knows.
    pub languages: Languages,
    /// SPDX identifier.
    pub licence: String,
    /// How it is obtained.
    pub obtain: Obtain,
    /// Address of the file where it can be downloaded, else of the project that the weights come from.
    pub source: String,
    /// About how much memory captioning takes with this model, in MB.
    pub memory_mb: u32,
    /// Of the network; speech models only.
    pub shape: Option<Shape>,
}

/// The size of a Whisper network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Shape {
    /// Numbers that describe a position.
    pub width: u32,
    /// Layers that read the sound.
    pub encoder_layers: u32,
    /// Layers that write the text.
    pub decoder_layers: u32,
}

impl Shape {
    /// Of the models `base` and `base.en`.
    pub const BASE: Self = Self { width: 512, encoder_layers: 6, decoder_layers: 6 };

    /// Multiplications for a second of sound, in the encoder. Unit: 10^9.
    pub fn encoder_work(self) -> f64 {
        let (width, layers) = (f64::from(self.width), f64::from(self.encoder_layers));
        // Projections and the two layers behind them, and each position with all others.
        POSITIONS * layers * (12.0 * width * width + 2.0 * WINDOW_POSITIONS * width) / 1e9
    }

    /// Multiplications for a second of speech, in the decoder. Unit: 10^9.
    pub fn decoder_work(self) -> f64 {
        let (width, layers) = (f64::from(self.width), f64::from(self.decoder_layers));
        let token = layers * (14.0 * width * width + 2.0 * WINDOW_POSITIONS * width) + VOCABULARY * width;
        (TOKENS * BEAMS * token + POSITIONS * layers * 2.0 * width * width) / 1e9
    }

    /// What a second of lecture costs: multiplications in the encoder, with those of the decoder counted as dear as they
    /// are. Unit: 10^9.
    pub fn work(self) -> f64 {
        self.encoder_work() + DECODER_COST * self.decoder_work()
    }

    /// Speed as a multiple of that of `base`.
    pub fn relative_speed(self) -> f64 {
        Self::BASE.work() / self.work()
    }
}

/// Positions of the encoder for a second of sound.
const POSITIONS: f64 = 50.0;
/// Positions of a window of 30 s.
const WINDOW_POSITIONS: f64 = 1500.0;
const VOCABULARY: f64 = 51_866.0;
/// Tokens for a second of a lecture.
const TOKENS: f64 = 3.5;
const BEAMS: f64 = 5.0;
/// A multiplication in the decoder takes as long as this number of them in the encoder, since few rows share the weights
/// that are read. Measured with the shapes of `small` and `large-v3-turbo`: 2.9 and 2.9.
const DECODER_COST: f64 = 2.9;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
/// What a model is for.
pub enum ModelKind {
    /// A Whisper model: turns speech into words.
    Speech,
    /// A Silero model: detects speech.
    Vad,
    /// Tells who speaks within a few seconds, or tells voices apart.
    Speakers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
/// The languages that a model knows.
pub enum Languages {
    /// English alone.
    English,
    /// About a hundred languages.
    Multilingual,
}

/// How a model comes to be on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Obtain {
    /// It comes with Lectern.
    Shipped,
    /// Its file is at its source address.
    Download,
    /// It is made from the weights at its source address.
    Convert,
}

/// A digest in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checksum {
    /// By SHA-256 (FIPS 180-4).
    Sha256(String),
    /// By SHA-1, where the publisher gives no better one.
    Sha1(String),
}

impl Catalog {
    /// The catalogue that this program was built with.
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

    /// Every entry, in the order in which they are shown.
    pub fn models(&self) -> &[CatalogEntry] {
        &self.models
    }

    /// The entry of a name.
    pub fn find(&self, name: &str) -> Option<&CatalogEntry> {
        self.models.iter().find(|entry| entry.name == name)
    }

    /// The model whose file has this digest.
    pub fn find_checksum(&self, checksum: &Checksum) -> Option<&CatalogEntry> {
        self.models.iter().find(|entry| entry.checksum == *checksum)
    }
}

impl CatalogEntry {
    /// Size of the file, rounded where the exact one is not known.
    pub fn about_bytes(&self) -> u64 {
        self.bytes.or(self.about_mib.map(|mib| mib << 20)).unwrap_or(0)
    }

    /// Size of the file in MB or GB for people, rounded.
    pub fn size_text(&self) -> String {
        match self.about_bytes() as f64 / 1e6 {
            mb if mb < 10.0 => format!("{mb:.1} MB"),
            mb if mb < 1000.0 => format!("{mb:.0} MB"),
            mb => format!("{:.1} GB", mb / 1000.0),
        }
    }
}

impl Checksum {
    /// Reads to the end.
    pub fn sha256(reader: impl Read) -> io::Result<Self> {
        digest::<sha2::Sha256>(reader).map(Self::Sha256)
    }

    /// Reads to the end.
    pub fn sha1(reader: impl Read) -> io::Result<Self> {
        digest::<sha1::Sha1>(reader).map(Self::Sha1)
    }

    /// The digest of everything in `reader`, by the same algorithm as this one.
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
        assert_eq!(size("medium"), "1.6 GB");
    }
}
