//! The kinds of personal data, with the names that Amazon Transcribe gives them.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A telephone number of the US, the UK, Germany or France, or an international one.
    Phone,
    /// The number of a payment card.
    CreditDebitNumber,
    /// The check number on a payment card.
    CreditDebitCvv,
    /// The month in which a payment card expires.
    CreditDebitExpiry,
    /// The number of a bank account: an IBAN, or one announced as such.
    BankAccountNumber,
    /// The number of a bank: a routing number, a sort code, a Bankleitzahl or a BIC.
    BankRouting,
    /// A number issued by a state to a person: social security and taxpayer numbers of the US, national insurance
    /// numbers of the UK, tax and social insurance numbers of Germany.
    Ssn,
    /// A personal identification number announced as such.
    Pin,
    /// A street with its number, and the place.
    Address,
    /// A person's name, if the words around it show that it is one.
    Name,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Email,
        Self::Phone,
        Self::CreditDebitNumber,
        Self::CreditDebitCvv,
        Self::CreditDebitExpiry,
        Self::BankAccountNumber,
        Self::BankRouting,
        Self::Ssn,
        Self::Pin,
        Self::Address,
        Self::Name,
    ];

    /// Returns its name, as Amazon Transcribe writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::CreditDebitNumber => "CREDIT_DEBIT_NUMBER",
            Self::CreditDebitCvv => "CREDIT_DEBIT_CVV",
            Self::CreditDebitExpiry => "CREDIT_DEBIT_EXPIRY",
            Self::BankAccountNumber => "BANK_ACCOUNT_NUMBER",
            Self::BankRouting => "BANK_ROUTING",
            Self::Ssn => "SSN",
            Self::Pin => "PIN",
            Self::Address => "ADDRESS",
            Self::Name => "NAME",
        }
    }
}

/// There is no kind with this name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no kind of personal data \"{0}\"; choose all, or from {known}", known = known())]
pub struct UnknownKind(
    /// The name.
    pub String,
);

fn known() -> String {
    Kind::ALL.map(|kind| kind.name().to_ascii_lowercase()).join(", ")
}

impl FromStr for Kind {
    type Err = UnknownKind;

    /// Parses a name in any case, with hyphens or underscores.
    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let plain = name.trim().to_ascii_uppercase().replace('-', "_");
        let named = Self::ALL.into_iter().find(|kind| kind.name() == plain);
        named.ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

/// Returns the kinds with these names; `all` stands for every one.
///
/// # Errors
/// [`UnknownKind`] for an unknown name.
pub fn kinds<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<BTreeSet<Kind>, UnknownKind> {
    let mut kinds = BTreeSet::new();
    for name in names {
        match name.trim() {
            all if all.eq_ignore_ascii_case("all") => kinds.extend(Kind::ALL),
            name => {
                kinds.insert(name.parse()?);
            }
        }
    }
    Ok(kinds)
}
