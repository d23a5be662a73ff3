//! The user's settings for all lectures, stored as TOML in the user's configuration folder.

mod audience;
mod hiding;
mod salvage;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use directories::{BaseDirs, UserDirs};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use toml::Table;

pub use audience::{Audience, AudienceColors, AudiencePlace};
pub use hiding::{HiddenWords, HidingSettings};

/// Maximum number of recent projects.
const RECENT: usize = 20;

/// Everything has a default, so a file may contain any part of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name or path of the speech model; the shipped one if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Name of the recognition engine; chosen by Lectern if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// Tag of the spoken language; detected if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Languages among which it is detected, by name or tag, separated by commas; all where it is empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub languages: String,
    /// The language may change within a recording.
    #[serde(skip_serializing_if = "is_default")]
    pub languages_change: bool,
    /// Caption recordings with as little memory as possible, which takes longer.
    #[serde(skip_serializing_if = "is_default")]
    pub low_memory: bool,
    /// Name speakers in captions.
    #[serde(skip_serializing_if = "is_default")]
    pub speakers: bool,
    /// Whether each channel of a recording is recognized apart.
    #[serde(skip_serializing_if = "is_default")]
    pub channels: bool,
    /// Names and terms that may be spoken, one per line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vocabulary: String,
    /// Name of the profile that captions follow; the default one if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Show suggestions beyond the limits of the profile, too.
    #[serde(skip_serializing_if = "is_default")]
    pub suggestions: bool,
    /// How many words are marked as doubtful.
    #[serde(skip_serializing_if = "is_default")]
    pub doubts: Doubts,
    /// Do not recognize recordings a second time, even if a model for it is installed.
    #[serde(skip_serializing_if = "is_default")]
    pub no_second_opinion: bool,
    /// Words that the dictionary does not know are not marked.
    #[serde(skip_serializing_if = "is_default")]
    pub no_spelling: bool,
    /// Show the picture of videos beside the captions; if there is space if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shows_picture: Option<bool>,
    /// Show a spectrogram in place of the waveform.
    #[serde(skip_serializing_if = "is_default")]
    pub shows_spectrogram: bool,
    /// The language of the window itself.
    #[serde(skip_serializing_if = "is_default")]
    pub window_language: WindowLanguage,
    /// Colours of the window.
    pub theme: Theme,
    /// Size of all text in the window.
    pub text_size: TextSize,
    /// Font family of captions; that of the window if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption_font: Option<String>,
    /// Names of the formats that the queue writes; the common ones if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub queue_formats: Vec<String>,
    /// What exports and the queue hide in captions.
    #[serde(skip_serializing_if = "is_default")]
    pub hiding: HidingSettings,
    /// Recordings waiting in the queue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub queue: Vec<PathBuf>,
    /// Projects and recordings, the latest first.
    pub recent: Vec<PathBuf>,
    #[serde(skip_serializing_if = "is_default")]
    /// A recording that is opened is captioned without a question about language, model and names.
    pub captions_at_once: bool,
    #[serde(skip_serializing_if = "is_default")]
    /// The window has shown its hint about better models.
    pub told_of_models: bool,
    #[serde(skip_serializing_if = "is_default")]
    /// The first steps are not shown on the start page any more.
    pub hides_first_steps: bool,
    #[serde(skip_serializing_if = "is_default")]
    /// How models may be downloaded.
    pub network: NetworkSettings,
    #[serde(skip_serializing_if = "is_default")]
    /// Settings for recording lectures.
    pub recording: RecordingSettings,
    #[serde(skip_serializing_if = "is_default")]
    /// Settings for the audience's captions.
    pub audience: Audience,
    /// Shortcuts that differ from the built-in ones: the name of the command and its keys, such as `Ctrl+Shift+P`;
    /// empty for none.
    pub shortcuts: BTreeMap<String, String>,
    /// Settings of other versions of Lectern, kept unchanged.
    #[serde(flatten)]
    pub others: Table,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How the network is used for models, which happens only when the user requests one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkSettings {
    /// Never use the network.
    pub offline: bool,
    /// Address under which models have their names of the catalogue; empty means that of their publisher.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mirror: String,
    /// Address of the proxy; empty means that of the environment.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub proxy: String,
}

