//! Speech recognition: models on disk, and the recognizers that use them.
