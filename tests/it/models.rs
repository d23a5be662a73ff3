//! Models: those that are shipped, and those that are fetched.

mod command;
mod fetched;
mod server;
mod shipped;
