//! Models: those that are shipped, and those that are fetched.

mod command;
mod fetched;
mod proxy;
mod published;
mod server;
mod shipped;
