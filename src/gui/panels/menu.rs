//! The bar at the top: menus made from the table of commands, and work running on other pages.

use egui::accesskit::HasPopup;
use egui::containers::menu::{MenuBar, MenuButton};
use egui::text::{LayoutJob, TextFormat};
use egui::{Button, Color32, Response, RichText, Role, Stroke, TextStyle, Ui, UiKind, WidgetInfo};

use super::menu_keys::MenuKeys;
use crate::gui::action::Actions;
use crate::gui::command::{
    AppCommand, Command, EditCommand, GoCommand, Menu, PlayCommand, QueueCommand, RecordCommand, TABLE,
};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::step;
use crate::gui::editor::workspace::Workspace;
use crate::gui::heard;
use crate::gui::state::{Page, View};
use crate::gui::theme::SPACE;
use crate::gui::widgets::{button_width, short_time};
use crate::gui::words::{say, say_with};

/// Width of the indicators beside the menus; with less space they get a row of their own. Unit: points.
const BESIDE: f32 = 200.0;

pub fn ui(ui: &mut Ui, view: &View, keys: &mut MenuKeys, actions: &mut Actions) {
    let mut elsewhere = elsewhere(view);
    MenuBar::new().ui(ui, |ui| {
        heard::around(ui, UiKind::Menu, Role::MenuBar, say("area-menu"));
        // In a narrow window the names move closer together rather than out of view.
        ui.spacing_mut().button_padding.x = 0.0;
        let names: f32 = Menu::ALL.iter().map(|menu| button_width(ui, menu.name())).sum();
        let share = ((ui.available_width() - names) / (3.0 * Menu::ALL.len() as f32)).max(0.0);
        let spacing = ui.spacing_mut();
        spacing.button_padding.x = share.min(SPACE);
        spacing.item_spacing.x = spacing.item_spacing.x.min(share);
        for menu in Menu::ALL {
            let button = Button::new(face(ui, menu));
            let (name, open) = MenuButton::from_button(button).ui(ui, |ui| {
                ui.set_min_width(250.0);
                let usable = entries(ui, view, actions, menu);
                keys.among(ui, &usable);
            });
            ui.ctx().accesskit_node_builder(name.id, |node| {
                node.set_role(Role::MenuItem);
                node.set_label(menu.name());
                node.set_has_popup(HasPopup::Menu);
            });
            keys.follow(ui, menu, &name, open.is_some());
        }
        if ui.available_width() > BESIDE {
            links(ui, std::mem::take(&mut elsewhere), actions);
        }
    });
    if !elsewhere.is_empty() {
        ui.horizontal_wrapped(|ui| links(ui, elsewhere, actions));
    }
}

/// Returns the name of a menu; while `Alt` is held down, its letter is underlined.
fn face(ui: &Ui, menu: Menu) -> LayoutJob {
    let plain = TextFormat::simple(TextStyle::Button.resolve(ui.style()), Color32::PLACEHOLDER);
    let underline = Stroke::new(1.0, ui.visuals().text_color());
    let is_told = ui.input(|input| input.modifiers.alt && !input.modifiers.ctrl);
    let mut job = LayoutJob::default();
    let (before, rest) = menu.name().split_once(menu.letter()).unwrap_or((menu.name(), ""));
    job.append(before, 0.0, plain.clone());
    if menu.name().len() > before.len() {
        let letter =
            TextFormat { underline: if is_told { underline } else { Stroke::NONE }, ..plain.clone() };
        job.append(menu.letter(), 0.0, letter);
        job.append(rest, 0.0, plain);
    }
    job
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

/// Shows the commands of one menu. Returns the available ones, with their names.
pub fn entries(ui: &mut Ui, view: &View, actions: &mut Actions, menu: Menu) -> Vec<(Response, String)> {
    let mut usable = Vec::new();
    for row in TABLE.iter().filter(|row| row.menu == menu) {
        if row.begins_group {
            ui.separator();
        }
        let obstacle = row.obstacle(&view.available);
        let (name, is_on) = (name(view, row.command), is_on(view, row.command));
        let face = if is_on == Some(true) { format!("✔ {name}") } else { name.clone() };
        let button = Button::new(face).shortcut_text(view.state.keymap.label(row.command));
        let response = ui.add_enabled(obstacle.is_none(), button);
        response.widget_info(|| match is_on {
            Some(is_on) => WidgetInfo::selected(Role::MenuItemCheckBox, obstacle.is_none(), is_on, &name),
            None => WidgetInfo::labeled(Role::MenuItem, obstacle.is_none(), &name),
        });
        if let Some(obstacle) = obstacle {
            response.on_disabled_hover_text(obstacle);
            continue;
        }
        if response.clicked() {
            actions.run(row.command);
            ui.close();
        }
        usable.push((response, name));
    }
    usable
}

/// Returns whether the command's switch is on; `None` if it is not a switch.
fn is_on(view: &View, command: Command) -> Option<bool> {
    let (state, editor) = (view.state, view.editor);
    let workspace = editor.workspace.as_ref();
    Some(match command {
        Command::App(AppCommand::ShowProblems) => editor.shows_problems(),
        Command::App(AppCommand::ShowSpeakers) => editor.shows_speakers,
        Command::App(AppCommand::ShowWaveform) => editor.shows_waveform(),
        Command::App(AppCommand::ShowSpectrogram) => state.settings.shows_spectrogram,
        Command::App(AppCommand::ShowPicture) => editor.shows_picture(&state.settings),
        Command::Play(PlayCommand::Follow) => editor.follows,
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
    let editor = view.editor.workspace.as_ref().map(Workspace::editor);
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
