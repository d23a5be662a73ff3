//! Circles of files that name each other.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::named_paths;
use super::{Source, sources};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Which files of `sources` each of them names, outside its tests.
fn graph(sources: &[Source]) -> Graph {
    let paths: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let named = |source: &Source| {
        let code = source.text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let module: Vec<_> = source.path.split('/').collect();
        let names = named_paths(code, &module);
        let files = names.iter().filter(|name| name.segments[0] == "crate");
        files
            .filter_map(|name| file_of(&name.segments[1..], &paths))
            .filter(|file| *file != source.path)
            .collect()
    };
    sources.iter().map(|source| (source.path.clone(), named(source))).collect()
}

/// The file that a path leads to: the longest part of it that is one.
fn file_of(segments: &[String], files: &BTreeSet<&str>) -> Option<String> {
    (1..=segments.len())
        .rev()
        .map(|length| segments[..length].join("/"))
        .find(|path| files.contains(path.as_str()))
}

fn reachable<'a>(graph: &'a Graph, from: &'a str) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        let next = graph.get(file).into_iter().flatten().map(String::as_str);
        open.extend(next.filter(|file| seen.insert(*file)));
    }
    seen
}

/// Groups of more than two files each of which leads to all others, unless one is the parent of the others.
fn circles(graph: &Graph) -> BTreeSet<Vec<&str>> {
    let reach: BTreeMap<_, _> = graph.keys().map(|file| (file.as_str(), reachable(graph, file))).collect();
    let circle = |file: &&str| -> Vec<&str> {
        reach[file].iter().copied().filter(|other| reach[other].contains(file)).collect()
    };
    let is_family = |files: &[&str]| {
        let children =
            |parent: &str| files.iter().filter(|file| file.starts_with(&format!("{parent}/"))).count();
        files.iter().any(|file| children(file) + 1 == files.len())
    };
    reach.keys().map(circle).filter(|files| files.len() > 2 && !is_family(files)).collect()
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let graph = graph(&sources());
    assert!(graph["recognize/pipeline"].contains("recognize/reader"), "the sources were not read");
    assert_eq!(circles(&graph), BTreeSet::new());
}

#[test]
fn circles_are_found() {
    let circles_of = |files: &[(&str, &str)]| {
        let source = |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
        let graph = graph(&files.iter().map(source).collect::<Vec<_>>());
        circles(&graph).into_iter().map(|files| files.join(" ")).collect::<Vec<_>>()
    };
    let a = ("a", "use crate::b::B;");
    let b = ("b", "use super::c::{d, E};");
    assert_eq!(circles_of(&[a, b, ("c", "fn f() -> crate::a::A {}")]), ["a b c"]);
    assert_eq!(circles_of(&[a, ("b", "use crate::a::A;")]), [""; 0], "two files may");
    let tests = ("c", "\n#[cfg(test)]\nmod tests { use crate::a::A; }");
    assert_eq!(circles_of(&[a, b, tests]), [""; 0], "tests do not count");
    let parent = ("a", "use self::b::B;");
    let family = [parent, ("a/b", "use super::c::C;"), ("a/c", "use crate::a::A;")];
    assert_eq!(circles_of(&family), [""; 0], "a parent may name its children");
}
