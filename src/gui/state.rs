//! The state of the window, apart from the editor and from what single panels remember for themselves.

use super::audience::AudienceWindow;
use super::command::Available;
use super::editor::state::EditorState;
use super::keymap::Keymap;
use super::models::ModelsState;
use super::notice::Notices;
use super::queue::QueueState;
use super::record::RecordState;
use super::terms::TermsState;
use super::theme::Colors;
use crate::remembered::RememberedVoices;
use crate::settings::Settings;

/// The page that the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The open captions, or the start page if there are none.
    #[default]
    Captions,
    Record,
    Queue,
    Models,
}

pub struct State {
    pub page: Page,
    pub record: RecordState,
    pub queue: QueueState,
    /// Models that are installed or can be downloaded.
    pub shelf: ModelsState,
    pub audience: AudienceWindow,
    pub notices: Notices,
    pub settings: Settings,
    /// Voices that a user asked to remember.
    pub remembered: RememberedVoices,
    pub keymap: Keymap,
    /// Names of the speech models on this computer, once they have been listed.
    pub models: Option<Vec<String>>,
    /// The font families of the system, once they have been loaded.
    pub font_families: Vec<String>,
    /// Names and terms in course material, and those that were heard.
    pub terms: TermsState,
}

impl State {
    /// Returns whether closing the window would interrupt something.
    pub fn is_busy(&self) -> bool {
        self.record.is_busy() || self.queue.is_running()
    }
}

/// What a panel sees while it is drawn.
pub struct View<'a> {
    pub state: &'a State,
    pub editor: &'a EditorState,
    pub colors: &'static Colors,
    pub available: Available,
}
