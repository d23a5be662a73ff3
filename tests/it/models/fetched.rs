//! Downloads from a server that does all that servers do wrong.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use lectern::asr::CancelToken;
use lectern::asr::catalog::{Catalog, CatalogEntry, Checksum};
use lectern::models::{
    DownloadError, DownloadProgress, Downloaded, ModelSource, Provenance, RetryPolicy, download,
};
use proptest::prelude::*;
use tempfile::TempDir;

use super::proxy::Proxy;
use super::server::{Act, Server};

const FAST: RetryPolicy = RetryPolicy {
    stall: Duration::from_millis(300),
    tries: 4,
    pause: Duration::from_millis(1),
    longest_pause: Duration::from_millis(20),
};

/// Bytes that stand for a model, and its entry.
fn model(length: usize) -> (Vec<u8>, &'static CatalogEntry) {
    let bytes: Vec<u8> = (0..length as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let known = Catalog::builtin().find("tiny").unwrap();
    let entry = CatalogEntry {
        bytes: Some(length as u64),
        checksum: Checksum::sha256(bytes.as_slice()).unwrap(),
        ..known.clone()
    };
    (bytes, Box::leak(Box::new(entry)))
}

fn fetch(server: &Server, entry: &'static CatalogEntry, folder: &Path) -> Result<Downloaded, DownloadError> {
    let source = ModelSource::of(entry, Some(&server.address)).unwrap();
    download(entry, &source, folder, FAST, &CancelToken::default(), &mut |_| ())
}

/// Files in a folder that have the name of a whole model.
fn whole(folder: &TempDir, entry: &CatalogEntry) -> Option<Vec<u8>> {
    match fs::read(folder.path().join(&entry.file)) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        read => Some(read.unwrap()),
    }
}

#[test]
fn a_model_comes_with_its_origin_and_only_once() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes.clone(), []);
    let source = ModelSource::of(entry, Some(&server.address)).unwrap();
    let mut last = DownloadProgress::default();
    let mut on_progress = |progress: DownloadProgress| {
        assert!(progress.done >= last.done && progress.total == Some(300_000), "{progress:?} after {last:?}");
        last = progress;
    };
    let cancel = CancelToken::default();
    let done = download(entry, &source, folder.path(), FAST, &cancel, &mut on_progress).unwrap();
    assert_eq!((done.received, last.done), (300_000, 300_000));
    assert_eq!(whole(&folder, entry), Some(bytes));
    let origin = Provenance::of(&done.path).unwrap();
    assert!(origin.from.starts_with(&server.address) && origin.from.ends_with(&entry.file), "{origin:?}");
    assert_eq!(origin.checksum, entry.checksum.to_string());
    assert_eq!(fetch(&server, entry, folder.path()).unwrap().received, 0, "it is there already");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn what_is_there_is_not_fetched_again() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let script = [
        Act::Cut(100_000),
        Act::HangUp,
        Act::Stall(50_000),
        Act::Cut(1),
        Act::Status(503, "Retry-After: 0\r\n"),
    ];
    let server = Server::new(bytes.clone(), script);
    let done = fetch(&server, entry, folder.path()).unwrap();
    assert_eq!(whole(&folder, entry), Some(bytes));
    assert_eq!(done.received, 300_000);
    let starts: Vec<usize> = server.asked().iter().map(|(start, _)| *start).collect();
    assert_eq!(starts, [0, 100_000, 100_000, 150_000, 150_001, 150_001]);
}

