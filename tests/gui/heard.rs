//! The window for those who hear it and have no mouse: what is said, in which order, and where keys lead.

use std::collections::HashMap;

use egui::accesskit::Live;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::desk::{Desk, Drive, Window, label, outline, srt};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const BARE: Modifiers = Modifiers::NONE;

/// Says what a screen reader would: what is live where it is new, and what comes to have the keyboard.
#[derive(Default)]
struct Listener {
    live: HashMap<String, String>,
    focus: Option<String>,
}

impl Listener {
    /// One that has heard all that there is at present.
    fn new(window: &Window) -> Self {
        let mut listener = Self::default();
        listener.hear(window);
        listener
    }

    /// What is new since the last call.
    fn hear(&mut self, window: &Window) -> Vec<String> {
        let mut said = Vec::new();
        let mut live = HashMap::new();
        for node in window.query_all(By::new()) {
            let node = node.accesskit_node();
            let text = node.label().or_else(|| node.value()).unwrap_or_default();
            if node.live() == Live::Off || text.is_empty() {
                continue;
            }
            let id = format!("{:?}", node.id());
            if self.live.get(&id) != Some(&text) {
                said.push(text.clone());
            }
            live.insert(id, text);
        }
        self.live = live;
        let focus = focused(window);
        if focus != self.focus {
            said.extend(focus.clone());
            self.focus = focus;
        }
        said
    }
}

/// The name of what has the keyboard.
fn focused(window: &Window) -> Option<String> {
    let node = window.query_all(By::new()).find(|node| node.accesskit_node().is_focused())?;
    let node = node.accesskit_node();
    node.label().or_else(|| node.value())
}

/// Walks to the list of cues and makes the first one current.
fn to_list(window: &mut Window) {
    window.press_row(1);
    // A click on the current row edits its text.
    window.keys(BARE, Key::Escape);
}

fn press(window: &mut Window, listener: &mut Listener, modifiers: Modifiers, key: Key) -> Vec<String> {
    window.keys(modifiers, key);
    listener.hear(window)
}

#[test]
fn what_happens_is_said_once() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(2);
    let mut listener = Listener::new(&window);
    desk.dialogs.answer(desk.write("a.srt", srt(&["One.", "Two.", "Three."])));
    window.keys(CTRL, Key::O);
    window.wait("the file is open", |window| window.query_by_label("Captions, 3 cues").is_some());
    let said = listener.hear(&window);
    assert!(said.contains(&"a.srt is open. Cues: 3".to_owned()), "{said:?}");
    to_list(&mut window);
    listener.hear(&window);
    assert_eq!(press(&mut window, &mut listener, CTRL, Key::J)[0], "Done: merge 2 cues");
    assert_eq!(press(&mut window, &mut listener, CTRL, Key::Z)[0], "Undone: merge 2 cues");
    assert_eq!(press(&mut window, &mut listener, CTRL | SHIFT, Key::Z)[0], "Done again: merge 2 cues");
    assert_eq!(
        press(&mut window, &mut listener, CTRL, Key::Z)[0],
        "Undone: merge 2 cues",
        "as often as it happens"
    );
    window.run_steps(8);
    assert_eq!(listener.hear(&window), [""; 0], "and no more");
    let said = press(&mut window, &mut listener, BARE, Key::F7);
    assert_eq!(said, ["Next doubtful word: No word is marked as doubtful"], "a notice is said, too");
    window.keys(CTRL, Key::J);
    listener.hear(&window);
    window.keys(CTRL, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    let said = listener.hear(&window);
    assert!(said.contains(&"Saved a.srt".to_owned()), "{said:?}");
}

#[test]
fn a_notice_that_goes_is_no_news() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    to_list(&mut window);
    window.keys(BARE, Key::F7);
    window.keys(BARE, Key::F8);
    let mut listener = Listener::new(&window);
    let dismiss: Vec<_> = window.query_all_by_label("Dismiss").collect();
    assert_eq!(dismiss.len(), 2);
    dismiss[0].click_accesskit();
    window.run_steps(4);
    assert_eq!(window.query_all_by_label("Dismiss").count(), 1);
    assert_eq!(listener.hear(&window), [""; 0], "the other one is said already");
}

