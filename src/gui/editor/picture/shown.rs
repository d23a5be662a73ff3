//! The picture of a recording in the window.

use std::path::Path;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::gui::wake::Wake;
use crate::picture::{Picture, PictureError, PictureFrame, PictureState};
use crate::time::MediaTime;

/// The picture of a recording, and the frame that is shown.
pub struct ShownPicture {
    picture: Picture,
    pub(super) frame: Option<TextureHandle>,
}

impl ShownPicture {
    /// Prepares to show the picture of a recording with this program. Returns at once.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn open(recording: &Path, program: &Path, wake: Wake) -> Result<Self, PictureError> {
        let picture = Picture::open(recording, program, move || wake())?;
        Ok(Self { picture, frame: None })
    }

    /// Returns whether there is something to show: a picture, or why there is none.
    pub fn is_there(&self) -> bool {
        matches!(self.picture.state(), PictureState::Found | PictureState::Failed(_))
    }

    /// Returns whether there may be something to show, as far as that is known.
    pub fn may_be_there(&self) -> bool {
        self.picture.state() != PictureState::Absent
    }

    /// Goes to the playhead.
    pub(super) fn follow(&mut self, ctx: &Context, playhead: MediaTime, is_playing: bool) {
        let Some(frame) = self.picture.follow(playhead, is_playing) else { return };
        let PictureFrame { width, height, rgb, .. } = frame;
        let image = ColorImage::from_rgb([width, height], &rgb);
        match &mut self.frame {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.frame = Some(ctx.load_texture("picture", image, TextureOptions::LINEAR)),
        }
    }

    /// Decodes nothing until it is followed again.
    pub(super) fn rest(&mut self) {
        self.picture.rest();
    }

    pub(super) fn state(&self) -> PictureState {
        self.picture.state()
    }
}
