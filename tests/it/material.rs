//! Course material: what is found in documents of each kind, and that hostile ones are refused, each with its error.

use std::io::{Cursor, Write as _};

use lectern::material::{Material, MaterialError, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A package of parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn slide(text: &str) -> String {
    format!("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
}

/// A PDF of one page with this content, and what else its objects are.
fn pdf(content: &[u8], filter: &str, more: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        if number == 4 {
            file.extend(format!("<</Length {}{filter}>>\nstream\n", content.len()).bytes());
            file.extend(content);
            file.extend(b"\nendstream");
        } else {
            file.extend(object.bytes());
        }
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<</Size {size}/Root 1 0 R{more}>>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn words(material: &Material) -> String {
    material.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_kind_of_material_is_read() {
    let odf = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><text:h>Galerkin</text:h></office:document-content>";
    let docx = "<w:document xmlns:w=\"w\"><w:p><w:r><w:t>Galer</w:t></w:r><w:r><w:t>kin</w:t></w:r></w:p></w:document>";
    let first = slide("Galerkin");
    let shown =
        b"BT /F1 12 Tf 10 200 Td [(Galer) -20 (kin)] TJ [(Lax) -300 (Milgram)] TJ 0 -14 Td (next) Tj ET";
    let files: [(Vec<u8>, &str, &str); 8] = [
        (
            package(&[
                ("ppt/slides/slide10.xml", slide("last").as_bytes()),
                ("ppt/slides/slide2.xml", first.as_bytes()),
            ]),
            "pptx",
            "Galerkin last",
        ),
        (package(&[("word/document.xml", docx.as_bytes())]), "docx", "Galerkin"),
        (
            package(&[
                ("mimetype", b"application/vnd.oasis.opendocument.presentation"),
                ("content.xml", odf.as_bytes()),
            ]),
            "odp",
            "Galerkin",
        ),
        (pdf(shown, "", ""), "pdf", "GalerkinLax Milgram next"),
        (pdf(&deflated(shown), "/Filter/FlateDecode", ""), "pdf", "GalerkinLax Milgram next"),
        (b"@book{a, title={{G}alerkin}}".to_vec(), "bib", "Galerkin"),
        (b"# *Galerkin*\n".to_vec(), "md", "Galerkin"),
        ("\u{feff}Galërkin".as_bytes().to_vec(), "txt", "Galërkin"),
    ];
    for (bytes, extension, wanted) in files {
        let found = read(&bytes, Some(extension)).unwrap_or_else(|error| panic!("{extension}: {error}"));
        assert_eq!(words(&found), wanted, "{extension}");
    }
}

/// What a hostile file is refused for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Damaged,
    Unpacks,
    Deep,
    Type,
    Unknown,
    Empty,
    Any,
}

fn fault(error: &MaterialError) -> Fault {
    match error {
        MaterialError::Damaged(_) => Fault::Damaged,
        MaterialError::Unpacks | MaterialError::TooMuch => Fault::Unpacks,
        MaterialError::TooDeep => Fault::Deep,
        MaterialError::DocumentType => Fault::Type,
        MaterialError::Unknown => Fault::Unknown,
        MaterialError::NoText => Fault::Empty,
        MaterialError::TooLarge | MaterialError::TooMany | MaterialError::Encrypted => Fault::Any,
    }
}

/// Hostile packages of slides.
fn hostile_packages() -> Vec<(&'static str, Vec<u8>, Fault)> {
    let slide_of = |xml: &[u8]| package(&[("ppt/slides/slide1.xml", xml)]);
    let good = slide_of(slide("words").as_bytes());
    let bomb = [b"<a>".to_vec(), vec![b' '; 40 << 20], b"</a>".to_vec()].concat();
    let lol = "<!DOCTYPE z [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><a:t xmlns:a=\"a\">&b;</a:t>";
    let outside = "<!DOCTYPE z [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a:t xmlns:a=\"a\">&x;</a:t>";
    let mut wrong_sum = good.clone();
    let middle =
        wrong_sum.windows(5).position(|bytes| bytes == b".xml\0" || bytes.starts_with(b".xml")).unwrap() + 8;
    wrong_sum[middle] ^= 0x55;
    let mut many_slides: Vec<(String, Vec<u8>)> = Vec::new();
    for number in 0..30 {
        let filler = [slide("x").into_bytes(), vec![b' '; 5 << 20]].concat();
        many_slides.push((format!("ppt/slides/slide{number}.xml"), filler));
    }
    let many: Vec<(&str, &[u8])> =
        many_slides.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    vec![
        ("a zip without its directory", good[..good.len() - 30].to_vec(), Fault::Damaged),
        ("half a zip", good[..good.len() / 2].to_vec(), Fault::Damaged),
        ("only the mark of a zip", b"PK\x03\x04".to_vec(), Fault::Damaged),
        ("a zip of zeros", [b"PK\x03\x04".to_vec(), vec![0; 4096]].concat(), Fault::Damaged),
        ("damaged bytes inside", wrong_sum, Fault::Damaged),
        ("no part that is known", package(&[("a.txt", b"words")]), Fault::Unknown),
        ("an empty package", package(&[]), Fault::Any),
        ("a part that unpacks to 40 MB", slide_of(&bomb), Fault::Unpacks),
        ("parts that unpack to 150 MB", package(&many), Fault::Unpacks),
        ("entities that grow", slide_of(lol.as_bytes()), Fault::Type),
        ("an entity of a file", slide_of(outside.as_bytes()), Fault::Type),
        ("elements 100,000 deep", slide_of("<a>".repeat(100_000).as_bytes()), Fault::Deep),
        ("elements that do not end", slide_of(b"<a><b>"), Fault::Damaged),
        ("elements that end otherwise", slide_of(b"<a></b>"), Fault::Damaged),
        ("a tag without an end", slide_of(b"<a"), Fault::Damaged),
        ("bytes that are no text", slide_of(&[0xff, 0xfe, 0, 1]), Fault::Damaged),
        ("an empty slide", slide_of(b"<a/>"), Fault::Empty),
        ("a part of nothing", slide_of(b""), Fault::Empty),
        ("an ODP with a type", package(&[("content.xml", lol.as_bytes())]), Fault::Type),
        (
            "a DOCX of deep elements",
            package(&[("word/document.xml", "<w:p>".repeat(999).as_bytes())]),
            Fault::Deep,
        ),
        (
            "names that climb",
            package(&[("../../ppt/slides/slide1.xml", slide("x").as_bytes())]),
            Fault::Unknown,
        ),
    ]
}

/// Hostile PDF files and texts.
fn hostile_files() -> Vec<(&'static str, Vec<u8>, Fault)> {
    let words = b"BT /F1 12 Tf (words) Tj ET";
    let good = pdf(words, "", "");
    let bomb = deflated(&vec![b' '; 60 << 20]);
    let twice = deflated(&deflated(&vec![b' '; 60 << 20]));
    let replaced = |from: &str, to: &str| {
        let text = String::from_utf8(good.clone()).unwrap();
        assert!(text.contains(from), "{from}");
        text.replace(from, to).into_bytes()
    };
    vec![
        ("only the mark of a PDF", b"%PDF-1.7\n".to_vec(), Fault::Damaged),
        ("a PDF of zeros", [b"%PDF-1.7\n".to_vec(), vec![0; 4096]].concat(), Fault::Damaged),
        (
            "a PDF without objects",
            b"%PDF-1.7\nxref\n0 0\ntrailer\n<<>>\nstartxref\n9\n%%EOF".to_vec(),
            Fault::Any,
        ),
        ("pages of themselves", replaced("/Kids[3 0 R]", "/Kids[2 0 R]"), Fault::Any),
        ("no pages", replaced("/Kids[3 0 R]", "/Kids[]"), Fault::Any),
        ("contents of itself", replaced("/Contents 4 0 R", "/Contents 3 0 R"), Fault::Any),
        ("a content that unpacks to 60 MB", pdf(&bomb, "/Filter/FlateDecode", ""), Fault::Unpacks),
        ("one that is packed twice", pdf(&twice, "/Filter[/FlateDecode/FlateDecode]", ""), Fault::Unpacks),
        ("a content that is not packed as it says", pdf(words, "/Filter/FlateDecode", ""), Fault::Any),
        (
            "a PDF with a password",
            pdf(words, "", "/Encrypt<</Filter/Standard/V 1/R 2/P -1/O(a)/U(b)>>"),
            Fault::Any,
        ),
        ("brackets 100,000 deep", pdf("[".repeat(100_000).as_bytes(), "", ""), Fault::Any),
        ("pictures alone", pdf(b"q 1 0 0 1 0 0 cm Q", "", ""), Fault::Empty),
        ("a program", b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), Fault::Unknown),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Fault::Unknown),
        ("bytes without meaning", (1..=8).cycle().take(999).collect(), Fault::Unknown),
        ("nothing", Vec::new(), Fault::Empty),
        ("white space", b" \n\t \r\n".to_vec(), Fault::Empty),
        ("a text of 17 MB", b"words ".repeat(3 << 20), Fault::Unpacks),
    ]
}

/// The reader gives up on so many filters and takes the bytes as they are.
#[test]
fn a_hundred_filters_unpack_nothing() {
    let words: &[u8] = b"BT /F1 12 Tf (Words) Tj ET";
    let filters = format!("/Filter[{}]", "/FlateDecode".repeat(100));
    if let Ok(material) = read(&pdf(words, &filters, ""), None) {
        assert!(material.text.len() <= words.len(), "{:?}", material.text);
    }
}

#[test]
fn hostile_documents_are_refused_with_one_clear_error_each() {
    let bib = |text: &str| (text.as_bytes().to_vec(), Some("bib"));
    let literature = [
        (bib("@a{b, title = {{{{"), Fault::Damaged),
        (bib(&format!("@a{{b, title = {}", "{".repeat(500_000))), Fault::Deep),
        (bib("@a{b, title = \"c}"), Fault::Damaged),
        (bib("words"), Fault::Damaged),
    ];
    let packages = hostile_packages().into_iter().chain(hostile_files());
    let files = packages.map(|(name, bytes, wanted)| (name, (bytes, None), wanted));
    let literature = literature.into_iter().map(|(file, wanted)| ("a list of literature", file, wanted));
    let mut count = 0;
    for (name, (bytes, extension), wanted) in files.chain(literature) {
        let error = match read(&bytes, extension) {
            Err(error) => error,
            Ok(material) => panic!("{name}: {} bytes of text", material.text.len()),
        };
        assert!(wanted == Fault::Any || fault(&error) == wanted, "{name}: {error:?}");
        let text = error.to_string();
        assert!(text.lines().count() == 1 && text.len() > 20 && text.len() < 300, "{name}: {text}");
        count += 1;
    }
    assert!(count >= 40, "{count}");
}
