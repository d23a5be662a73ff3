//! Names and terms: those in course material, of which a person chooses, and those that were heard in captions.

mod heard;
mod material;
mod update;
mod work;

pub use heard::HeardDialog;
pub use material::MaterialDialog;
pub use work::{MaterialFault, NotRead};

use crate::document::HeardTerm;
use crate::material::Proposal;

/// What the panels ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum TermsAction {
    /// Asks for files with course material.
    AskMaterial,
    /// Adds these to the names and terms.
    Take(Vec<String>),
}

/// What threads tell.
pub enum TermsNews {
    /// Course material was read.
    Read(FoundTerms),
    /// The captions of a workspace, by its number, were searched.
    Heard { workspace: u64, found: Vec<HeardTerm> },
}

/// What was found in course material.
pub struct FoundTerms {
    /// The most valuable first.
    pub terms: Vec<Proposal>,
    /// Files that could not be read.
    pub faults: Vec<NotRead>,
}

/// How far the work with course material is.
#[derive(Default)]
pub enum MaterialStanding {
    #[default]
    Nothing,
    Reading,
    Found(FoundTerms),
}

#[derive(Default)]
pub struct TermsState {
    pub material: MaterialStanding,
    /// The workspace, by its number, whose captions are or were searched.
    searched: Option<u64>,
    /// What was heard in the open captions; `None` while they are searched.
    pub heard: Option<Vec<HeardTerm>>,
}
