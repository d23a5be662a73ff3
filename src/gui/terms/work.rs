//! Reads course material and searches captions, which takes up to some seconds.

use std::path::PathBuf;

use super::{FoundTerms, TermsNews};
use crate::asr::RecognizeError;
use crate::asr::locate::{ModelRequest, locate, search_roots};
use crate::asr::model::{ModelError, load_speech};
use crate::asr::pieces::Pieces;
use crate::document::{Document, heard_terms};
use crate::exchange::{MaterialFileError, read_material};
use crate::gui::news::News;
use crate::gui::workers::Workers;
use crate::material::{Material, Proposal, propose};

/// The most terms that are offered.
const MOST_TERMS: usize = 500;

/// A file that gave no terms.
#[derive(Debug)]
pub struct NotRead {
    pub path: PathBuf,
    pub cause: MaterialFault,
}

/// Why a file gave no terms.
#[derive(Debug)]
pub enum MaterialFault {
    File(MaterialFileError),
    /// The speech model is needed to tell which words are rare.
    NoModel(ModelError),
    WrongModel(RecognizeError),
}

impl Workers {
    pub fn read_material(&self, paths: Vec<PathBuf>, model: ModelRequest) {
        self.start("terms", move |post| {
            post.tell(News::Terms(TermsNews::Read(found(paths, &model))));
        });
    }

    pub fn look_for_terms(&self, workspace: u64, document: Document, terms: Vec<String>) {
        self.start("terms", move |post| {
            let found = heard_terms(&document, &terms);
            post.tell(News::Terms(TermsNews::Heard { workspace, found }));
        });
    }
}

fn found(paths: Vec<PathBuf>, model: &ModelRequest) -> FoundTerms {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        match read_material(&path) {
            Ok(material) => read.push((path, material)),
            Err(cause) => faults.push(NotRead { path, cause: MaterialFault::File(cause) }),
        }
    }
    let Some((first, _)) = read.first().cloned() else { return FoundTerms { terms: Vec::new(), faults } };
    let material: Vec<Material> = read.into_iter().map(|(_, material)| material).collect();
    match proposed(&material, model) {
        Ok(terms) => FoundTerms { terms, faults },
        Err(cause) => {
            faults.push(NotRead { path: first, cause });
            FoundTerms { terms: Vec::new(), faults }
        }
    }
}

fn proposed(material: &[Material], model: &ModelRequest) -> Result<Vec<Proposal>, MaterialFault> {
    let model = locate(model, &search_roots()).and_then(|file| load_speech(&file));
    let pieces = Pieces::of(&model.map_err(MaterialFault::NoModel)?).map_err(MaterialFault::WrongModel)?;
    let mut terms = propose(material, |word| pieces.count(word));
    terms.truncate(MOST_TERMS);
    Ok(terms)
}