#[test]
fn a_download_goes_on_in_another_call() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let script = [Act::Cut(120_000), Act::Status(404, "")];
    let server = Server::new(bytes.clone(), script);
    let refused = fetch(&server, entry, folder.path()).unwrap_err();
    assert!(matches!(refused, DownloadError::Refused { status: 404, .. }), "{refused:?}");
    assert_eq!(whole(&folder, entry), None);
    assert_eq!(fetch(&server, entry, folder.path()).unwrap().received, 180_000);
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn a_download_that_received_nothing_leaves_nothing() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes, [Act::Status(404, "")]);
    fetch(&server, entry, folder.path()).unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_server_that_ignores_ranges_gives_the_whole_file() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes.clone(), [Act::Cut(120_000), Act::Whole]);
    assert_eq!(fetch(&server, entry, folder.path()).unwrap().received, 420_000);
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn another_range_than_was_asked_for_is_not_taken() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server =
        Server::new(bytes.clone(), [Act::Cut(120_000), Act::OtherRange(7), Act::OtherRange(119_999)]);
    assert_eq!(fetch(&server, entry, folder.path()).unwrap().received, 300_000);
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn another_file_is_never_kept() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    for act in [Act::Wrong, Act::Lie(400_000)] {
        let server = Server::new(bytes.clone(), [act.clone(), act.clone()]);
        let refused = fetch(&server, entry, folder.path()).unwrap_err();
        assert!(matches!(refused, DownloadError::WrongFile { .. }), "{act:?}: {refused:?}");
        assert_eq!(whole(&folder, entry), None);
    }
    // Once may be the remains of an older file.
    let server = Server::new(bytes.clone(), [Act::Wrong]);
    fetch(&server, entry, folder.path()).unwrap();
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn a_damaged_model_is_replaced_by_a_whole_one_only() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    fs::write(folder.path().join(&entry.file), b"damaged").unwrap();
    let server = Server::new(bytes.clone(), [Act::Cut(10), Act::Status(403, "")]);
    assert!(fetch(&server, entry, folder.path()).is_err());
    assert_eq!(whole(&folder, entry), Some(b"damaged".to_vec()));
    fetch(&server, entry, folder.path()).unwrap();
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn a_server_that_gives_nothing_is_given_up() {
    let ((bytes, entry), folder) = (model(1000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes, vec![Act::HangUp; 4]);
    let refused = fetch(&server, entry, folder.path()).unwrap_err();
    assert!(matches!(refused, DownloadError::Network { .. }), "{refused:?}");
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn redirects_in_circles_and_to_other_schemes_are_refused() {
    let ((bytes, entry), folder) = (model(1000), tempfile::tempdir().unwrap());
    for location in ["Location: /again\r\n", "Location: ftp://127.0.0.1/x\r\n"] {
        let server = Server::new(bytes.clone(), vec![Act::Status(302, location); 40]);
        let refused = fetch(&server, entry, folder.path()).unwrap_err();
        assert!(matches!(refused, DownloadError::Network { .. }), "{location}: {refused:?}");
        assert_eq!(whole(&folder, entry), None);
    }
    let server = Server::new(bytes.clone(), [Act::Status(307, "Location: /elsewhere\r\n")]);
    fetch(&server, entry, folder.path()).unwrap();
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn a_proxy_is_used_and_its_refusal_is_an_error() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes.clone(), []);
    let through = |proxy: &Proxy, folder: &Path| {
        let source = ModelSource::of(entry, Some(&server.address)).unwrap().through(&proxy.address).unwrap();
        download(entry, &source, folder, FAST, &CancelToken::default(), &mut |_| ())
    };
    let proxy = Proxy::new(Some("407 Proxy Authentication Required"));
    let refused = through(&proxy, folder.path());
    assert!(matches!(refused, Err(DownloadError::Network { .. })), "{refused:?}");
    assert!(server.asked().is_empty() && whole(&folder, entry).is_none(), "it went around the proxy");

    let proxy = Proxy::new(None);
    through(&proxy, folder.path()).unwrap();
    assert_eq!(proxy.wanted(), [server.address.strip_prefix("http://").unwrap()]);
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
fn one_program_at_a_time_downloads_a_model() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes, [Act::Slow]);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| fetch(&server, entry, folder.path()));
        while server.asked().iter().all(|(_, given)| *given == 0) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let second = fetch(&server, entry, folder.path());
        assert!(matches!(second, Err(DownloadError::Busy { .. })), "{second:?}");
        assert!(first.join().unwrap().is_ok());
    });
}

#[test]
fn a_cancelled_download_ends_at_once_and_goes_on_later() {
    let ((bytes, entry), folder) = (model(300_000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes.clone(), [Act::Stall(80_000)]);
    let source = ModelSource::of(entry, Some(&server.address)).unwrap();
    let cancel = CancelToken::default();
    let patience = RetryPolicy { stall: Duration::from_secs(60), ..FAST };
    let mut on_progress = |progress: DownloadProgress| {
        if progress.done >= 80_000 {
            cancel.cancel();
        }
    };
    let start = Instant::now();
    let ended = download(entry, &source, folder.path(), patience, &cancel, &mut on_progress);
    assert!(matches!(ended, Err(DownloadError::Cancelled)), "{ended:?}");
    assert!(start.elapsed() < Duration::from_secs(30), "it waits for no server");
    assert_eq!(fetch(&server, entry, folder.path()).unwrap().received, 220_000);
    assert_eq!(whole(&folder, entry), Some(bytes));
}

#[test]
#[cfg(unix)]
fn a_folder_that_takes_no_files_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let ((bytes, entry), folder) = (model(1000), tempfile::tempdir().unwrap());
    let server = Server::new(bytes, []);
    // A file in place of the folder refuses also those whom permissions do not bind.
    let place = folder.path().join("models");
    fs::write(&place, b"").unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(0o400)).unwrap();
    let refused = fetch(&server, entry, &place).unwrap_err();
    assert!(
        matches!(&refused, DownloadError::Unwritable { path, .. } if path.starts_with(&place)),
        "{refused:?}"
    );
    assert_eq!(server.asked().len(), 0, "nothing was asked for");
}

fn fault(length: usize) -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..length).prop_map(Act::Cut),
        1 => Just(Act::HangUp),
        1 => Just(Act::Wrong),
        1 => Just(Act::Whole),
        1 => Just(Act::Slow),
        1 => (0..length).prop_map(Act::OtherRange),
        1 => (1..2 * length as u64).prop_map(Act::Lie),
        1 => Just(Act::Give),
        1 => Just(Act::Status(429, "Retry-After: 0\r\n")),
        1 => Just(Act::Status(500, "")),
        1 => Just(Act::Status(404, "")),
        1 => Just(Act::Status(302, "Location: /again\r\n")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever a server does, there is the right file or an error, and never a wrong file under a good name.
    #[test]
    fn faults_end_in_the_right_file_or_an_error(
        length in 1usize..200_000,
        faults in prop::collection::vec(fault(200_000), 0..12),
    ) {
        let ((bytes, entry), folder) = (model(length), tempfile::tempdir().unwrap());
        let server = Server::new(bytes.clone(), faults);
        for _ in 0..20 {
            let result = fetch(&server, entry, folder.path());
            match whole(&folder, entry) {
                Some(found) => {
                    prop_assert!(result.is_ok() && found == bytes);
                    break;
                }
                None => prop_assert!(result.is_err()),
            }
            if server.is_script_done() {
                prop_assert!(fetch(&server, entry, folder.path()).is_ok());
            }
        }
        prop_assert_eq!(whole(&folder, entry), Some(bytes));
    }
}
