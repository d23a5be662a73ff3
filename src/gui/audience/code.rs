//! The address of the page as a QR code, for phones and for the screen in the room.

use egui::{
    Button, Color32, Mesh, Popup, PopupCloseBehavior, Rect, RichText, Role, Sense, Shape, Ui, Vec2,
    WidgetInfo, vec2,
};

use crate::gui::words::{say, say_with};
use crate::live::page::{QrCode, qr_code};

/// Side of a module. Unit: points.
const MODULE: f32 = 8.0;

/// Shows a button that opens the address, large and as a QR code, until the user clicks elsewhere.
pub fn button(ui: &mut Ui, address: &str) {
    let button = ui.add(Button::new(say("audience-qr"))).on_hover_text(say("audience-qr-hint"));
    let popup =
        Popup::from_toggle_button_response(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        let Some(code) = qr_code(address) else { return };
        ui.vertical_centered(|ui| {
            picture(ui, &code, address);
            ui.label(RichText::new(address).heading());
        });
    });
}

fn picture(ui: &mut Ui, code: &QrCode, address: &str) {
    let side = code.width() as f32 * MODULE;
    let (response, painter) = ui.allocate_painter(Vec2::splat(side), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Image, true, say_with!("audience-qr-name", address = address))
    });
    // One mesh, so that no light lines appear between modules.
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(response.rect, Color32::WHITE);
    for row in 0..code.width() {
        for column in (0..code.width()).filter(|column| code.is_black(*column, row)) {
            let corner = response.rect.min + MODULE * vec2(column as f32, row as f32);
            mesh.add_colored_rect(Rect::from_min_size(corner, Vec2::splat(MODULE)), Color32::BLACK);
        }
    }
    painter.add(Shape::mesh(mesh));
}
