//! The fonts that text is drawn with. What they lack comes from the system's fonts, looked up by eframe.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// The family of captions: that of the window, unless a person chose another.
pub fn captions() -> FontFamily {
    FontFamily::Name("captions".into())
}

/// The fonts of the window, with this face for captions. `face` is a font file and the place of the face in it.
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
