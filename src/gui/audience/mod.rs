//! What the audience sees: the captions in large text in a window of their own, or in their browsers.
//!
//! The audience window is drawn independently of the main one, whenever there are new words; neither waits for the
//! other.

mod code;
mod controls;
mod look;
mod roll;
mod screen;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::{Context, ViewportBuilder, ViewportClass, ViewportId, WindowLevel, vec2};

pub use controls::controls;

use self::screen::Screen;
use super::record::LiveState;
use super::wake::Wake;
use crate::gui::words::say;
use crate::settings::{Audience, AudiencePlace};

/// A strip spans the full width of the screen; a corner takes this fraction of it.
const CORNER: f32 = 0.4;
/// The initial width of the window. Unit: points.
const WIDTH: f32 = 900.0;
/// The assumed screen size if the system does not report one. Unit: points.
const UNKNOWN_SCREEN: egui::Vec2 = vec2(1280.0, 720.0);

/// The window for the audience.
pub struct AudienceWindow {
    screen: Arc<Screen>,
    is_open: Arc<AtomicBool>,
}

fn id() -> ViewportId {
    ViewportId::from_hash_of("audience")
}

/// Returns a function that wakes the main window, and the audience window while it is open.
pub fn wake(ctx: &Context, is_open: &Arc<AtomicBool>) -> Wake {
    let (ctx, is_open) = (ctx.clone(), Arc::clone(is_open));
    Arc::new(move || {
        ctx.request_repaint_of(ViewportId::ROOT);
        if is_open.load(Ordering::Relaxed) {
            ctx.request_repaint_of(id());
        }
    })
}

impl AudienceWindow {
    /// Shows what is in `live_state`. `is_open` is shared with the function that wakes the window.
    pub fn new(live_state: Arc<LiveState>, is_open: Arc<AtomicBool>) -> Self {
        Self { screen: Arc::new(Screen::new(live_state)), is_open }
    }

    pub fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Relaxed)
    }

    pub fn close(&self) {
        self.is_open.store(false, Ordering::Relaxed);
    }

    pub fn toggle(&self) {
        self.is_open.fetch_xor(true, Ordering::Relaxed);
    }

    /// Draws the window if it is open. Call this in every frame of the main window.
    pub fn show(&self, ctx: &Context, audience: &Audience) {
        if !self.is_open() {
            return;
        }
        let zoom = ctx.zoom_factor();
        self.screen.set_look(audience, zoom, ctx);
        let screen = Arc::clone(&self.screen);
        let monitor = ctx.input(|input| input.viewport().monitor_size);
        let builder = builder(audience, zoom, monitor.unwrap_or(UNKNOWN_SCREEN));
        ctx.show_viewport_deferred(id(), builder, move |ui, class| {
            screen.ui(ui, class == ViewportClass::EmbeddedWindow);
        });
    }

    /// Handles what the user did to the window itself: closing and full screen.
    pub fn take_requests(&self, audience: &mut Audience) {
        let requests = self.screen.take_requests();
        if requests.closes {
            self.close();
        }
        if requests.toggles_full_screen {
            audience.place = match audience.place {
                AudiencePlace::FullScreen => AudiencePlace::Window,
                _ => AudiencePlace::FullScreen,
            };
        }
    }
}

/// Describes the window and its position on a screen of this size. Unit: points.
fn builder(audience: &Audience, zoom: f32, monitor: egui::Vec2) -> ViewportBuilder {
    let height = look::block_height(audience) / zoom;
    let level = if audience.on_top { WindowLevel::AlwaysOnTop } else { WindowLevel::Normal };
    let builder = ViewportBuilder::default()
        .with_title(say("audience-title"))
        .with_app_id("lectern")
        .with_window_level(level)
        .with_min_inner_size([160.0, 40.0]);
    let corner = vec2(monitor.x * CORNER, height);
    let (size, right, bottom) = match audience.place {
        AudiencePlace::Window => {
            let size = vec2(WIDTH / zoom, height);
            return builder.with_fullscreen(false).with_decorations(true).with_inner_size(size);
        }
        AudiencePlace::FullScreen => return builder.with_fullscreen(true),
        AudiencePlace::Top => (vec2(monitor.x, height), false, false),
        AudiencePlace::Bottom => (vec2(monitor.x, height), false, true),
        AudiencePlace::TopLeft => (corner, false, false),
        AudiencePlace::TopRight => (corner, true, false),
        AudiencePlace::BottomLeft => (corner, false, true),
        AudiencePlace::BottomRight => (corner, true, true),
    };
    let far = (monitor - size).max(egui::Vec2::ZERO);
    let place = vec2(if right { far.x } else { 0.0 }, if bottom { far.y } else { 0.0 });
    builder
        .with_fullscreen(false)
        .with_decorations(false)
        .with_inner_size(size)
        .with_position(place.to_pos2())
}
