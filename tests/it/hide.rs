//! Words that captions must not show.

mod command;
mod filter;