#[test]
fn arrows_make_the_list_speak() {
    let desk = Desk::new();
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", long, "Three."])));
    to_list(&mut window);
    let mut listener = Listener::new(&window);
    let said = press(&mut window, &mut listener, BARE, Key::ArrowDown);
    assert_eq!(said.len(), 1, "{said:?}");
    let begins = format!("Cue 2, {long}, at 5 seconds, 3.0 seconds long, ");
    assert!(said[0].starts_with(&begins) && said[0].contains("80 characters in a line"), "{said:?}");
    assert_eq!(
        press(&mut window, &mut listener, BARE, Key::End),
        ["Cue 3, Three., at 9 seconds, 3.0 seconds long"]
    );
    let said = press(&mut window, &mut listener, BARE, Key::Enter);
    assert_eq!(said, ["Text of cue 3"]);
    let said = press(&mut window, &mut listener, BARE, Key::Escape);
    assert_eq!(said, ["Cue 3, Three., at 9 seconds, 3.0 seconds long"]);
    let row = crate::desk::row(&window, 3);
    let mut parents = std::iter::successors(row.accesskit_node().parent(), |node| node.parent());
    assert!(parents.any(|node| node.role() == Role::ListBox), "rows are in the list");
}

/// Captions with a doubtful word, in whose place another was heard.
const DOUBTFUL: &str = r#"{ "format": "lectern-transcript", "version": 1, "title": "Sorting", "language": "en",
    "cues": [ { "start_ms": 62500, "end_ms": 65000, "text": "said Tony Whore.", "origin": "recognized", "words": [
        { "text": "said", "start_ms": 62500, "end_ms": 63000, "probability": 0.99 },
        { "text": "Tony", "start_ms": 63000, "end_ms": 64000, "probability": 0.99 },
        { "text": "Whore.", "start_ms": 64000, "end_ms": 65000, "probability": 0.1, "agreed": false,
          "alternative": "Hoare" } ] } ], "segments": [] }"#;

#[test]
fn the_doubtful_word_is_said() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.json", DOUBTFUL));
    to_list(&mut window);
    assert!(label(&window, 1).contains("at 1 minute 2.5 seconds"), "{}", label(&window, 1));
    assert!(label(&window, 1).ends_with("1 doubtful word: Whore."), "{}", label(&window, 1));
    let text = window.get_by_label("Text of cue 1");
    assert_eq!(text.accesskit_node().description().as_deref(), Some("1 doubtful word: Whore."));
    let mut listener = Listener::new(&window);
    let said = press(&mut window, &mut listener, BARE, Key::F7);
    assert!(said.iter().any(|text| text.contains("Second opinion: “Hoare.” (F4)")), "{said:?}");
    window.keys(BARE, Key::F4);
    assert!(!label(&window, 1).contains("doubtful"), "{}", label(&window, 1));
}

#[test]
fn f6_leads_through_the_areas_and_back() {
    let desk = Desk::new();
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    let file = desk.write("a.srt", srt(&["One.", long]));
    let mut window = desk.open(&file);
    to_list(&mut window);
    let mut walk = |modifiers| {
        window.keys(modifiers, Key::F6);
        focused(&window).unwrap_or_else(|| panic!("nothing has the keyboard:\n{}", outline(&window)))
    };
    let there = [
        "Text of cue 1",
        "Close problems",
        "Caption rules",
        "File",
        "Save captions",
        "Cue 1, One., at 1 second, 3.0 seconds long",
    ];
    assert_eq!([BARE; 6].map(&mut walk), there);
    let back = ["Save captions", "File", "Caption rules", "Close problems", "Text of cue 1"];
    assert_eq!([SHIFT; 5].map(&mut walk), back);
}

