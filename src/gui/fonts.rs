//! The fonts of the window. Characters they lack come from the system's fonts, found by eframe.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// Returns the font family of captions: that of the window, unless the user chose another.
pub fn captions() -> FontFamily {
    FontFamily::Name("captions".into())
}

/// Returns the fonts of the window, with this face for captions. `face` is the content of a font file and the index of
/// the face in it.
pub fn definitions(face: Option<(Vec<u8>, u32)>) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut family = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    if let Some((bytes, index)) = face {
        let mut data = FontData::from_owned(bytes);
        data.index = index;
        fonts.font_data.insert("captions".to_owned(), Arc::new(data));
        family.insert(0, "captions".to_owned());
    }
    fonts.families.insert(captions(), family);
    fonts
}
