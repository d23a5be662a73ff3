//! Recovers settings from a file with invalid values.

use serde::Deserialize;
use toml::{Table, Value};

use super::Settings;

/// Returns the settings of a table without invalid values, and the names of those.
pub fn settings(table: Table) -> (Settings, Vec<String>) {
    let mut wrong = Vec::new();
    let fits = |value: &Value| Settings::deserialize(value.clone()).is_ok();
    let sound = sound_part(Value::Table(table), &fits, "", &mut wrong);
    let settings = sound.and_then(|value| Settings::deserialize(value).ok());
    (settings.unwrap_or_default(), wrong)
}

/// Returns as much of a value as is valid, possibly nothing. What is left out is added to `wrong` by name.
fn sound_part(
    value: Value,
    fits: &dyn Fn(&Value) -> bool,
    name: &str,
    wrong: &mut Vec<String>,
) -> Option<Value> {
    if fits(&value) {
        return Some(value);
    }
    match value {
        Value::Table(parts) if fits(&Value::Table(Table::new())) => {
            let mut sound = Table::new();
            for (key, part) in parts {
                let alone =
                    |part: &Value| fits(&Value::Table(Table::from_iter([(key.clone(), part.clone())])));
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                if let Some(part) = sound_part(part, &alone, &name, wrong) {
                    sound.insert(key, part);
                }
            }
            Some(Value::Table(sound))
        }
        Value::Array(parts) if fits(&Value::Array(Vec::new())) => {
            let alone = |part: &Value| fits(&Value::Array(vec![part.clone()]));
            let place = |(n, part)| sound_part(part, &alone, &format!("{name}[{n}]"), wrong);
            Some(Value::Array(parts.into_iter().enumerate().filter_map(place).collect()))
        }
        _ => {
            wrong.push(name.to_owned());
            None
        }
    }
}
