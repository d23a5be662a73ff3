//! The system's fonts, for captions.

use fontdb::{Database, Family, Query};

use super::Workers;
use crate::gui::news::News;

impl Workers {
    /// Lists the font families, and reads the regular face of one of them.
    pub fn look_for_fonts(&self, wanted: Option<String>) {
        self.start("fonts", move |post| {
            let mut fonts = Database::new();
            fonts.load_system_fonts();
            let mut families: Vec<String> = fonts
                .faces()
                .filter_map(|face| face.families.first())
                .map(|(name, _)| name.clone())
                .collect();
            families.sort_unstable();
            families.dedup();
            let face = wanted.and_then(|name| read(&fonts, &name));
            post.tell(News::Fonts { families, face });
        });
    }
}

/// Returns the content of the file with a family's regular face, and the index of the face in it.
fn read(fonts: &Database, family: &str) -> Option<(Vec<u8>, u32)> {
    let query = Query { families: &[Family::Name(family)], ..Query::default() };
    fonts.with_face_data(fonts.query(&query)?, |bytes, index| (bytes.to_vec(), index))
}
