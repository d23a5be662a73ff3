//! Changes the speakers of cues.

use super::remember::{ask_for_voices_file, ask_to_remember, change_remembered};
use super::{SpeakerAction, SpeakerSearch};
use crate::asr::CancelToken;
use crate::document::{Edit, Transaction, ops};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::rows::Choice;
use crate::gui::editor::workspace::Workspace;
use crate::gui::shared::Shared;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{FoundSpeakers, NotFound, SpeakersJob, SpeakersTask, SpeakersUpdate, VoicesChange};
use crate::recognize::{FindError, SpeakerWish};
use crate::time::{MediaTime, TimeSpan};

/// Maximum length of a sample of a voice.
const SAMPLE: MediaTime = MediaTime::from_millis(6000);

impl CaptionEditor {
    pub(in crate::gui) fn act_on_speakers(&mut self, shared: &mut Shared<'_>, action: SpeakerAction) {
        match action {
            SpeakerAction::Rename { from, to } => {
                self.operate(shared, |document, _| Ok(ops::rename_speaker(document, &from, &to)));
                self.filter_other(&from, to);
            }
            SpeakerAction::Merge { from, into } => {
                self.operate(shared, |document, _| Ok(ops::merge_speakers(document, &from, &into)));
                self.tidy_speakers();
                self.filter_other(&from, into);
            }
            SpeakerAction::Filter(name) => self.filter_speaker(name),
            SpeakerAction::Split(name) => self.work_on_speakers(shared, SpeakersTask::Split(name)),
            SpeakerAction::PlaySample(name) => self.play_sample(&name),
            SpeakerAction::Visit { name, backwards } => self.visit_speaker(shared, Some(&name), backwards),
            SpeakerAction::Find(wish) => self.work_on_speakers(shared, SpeakersTask::Find(wish)),
            SpeakerAction::CancelFinding => self.cancel_finding(),
            SpeakerAction::AskToRemember(speaker) => ask_to_remember(shared, speaker),
            SpeakerAction::Remember { speaker, name } => self.remember(shared, speaker, name),
            SpeakerAction::ForgetRemembered(name) => change_remembered(shared, VoicesChange::Forget(name)),
            SpeakerAction::ForgetAllRemembered => change_remembered(shared, VoicesChange::ForgetAll),
            SpeakerAction::ExportRemembered => ask_for_voices_file(shared),
            SpeakerAction::PassOn(is_ticked) => self.pass_on(shared, is_ticked),
            SpeakerAction::RememberPassed => self.remember_passed(shared),
            SpeakerAction::ForgetVoices => {
                self.pass_on(shared, false);
                let forget = || Transaction::new("Forget the voices", vec![Edit::SetVoices(None)]);
                self.operate(shared, |_, _| Ok(forget()));
            }
        }
    }

    pub(in crate::gui::editor) fn cancel_finding(&self) {
        let workspace = self.state.workspace.as_ref();
        if let Some(finding) = workspace.and_then(|workspace| workspace.finding.as_ref()) {
            finding.cancel.cancel();
        }
    }

    /// Shows only the cues of a speaker, under the other conditions that the list has.
    fn filter_speaker(&mut self, name: String) {
        let Some(workspace) = &self.state.workspace else { return };
        let choice = Choice { speaker: Some(name), ..workspace.rows.choice.clone() };
        self.show_rows(choice);
    }

    /// A list that shows only one speaker goes on with the name that this speaker has now.
    fn filter_other(&mut self, from: &str, to: String) {
        let rows = self.state.workspace.as_ref().map(|open| &open.rows);
        if rows.is_some_and(|rows| rows.choice.speaker.as_deref() == Some(from)) {
            self.filter_speaker(to);
        }
    }

    fn tidy_speakers(&mut self) {
        self.workspace_mut().into_iter().for_each(Workspace::tidy_speakers);
    }

    /// Gives the selected cues the speaker with this number, from 1; with 0, none. With `onwards`, also the cues after
    /// them until the speaker changes. The number after the last one makes a new speaker.
    pub(in crate::gui) fn set_numbered_speaker(
        &mut self,
        shared: &mut Shared<'_>,
        number: usize,
        onwards: bool,
    ) {
        let Some(workspace) = &self.state.workspace else { return };
        if workspace.selection.current().is_none() {
            return;
        }
        let names = workspace.speakers().names();
        let name = match number.checked_sub(1) {
            None => None,
            Some(place) if place > names.len() => {
                let next = names.len() + 1;
                return shared.notices.hint(say_with!("speakers-no-such", number = number, next = next));
            }
            Some(place) => Some(names.get(place).cloned().unwrap_or_else(|| new_name(names, number))),
        };
        let chosen = workspace.chosen();
        self.operate(shared, |document, _| {
            let cues = if onwards { ops::until_speaker_changes(document, &chosen) } else { chosen };
            ops::set_speaker(document, &cues, name.as_deref())
        });
    }

