//! Files of a folder that are found, and reports about the others.

use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::sync::{SkipReason, files_in, scan};

use crate::folder::Folder;

fn names(paths: impl IntoIterator<Item = std::path::PathBuf>, folder: &Folder) -> Vec<String> {
    let relative = |path: std::path::PathBuf| {
        let path = path.strip_prefix(&folder.0).unwrap().to_owned();
        path.to_string_lossy().replace('\\', "/")
    };
    paths.into_iter().map(relative).collect()
}

#[test]
fn a_path_that_is_not_a_folder_is_an_error() {
    let folder = Folder::with(&["a.png"]);
    let error = |name| {
        let error = files_in(folder.0.join(name)).unwrap_err().to_string();
        error.replace(&folder.0.display().to_string(), "")
    };
    assert_eq!(error("none"), "invalid input: there is no folder /none");
    assert_eq!(error("a.png"), "invalid input: /a.png is not a folder");
}

#[test]
fn skipped_files_are_reported() {
    let folder = Folder::with(&[
        "b.png",
        "sub/a.ogg",
        ".hidden.png",
        ".git/c.png",
        "notes.txt",
        "d.gif",
    ]);
    let found = scan(&folder.0).unwrap();
    assert_eq!(names(found.files.clone(), &folder), ["b.png", "sub/a.ogg"]);
    assert_eq!(found.files, files_in(&folder.0).unwrap());
    let skipped: Vec<_> = found.skipped.iter().map(|skipped| skipped.reason).collect();
    assert_eq!(
        names(
            found.skipped.iter().map(|skipped| skipped.path.clone()),
            &folder
        ),
        [".git", ".hidden.png", "d.gif", "notes.txt"]
    );
    assert_eq!(
        skipped,
        [
            SkipReason::Hidden,
            SkipReason::Hidden,
            SkipReason::UnknownExtension,
            SkipReason::UnknownExtension
        ]
    );
    let missing = scan(folder.0.join("missing")).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::InvalidInput);
    assert!(missing.to_string().contains("missing"), "{missing}");
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    use std::os::unix::fs::symlink;

    let outside = Folder::with(&["secret.png", "deep/secret.png"]);
    let folder = Folder::with(&["a.png"]);
    for (target, link) in [
        (outside.0.join("secret.png"), "out.png"),
        (outside.0.join("deep"), "out"),
        (folder.0.join("a.png"), "in.png"),
        (folder.0.clone(), "loop"),
        (folder.0.join("none.png"), "broken.png"),
        (std::path::PathBuf::from("/dev/zero"), "zero.png"),
    ] {
        symlink(target, folder.0.join(link)).unwrap();
    }
    // The folder itself may be reached by a link.
    let alias = Folder::new();
    symlink(&folder.0, alias.0.join("alias")).unwrap();
    let alias = alias.0.join("alias");
    for root in [&folder.0, &alias] {
        let found = scan(root).unwrap();
        let files: Vec<_> = found
            .files
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(files, ["a.png", "in.png"]);
        let skipped: Vec<_> = found
            .skipped
            .iter()
            .map(|skipped| {
                (
                    skipped.path.file_name().unwrap().to_str().unwrap(),
                    skipped.reason,
                )
            })
            .collect();
        assert_eq!(
            skipped,
            [
                ("broken.png", SkipReason::BrokenLink),
                ("loop", SkipReason::LinkToFolder),
                ("out", SkipReason::LinkToFolder),
                ("out.png", SkipReason::LinkOutside),
                ("zero.png", SkipReason::NotAFile),
            ]
        );
    }
}
