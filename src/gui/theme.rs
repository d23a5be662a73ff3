//! How the window looks: colours, spacing, text sizes.
//!
//! One accent colour marks the next action and the selection. Amber and red are reserved for captions that need
//! attention, and never stand alone: an icon or words always say the same.

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2,
};

use super::fonts;
use crate::settings::Theme;

/// The colours of one theme. Text colours have a contrast of at least 4.5:1 against every background they appear on.
#[derive(Debug)]
pub struct Colors {
    pub is_dark: bool,
    /// Behind bars and side panels.
    pub panel: Color32,
    /// Behind captions and fields.
    pub surface: Color32,
    /// Buttons at rest, and under the pointer.
    pub raised: Color32,
    pub hovered: Color32,
    pub text: Color32,
    /// Less important text: units, hints, numbers.
    pub weak: Color32,
    pub border: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    /// Behind selected rows.
    pub chosen: Color32,
    /// Behind the word being played.
    pub playing: Color32,
    pub warning: Color32,
    pub error: Color32,
    pub wave: Color32,
    /// Behind the sound of a cue, and of the current one.
    pub region: Color32,
    pub current_region: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

pub static LIGHT: Colors = Colors {
    is_dark: false,
    panel: rgb(0xf4_f5_f7),
    surface: rgb(0xff_ff_ff),
    raised: rgb(0xe7_ea_ee),
    hovered: rgb(0xda_df_e6),
    text: rgb(0x1c_21_28),
    weak: rgb(0x55_5e_69),
    border: rgb(0xc9_cf_d8),
    accent: rgb(0x0f_5f_b0),
    on_accent: rgb(0xff_ff_ff),
    chosen: rgb(0xdf_eb_f8),
    playing: rgb(0xc6_e0_b9),
    warning: rgb(0x85_4d_00),
    error: rgb(0xb0_20_1a),
    wave: rgb(0x5b_6b_7d),
    region: rgb(0xe4_eb_f3),
    current_region: rgb(0xc5_dc_f4),
};

pub static DARK: Colors = Colors {
    is_dark: true,
    panel: rgb(0x1b_1e_23),
    surface: rgb(0x22_26_2c),
    raised: rgb(0x31_37_40),
    hovered: rgb(0x3d_45_50),
    text: rgb(0xe7_e9_ec),
    weak: rgb(0xab_b3_bd),
    border: rgb(0x3b_42_4c),
    accent: rgb(0x7a_b8_ff),
    on_accent: rgb(0x0b_16_24),
    chosen: rgb(0x26_3c_56),
    playing: rgb(0x2f_55_35),
    warning: rgb(0xf2_b9_62),
    error: rgb(0xff_96_8c),
    wave: rgb(0x8b_9a_ac),
    region: rgb(0x2b_32_3b),
    current_region: rgb(0x2b_47_68),
};

pub static HIGH_CONTRAST: Colors = Colors {
    is_dark: true,
    panel: rgb(0x00_00_00),
    surface: rgb(0x00_00_00),
    raised: rgb(0x00_00_00),
    hovered: rgb(0x2a_2a_2a),
    text: rgb(0xff_ff_ff),
    weak: rgb(0xe4_e4_e4),
    border: rgb(0xff_ff_ff),
    accent: rgb(0xff_d6_0a),
    on_accent: rgb(0x00_00_00),
    chosen: rgb(0x00_3c_78),
    playing: rgb(0x00_4d_1a),
    warning: rgb(0xff_d6_0a),
    error: rgb(0xff_a8_a0),
    wave: rgb(0xff_ff_ff),
    region: rgb(0x2a_2a_2a),
    current_region: rgb(0x00_3c_78),
};

/// Space within a group, between groups, and around pages. Unit: points.
pub const SMALL_SPACE: f32 = 4.0;
pub const SPACE: f32 = 8.0;
pub const LARGE_SPACE: f32 = 16.0;
pub const PAGE_SPACE: f32 = 32.0;
const RADIUS: CornerRadius = CornerRadius::same(5);

/// Numbers in columns.
pub fn digits() -> FontId {
    FontId::new(13.0, FontFamily::Monospace)
}

/// The text of captions, slightly larger than that of the window.
pub fn caption_text() -> FontId {
    FontId::new(15.5, fonts::captions())
}

impl Colors {
    /// Returns the active colours. egui knows the system's light or dark mode; high contrast is our own setting.
    pub fn current(ctx: &egui::Context, choice: Theme) -> &'static Self {
        match (choice, ctx.theme()) {
            (Theme::HighContrast, _) => &HIGH_CONTRAST,
            (_, egui::Theme::Dark) => &DARK,
            (_, egui::Theme::Light) => &LIGHT,
        }
    }
}

