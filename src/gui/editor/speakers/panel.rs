//! The panel of speakers: how much each says, their names, and commands for them.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use egui::{
    Align, Align2, Button, ComboBox, DragValue, FontId, Key, Layout, ProgressBar, Rect, RichText, Role,
    ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::{SpeakerAction, SpeakerSearch};
use super::{badge, passed_on};
use crate::gui::action::{Action, Actions};
use crate::gui::command::{AppCommand, Command};
use crate::gui::editor::version::Version;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::widgets::{close_button, short_time};
use crate::gui::words::{decimal, say, say_with};
use crate::recognize::{SpeakerWish, Suggestion};
use crate::time::MediaTime;

const HEIGHT: f32 = 44.0;
const BAR: f32 = 6.0;
/// Maximum number of speakers that can be requested.
const MOST: usize = 20;

/// The state of the panel between frames.
#[derive(Debug, Default)]
pub struct SpeakersPanel {
    shares: HashMap<String, Share>,
    of: Option<Version>,
    /// The selected speaker, and the name being typed.
    chosen: Option<String>,
    typed: String,
    /// The number of speakers to find; 0 for any.
    wanted: usize,
    /// Whether the row of the selected speaker takes the keyboard, because the widget that had it is gone.
    takes_keyboard: bool,
}

/// The share of a speaker.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    time: MediaTime,
    cues: usize,
}

