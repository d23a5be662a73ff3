//! Reads the fields of an object: each one once, and none may be left over.

use serde_json::{Map, Value};
use thiserror::Error;

/// Why a job cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TranscriptionJobError {
    /// The document is not a JSON object.
    #[error("this is not the document of a StartTranscriptionJob request: {0}")]
    NotAJob(
        /// What was found.
        String,
    ),
    /// A required field is missing.
    #[error("{0} is missing; the service needs it too")]
    Missing(
        /// Its name, with the names of the enclosing objects.
        String,
    ),
    /// A field has a value that the service would reject.
    #[error("{field} is {value}; it must be {wanted}")]
    Invalid {
        /// Its name, with the names of the enclosing objects.
        field: String,
        /// What was found.
        value: String,
        /// The allowed values.
        wanted: &'static str,
    },
    /// Lectern does not support what a field requests.
    #[error("{field} cannot be honoured: {reason}")]
    Refused {
        /// Its name, with the names of the enclosing objects.
        field: String,
        /// Why not, and what to do instead.
        reason: &'static str,
    },
    /// There is no documented field with this name.
    #[error("there is no field {0} in a StartTranscriptionJob request; correct its name or leave it out")]
    Unknown(
        /// Its name, with the names of the enclosing objects.
        String,
    ),
}

/// The remaining fields of an object.
pub(super) struct Fields {
    /// The names of the enclosing objects, each with a dot.
    path: String,
    left: Map<String, Value>,
}

impl Fields {
    pub fn of(document: Value) -> Result<Self, TranscriptionJobError> {
        match document {
            Value::Object(left) => Ok(Self { path: String::new(), left }),
            other => Err(TranscriptionJobError::NotAJob(format!("found {}", shown(&other)))),
        }
    }

    pub fn name(&self, field: &str) -> String {
        format!("{}{field}", self.path)
    }

    pub fn invalid(&self, field: &str, value: &Value, wanted: &'static str) -> TranscriptionJobError {
        TranscriptionJobError::Invalid { field: self.name(field), value: shown(value), wanted }
    }

    /// Takes a field; null counts as missing.
    fn take(&mut self, field: &str) -> Option<Value> {
        self.left.remove(field).filter(|value| !value.is_null())
    }

    /// Takes text that `fits`.
    pub fn text(
        &mut self,
        field: &str,
        wanted: &'static str,
        fits: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, TranscriptionJobError> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) if fits(&text) => Ok(Some(text)),
            Some(other) => Err(self.invalid(field, &other, wanted)),
        }
    }

    pub fn required(&self, field: &str, text: Option<String>) -> Result<String, TranscriptionJobError> {
        text.ok_or_else(|| TranscriptionJobError::Missing(self.name(field)))
    }

    /// Takes a boolean; a missing one is false.
    pub fn flag(&mut self, field: &str) -> Result<bool, TranscriptionJobError> {
        match self.take(field) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(self.invalid(field, &other, "true or false")),
        }
    }

    /// Takes a whole number from `least` to `most`.
    pub fn number(
        &mut self,
        field: &str,
        least: u64,
        most: u64,
        wanted: &'static str,
    ) -> Result<Option<u64>, TranscriptionJobError> {
        let Some(value) = self.take(field) else { return Ok(None) };
        let number = value.as_u64().filter(|number| (least..=most).contains(number));
        number.map(Some).ok_or_else(|| self.invalid(field, &value, wanted))
    }

    pub fn object(&mut self, field: &str) -> Result<Option<Self>, TranscriptionJobError> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::Object(left)) => Ok(Some(Self { path: format!("{}.", self.name(field)), left })),
            Some(other) => Err(self.invalid(field, &other, "an object")),
        }
    }

    /// Takes a list of texts; a missing one is empty.
    pub fn texts(&mut self, field: &str) -> Result<Vec<String>, TranscriptionJobError> {
        let Some(value) = self.take(field) else { return Ok(Vec::new()) };
        let texts =
            value.as_array().map(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        texts.flatten().ok_or_else(|| self.invalid(field, &value, "a list of texts"))
    }

    /// Takes a list of any values; a missing one is empty.
    pub fn list(&mut self, field: &str) -> Result<Vec<Value>, TranscriptionJobError> {
        match self.take(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(other) => Err(self.invalid(field, &other, "a list")),
        }
    }

    /// Rejects a field that is present, unless it is false or empty.
    pub fn refuse(&mut self, field: &str, reason: &'static str) -> Result<(), TranscriptionJobError> {
        let asks = |value: &Value| match value {
            Value::Bool(flag) => *flag,
            Value::Array(list) => !list.is_empty(),
            Value::Object(object) => !object.is_empty(),
            _ => true,
        };
        match self.take(field).filter(asks) {
            Some(_) => Err(TranscriptionJobError::Refused { field: self.name(field), reason }),
            None => Ok(()),
        }
    }

    /// Reports a field that was not taken.
    pub fn end(self) -> Result<(), TranscriptionJobError> {
        match self.left.keys().next() {
            Some(unknown) => Err(TranscriptionJobError::Unknown(self.name(unknown))),
            None => Ok(()),
        }
    }
}

/// Maximum number of characters of a value that an error quotes.
const MOST_SHOWN: usize = 60;

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
