//! Small widgets that several panels use.

use egui::{Button, Color32, Rect, Response, RichText, Stroke, TextStyle, Ui, Widget, pos2, vec2};

use super::action::Actions;
use super::command::Command;
use super::state::View;
use super::words::{say, say_with, short_decimal};
use crate::time::MediaTime;

/// The part of an image that is drawn: all of it.
pub const WHOLE_IMAGE: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));

/// The main button of a page or dialog.
pub fn primary(view: &View, text: &str) -> Button<'static> {
    let text = RichText::new(text.to_owned()).color(view.colors.on_accent).strong();
    Button::new(text)
        .fill(view.colors.accent)
        .stroke(Stroke::new(1.0, view.colors.accent))
        .min_size(vec2(88.0, 30.0))
}

/// Shows a button for a command; its tooltip shows the keys, or why it is unavailable.
pub fn command_button(
    ui: &mut Ui,
    view: &View,
    actions: &mut Actions,
    command: Command,
    face: &str,
) -> Response {
    let response = command_widget(ui, view, command, Button::new(face));
    if response.clicked() {
        actions.run(command);
    }
    response
}

/// Like [`command_button`], for the main command of a page.
pub fn command_primary(ui: &mut Ui, view: &View, actions: &mut Actions, command: Command, face: &str) {
    if command_widget(ui, view, command, primary(view, face)).clicked() {
        actions.run(command);
    }
}

/// Like [`command_button`], drawn as pressed while `on`.
pub fn command_toggle(
    ui: &mut Ui,
    view: &View,
    actions: &mut Actions,
    command: Command,
    face: &str,
    on: bool,
) {
    let response = command_widget(ui, view, command, Button::selectable(on, face).frame_when_inactive(true));
    if response.clicked() {
        actions.run(command);
    }
}

fn command_widget(ui: &mut Ui, view: &View, command: Command, widget: impl Widget) -> Response {
    let row = command.row();
    let obstacle = row.obstacle(&view.available);
    let keys = view.state.keymap.label(command);
    let tip = tip(row.name(), &keys);
    ui.add_enabled(obstacle.is_none(), widget)
        .accessible_name(row.name())
        .on_hover_text(tip)
        .on_disabled_hover_text(obstacle.unwrap_or_default())
}

/// Shows the button that closes a panel; `name` says which. Its frame is visible only under the pointer and with the
/// focus.
pub fn close_button(ui: &mut Ui, name: &str) -> Response {
    ui.add(Button::new("×").frame_when_inactive(false)).accessible_name(name).on_hover_text(name)
}

/// Returns the width of a button with this text. Unit: points.
pub fn button_width(ui: &Ui, text: &str) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x + 2.0 * ui.spacing().button_padding.x
}

/// Returns the name of a command with its keys, if there are any.
pub fn tip(name: &str, keys: &str) -> String {
    if keys.is_empty() { name.to_owned() } else { say_with!("command-tip", command = name, keys = keys) }
}

/// Formats a time as players do: `1:02:03`, `2:03`.
pub fn short_time(time: MediaTime) -> String {
    let clock = time.clock();
    match clock.hours {
        0 => format!("{}:{:02}", clock.minutes, clock.seconds),
        hours => format!("{hours}:{:02}:{:02}", clock.minutes, clock.seconds),
    }
}

/// Formats a time for a column: `00:02:03.450`.
pub fn full_time(time: MediaTime) -> String {
    time.to_string()
}

/// Returns a time in words for screen readers: `2 minutes 3.4 seconds`.
pub fn time_in_words(time: MediaTime) -> String {
    let clock = time.clock();
    let seconds = f64::from(clock.seconds) + f64::from(clock.millis / 100) / 10.0;
    let seconds = say_with!("heard-seconds", count = seconds, seconds = short_decimal(seconds));
    let minutes = match clock.minutes {
        0 => seconds,
        minutes => say_with!("heard-minutes", minutes = minutes, rest = seconds),
    };
    match clock.hours {
        0 => minutes,
        hours => say_with!("heard-hours", hours = hours, rest = minutes),
    }
}

/// Parses a typed time: seconds, or parts separated by colons, with a point or comma before the fraction.
pub fn parse_time(text: &str) -> Option<MediaTime> {
    let text = text.trim().replace(',', ".");
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let mut parts = text.rsplit(':');
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = |part: &str| is_number(part).then(|| part.parse::<f64>().ok()).flatten();
    let mut seconds = number(parts.next()?)?;
    for (part, unit) in parts.by_ref().take(2).zip([60.0, 3600.0]) {
        seconds += number(part).filter(|part| part.fract() == 0.0)? * unit;
    }
    let time = MediaTime::from_secs_f64(seconds);
    parts.next().is_none().then(|| MediaTime::from_millis(sign * time.as_millis()))
}

/// Returns the display name of a profile: `Lecture`, `BBC`.
pub fn rules_name(profile: &str) -> String {
    match profile {
        "lecture" => say("rules-lecture").to_owned(),
        "netflix" => "Netflix".to_owned(),
        "bbc" | "dcmp" | "ted" => profile.to_uppercase(),
        own => own.to_owned(),
    }
}

/// Summarizes captions with this number of faults: `Meets the "Lecture" rules.`
pub fn verdict(faults: usize, profile: &str) -> String {
    let rules = rules_name(profile);
    match faults {
        0 => say_with!("rules-met", rules = rules),
        _ => say_with!("rules-broken", count = faults, rules = rules),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};

    #[test]
    fn times_are_read_as_people_type_them() {
        let millis = |text| parse_time(text).map(MediaTime::as_millis);
        assert_eq!(millis("00:01:02.500"), Some(62_500));
        assert_eq!(millis(" 1:02,5 "), Some(62_500));
        assert_eq!(millis("-0.25"), Some(-250));
        assert_eq!(millis("+3"), Some(3000));
        assert_eq!(millis("120:00:00"), Some(432_000_000));
        for wrong in ["", "a", "1:", ":5", "1:2:3:4", "1.5:00", "1e3", "inf"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_put_into_words() {
        let words = |millis| time_in_words(MediaTime::from_millis(millis));
        assert_eq!(words(0), "0 seconds");
        assert_eq!(words(1000), "1 second");
        assert_eq!(words(62_549), "1 minute 2.5 seconds");
        assert_eq!(words(7_320_000), "2 hours 2 minutes 0 seconds");
        in_language(WordsLanguage::German, || assert_eq!(words(62_500), "1 Minute 2,5 Sekunden"));
    }

    #[test]
    fn times_are_shown_as_short_as_they_can_be() {
        assert_eq!(short_time(MediaTime::from_millis(123_999)), "2:03");
        assert_eq!(short_time(MediaTime::from_millis(3_723_000)), "1:02:03");
    }
}
