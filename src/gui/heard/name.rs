//! Names for parts that have none in egui: the window, its panels and its dialogs.

use egui::accesskit::Live;
use egui::{Context, Response, Role, Ui, UiKind, accesskit_root_id};

/// Names the window, and sets the language of its words.
pub fn window(ctx: &Context, title: &str, language: &str) {
    ctx.accesskit_node_builder(accesskit_root_id(), |node| {
        node.set_label(title);
        node.set_language(language);
    });
}

/// Names the panel or dialog of this kind that contains `ui`.
pub fn around(ui: &Ui, kind: UiKind, role: Role, name: &str) {
    let Some(part) = ui.stack().iter().find(|part| part.kind() == Some(kind)) else { return };
    ui.ctx().accesskit_node_builder(part.unique_id, |node| {
        node.set_role(role);
        node.set_label(name);
        if role == Role::Dialog {
            node.set_modal();
        }
    });
}

/// Announces this text when it appears and whenever it changes.
pub fn live(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}
