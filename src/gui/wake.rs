//! Waking the window.

use std::sync::Arc;

/// Requests a frame, so that the window sees its news.
pub type Wake = Arc<dyn Fn() + Send + Sync>;
