//! Recordings of every kind, whole and broken, through the reader that the program uses.

mod table;