#[test]
fn the_list_has_the_keys_after_finding() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    window.keys(CTRL, Key::F);
    assert_eq!(focused(&window).as_deref(), Some("Find"));
    window.keys(BARE, Key::Escape);
    assert_eq!(focused(&window).as_deref(), Some("Cue 1, One., at 1 second, 3.0 seconds long"));
}

#[test]
fn a_page_has_the_keys_when_it_opens() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    window.keys(CTRL | SHIFT, Key::Q);
    window.run_steps(2);
    assert_eq!(focused(&window).as_deref(), Some("Start or pause the queue"));
    window.get_by_label("Back").click_accesskit();
    window.run_steps(2);
    assert_eq!(focused(&window).as_deref(), Some("Cue 1, One., at 1 second, 3.0 seconds long"));
}

#[test]
fn f6_leads_on_from_the_list_below_a_bar() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    window.keys(CTRL, Key::F);
    to_list(&mut window);
    window.keys(BARE, Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("Text of cue 1"));
}

#[test]
fn f6_leads_into_pages_and_to_messages() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(2);
    window.keys(BARE, Key::F9);
    let mut walk = || {
        window.keys(BARE, Key::F6);
        focused(&window).unwrap_or_else(|| panic!("nothing has the keyboard:\n{}", outline(&window)))
    };
    assert_eq!([(); 4].map(|()| walk()), ["File", "Open file", "Dismiss", "File"]);
}

#[test]
fn menus_open_and_are_walked_with_keys() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two.", "Three."])));
    to_list(&mut window);
    let row = focused(&window);
    let mut listener = Listener::new(&window);
    let mut press = |modifiers, key| {
        window.keys(modifiers, key);
        window.run_steps(2);
        listener.hear(&window);
        focused(&window).unwrap_or_else(|| panic!("nothing has the keyboard:\n{}", outline(&window)))
    };
    assert_eq!(press(BARE, Key::F10), "Open…");
    assert_eq!(press(BARE, Key::ArrowDown), "Connect a recording…");
    assert_eq!(press(BARE, Key::ArrowRight), "Cut cues", "what can be used of Edit");
    assert_eq!(press(BARE, Key::ArrowLeft), "Open…");
    assert_eq!(press(BARE, Key::ArrowLeft), "Guide", "the last menu is beside the first");
    assert_eq!(Some(press(BARE, Key::Escape)), row, "the keyboard goes back");
    assert_eq!(press(ALT, Key::G), "Next cue");
    assert!(press(BARE, Key::Enter).starts_with("Cue 2, Two."));
}

#[test]
fn letters_find_the_entries_of_a_menu_and_type_nothing() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One."])));
    to_list(&mut window);
    window.keys(BARE, Key::F2);
    window.keys(ALT, Key::E);
    assert_eq!(window.texts(), ["One."]);
    window.typing("b");
    assert_eq!(focused(&window).as_deref(), Some("Bold"));
    window.typing("f");
    assert_eq!(focused(&window).as_deref(), Some("Find"));
    window.keys(BARE, Key::Escape);
    assert_eq!(focused(&window).as_deref(), Some("Text of cue 1"));
}

#[test]
fn edges_are_moved_by_keys() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    window.press_row(2);
    let mut listener = Listener::new(&window);
    let mut press = |key| press(&mut window, &mut listener, ALT | SHIFT, key)[0].clone();
    assert_eq!(press(Key::ArrowRight), "Begins at 5 seconds");
    assert_eq!([Key::ArrowRight; 2].map(&mut press)[1], "Begins at 5.1 seconds");
    assert_eq!([Key::ArrowLeft; 3].map(&mut press)[2], "Begins at 5 seconds");
    assert_eq!([Key::ArrowDown; 3].map(&mut press)[2], "Ends at 8.1 seconds");
    assert_eq!([Key::ArrowUp; 3].map(&mut press)[2], "Ends at 8 seconds");
    for _ in 0..110 {
        window.keys(ALT | SHIFT, Key::ArrowLeft);
    }
    let said = listener.hear(&window);
    assert!(
        said.contains(&"The time is unchanged: there is no room".to_owned()),
        "cue 1 is before it: {said:?}"
    );
    let undone = (0..4).any(|_| {
        window.keys(CTRL, Key::Z);
        label(&window, 2).contains("at 5 seconds")
    });
    assert!(undone, "moves that follow each other are one step");
}

