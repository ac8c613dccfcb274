//! Forms byte for byte: names, boundaries, pieces, sizes.

use std::time::Duration;

use crate::common::{BOUNDARY, FORM_TYPE, PNG, Raw, decal, form, upload};
use rblx_open_cloud::sandbox::Sandbox;

/// One part of a form: its headers and its content.
type Part<'a> = (&'a str, &'a [u8]);

fn body(preamble: &str, parts: &[Part<'_>], epilogue: &str) -> Vec<u8> {
    let mut body = preamble.as_bytes().to_vec();
    for (headers, content) in parts {
        body.extend_from_slice(format!("--{BOUNDARY}\r\n{headers}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--{epilogue}").as_bytes());
    body
}

#[test]
fn names_of_files() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for (sent, name) in [
        ("plain.png", "plain.png"),
        ("größe 日本.png", "größe 日本.png"),
        ("a%22b.png", "a\"b.png"),
        ("a\\\"b.png", "a\"b.png"),
        ("a\\b\\\\c.png", "a\\b\\\\c.png"),
        ("ends with \\", "ends with \\"),
        ("a; name=x; filename=y", "a; name=x; filename=y"),
        ("100%.png", "100%.png"),
        ("%0D%0A%20", "\r\n%20"),
        ("", ""),
        ("=", "="),
    ] {
        assert_eq!(
            upload(&mut raw, &decal("n"), (sent, "image/png", PNG)).status,
            200,
            "{sent}"
        );
        assert_eq!(sandbox.uploads().last().unwrap().file_name(), Some(name));
        assert_eq!(sandbox.uploads().last().unwrap().content(), PNG);
    }
}

#[test]
fn forms_of_many_clients() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let request = decal("n");
    let text: Part<'_> = (
        "content-disposition: form-data; name=request",
        request.as_bytes(),
    );
    let typed: Part<'_> = (
        "Content-Type: application/json\r\nCONTENT-DISPOSITION:form-data;NAME=\"request\"",
        request.as_bytes(),
    );
    let file: Part<'_> = (
        "Content-Disposition: form-data; name=\"fileContent\"; filename=\"f.png\"\r\nContent-Type:image/png",
        PNG,
    );
    let unquoted: Part<'_> = (
        "Content-Disposition: form-data; filename=f.png; name=fileContent\r\nContent-Type: image/png",
        PNG,
    );
    let starred: Part<'_> = (
        "Content-Disposition: form-data; filename*=UTF-8''x.png; name=\"fileContent\"; filename=\"f.png\"\r\nContent-Type: image/png",
        PNG,
    );
    let other: Part<'_> = ("Content-Disposition: form-data; name=\"other\"", b"");
    for (preamble, parts, epilogue) in [
        ("", vec![text, file], "\r\n"),
        ("", vec![text, file], ""),
        ("\r\n", vec![file, typed], "\r\n"),
        (
            "preamble\r\n",
            vec![other, unquoted, other, text],
            "\r\nepilogue",
        ),
        ("\r\n\r\n", vec![typed, starred, other], "--"),
    ] {
        let reply = raw.form(
            "POST",
            "/assets/v1/assets",
            BOUNDARY,
            &body(preamble, &parts, epilogue),
        );
        assert_eq!(
            reply.status,
            200,
            "{preamble:?} {parts:?}: {}",
            reply.text()
        );
        let seen = sandbox.uploads().pop().unwrap();
        assert_eq!((seen.file_name(), seen.content()), (Some("f.png"), PNG));
    }
    let nameless: Part<'_> = (
        "Content-Disposition: form-data; name=\"fileContent\"\r\nContent-Type: image/png",
        PNG,
    );
    let typeless: Part<'_> = (
        "Content-Disposition: form-data; name=\"fileContent\"; filename=\"f\"",
        PNG,
    );
    for parts in [
        vec![text],
        vec![file],
        vec![text, text, file],
        vec![text, file, file],
        vec![text, nameless],
        vec![text, typeless],
        vec![("X: y", b"" as &[u8]), text, file],
        vec![("no colon", b""), text, file],
        vec![("", b""), text, file],
        vec![("Content-Disposition: attachment; name=\"request\"", b"{}")],
        [vec![other; 40], vec![text, file]].concat(),
    ] {
        let reply = raw.form(
            "POST",
            "/assets/v1/assets",
            BOUNDARY,
            &body("", &parts, "\r\n"),
        );
        assert_eq!(reply.status, 400, "{parts:?}");
    }
    let long = format!(
        "Content-Disposition: form-data; name=\"{}\"",
        "x".repeat(20_000)
    );
    let reply = raw.form(
        "POST",
        "/assets/v1/assets",
        BOUNDARY,
        &body("", &[(&long, b"")], ""),
    );
    assert_eq!(reply.status, 400);
    let quoted = raw.form(
        "POST",
        "/assets/v1/assets",
        &format!("\"{BOUNDARY}\"; charset=utf-8"),
        &body("", &[text, file], ""),
    );
    assert_eq!(quoted.status, 200);
}

