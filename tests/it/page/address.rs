//! Where the page is found, today and after a restart.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, SystemTime};

use lectern::live::page::{CaptionPage, PageError, PageOptions, network_address};

const HOUR: Duration = Duration::from_secs(3600);

/// The page of a computer that keeps its address in a file, some hours after the first.
fn open(file: &Path, hours: u32, address: impl Into<SocketAddr>) -> Result<CaptionPage, PageError> {
    let now = SystemTime::UNIX_EPOCH + HOUR * (500_000 + hours);
    CaptionPage::open(PageOptions { kept_in: Some(file.to_owned()), now, ..PageOptions::at(address.into()) })
}

fn url(file: &Path, hours: u32) -> String {
    open(file, hours, (Ipv4Addr::LOCALHOST, 0)).unwrap().url()
}

fn code(url: &str) -> &str {
    url.split('/').nth(3).unwrap()
}

/// A port that nobody uses, as far as one can tell.
fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

#[test]
fn an_address_lasts_a_day_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.toml");
    let first = url(&file, 0);
    assert_eq!((url(&file, 1), url(&file, 23)), (first.clone(), first.clone()));
    let next_day = url(&file, 24);
    assert_ne!(code(&next_day), code(&first));
    assert_eq!(url(&file, 25), next_day);
}

#[test]
fn without_a_file_every_page_has_a_code_of_its_own() {
    let page = || CaptionPage::open(PageOptions::at((Ipv4Addr::LOCALHOST, 0).into())).unwrap();
    let (first, second) = (page(), page());
    assert_ne!(code(&first.url()), code(&second.url()));
    assert_eq!(code(&first.url()).len(), 10);
}

#[test]
fn a_second_page_takes_another_port_and_leaves_the_first_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.toml");
    let first = open(&file, 0, (Ipv4Addr::LOCALHOST, 0)).unwrap();
    assert_eq!(first.taken_port(), None);
    let second = open(&file, 0, (Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = first.url().split([':', '/']).nth(4).unwrap().parse().unwrap();
    assert_eq!(second.taken_port(), Some(port));
    assert!(second.url() != first.url() && code(&second.url()) == code(&first.url()));
    let address = first.url();
    drop((first, second));
    assert_eq!(url(&file, 0), address);
}

#[test]
fn a_port_that_is_asked_for_is_kept_and_taken_if_it_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.toml");
    let (wanted, other) = (free_port(), url(&file, 0));
    let page = open(&file, 0, (Ipv4Addr::LOCALHOST, wanted)).unwrap();
    let address = page.url();
    assert!(address.contains(&format!(":{wanted}/")) && code(&address) == code(&other), "{address}");
    let beside = open(&file, 0, (Ipv4Addr::LOCALHOST, wanted)).unwrap();
    assert_eq!(beside.taken_port(), Some(wanted));
    drop((page, beside));
    assert_eq!(url(&file, 1), address);
}

#[test]
fn a_page_for_all_has_an_address_that_others_can_open() {
    let page = CaptionPage::open(PageOptions::at((Ipv4Addr::UNSPECIFIED, 0).into())).unwrap();
    let host = network_address().unwrap_or(Ipv4Addr::LOCALHOST.into());
    assert!(page.url().starts_with(&format!("http://{host}:")), "{}", page.url());
    assert_eq!(page.is_for_others(), network_address().is_some());
    let own = CaptionPage::open(PageOptions::at((Ipv4Addr::LOCALHOST, 0).into())).unwrap();
    assert!(!own.is_for_others());
}

#[test]
fn an_address_of_another_computer_is_refused() {
    let address = (Ipv4Addr::new(192, 0, 2, 1), 0).into();
    let refused = CaptionPage::open(PageOptions::at(address)).err().unwrap();
    assert!(matches!(&refused, PageError::Bind { address: named, .. } if *named == address), "{refused}");
}