/// Settings for recording lectures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordingSettings {
    /// Id of the microphone; the system's default if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub microphone: Option<String>,
    /// One channel of the microphone, counted from 1; `None` mixes all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<u16>,
    /// Also store the sound as the microphone delivers it.
    pub full_quality: bool,
    /// How soon words are certain on the screen.
    #[serde(skip_serializing_if = "is_default")]
    pub stability: LiveStability,
    /// Folder for recordings; a folder in the user's documents if `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
}

/// How soon words of a live session are certain on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveStability {
    /// Late, with the fewest wrong words.
    Low,
    /// Between both.
    #[default]
    Medium,
    /// Soon, with the most wrong words.
    High,
}

/// How many words are marked as doubtful.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubts {
    /// Words that are more likely wrong than right.
    Few,
    /// About half of the marked words are wrong.
    #[default]
    Usual,
    /// Also words that are probably right.
    Many,
}

impl Doubts {
    /// Returns the lowest probability of error of a marked word, from 0 to 1.
    pub fn least_chance(self) -> f32 {
        match self {
            Self::Few => 0.5,
            Self::Usual => 0.3,
            Self::Many => 0.2,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
/// Colours of the window.
pub enum Theme {
    /// Follow the desktop.
    #[default]
    System,
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
    /// The strongest contrast.
    HighContrast,
}

/// The language of menus, dialogs and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowLanguage {
    /// Follow the desktop if the window has its language, otherwise English.
    #[default]
    System,
    /// English.
    English,
    /// German.
    German,
}

/// Size of all text in percent of the normal one, from 80 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct TextSize(u16);

impl TextSize {
    /// The smallest size: 80 %.
    pub const LEAST: Self = Self(80);
    /// The size requested by the system.
    pub const NORMAL: Self = Self(100);
    /// The largest size: 200 %.
    pub const MOST: Self = Self(200);

    /// Makes a size; values out of range are clamped.
    pub fn new(percent: u16) -> Self {
        Self(percent).clamp(Self::LEAST, Self::MOST)
    }

    /// Returns the size in percent of the normal one.
    pub fn percent(self) -> u16 {
        self.0
    }

    /// Returns the size as a multiple of the normal one.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Default for TextSize {
    fn default() -> Self {
        Self::NORMAL
    }
}

impl From<u16> for TextSize {
    fn from(percent: u16) -> Self {
        Self::new(percent)
    }
}

impl From<TextSize> for u16 {
    fn from(size: TextSize) -> Self {
        size.0
    }
}

#[derive(Debug, Error)]
/// Why settings were not written.
pub enum SettingsError {
    #[error("{}: {source}; check the folder, its permissions and the free space", .path.display())]
    /// The file cannot be written.
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A path or a value of another version that TOML cannot represent.
    #[error("the settings cannot be written: {0}")]
    Unwritable(#[from] toml::ser::Error),
}

/// Why the settings differ from those in the file.
#[derive(Debug, Error)]
pub enum SettingsWarning {
    /// `kept` is the new path of the damaged file.
    #[error("{}: the settings could not be read (line {line}: {cause}), so the defaults are used; {}", .path.display(), fate(.kept.as_deref()))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line of the fault, from 1.
        line: usize,
        /// The parser's message.
        cause: String,
        /// The new path of the damaged file.
        kept: Option<PathBuf>,
    },
    /// Some values are invalid, and only these are replaced by defaults. `kept` is a copy of the original file.
    #[error("{}: wrong values are replaced by the defaults: {}; {}", .path.display(), .wrong.join(", "), fate(.kept.as_deref()))]
    WrongValues {
        /// The file.
        path: PathBuf,
        /// The keys of the invalid values.
        wrong: Vec<String>,
        /// The copy of the original file.
        kept: Option<PathBuf>,
    },
    #[error("{}: {source}; the default settings are used", .path.display())]
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

fn fate(path: Option<&Path>) -> String {
    path.map_or_else(
        || "the next change of a setting replaces the file".to_owned(),
        |path| format!("the old file is kept as {}", path.display()),
    )
}

impl Settings {
    /// Parses settings from the contents of a file.
    ///
    /// # Errors
    /// The fault in the text, with its line.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        let mut settings: Self = toml::from_str(text)?;
        // Earlier versions stored paths as they were typed, relative to an unknown folder.
        settings.recent.retain(|path| path.is_absolute());
        Ok(settings)
    }

    /// # Errors
    /// [`SettingsError::Unwritable`].
    pub fn to_toml(&self) -> Result<String, SettingsError> {
        Ok(toml::to_string_pretty(self)?)
    }

    /// Puts a project or recording first in the recent ones, with a path that is valid in any folder.
    pub fn add_recent(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|recent| *recent != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }

    /// Removes a file from the recent ones.
    pub fn forget_recent(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
    }

    /// Loads the settings of a file; the defaults if there is none. Invalid values are replaced by defaults, and the
    /// original file is kept under another name.
    pub fn load(path: &Path) -> (Self, Option<SettingsWarning>) {
        let text = match fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (Self::default(), None),
            Err(source) => {
                let warning = SettingsWarning::Unreadable { path: path.to_owned(), source };
                return (Self::default(), Some(warning));
            }
        };
        if let Ok(settings) = Self::from_toml(&text) {
            return (settings, None);
        }
        let aside = path.with_extension("toml.damaged");
        let kept = fs::rename(path, &aside).is_ok().then_some(aside);
        let path = path.to_owned();
        match text.parse::<Table>() {
            Ok(table) => {
                let (settings, wrong) = salvage::settings(table);
                (settings, Some(SettingsWarning::WrongValues { path, wrong, kept }))
            }
            Err(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let cause = error.message().to_owned();
                (Self::default(), Some(SettingsWarning::Damaged { path, line, cause, kept }))
            }
        }
    }

    /// Writes the settings completely or not at all. Missing folders are created.
    ///
    /// # Errors
    /// Both variants of [`SettingsError`].
    pub fn save(&self, path: &Path) -> Result<(), SettingsError> {
        let text = self.to_toml()?;
        let io = |source| SettingsError::Io { path: path.to_owned(), source };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(io)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
        file.write_all(text.as_bytes()).map_err(io)?;
        file.as_file().sync_all().map_err(io)?;
        file.persist(path).map_err(|error| io(error.error))?;
        Ok(())
    }
}

/// Returns the user's settings file; it need not exist. `None` if the system reports no home folder.
pub fn user_file() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.config_local_dir().join("lectern").join("settings.toml"))
}

