//! Values that other tools change, through export and import.

use super::keys;
use rblx_open_cloud::models::RawJson;
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::json;

#[test]
fn values_come_back_as_they_are() {
    let sandbox = Sandbox::start().unwrap();
    let long = format!("\"{}\"", "a\u{1f600}".repeat(2_000_000));
    let values = [
        "1.10",
        "12345678901234567890123",
        "-0.0",
        "1e400",
        r#"{"b":1,  "a":2.50,"b":3}"#,
        "\"\\u00e9\u{1f600}\\n\u{2028}\"",
        "[]",
        "false",
        "\"\"",
        &long,
    ];
    let from = sandbox.data_store(13_058, "From");
    for (value, number) in values.iter().zip(0..) {
        let value = RawJson::from_text(*value).unwrap();
        let attributes = json!({"n": number, "text": "é"});
        from.insert_with(&format!("k{number}"), value, [5, 6], attributes);
    }
    from.scope("s/1").insert("a/b@c", json!([1]));

    let client = sandbox.client();
    let universe = client.universe(13_058);
    let store = universe.data_store("From").all_scopes();
    let mut file = Vec::new();
    let exported = store.export(&mut file).unlimited().run().unwrap();
    assert_eq!((exported.entries, exported.bytes), (11, file.len() as u64));

    let to = universe.data_store("To");
    let imported = to.import(&file[..]).threads(3).unlimited().run().unwrap();
    assert_eq!((imported.written, imported.lines), (11, 11));
    let copy = sandbox.data_store(13_058, "To");
    for (value, number) in values.iter().zip(0..) {
        let key = format!("k{number}");
        let kept = copy.get_raw(&key).unwrap();
        assert!(kept.as_str() == *value, "{key}");
        assert_eq!(copy.users(&key).len(), 2);
        assert_eq!(copy.attributes(&key), json!({"n": number, "text": "é"}));
    }
    assert_eq!(copy.scope("s/1").get("a/b@c"), Some(json!([1])));

    // An export of the copy has the same lines.
    let mut second = Vec::new();
    let export = universe.data_store("To").all_scopes().export(&mut second);
    export.unlimited().run().unwrap();
    let without_revision = |file: &[u8]| -> Vec<String> {
        let text = String::from_utf8(file.to_vec()).unwrap();
        let lines = text.lines();
        let lines = lines.map(|line| line.rsplit_once(",\"revision\":").unwrap().0.to_owned());
        lines.collect()
    };
    assert!(without_revision(&file) == without_revision(&second));
}

#[test]
fn line_breaks_between_tokens_become_spaces() {
    let sandbox = Sandbox::start().unwrap();
    let pretty = RawJson::from_text("{\n  \"a\": [1.0,\r\n 2]\n}").unwrap();
    sandbox.data_store(13_058, "Pretty").insert("k", pretty);
    let store = sandbox.client().universe(13_058).data_store("Pretty");
    let mut file = Vec::new();
    store.export(&mut file).run().unwrap();
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(text.contains("{   \"a\": [1.0,   2] }"), "{text}");
    assert_eq!(keys(&file), ["k"]);
}
