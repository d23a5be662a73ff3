//! Layers in 32-bit floats for other small networks that must give the same bits on every processor.
//!
//! Whisper's own layers compute in 8 bits. Networks whose results those would change too much use these: a [`Dense`]
//! layer, which is a convolution if its [`Rows`] overlap, the cell of an LSTM, and work on columns.
//! Every [`Level`](crate::Level) adds each sum in the order of its inputs, with one rounding per step.

mod cell;
mod columns;
mod dense;
mod product;

pub use super::FloatMode;
pub use super::math::{exp, ln};
pub use cell::lstm_cell;
pub use columns::{dots, largest_of_three, normalize_columns, scale_shift_relu};
pub use dense::{Activation, Dense, Places, Rows};

#[cfg(test)]
mod tests;