#[test]
fn the_window_and_its_dialogs_have_names() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    let root = window.root();
    assert_eq!(root.accesskit_node().label().as_deref(), Some("a.srt – Lectern"));
    assert_eq!(root.accesskit_node().language().map(str::to_owned).as_deref(), Some("en"));
    to_list(&mut window);
    for (modifiers, key, name) in [
        (CTRL, Key::E, "Export captions"),
        (CTRL, Key::Comma, "Settings"),
        (BARE, Key::F1, "Keyboard shortcuts"),
        (CTRL | SHIFT, Key::P, "Commands…"),
        (CTRL | SHIFT, Key::T, "Shift times"),
        (CTRL | SHIFT, Key::K, "Who speaks in the selected cues?"),
    ] {
        window.keys(modifiers, key);
        let dialog = window.get_by_role(Role::Dialog);
        assert_eq!(dialog.accesskit_node().label().as_deref(), Some(name));
        let within = |node: &egui_kittest::Node<'_>| {
            let parents = std::iter::successors(node.accesskit_node().parent(), |node| node.parent());
            node.accesskit_node().is_focused() && parents.into_iter().any(|node| node.role() == Role::Dialog)
        };
        assert!(window.query_all(By::new()).any(|node| within(&node)), "{name}: the keyboard is elsewhere");
        window.keys(BARE, Key::Escape);
    }
}

#[test]
fn after_a_dialog_the_keyboard_is_where_it_was() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    to_list(&mut window);
    let row = focused(&window);
    assert!(row.is_some());
    let close = |window: &mut Window| {
        assert!(window.query_by_role(Role::Dialog).is_some());
        window.keys(BARE, Key::Escape);
        window.run_steps(4);
        focused(window)
    };
    window.keys(CTRL, Key::Comma);
    assert_eq!(close(&mut window), row);
    // By a menu: it is the control from before the menu.
    window.keys(BARE, Key::F10);
    window.typing("s");
    while focused(&window).as_deref() != Some("Settings…") {
        window.typing("s");
    }
    window.keys(BARE, Key::Enter);
    assert_eq!(close(&mut window), row);
    window.keys(BARE, Key::F2);
    window.keys(CTRL, Key::E);
    assert_eq!(close(&mut window).as_deref(), Some("Text of cue 1"));
}

#[test]
fn a_key_opens_the_menu_of_the_cue() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One.", "Two."])));
    to_list(&mut window);
    for (modifiers, key) in [(SHIFT, Key::F10), (BARE, Key::Menu)] {
        window.keys(modifiers, key);
        window.run_steps(4);
        assert_eq!(focused(&window).as_deref(), Some("Edit text"), "{}", outline(&window));
        window.keys(BARE, Key::Escape);
        window.run_steps(4);
        assert!(
            focused(&window).is_some_and(|focus| focus.starts_with("Cue 1, One.")),
            "{:?}",
            focused(&window)
        );
    }
    window.keys(BARE, Key::F2);
    window.keys(SHIFT, Key::F10);
    window.run_steps(4);
    assert_eq!(focused(&window).as_deref(), Some("Edit text"));
}

#[test]
fn the_palette_says_what_enter_would_run() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.srt", srt(&["One."])));
    window.keys(CTRL | SHIFT, Key::P);
    let mut listener = Listener::new(&window);
    window.typing("italic");
    assert_eq!(listener.hear(&window), ["Italic (Ctrl+I)"]);
}
