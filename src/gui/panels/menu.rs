//! The bar at the top: menus made from the table of commands, and work running on other pages.

use egui::{Button, MenuBar, RichText, Role, Ui, WidgetInfo};

use crate::gui::action::Actions;
use crate::gui::command::{
    AppCommand, Command, EditCommand, GoCommand, Menu, PlayCommand, QueueCommand, RecordCommand, TABLE,
};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::step;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::{Page, View};
use crate::gui::theme::SPACE;
use crate::gui::widgets::{button_width, short_time};
use crate::gui::words::{say, say_with};

/// Width of the indicators beside the menus; with less space they get a row of their own. Unit: points.
const BESIDE: f32 = 200.0;

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let mut elsewhere = elsewhere(view);
    MenuBar::new().ui(ui, |ui| {
        // In a narrow window the names move closer together rather than out of view.
        ui.spacing_mut().button_padding.x = 0.0;
        let names: f32 = Menu::ALL.iter().map(|menu| button_width(ui, menu.name())).sum();
        let share = ((ui.available_width() - names) / (3.0 * Menu::ALL.len() as f32)).max(0.0);
        let spacing = ui.spacing_mut();
        spacing.button_padding.x = share.min(SPACE);
        spacing.item_spacing.x = spacing.item_spacing.x.min(share);
        for menu in Menu::ALL {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(250.0);
                entries(ui, view, actions, menu);
            });
        }
        if ui.available_width() > BESIDE {
            links(ui, std::mem::take(&mut elsewhere), actions);
        }
    });
    if !elsewhere.is_empty() {
        ui.horizontal_wrapped(|ui| links(ui, elsewhere, actions));
    }
}

/// Returns the work running on hidden pages, and the commands that show it.
fn elsewhere(view: &View) -> Vec<(RichText, Command)> {
    let (record, queue) = (&view.state.record, &view.state.queue);
    let mut found = Vec::new();
    if record.is_busy() && view.state.page != Page::Record {
        let text = match record.is_recording() {
            true => {
                let time = short_time(record.standing.status.recorded);
                format!("⏺ {}", say_with!("menu-recording", time = time))
            }
            false => say("menu-finishing").to_owned(),
        };
        found
            .push((RichText::new(text).color(view.colors.error), Command::Record(RecordCommand::RecordPage)));
    }
    if queue.is_running() && view.state.page != Page::Queue {
        let totals = queue.items.totals();
        let done = totals.done + totals.failed;
        let text = format!("▶ {}", say_with!("menu-queue", done = done, all = totals.all));
        found.push((RichText::new(text), Command::Queue(QueueCommand::QueuePage)));
    }
    found
}

fn links(ui: &mut Ui, links: Vec<(RichText, Command)>, actions: &mut Actions) {
    for (text, command) in links {
        if ui.button(text).clicked() {
            actions.run(command);
        }
    }
}

/// Shows the commands of one menu.
pub fn entries(ui: &mut Ui, view: &View, actions: &mut Actions, menu: Menu) {
    for row in TABLE.iter().filter(|row| row.menu == menu) {
        if row.begins_group {
            ui.separator();
        }
        let obstacle = row.obstacle(&view.available);
        let (name, is_on) = (name(view, row.command), is_on(view, row.command));
        let face = if is_on == Some(true) { format!("✔ {name}") } else { name.clone() };
        let button = Button::new(face).shortcut_text(view.state.keymap.label(row.command));
        let response = ui.add_enabled(obstacle.is_none(), button);
        if let Some(is_on) = is_on {
            response.widget_info(|| {
                WidgetInfo::selected(Role::MenuItemCheckBox, obstacle.is_none(), is_on, &name)
            });
        }
        if response.on_disabled_hover_text(obstacle.unwrap_or_default()).clicked() {
            actions.run(row.command);
        }
    }
}

/// Returns whether the command's switch is on; `None` if it is not a switch.
fn is_on(view: &View, command: Command) -> Option<bool> {
    let state = view.state;
    let workspace = state.workspace.as_ref();
    Some(match command {
        Command::App(AppCommand::ShowProblems) => state.shows_problems(),
        Command::App(AppCommand::ShowSpeakers) => state.shows_speakers,
        Command::App(AppCommand::ShowWaveform) => state.shows_waveform(),
        Command::Play(PlayCommand::Follow) => state.follows,
        Command::Go(GoCommand::FollowNewest) => {
            workspace.and_then(|open| open.task.as_ref()).is_some_and(|task| task.follows)
        }
        Command::Play(PlayCommand::LoopCue) => {
            workspace.and_then(|open| open.soundtrack.as_ref()).is_some_and(Soundtrack::is_looped)
        }
        Command::Record(RecordCommand::ShowAudience) => state.audience.is_open(),
        Command::Record(RecordCommand::ShowCaptionPage) => state.record.page.is_some(),
        _ => return None,
    })
}

/// Returns a command's name; for undo it includes the step.
fn name(view: &View, command: Command) -> String {
    let editor = view.state.workspace.as_ref().map(Workspace::editor);
    let label = match command {
        Command::Edit(EditCommand::Undo) => editor.and_then(|editor| editor.undo_label()),
        Command::Edit(EditCommand::Redo) => editor.and_then(|editor| editor.redo_label()),
        _ => None,
    };
    let name = command.row().name();
    label.map_or_else(
        || name.to_owned(),
        |label| say_with!("command-of-step", command = name, step = step::name(label)),
    )
}
