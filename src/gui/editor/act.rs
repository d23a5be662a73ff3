//! Carries out what panels request from the editor.

use egui::Context;

use super::action::EditorAction;
use super::captions::CaptionEditor;
use crate::document::ops;
use crate::gui::shared::Shared;
use crate::gui::workers::Question;

impl CaptionEditor {
    pub fn act(&mut self, shared: &mut Shared<'_>, ctx: &Context, action: EditorAction) {
        match action {
            EditorAction::Choose(cue, how) => self.choose(cue, how),
            EditorAction::GoTo(cue) => self.visit(cue),
            EditorAction::SetText(cue, text) => {
                self.operate(shared, |document, _| ops::set_text(document, cue, &text));
            }
            EditorAction::Suggest(word) => self.suggest(shared, word),
            EditorAction::Respell { cue, range, word, with } => {
                self.respell(shared, cue, range, &word, &with)
            }
            EditorAction::AddTerm(word) => self.add_term(shared, &word),
            EditorAction::EditWord(cue, range) => self.edit_word(cue, range),
            EditorAction::SetSpan(cue, span) => {
                self.operate(shared, |document, _| ops::set_span(document, cue, span));
            }
            EditorAction::EndRun => self.end_run(),
            EditorAction::SetSpeaker(speaker) => self.set_speaker(shared, speaker.as_deref()),
            EditorAction::ShiftBy { by, all } => self.shift(shared, by, all),
            EditorAction::InsertLeftOut(passage) => self.insert_left_out(shared, &passage),
            EditorAction::DismissLeftOut(passage) => self.dismiss_left_out(shared, &passage),
            EditorAction::RepairCue(cue) => self.repair(shared, cue),
            EditorAction::ReplaceOne => self.replace_one(shared),
            EditorAction::ReplaceAll => self.replace_all(shared),
            EditorAction::CloseFind => self.close_find(ctx),
            EditorAction::ShowRows(choice) => self.show_rows(choice),
            EditorAction::CloseRows => self.close_rows(ctx),
            EditorAction::GoToMatch(number) => self.go_to_match(number),
            EditorAction::Seek(time) => self.seek(time),
            EditorAction::SetRate(rate) => self.set_rate(rate),
            EditorAction::Retime(retiming) => self.retime(shared, &retiming),
            EditorAction::Recover(place) => self.recover(shared, place),
            EditorAction::DiscardRecovered(path) => self.discard_recovered(shared, &path),
            EditorAction::SetProfile(name) => self.set_profile(&name),
            EditorAction::CancelTranscription => self.cancel_transcription(),
            EditorAction::StopFollowing => self.follow_newest(false),
            EditorAction::Transcribe(path) => self.transcribe(shared, path),
            EditorAction::AskToCaption(path) => self.ask_to_caption(shared, path),
            EditorAction::FindSpeakersIn(project) => self.unnamed = Some(project),
            EditorAction::DismissReady => self.workspace_mut().into_iter().for_each(|open| open.ready = None),
            EditorAction::Export(plan) => self.export(shared, *plan),
            EditorAction::AskExportFolder(folder) => {
                shared.ask(Question::ExportFolder { folder: Some(folder) });
            }
        }
    }
}