    /// Goes to the next cue of a speaker, or of the current cue's speaker if no name is given.
    pub(in crate::gui::editor) fn visit_speaker(
        &mut self,
        shared: &mut Shared<'_>,
        name: Option<&str>,
        backwards: bool,
    ) {
        let Some(workspace) = &self.state.workspace else { return };
        let current = || workspace.current().and_then(|cue| cue.speaker.clone());
        let Some(name) = name.map(str::to_owned).or_else(current) else {
            return shared.notices.hint(say("speakers-cue-has-none").to_owned());
        };
        if let Some(cue) = workspace.next_where(backwards, |cue| cue.speaker.as_ref() == Some(&name)) {
            self.visit(cue);
        }
    }

    /// Plays the beginning of the longest cue of a speaker.
    fn play_sample(&mut self, name: &str) {
        let Some(workspace) = &self.state.workspace else { return };
        let own = workspace.document().cues.iter().filter(|cue| cue.speaker.as_deref() == Some(name));
        let longest = own.max_by_key(|cue| cue.span.duration()).map(|cue| cue.span);
        if let (Some(span), Some(soundtrack)) = (longest, &workspace.soundtrack) {
            let end = span.end.min(span.start + SAMPLE);
            soundtrack.play_span(TimeSpan::new(span.start, end));
        }
    }

    /// Finds all speakers, and shows the panel.
    pub(in crate::gui::editor) fn find_speakers(&mut self, shared: &mut Shared<'_>) {
        self.state.shows_speakers = true;
        self.work_on_speakers(shared, SpeakersTask::Find(SpeakerWish::Any));
    }

    /// Finds or divides speakers by their voices, and first listens to the recording if the voices are not known.
    pub(in crate::gui::editor) fn work_on_speakers(&mut self, shared: &mut Shared<'_>, task: SpeakersTask) {
        let remembered = self.known_voices(shared);
        let Some(workspace) = self.state.workspace.as_mut().filter(|open| open.finding.is_none()) else {
            return;
        };
        let is_known = workspace.document().voices.is_some();
        let recording = workspace.recording.clone().filter(|_| !is_known);
        if !is_known && recording.is_none() {
            return shared.notices.hint(say("obstacle-no-sound").to_owned());
        }
        let cancel = CancelToken::default();
        workspace.finding = Some(SpeakerSearch { cancel: cancel.clone(), ..SpeakerSearch::default() });
        let job = SpeakersJob {
            workspace: workspace.number,
            version: workspace.version(),
            document: workspace.document().clone(),
            free: workspace.editor().free_id(),
            profile: workspace.profile().clone(),
            remembered,
            task,
            recording,
            cancel,
        };
        shared.workers.find_speakers(job);
    }

    pub(in crate::gui::editor) fn speakers_updated(
        &mut self,
        shared: &mut Shared<'_>,
        number: u64,
        update: SpeakersUpdate,
    ) {
        let Some(workspace) = self.numbered(number) else {
            return;
        };
        match update {
            SpeakersUpdate::Progress(progress) => {
                workspace.finding.iter_mut().for_each(|finding| finding.progress = progress);
            }
            SpeakersUpdate::Ended(result) => {
                workspace.finding = None;
                match result {
                    Ok(found) => self.take_speakers(shared, found),
                    Err(NotFound::Finding(FindError::Cancelled)) => {}
                    Err(error) => shared.notices.warn(error.in_words()),
                }
            }
        }
    }

    fn take_speakers(&mut self, shared: &mut Shared<'_>, found: FoundSpeakers) {
        let FoundSpeakers { version, task, voices, step } = found;
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let is_same = workspace.version() == version;
        voices.into_iter().for_each(|voices| workspace.add_voices(voices));
        if !is_same {
            // The captions were edited in the meantime. With the voices known, this takes only a moment.
            return self.work_on_speakers(shared, task);
        }
        if self.operate(shared, |_, _| Ok(step)) {
            self.tidy_speakers();
            self.tell_of_speakers(shared);
        }
    }

    pub(in crate::gui::editor) fn tell_of_speakers(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        let text = match workspace.speakers().names().len() {
            0 => say("speakers-one-voice").to_owned(),
            count => say_with!("speakers-found", count = count),
        };
        shared.notices.done(text);
        self.look_for_remembered(shared);
        self.show_current();
    }
}

/// Returns the name of a new speaker.
fn new_name(names: &[String], number: usize) -> String {
    let mut free = (number..).map(|number| format!("Speaker {number}"));
    free.find(|name| !names.contains(name)).unwrap_or_default()
}
