//! Sound: recordings and microphones in, 16 kHz mono out.
