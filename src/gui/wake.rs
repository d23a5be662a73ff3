//! Waking the window.

use std::sync::Arc;

/// Makes the window draw a frame, so that it sees its news.
pub type Wake = Arc<dyn Fn() + Send + Sync>;
