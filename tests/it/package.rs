//! What packages hold: the definition in Cargo.toml against the files that it names.

use std::fs;
use std::path::Path;

use lectern::asr::catalog::{Catalog, Obtain};
use toml::{Table, Value};

const MIME_TYPE: &str = "application/x-lectern";

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// A table of `package.metadata` of Cargo.toml.
fn metadata(name: &str) -> Table {
    let manifest: Table = text("Cargo.toml").parse().unwrap();
    manifest["package"]["metadata"][name].as_table().unwrap().clone()
}

fn packager() -> Table {
    metadata("packager")
}

/// The files of the `.rpm`, without the program: where each is taken from, and where it goes.
fn rpm_files() -> Vec<(String, String)> {
    let assets = metadata("generate-rpm")["assets"].as_array().unwrap().clone();
    let files = assets.iter().filter_map(|asset| {
        let source = asset.get("source")?.as_str()?;
        Some((source.to_owned(), asset["dest"].as_str()?.to_owned()))
    });
    files.filter(|(source, _)| source != "target/release/lectern").collect()
}

fn paths(of: &Table) -> Vec<String> {
    let strings = |value: &Value| value.as_str().unwrap().to_owned();
    let resources = of["resources"].as_array().unwrap().iter().map(|resource| strings(&resource["src"]));
    let files = of["deb"]["files"].as_table().unwrap().keys().cloned();
    let icons = of["icons"].as_array().unwrap().iter().map(strings);
    let macos = ["entitlements", "info-plist-path"].map(|key| strings(&of["macos"][key]));
    resources.chain(files).chain(icons).chain(macos).chain([strings(&of["license-file"])]).collect()
}

#[test]
fn every_file_of_a_package_is_in_the_sources_or_made_by_the_script() {
    let script = text("scripts/package.sh");
    for path in paths(&packager()) {
        match path.strip_prefix("target/package/") {
            Some(made) => {
                let folder = made.split('/').next().unwrap();
                assert!(script.contains(&format!("target/package/{folder}")), "{path}");
            }
            None => assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path).is_file(), "{path}"),
        }
    }
}

#[test]
fn packages_bring_every_model_that_is_shipped() {
    let brought = paths(&packager());
    let shipped = Catalog::builtin().models().iter().filter(|model| model.obtain == Obtain::Shipped);
    for model in shipped {
        assert!(brought.contains(&format!("models/{}", model.file)), "{}", model.name);
        assert!(text("scripts/package.sh").contains(&model.file), "{} in the archive", model.name);
    }
}

#[test]
fn an_rpm_brings_what_a_deb_brings() {
    let packager = packager();
    let strings = |value: &Value| value.as_str().unwrap().to_owned();
    let resources =
        packager["resources"].as_array().unwrap().iter().map(|resource| strings(&resource["src"]));
    let icons = packager["icons"].as_array().unwrap().iter().map(strings);
    let deb: Vec<_> = packager["deb"]["files"].as_table().unwrap().keys().cloned().collect();
    let rpm = rpm_files();
    for path in resources.chain(icons).chain(deb) {
        let brought = |(source, _): &(String, String)| source.trim_end_matches("/*") == path;
        assert!(rpm.iter().any(brought), "{path}");
    }
    for (source, place) in &rpm {
        let path = source.trim_end_matches("/*");
        assert!(
            path.starts_with("target/package/") || Path::new(env!("CARGO_MANIFEST_DIR")).join(path).is_file()
        );
        assert!(place.starts_with("/usr/lib/lectern/models/") || place.starts_with("/usr/share/"), "{place}");
    }
}

#[test]
fn projects_have_one_type_wherever_it_is_named() {
    let association = packager()["file-associations"][0]["mime-type"].as_str().unwrap().to_owned();
    assert_eq!(association, MIME_TYPE);
    for file in ["lectern.desktop", "lectern-mime.xml", "org.lectern.Lectern.metainfo.xml"] {
        assert!(text(&format!("assets/package/{file}")).contains(MIME_TYPE), "{file}");
    }
    // The window says so to the desktop, which then shows the icon of this entry.
    assert!(text("assets/package/lectern.desktop").contains("\nStartupWMClass=lectern\n"));
    assert!(text("src/gui/mod.rs").contains(".with_app_id(\"lectern\")"));
}

#[test]
fn the_desktop_entry_opens_every_kind_of_recording_that_people_have() {
    let entry = text("assets/package/lectern.desktop");
    for kind in ["audio/flac", "audio/mpeg", "audio/mp4", "audio/wav", "video/mp4", "video/webm", "text/vtt"]
    {
        assert!(entry.contains(&format!("{kind};")), "{kind}");
    }
}

/// The packages in `Cargo.lock`: name, version, and whether others have made them.
fn locked() -> Vec<(String, String, bool)> {
    let lock: Table = text("Cargo.lock").parse().unwrap();
    let own = |package: &Value, key: &str| package[key].as_str().unwrap().to_owned();
    let one =
        |package: &Value| (own(package, "name"), own(package, "version"), package.get("source").is_some());
    lock["package"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn the_licences_of_all_packages_are_listed() {
    let name = |line: &'static str| line.split_once(": ").unwrap().0.split_once(' ').unwrap();
    let listed: Vec<_> = lectern::build::LICENCES.lines().map(name).collect();
    let locked = locked();
    for (name, version) in &listed {
        let is_there = locked.iter().any(|(other, own, _)| other == name && own == version);
        assert!(is_there, "{name} {version} is no longer part: run `sh scripts/licences.sh`");
    }
    let manifest: Table = text("Cargo.toml").parse().unwrap();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        let is_foreign = locked.iter().any(|(other, _, is_foreign)| other == name && *is_foreign);
        let is_listed = listed.iter().any(|(other, _)| other == name);
        assert!(is_listed || !is_foreign, "{name} has no licence in the list: run `sh scripts/licences.sh`");
    }
}
