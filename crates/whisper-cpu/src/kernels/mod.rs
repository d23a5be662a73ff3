//! The arithmetic of the model. It takes most of the time, and gives the same bits everywhere.

#[cfg(target_arch = "x86_64")]
pub(crate) mod amx;
pub(crate) mod attention;
mod buffer;
pub(crate) mod elementwise;
pub mod float;
mod float_mode;
pub(crate) mod math;
pub(crate) mod matmul;
pub(crate) mod quantize;

pub use float_mode::FloatMode;
