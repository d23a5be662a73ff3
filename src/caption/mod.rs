//! From timed words to readable cues, and the rules that cues keep.
