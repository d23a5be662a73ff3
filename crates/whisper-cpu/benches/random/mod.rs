//! Models of the published shapes with random weights: no more is needed to measure speed and memory.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use half::f16;
use whisper_cpu::model::Element;

#[allow(dead_code, reason = "tests use all of it")]
#[path = "../../tests/model/synthetic.rs"]
mod synthetic;

use synthetic::Synthetic;

/// A file of random weights of the shape of a published model, by the name that OpenAI gave it. The matrices' numbers
/// are of the type `element`.
///
/// # Errors
/// If there is no such model.
pub fn model(name: &str, element: Element) -> io::Result<Synthetic> {
    let (heads, layers) = match name {
        "tiny" => (6, [4, 4]),
        "base" => (8, [6, 6]),
        "small" => (12, [12, 12]),
        "medium" => (16, [24, 24]),
        "large-v2" | "large-v3" => (20, [32, 32]),
        "large-v3-turbo" => (20, [32, 4]),
        _ => {
            return Err(io::Error::other(format!(
                "{name} is no model; use tiny, base, small, medium, large-v2, large-v3, large-v3-turbo"
            )));
        }
    };
    let (vocabulary, mel_bands) = if name.starts_with("large-v3") { (51_866, 128) } else { (51_865, 80) };
    let (audio_positions, text_positions) = (1500, 448);
    Ok(Synthetic {
        vocabulary,
        mel_bands,
        audio_positions,
        text_positions,
        heads,
        layers,
        element,
        tokens: Vec::new(),
        numbers,
    })
}

/// Numbers about as large as trained ones: gains of 1, everything else around 0.
fn numbers(name: &str, element: Element, length: usize) -> Vec<u8> {
    let seed = name.bytes().fold(1_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let mut random = Random(seed);
    match element {
        Element::F32 if name.contains("ln") && name.ends_with("weight") => {
            repeat(&1_f32.to_le_bytes(), length)
        }
        Element::F32 => (0..length / 4).flat_map(|_| (random.next() * 0.1).to_le_bytes()).collect(),
        Element::F16 => {
            (0..length / 2).flat_map(|_| f16::from_f32(random.next() * 0.1).to_le_bytes()).collect()
        }
        // Integers of 8 bits with a scale before each 32.
        Element::Q8_0 => {
            let scale = f16::from_f32(0.1 / 127.0).to_le_bytes();
            let mut bytes = Vec::with_capacity(length);
            for _ in 0..length / 34 {
                bytes.extend(scale);
                bytes.extend((0..32).map(|_| (random.next() * 127.0) as i8 as u8));
            }
            bytes
        }
        _ => panic!("weights are made in F32, F16 or Q8_0, not in {element}"),
    }
}

fn repeat(number: &[u8], length: usize) -> Vec<u8> {
    number.iter().copied().cycle().take(length).collect()
}

/// Numbers from -1 to 1: Marsaglia's xorshift.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / 8_388_608.0 - 1.0
    }
}

/// A temporary file, which is removed when this is dropped.
pub struct TemporaryFile(PathBuf);

impl TemporaryFile {
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a model piece by piece, so that memory never holds it.
    pub fn of(model: &Synthetic) -> io::Result<Self> {
        let name = format!("whisper-cpu-{}.bin", std::process::id());
        let file = Self(std::env::temp_dir().join(name));
        let mut out = BufWriter::new(File::create(&file.0)?);
        for part in model.parts() {
            out.write_all(&part)?;
        }
        out.flush()?;
        Ok(file)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // If it cannot be removed, nothing else would help.
        let _ = fs::remove_file(&self.0);
    }
}