impl SpeakersPanel {
    pub fn ui(&mut self, ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
        self.update(workspace);
        ui.horizontal(|ui| {
            ui.label(RichText::new(say("speakers-title")).size(16.0).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if close_button(ui, say("speakers-close")).clicked() {
                    actions.run(Command::App(AppCommand::ShowSpeakers));
                }
            });
        });
        let may_edit = workspace.read_only.is_none();
        match &workspace.finding {
            Some(finding) => progress(ui, view, finding, actions),
            None => drop(ui.add_enabled_ui(may_edit, |ui| self.find(ui, workspace, actions))),
        }
        suggestions(ui, workspace, actions);
        ui.add_space(SPACE);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let names = workspace.speakers().names();
            for (place, name) in names.iter().enumerate() {
                self.row(ui, view, place, name);
                if self.chosen.as_ref() == Some(name) {
                    ui.add_enabled_ui(may_edit, |ui| self.tools(ui, view, workspace, name, actions));
                    ui.add_space(SPACE);
                }
            }
            let hint = if names.is_empty() { say("speakers-none") } else { say("speakers-keys") };
            ui.label(RichText::new(hint).color(view.colors.weak));
            if workspace.document().voices.is_some() {
                ui.add_space(SPACE);
                ui.label(RichText::new(say("speakers-kept")).color(view.colors.weak));
                let forget = ui.add_enabled(may_edit, Button::new(say("speakers-forget")));
                if forget.on_hover_text(say("speakers-forget-hint")).clicked() {
                    actions.ask(Action::Speakers(SpeakerAction::ForgetVoices));
                }
                ui.add_enabled_ui(may_edit, |ui| passed_on::ui(ui, view, workspace, actions));
            }
        });
    }

    fn update(&mut self, workspace: &Workspace) {
        if self.of == Some(workspace.version()) {
            return;
        }
        self.of = Some(workspace.version());
        self.shares.clear();
        for cue in &workspace.document().cues {
            let Some(name) = &cue.speaker else { continue };
            let share = match self.shares.get_mut(name) {
                Some(share) => share,
                None => self.shares.entry(name.clone()).or_default(),
            };
            share.time += cue.span.duration();
            share.cues += 1;
        }
        let is_there = |name: &String| workspace.speakers().place(name).is_some();
        if !self.chosen.as_ref().is_some_and(is_there) {
            self.chosen = None;
        }
    }

    /// Shows the number of speakers and the button that finds them.
    fn find(&mut self, ui: &mut Ui, workspace: &Workspace, actions: &mut Actions) {
        ui.horizontal_wrapped(|ui| {
            let is_known = workspace.document().voices.is_some();
            ui.label(say("speakers-count"));
            let shown = |number: f64, _| match number as usize {
                0 => say("speakers-any").to_owned(),
                number => number.to_string(),
            };
            let read = |text: &str| if text.trim().is_empty() { Some(0.0) } else { text.trim().parse().ok() };
            let number = DragValue::new(&mut self.wanted).range(0..=MOST).speed(0.05);
            ui.add(number.custom_formatter(shown).custom_parser(read))
                .on_hover_text(say("speakers-count-hint"))
                .accessible_name(say("speakers-count"));
            let face = if is_known { say("speakers-find-again") } else { say("speakers-find") };
            let can_find = is_known || workspace.recording.is_some();
            let button = ui.add_enabled(can_find, Button::new(face));
            let hint = if is_known { say("speakers-find-again-hint") } else { say("speakers-find-hint") };
            let clicked =
                button.on_hover_text(hint).on_disabled_hover_text(say("obstacle-no-sound")).clicked();
            if clicked {
                let wish = NonZeroUsize::new(self.wanted).map_or(SpeakerWish::Any, SpeakerWish::Exactly);
                actions.ask(Action::Speakers(SpeakerAction::Find(wish)));
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, view: &View, place: usize, name: &str) {
        let share = self.shares.get(name).copied().unwrap_or_default();
        let total: i64 = self.shares.values().map(|share| share.time.as_millis()).sum();
        let part = share.time.as_millis() as f64 / total.max(1) as f64;
        let numbers = say_with!(
            "speakers-share",
            percent = decimal(part * 100.0, 0),
            time = short_time(share.time),
            count = share.cues
        );
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let response = ui.interact(rect, ui.make_persistent_id(name), Sense::click());
        let is_chosen = self.chosen.as_deref() == Some(name);
        let spoken = say_with!("speakers-row", number = place + 1, name = name, share = numbers.clone());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &spoken));
        paint(ui, view, rect, (place, name, &numbers, part as f32), is_chosen, response.has_focus());
        if is_chosen && std::mem::take(&mut self.takes_keyboard) {
            response.request_focus();
        }
        if response.clicked() {
            self.chosen = (!is_chosen).then(|| name.to_owned());
            name.clone_into(&mut self.typed);
        }
    }

    /// Shows the commands for a speaker.
    fn tools(&mut self, ui: &mut Ui, view: &View, workspace: &Workspace, name: &str, actions: &mut Actions) {
        let mut ask = |action| actions.ask(Action::Speakers(action));
        let own = || name.to_owned();
        let field = ui.add(TextEdit::singleline(&mut self.typed).desired_width(f32::INFINITY));
        let field = field.accessible_name(say("speakers-name"));
        let is_other = !self.typed.trim().is_empty() && self.typed.trim() != name;
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(SMALL_SPACE);
        ui.horizontal_wrapped(|ui| {
            let rename = ui.add_enabled(is_other, Button::new(say("speakers-rename")));
            if is_other && (rename.clicked() || enter) {
                let to = self.typed.trim().to_owned();
                ask(SpeakerAction::Rename { from: own(), to: to.clone() });
                self.chosen = Some(to);
                self.takes_keyboard = true;
            }
            let sound = workspace.soundtrack.is_some();
            let play = ui.add_enabled(sound, Button::new(say("speakers-play")));
            if play.on_disabled_hover_text(say("obstacle-no-sound")).clicked() {
                ask(SpeakerAction::PlaySample(own()));
            }
            let steps = [
                (say("speakers-previous"), say_with!("speakers-previous-name", name = name), true),
                (say("speakers-next"), say_with!("speakers-next-name", name = name), false),
            ];
            for (face, spoken, backwards) in steps {
                if ui.button(face).accessible_name(&spoken).on_hover_text(&spoken).clicked() {
                    ask(SpeakerAction::Visit { name: own(), backwards });
                }
            }
            if ui.button(say("speakers-only")).on_hover_text(say("speakers-only-hint")).clicked() {
                ask(SpeakerAction::Filter(own()));
            }
            let split =
                ui.add_enabled(workspace.document().voices.is_some(), Button::new(say("speakers-split")));
            let split = split.on_hover_text(say("speakers-split-hint"));
            if split.on_disabled_hover_text(say("speakers-unknown-voices")).clicked() {
                ask(SpeakerAction::Split(own()));
            }
        });
        let remember =
            ui.add_enabled(workspace.document().voices.is_some(), Button::new(say("speakers-remember")));
        let remember = remember.on_hover_text(say("speakers-remember-hint"));
        if remember.on_disabled_hover_text(say("speakers-unknown-voices")).clicked() {
            ask(SpeakerAction::AskToRemember(own()));
        }
        let others: Vec<&String> =
            workspace.speakers().names().iter().filter(|other| *other != name).collect();
        if !others.is_empty() {
            let merge = ComboBox::from_id_salt("merge").selected_text(say("speakers-merge"));
            let merge = merge.show_ui(ui, |ui| {
                for other in others {
                    if ui.selectable_label(false, other).clicked() {
                        ask(SpeakerAction::Merge { from: own(), into: other.clone() });
                        self.chosen = Some(other.clone());
                        other.clone_into(&mut self.typed);
                        self.takes_keyboard = true;
                    }
                }
            });
            merge.response.accessible_name(say("speakers-merge"));
        }
        let line = Stroke::new(1.0, view.colors.border);
        let bottom = ui.cursor().top();
        ui.painter().hline(ui.max_rect().x_range(), bottom, line);
    }
}

