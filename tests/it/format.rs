//! Formats from the outside: what is written must come back, and what others wrote must be understood.

mod in_place;
mod properties;
mod rules;
mod srt;
mod vtt;
