//! Reads the weights of both networks.

use half::f16;
use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};
use thiserror::Error;

use whisper_cpu::Level;
use whisper_cpu::float::Dense;

/// Why weights cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum WeightsError {
    /// The contents are not those of the file that this program was made for.
    #[error("the contents are not those that belong to it: the file is damaged or of another version")]
    Damaged,
    /// A tensor is missing, or has another type or size.
    #[error("the tensor {0:?} is missing, or has another type or size")]
    Tensor(String),
}

/// The tensors of a file, all in floats of 16 or 32 bits.
pub(crate) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    pub level: Level,
}

impl<'a> Weights<'a> {
    /// Reads a file that has this SHA-256, in hexadecimal digits.
    pub fn read(bytes: &'a [u8], sha256: &str, level: Level) -> Result<Self, WeightsError> {
        let digest = Sha256::digest(bytes);
        let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let expected = sha256.chars().map(|digit| digit.to_digit(16));
        if !digits.map(|digit| Some(u32::from(digit))).eq(expected) {
            return Err(WeightsError::Damaged);
        }
        let tensors = SafeTensors::deserialize(bytes).map_err(|_| WeightsError::Damaged)?;
        Ok(Self { tensors, level })
    }

    /// A tensor of `count` floats.
    pub fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, WeightsError> {
        let wrong = || WeightsError::Tensor(name.to_owned());
        let tensor = self.tensors.tensor(name).map_err(|_| wrong())?;
        let floats: Vec<f32> = match tensor.dtype() {
            Dtype::F16 => {
                let halves = tensor.data().as_chunks::<2>().0;
                halves.iter().map(|&bytes| f16::from_le_bytes(bytes).to_f32()).collect()
            }
            Dtype::F32 => {
                tensor.data().as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
            }
            _ => return Err(wrong()),
        };
        if floats.len() == count { Ok(floats) } else { Err(wrong()) }
    }

    /// A layer whose weights, a row for each input, have the name `weights`. Without a name, the bias is zero.
    pub fn dense(
        &self,
        weights: &str,
        bias: Option<&str>,
        [inputs, outputs]: [usize; 2],
    ) -> Result<Dense, WeightsError> {
        let bias = bias.map_or_else(|| Ok(vec![0.0; outputs]), |name| self.floats(name, outputs))?;
        Ok(Dense::new(self.level, &self.floats(weights, inputs * outputs)?, &bias))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_contents_are_refused() {
        let refused = Weights::read(b"weights", &"0".repeat(64), Level::Scalar);
        assert_eq!(refused.err(), Some(WeightsError::Damaged));
        let sha256 = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";
        // The right checksum, but not a file of tensors.
        assert_eq!(Weights::read(b"weights", sha256, Level::Scalar).err(), Some(WeightsError::Damaged));
    }
}
