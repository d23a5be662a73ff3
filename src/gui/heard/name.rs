//! Names for parts that have none in egui: the window, its panels and its dialogs.

use egui::accesskit::{Live, Node};
use egui::{Context, Response, Role, Ui, UiKind, accesskit_root_id};

/// Names the window, and sets the language of its words.
pub fn window(ctx: &Context, title: &str, language: String) {
    ctx.accesskit_node_builder(accesskit_root_id(), |node| {
        node.set_label(title);
        node.set_language(language);
    });
}

/// Names the panel or menu of this kind that contains `ui`.
pub fn around(ui: &Ui, kind: UiKind, role: Role, name: &str) {
    node_around(ui, kind, |node| {
        node.set_role(role);
        node.set_label(name);
    });
}

/// Names the dialog around `ui` by its heading.
pub fn dialog(ui: &Ui, heading: &Response) {
    node_around(ui, UiKind::Modal, |node| {
        node.set_modal();
        node.push_labelled_by(heading.id.accesskit_id());
    });
}

fn node_around(ui: &Ui, kind: UiKind, change: impl FnOnce(&mut Node)) {
    if let Some(part) = ui.stack().iter().find(|part| part.kind() == Some(kind)) {
        ui.ctx().accesskit_node_builder(part.unique_id, change);
    }
}

/// Announces this text when it appears and whenever it changes.
pub fn live(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}
