//! How captions are shown to the audience.

use serde::{Deserialize, Serialize};

/// How captions are shown to the audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Audience {
    /// Position on the screen.
    pub place: AudiencePlace,
    /// Colours of text and background.
    pub colors: AudienceColors,
    /// Text size, from 16 to 200. Unit: points.
    pub size: u16,
    /// Number of visible lines, from 1 to 8.
    pub lines: u8,
    /// Show tentative words, dimmed.
    pub tentative: bool,
    /// Keep the window above others.
    pub on_top: bool,
    /// Mirror the text, for a screen that is lit from behind.
    pub mirrored: bool,
}

impl Default for Audience {
    fn default() -> Self {
        Self {
            place: AudiencePlace::default(),
            colors: AudienceColors::default(),
            size: 48,
            lines: 3,
            tentative: true,
            on_top: true,
            mirrored: false,
        }
    }
}

/// Position of the audience's captions on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudiencePlace {
    /// A window that the user moves.
    #[default]
    Window,
    /// The whole screen.
    FullScreen,
    /// A band at the top.
    Top,
    /// A band at the bottom.
    Bottom,
    /// A corner.
    TopLeft,
    /// A corner.
    TopRight,
    /// A corner.
    BottomLeft,
    /// A corner.
    BottomRight,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
/// Colours of text and background.
pub enum AudienceColors {
    #[default]
    /// White text on black.
    WhiteOnBlack,
    /// Yellow text on black.
    YellowOnBlack,
    /// Black text on white.
    BlackOnWhite,
    /// Black text on yellow.
    BlackOnYellow,
}
