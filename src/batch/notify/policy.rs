//! Filter policies decide which notifications are sent.
//!
//! The rules are those of attribute filtering in Amazon SNS, for strings: a policy names attributes, each with a list
//! of values. A notification passes if it has each of these attributes with exactly one of the values. (Amazon SNS
//! developer guide, "Filter policy constraints".)

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

/// Decides which notifications are sent; an empty policy accepts all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    accepted: BTreeMap<String, Vec<String>>,
}

/// Why a text is not a filter policy.
#[derive(Debug, Error)]
pub enum PolicyError {
    /// It is not JSON.
    #[error("the filter policy is not JSON: {0}; write one such as {{\"event\": [\"failed\"]}}")]
    Syntax(#[from] serde_json::Error),
    /// It is not an object.
    #[error("the filter policy must be an object of lists, such as {{\"event\": [\"failed\"]}}")]
    NotAnObject,
    /// The values of an attribute are not a list of strings.
    #[error("in the filter policy, \"{attribute}\" must be a list of strings, such as [\"failed\"]")]
    NotStrings {
        /// The name of the attribute.
        attribute: String,
    },
    /// The list of an attribute is empty.
    #[error("in the filter policy, \"{attribute}\" is an empty list, which matches nothing; add a value")]
    Empty {
        /// The name of the attribute.
        attribute: String,
    },
}

impl Policy {
    /// Reads a policy from JSON.
    ///
    /// # Errors
    /// [`PolicyError`] if the text is not an object of non-empty lists of strings.
    pub fn from_json(json: &str) -> Result<Self, PolicyError> {
        let Value::Object(attributes) = serde_json::from_str(json)? else {
            return Err(PolicyError::NotAnObject);
        };
        let mut accepted = BTreeMap::new();
        for (attribute, values) in attributes {
            let strings = values.as_array().and_then(|values| values.iter().map(text).collect());
            let strings: Vec<String> =
                strings.ok_or_else(|| PolicyError::NotStrings { attribute: attribute.clone() })?;
            if strings.is_empty() {
                return Err(PolicyError::Empty { attribute });
            }
            accepted.insert(attribute, strings);
        }
        Ok(Self { accepted })
    }

    /// Returns whether a notification with these attributes is sent.
    pub fn accepts(&self, attributes: &BTreeMap<String, String>) -> bool {
        self.accepted.iter().all(|(name, values)| {
            attributes.get(name).is_some_and(|value| values.iter().any(|accepted| accepted == value))
        })
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: &str, attributes: &[(&str, &str)], passes: bool) {
        let policy = Policy::from_json(policy).unwrap();
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        assert_eq!(policy.accepts(&attributes.collect()), passes);
    }

    #[test]
    fn every_attribute_that_is_named_must_match() {
        let policy = r#"{"event": ["failed", "crashed"], "machine": ["hall-1"]}"#;
        check(policy, &[("event", "failed"), ("machine", "hall-1")], true);
        check(policy, &[("event", "crashed"), ("machine", "hall-1"), ("more", "x")], true);
        check(policy, &[("event", "failed"), ("machine", "hall-2")], false);
        check(policy, &[("event", "captioned"), ("machine", "hall-1")], false);
    }

    #[test]
    fn an_absent_attribute_never_matches() {
        check(r#"{"event": ["failed"]}"#, &[], false);
        check(r#"{"event": [""]}"#, &[("machine", "")], false);
    }

    #[test]
    fn strings_are_compared_exactly() {
        for value in ["Failed", "failed ", "fail", "FAILED", ""] {
            check(r#"{"event": ["failed"]}"#, &[("event", value)], false);
        }
    }

    #[test]
    fn an_empty_policy_accepts_all() {
        check("{}", &[("event", "failed")], true);
        check("{}", &[], true);
    }

    #[test]
    fn invalid_policies_are_refused() {
        let refused = |json| Policy::from_json(json).unwrap_err();
        assert!(matches!(refused("{"), PolicyError::Syntax(_)));
        assert!(matches!(refused("[]"), PolicyError::NotAnObject));
        assert!(matches!(refused(r#"{"a": "b"}"#), PolicyError::NotStrings { .. }));
        assert!(matches!(refused(r#"{"a": [{"prefix": "b"}]}"#), PolicyError::NotStrings { .. }));
        assert!(matches!(refused(r#"{"a": [1]}"#), PolicyError::NotStrings { .. }));
        assert!(matches!(refused(r#"{"a": []}"#), PolicyError::Empty { .. }));
    }
}
