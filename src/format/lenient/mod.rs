//! Reads JSON of other programs, even if a field is missing, has another type, or the file is truncated.

mod near_json;

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::format::{ReadError, Repair, UnexpectedContent, WriteError};
use crate::time::MediaTime;
use crate::transcript::script;

/// Parses an object, after repairs if it is not quite JSON. `format` is the name of the format in messages.
pub fn parse<T: DeserializeOwned>(
    text: &str,
    format: &'static str,
    repairs: &mut Vec<Repair>,
) -> Result<T, ReadError> {
    let not_this = |found: UnexpectedContent| ReadError::NotThisFormat { format, found };
    if !text.trim_start().starts_with('{') {
        return Err(not_this(UnexpectedContent::NoObject));
    }
    if let Ok(parsed) = serde_json::from_str(text) {
        return Ok(parsed);
    }
    // Parsed by way of a value, for which the last of two equal keys counts.
    let repaired = near_json::repaired(text, repairs);
    let value: Value = serde_json::from_str(&repaired).map_err(|error| not_this(error.into()))?;
    serde_json::from_value(value).map_err(|error| not_this(error.into()))
}

/// Writes JSON with one field per line and a line feed at the end.
pub fn write(value: &impl Serialize) -> Result<Vec<u8>, WriteError> {
    let mut json = serde_json::to_vec_pretty(value).map_err(|error| WriteError::refused("JSON", error))?;
    json.push(b'\n');
    Ok(json)
}

/// Returns text as Whisper's tools write it: after a space, if its script has spaces.
pub fn spaced(text: &str) -> String {
    if text.starts_with(script::is_spaceless) { text.to_owned() } else { format!(" {text}") }
}

/// The value of a field that is a number or text.
enum Scalar {
    Number(f64),
    Text(String),
    Neither,
}

impl Scalar {
    fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => text.trim().replace(',', ".").parse().ok(),
            Self::Neither => None,
        }
        .filter(|number: &f64| number.is_finite())
    }

    fn text(self) -> Option<String> {
        match self {
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text),
            Self::Neither => None,
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("anything")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::Neither)
    }
    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }
    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Neither)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Neither)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Neither)
    }
}

pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.number())
}

/// Reads a time in seconds.
pub fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<MediaTime>, D::Error> {
    Ok(number(deserializer)?.map(MediaTime::from_secs_f64))
}

/// Reads a time in milliseconds.
pub fn millis<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<MediaTime>, D::Error> {
    Ok(number(deserializer)?.map(|millis| MediaTime::from_millis(millis.round() as i64)))
}

/// Reads a whole number that is not negative, such as an index.
pub fn index<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(number(deserializer)?.filter(|number| *number >= 0.0).map(|number| number as u64))
}

/// Returns whether a value is `true`, with or without quotes.
pub fn is_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value
        .as_bool()
        .unwrap_or_else(|| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))))
}

pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.text().unwrap_or_default())
}

pub fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.text())
}

/// Reads an object; anything else gives its default.
pub fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(optional_object(deserializer)?.unwrap_or_default())
}

/// Reads an object; anything else gives `None`.
pub fn optional_object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

/// Reads a list of objects, skipping other elements.
pub fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(some_list(deserializer)?.unwrap_or_default())
}

/// Reads a list of objects, skipping other elements; `None` if there is no list.
pub fn some_list<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ListVisitor(PhantomData, object_or_none))
}

/// Reads a list of whole numbers, skipping other elements.
pub fn indexes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    let indexes = deserializer.deserialize_any(ListVisitor(PhantomData, |Index(index)| index))?;
    Ok(indexes.unwrap_or_default())
}

struct Index(Option<u64>);

impl<'de> Deserialize<'de> for Index {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        index(deserializer).map(Self)
    }
}

struct Object<T>(Option<T>);

fn object_or_none<T>(Object(object): Object<T>) -> Option<T> {
    object
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        optional_object(deserializer).map(Self)
    }
}

/// Returns `None` for anything that is not an object or a list.
macro_rules! none_otherwise {
    () => {
        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    };
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("anything")
    }
    none_otherwise!();
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        ScalarVisitor.visit_seq(items).map(|_| None)
    }
    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(entries)).map(Some)
    }
}

/// Reads elements of type `I` and keeps those that the function turns into a `T`.
struct ListVisitor<I, T>(PhantomData<I>, fn(I) -> Option<T>);

impl<'de, I: Deserialize<'de>, T> Visitor<'de> for ListVisitor<I, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("anything")
    }
    none_otherwise!();
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<I>()? {
            list.extend((self.1)(item));
        }
        Ok(Some(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        ScalarVisitor.visit_map(entries).map(|_| None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Part {
        #[serde(deserialize_with = "seconds")]
        start: Option<MediaTime>,
        #[serde(deserialize_with = "text")]
        text: String,
        #[serde(deserialize_with = "list")]
        parts: Vec<Part>,
        #[serde(deserialize_with = "indexes")]
        ids: Vec<u64>,
    }

    fn parsed(json: &str) -> Part {
        parse(json, "JSON", &mut Vec::new()).unwrap()
    }

    #[test]
    fn fields_of_another_type_do_no_harm() {
        let part = parsed(
            r#"{"start": "1,5", "text": 3, "ids": [1, "2", -1, null], "x": {"y": []},
                "parts": [{"start": null, "text": ["no"], "parts": {"a": 1}, "ids": 1}, "no", 7, null, [1]]}"#,
        );
        assert_eq!(part.start, Some(MediaTime::from_millis(1500)));
        assert_eq!((part.text.as_str(), part.ids.as_slice()), ("3", [1, 2].as_slice()));
        assert_eq!(part.parts, [Part::default()]);
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        assert_eq!(parsed(r#"{"text": "a", "text": "b"}"#).text, "b");
    }

    #[test]
    fn other_files_are_refused() {
        for other in ["", "WEBVTT", "[1]", "{]", "{\"a\" \"b\"}"] {
            assert!(parse::<Part>(other, "JSON", &mut Vec::new()).is_err(), "{other}");
        }
        let deep = format!("{{\"parts\":{}", "[".repeat(100_000));
        assert!(parse::<Part>(&deep, "JSON", &mut Vec::new()).is_err());
    }
}
