//! Names for what has none in egui: the window, its parts and its dialogs.

use egui::accesskit::Live;
use egui::{Context, Response, Role, Ui, UiKind, accesskit_root_id};

/// Names the window, and says which language its words are in.
pub fn window(ctx: &Context, title: &str, language: &str) {
    ctx.accesskit_node_builder(accesskit_root_id(), |node| {
        node.set_label(title);
        node.set_language(language);
    });
}

/// Names the panel or dialog of this kind that is drawn around `ui`.
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

/// Has what is shown here said when it comes and whenever it changes.
pub fn live(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}