/// Content full of texts that are almost boundaries.
fn near_boundaries() -> Vec<u8> {
    let mut content = PNG.to_vec();
    let line = format!("\r\n--{BOUNDARY}");
    for end in 0..line.len() {
        content.extend_from_slice(&line.as_bytes()[..end]);
    }
    content.extend_from_slice(
        format!("{line}x{line}-{line} \t x{line}\r{line}\n--{BOUNDARY}--\r\r\n--\n").as_bytes(),
    );
    content.extend((0..=255_u8).chain((0..=255).rev()));
    content.extend_from_slice(b"\r\n\r\n--\r\n-");
    content
}

#[test]
fn near_boundaries_are_content() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let content = near_boundaries();
    assert_eq!(
        upload(&mut raw, &decal("n"), ("n", "image/png", &content)).status,
        200
    );
    assert!(sandbox.uploads()[0].content() == content);
}

#[test]
fn content_split_at_every_offset() {
    let sandbox = Sandbox::start().unwrap();
    let body = form(
        &decal("n"),
        Some(("n\\\"x", "image/png", &near_boundaries())),
    );
    let mut raw = Raw::connect(&sandbox);
    // A chunk's end is the end of a read for the parser, so that no delay between two packets is needed.
    for offset in 1..body.len() {
        let mut all = raw
            .head(
                "POST",
                "/assets/v1/assets",
                &["transfer-encoding: chunked", FORM_TYPE],
            )
            .into_bytes();
        for piece in [&body[..offset], &body[offset..]] {
            all.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            all.extend_from_slice(piece);
            all.extend_from_slice(b"\r\n");
        }
        all.extend_from_slice(b"0\r\n\r\n");
        raw.send(all);
        assert_eq!(raw.reply().status, 200, "{offset}");
        assert!(
            sandbox.uploads()[0].content() == near_boundaries(),
            "{offset}"
        );
        sandbox.clear_requests();
    }
}

#[test]
fn content_in_small_packets() {
    let sandbox = Sandbox::start().unwrap();
    let body = form(&decal("n"), Some(("n", "image/png", &near_boundaries())));
    let mut raw = Raw::connect(&sandbox);
    raw.stream.set_nodelay(true).unwrap();
    let length = format!("content-length: {}", body.len());
    let mut all = raw
        .head("POST", "/assets/v1/assets", &[&length, FORM_TYPE])
        .into_bytes();
    all.extend_from_slice(&body);
    for piece in all.chunks(101) {
        raw.send(piece);
        // The server may read each piece by itself.
        std::thread::yield_now();
    }
    assert_eq!(raw.reply().status, 200);
    assert!(sandbox.uploads()[0].content() == near_boundaries());
}

#[test]
fn forms_that_end_early() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let whole = form(&decal("n"), Some(("n", "image/png", PNG)));
    // The line end after the last boundary may be missing.
    for length in 0..whole.len() - 2 {
        let reply = raw.form("POST", "/assets/v1/assets", BOUNDARY, &whole[..length]);
        assert_eq!(reply.status, 400, "{length}");
    }
    assert!(sandbox.uploads().is_empty());
    assert_eq!(
        raw.form(
            "POST",
            "/assets/v1/assets",
            BOUNDARY,
            &whole[..whole.len() - 2]
        )
        .status,
        200
    );
}

#[test]
fn no_bytes_make_it_panic() {
    let sandbox = Sandbox::start().unwrap();
    let whole = form(&decal("n"), Some(("n\"; filename=", "image/png", PNG)));
    let mut seed = 7_u64;
    let mut next = move || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 40).unwrap()
    };
    let mut raw = Raw::connect(&sandbox);
    for _ in 0..1500 {
        let mut bytes = whole.clone();
        for _ in 0..=next() % 4 {
            let at = next() % bytes.len();
            bytes[at] = [b'"', b'\r', b'\n', b'-', b';', b'=', 0, 0xff][next() % 8];
        }
        let status = raw
            .form("POST", "/assets/v1/assets", BOUNDARY, &bytes)
            .status;
        assert!(matches!(status, 200 | 400), "{status}");
    }
}

#[test]
fn a_file_of_the_kept_size_is_kept() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    raw.stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let request = decal("m").replace("Decal", "Model");
    let mut content = vec![b'\r'; 32 << 20];
    assert_eq!(
        upload(&mut raw, &request, ("m.fbx", "model/fbx", &content)).status,
        200
    );
    assert!(sandbox.uploads()[0].content() == content);
    content.push(b'\r');
    assert_eq!(
        upload(&mut raw, &request, ("m.fbx", "model/fbx", &content)).status,
        200
    );
    let seen = &sandbox.uploads()[1];
    assert_eq!(
        (seen.content().len(), seen.content_length()),
        (0, content.len() as u64)
    );
}
