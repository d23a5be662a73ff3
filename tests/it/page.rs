//! The page of live captions, asked over the loopback as browsers do, and worse.

mod browser;
mod serving;
