//! Handles news from the workers of the editor.

use super::captions::CaptionEditor;
use super::files::exported;
use super::saving::not_kept;
use super::speakers::voices_exported;
use crate::gui::news::EditorNews;
use crate::gui::shared::Shared;
use crate::gui::words::InWords;

impl CaptionEditor {
    pub fn handle_news(&mut self, shared: &mut Shared<'_>, news: EditorNews) {
        match news {
            EditorNews::Opened { path, result, existing } => self.opened(shared, &path, result, existing),
            EditorNews::Transcription { job, update } => self.transcribed(shared, job, update),
            EditorNews::Again { workspace, result } => match result {
                Ok(again) if self.numbered(workspace).is_some() => self.take_over(shared, again),
                Ok(_) => {}
                Err(error) => shared.notices.warn(error.in_words()),
            },
            EditorNews::Second { workspace, result } => self.second_ended(shared, workspace, result),
            EditorNews::Speakers { workspace, update } => self.speakers_updated(shared, workspace, update),
            EditorNews::Remembered { result, is_new } => self.remembered_changed(shared, result, is_new),
            EditorNews::VoicesExported(result) => voices_exported(shared, result),
            EditorNews::KnownVoices { workspace, suggestions } => {
                self.voices_suggested(workspace, suggestions)
            }
            EditorNews::Exported(results) => exported(shared, results),
            EditorNews::SavedInPlace { workspace, revision, result } => {
                self.saved_in_place(shared, workspace, revision, result);
            }
            EditorNews::Keeping { workspace, result } => self.keeping(shared, workspace, result),
            EditorNews::NotKept(error) => not_kept(shared, &error),
            EditorNews::Locked { workspace, path, access } => self.locked(shared, workspace, path, access),
            EditorNews::RecordingSeen { workspace, result } => self.recording_seen(shared, workspace, result),
            EditorNews::Recoverable(found) => self.state.recoverable = found,
            EditorNews::Dictionary { number, result } => self.dictionary_found(number, result),
            EditorNews::SpellingSuggestions { word, found } => self.suggestions_found(word, found),
        }
    }
}
