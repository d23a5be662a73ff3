//! Words that captions must not show.

mod cases;
mod command;
mod filter;
mod redaction;