/// Returns the user's home folder. `None` if the system reports none.
pub fn home_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.home_dir().to_owned())
}

/// Returns the user's documents folder; the home folder if the system reports none.
pub fn documents_folder() -> Option<PathBuf> {
    let user = UserDirs::new()?;
    Some(user.document_dir().unwrap_or(user.home_dir()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen() -> Settings {
        Settings {
            model: Some("small".to_owned()),
            channels: true,
            captions_at_once: true,
            shows_picture: Some(false),
            shows_spectrogram: true,
            languages: "Deutsch, English".to_owned(),
            languages_change: true,
            theme: Theme::HighContrast,
            text_size: TextSize::new(150),
            recent: vec![PathBuf::from("/lectures/Woche 1 – 講義.lectern")],
            hiding: HidingSettings {
                words: "darn, darned\nheck".to_owned(),
                how: HiddenWords::LeftOut,
                personal: true,
            },
            shortcuts: BTreeMap::from([("split".to_owned(), "Ctrl+Enter".to_owned())]),
            ..Settings::default()
        }
    }

    #[test]
    fn settings_come_back_from_their_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new folder").join("settings.toml");
        for settings in [Settings::default(), chosen()] {
            settings.save(&path).unwrap();
            let (read, warning) = Settings::load(&path);
            assert!(warning.is_none(), "{warning:?}");
            assert_eq!(read, settings);
        }
    }

    #[test]
    fn parts_may_be_missing_and_unknown_ones_are_kept() {
        let settings = Settings::from_toml("theme = \"dark\"\nnovelty = 7\n[later]\na = 1").unwrap();
        assert_eq!(settings.theme, Theme::Dark);
        assert_eq!(settings.text_size, TextSize::NORMAL);
        let again = Settings::from_toml(&settings.to_toml().unwrap()).unwrap();
        assert_eq!(again.others["novelty"].as_integer(), Some(7));
        assert_eq!(again, settings);
    }

    #[test]
    fn text_sizes_stay_in_range() {
        for (percent, size) in [("10", 80), ("80", 80), ("130", 130), ("1000", 200)] {
            let settings = Settings::from_toml(&format!("text_size = {percent}")).unwrap();
            assert_eq!(settings.text_size.percent(), size);
        }
    }

    #[test]
    fn a_damaged_file_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        for damaged in [&b"theme = "[..], b"\xff\xfe\0"] {
            fs::write(&path, damaged).unwrap();
            let (settings, warning) = Settings::load(&path);
            assert_eq!(settings, Settings::default());
            let Some(SettingsWarning::Damaged { kept: Some(kept), .. }) = warning else {
                panic!("{damaged:?} gave {warning:?}")
            };
            assert_eq!(fs::read(kept).unwrap(), damaged);
            assert!(!path.exists());
        }
    }

    #[test]
    fn a_wrong_value_resets_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        let text = "theme = \"pink\"\ntext_size = 150\nrecent = [\"a.lectern\", 7, \"b.lectern\"]\nnovelty = 7\n\
                    [audience]\nlines = \"many\"\nmirrored = true\n[shortcuts]\n\"file.save\" = 3\n\
                    \"file.export\" = \"Ctrl+M\"\n";
        fs::write(&path, text).unwrap();
        let (settings, warning) = Settings::load(&path);
        assert_eq!(settings.text_size.percent(), 150);
        assert_eq!(settings.recent, ["a.lectern", "b.lectern"].map(PathBuf::from));
        assert_eq!(settings.audience, Audience { mirrored: true, ..Audience::default() });
        assert_eq!(settings.shortcuts["file.export"], "Ctrl+M");
        assert_eq!(settings.others["novelty"].as_integer(), Some(7));
        let Some(SettingsWarning::WrongValues { mut wrong, kept: Some(kept), .. }) = warning else {
            panic!("{warning:?}")
        };
        wrong.sort_unstable();
        assert_eq!(wrong, ["audience.lines", "recent[1]", "shortcuts.file.save", "theme"]);
        assert_eq!(fs::read_to_string(kept).unwrap(), text);
    }

    #[test]
    fn the_latest_project_comes_first() {
        let mut settings = Settings::default();
        for n in 0..30 {
            settings.add_recent(Path::new(&format!("/{n}.lectern")));
        }
        settings.add_recent(Path::new("/25.lectern"));
        assert_eq!(settings.recent.len(), RECENT);
        assert_eq!(settings.recent[..2], [PathBuf::from("/25.lectern"), PathBuf::from("/29.lectern")]);
    }

    #[test]
    fn recent_files_are_found_from_any_folder() {
        let mut settings = Settings::default();
        settings.add_recent(Path::new("media/a.srt"));
        assert_eq!(settings.recent, [std::env::current_dir().unwrap().join("media/a.srt")]);
        let settings = Settings::from_toml("recent = [\"media/a.srt\", \"/media/b.srt\"]").unwrap();
        assert_eq!(settings.recent, [Path::new("/media/b.srt")]);
    }
}