/// Sets the chosen theme, from the next frame on.
pub fn apply(ctx: &egui::Context, choice: Theme) {
    let dark = if choice == Theme::HighContrast { &HIGH_CONTRAST } else { &DARK };
    ctx.set_style_of(egui::Theme::Dark, style(dark));
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT));
    ctx.set_theme(match choice {
        Theme::System => egui::ThemePreference::System,
        Theme::Light => egui::ThemePreference::Light,
        Theme::Dark | Theme::HighContrast => egui::ThemePreference::Dark,
    });
}

fn style(colors: &Colors) -> Style {
    let mut style = Style { visuals: visuals(colors), ..Style::default() };
    let font = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, font(12.0)),
        (TextStyle::Body, font(14.0)),
        (TextStyle::Button, font(14.0)),
        (TextStyle::Heading, font(22.0)),
        (TextStyle::Monospace, digits()),
    ]
    .into();
    style.spacing.item_spacing = vec2(SPACE, 6.0);
    style.spacing.button_padding = vec2(10.0, 5.0);
    style.spacing.interact_size = vec2(36.0, 26.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.combo_width = 120.0;
    style.spacing.icon_width = 17.0;
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.spacing.scroll.fade.strength = 0.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style.compact_menu_style = false;
    style.animation_time = 0.08;
    style
}

fn visuals(colors: &Colors) -> Visuals {
    let mut visuals = if colors.is_dark { Visuals::dark() } else { Visuals::light() };
    let thin = |color| Stroke::new(1.0, color);
    visuals.panel_fill = colors.panel;
    visuals.window_fill = colors.panel;
    visuals.extreme_bg_color = colors.surface;
    visuals.faint_bg_color = colors.surface;
    visuals.code_bg_color = colors.raised;
    visuals.window_stroke = thin(colors.border);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_shadow =
        Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(70) };
    visuals.popup_shadow =
        Shadow { offset: [0, 3], blur: 12, spread: 0, color: Color32::from_black_alpha(60) };
    visuals.warn_fg_color = colors.warning;
    visuals.error_fg_color = colors.error;
    visuals.hyperlink_color = colors.accent;
    visuals.weak_text_color = Some(colors.weak);
    visuals.selection.bg_fill = colors.chosen;
    visuals.selection.stroke = thin(if colors.is_dark { colors.text } else { colors.accent });
    visuals.text_cursor.stroke = Stroke::new(2.0, colors.accent);
    visuals.disabled_alpha = 0.6;
    visuals.slider_trailing_fill = true;
    let widgets = &mut visuals.widgets;
    for (widget, fill, edge) in [
        (&mut widgets.noninteractive, colors.panel, colors.border),
        (&mut widgets.inactive, colors.raised, colors.border),
        (&mut widgets.hovered, colors.hovered, colors.weak),
        (&mut widgets.active, colors.hovered, colors.accent),
        (&mut widgets.open, colors.hovered, colors.border),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = thin(edge);
        widget.fg_stroke = Stroke::new(1.3, colors.text);
        widget.corner_radius = RADIUS;
        widget.expansion = 0.0;
    }
    // A focused widget is drawn as active, with a clearly visible ring.
    widgets.active.bg_stroke = Stroke::new(2.0, colors.accent);
    visuals
}

/// Returns the relative luminance as defined in WCAG 2.2.
#[cfg(test)]
fn luminance(color: Color32) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
}

/// Returns the contrast of two colours as defined in WCAG 2.2, from 1 to 21.
#[cfg(test)]
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_the_contrast_of_wcag_aa() {
        for (name, c) in [("light", &LIGHT), ("dark", &DARK), ("high contrast", &HIGH_CONTRAST)] {
            let grounds = [c.panel, c.surface, c.raised, c.hovered, c.chosen];
            for text in [c.text, c.weak] {
                for ground in grounds {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.5, "{name}: {text:?} on {ground:?} has {ratio:.2}");
                }
            }
            for (text, ground) in [
                (c.on_accent, c.accent),
                (c.accent, c.panel),
                (c.accent, c.surface),
                (c.accent, c.chosen),
                (c.text, c.playing),
                (c.text, c.current_region),
                (c.warning, c.panel),
                (c.warning, c.surface),
                (c.warning, c.chosen),
                (c.error, c.panel),
                (c.error, c.surface),
                (c.error, c.chosen),
            ] {
                let ratio = contrast(text, ground);
                assert!(ratio >= 4.5, "{name}: {text:?} on {ground:?} has {ratio:.2}");
            }
        }
    }

    #[test]
    fn what_is_drawn_can_be_told_from_its_ground() {
        for c in [&LIGHT, &DARK, &HIGH_CONTRAST] {
            for (shape, ground) in [(c.wave, c.surface), (c.wave, c.current_region), (c.wave, c.region)] {
                assert!(contrast(shape, ground) >= 3.0, "{shape:?} on {ground:?}");
            }
        }
    }
}
