//! Measures of recognition: word error rate and timing error.