/// Draws the row of a speaker: badge and name, and below them the share of all time as a bar and in numbers.
fn paint(
    ui: &Ui,
    view: &View,
    rect: Rect,
    (place, name, numbers, part): (usize, &str, &str, f32),
    is_chosen: bool,
    has_focus: bool,
) {
    let (painter, colors) = (ui.painter_at(rect.expand(1.0)), view.colors);
    if is_chosen {
        painter.rect_filled(rect, 3.0, colors.chosen);
    }
    if has_focus {
        painter.rect_stroke(rect, 3.0, Stroke::new(2.0, colors.accent), StrokeKind::Inside);
    }
    let corner = rect.min + vec2(SMALL_SPACE, SMALL_SPACE);
    badge::paint(&painter, corner, place);
    let left = corner.x + badge::SIZE + SPACE;
    let font = FontId::proportional(12.5);
    let at = pos2(rect.right() - SMALL_SPACE, corner.y + badge::SIZE / 2.0);
    let numbers = painter.text(at, Align2::RIGHT_CENTER, numbers, font, colors.weak);
    let mut job =
        egui::text::LayoutJob::simple_singleline(name.to_owned(), FontId::proportional(14.5), colors.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width((numbers.left() - SPACE - left).max(20.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(left, corner.y + (badge::SIZE - galley.size().y) / 2.0), galley, colors.text);
    let bar = Rect::from_min_max(
        pos2(left, rect.bottom() - SMALL_SPACE - BAR - 4.0),
        pos2(rect.right() - SMALL_SPACE, rect.bottom() - SMALL_SPACE - 4.0),
    );
    painter.rect_filled(bar, 2.0, colors.raised);
    painter.rect_stroke(bar, 2.0, Stroke::new(1.0, colors.border), StrokeKind::Outside);
    let full = Rect::from_min_size(bar.min, vec2(bar.width() * part.clamp(0.0, 1.0), BAR));
    painter.rect_filled(full, 2.0, badge::color(place));
}

/// Shows suggested names for speakers, which a click applies.
fn suggestions(ui: &mut Ui, workspace: &Workspace, actions: &mut Actions) {
    for Suggestion { speaker, name } in &workspace.suggestions {
        if workspace.read_only.is_some() || workspace.speakers().place(speaker).is_none() {
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(say_with!("speakers-sounds-like", speaker = speaker.as_str(), name = name.as_str()));
            let take = ui.button(say_with!("speakers-take-name", name = name.as_str()));
            if take.clicked() {
                let (from, to) = (speaker.clone(), name.clone());
                actions.ask(Action::Speakers(SpeakerAction::Rename { from, to }));
            }
        });
    }
}

fn progress(ui: &mut Ui, view: &View, finding: &SpeakerSearch, actions: &mut Actions) {
    let done = finding.progress.done.as_secs_f64();
    let part = finding.progress.total.map_or(0.0, |total| done / total.as_secs_f64().max(1.0));
    ui.horizontal(|ui| {
        let cancel = button_room(ui);
        let bar = ProgressBar::new(part.clamp(0.0, 1.0) as f32)
            .fill(view.colors.accent)
            .desired_width((ui.available_width() - cancel).max(60.0))
            .desired_height(14.0);
        ui.add(bar).accessible_name(say("speakers-finding"));
        if ui.button(say("button-cancel")).clicked() {
            actions.ask(Action::Speakers(SpeakerAction::CancelFinding));
        }
    });
    ui.label(RichText::new(say("speakers-finding")).color(view.colors.weak));
}

fn button_room(ui: &Ui) -> f32 {
    crate::gui::widgets::button_width(ui, say("button-cancel")) + 2.0 * ui.spacing().item_spacing.x
}
