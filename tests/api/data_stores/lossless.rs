//! No update is lost, no increment is doubled: eight threads against the sandbox, with lost responses and many conflicts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use rblx_open_cloud::models::{Entry, EntryState, Increment, RawJson, RevisionFilter, SetEntry};
use rblx_open_cloud::resource::DataStoreEntry;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};
use serde_json::{Value, json};

const THREADS: u64 = 8;
const ROUNDS: u64 = 1000;

/// Random numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// The calls that the helpers make.
const CALLS: [&str; 5] = [
    "POST /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry",
    "POST /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry",
    "POST /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry",
    "GET /cloud/v2/universes/{u}/data-stores/{d}/entries/{e}",
    "GET /cloud/v2/universes/{u}/data-stores/{d}/entries/{e}:listRevisions",
];

/// Makes a coming request of any thread fail, in any way.
fn disturb(sandbox: &Sandbox, random: &mut Random) {
    let call = CALLS[usize::try_from(random.below(5)).unwrap()];
    let is_write = call.starts_with("POST");
    let fault = match random.below(9) {
        0..=2 => Fault::lost_answer(),
        3 => Fault::cut_body(),
        4 => Fault::truncated_json(),
        5 => Fault::close_connection(),
        6 => Fault::unavailable(),
        7 => Fault::gateway_html(502),
        // Errors that look like conflicts although nobody else wrote.
        _ if is_write => Fault::status(412, "FAILED_PRECONDITION", "Version mismatch."),
        _ => Fault::rate_limited(0),
    };
    sandbox.fail_on(call, fault);
}

fn client(sandbox: &Sandbox) -> Client {
    let millisecond = std::time::Duration::from_millis(1);
    let retry = RetryPolicy::default()
        .initial_backoff(millisecond)
        .max_backoff(millisecond * 2)
        .quota(1_000_000);
    sandbox.client_builder().retry(retry).build().unwrap()
}

/// Runs the rounds of all threads, each of which fails in the end or succeeds. Returns the markers of the rounds that
/// succeeded, and of those whose outcome stayed unknown.
fn run(
    sandbox: &Sandbox,
    keys: u64,
    round: impl Fn(&DataStoreEntry, &str) -> rblx_open_cloud::Result<()> + Sync,
) -> [BTreeSet<String>; 2] {
    let client = client(sandbox);
    let outcomes = Mutex::new([BTreeSet::new(), BTreeSet::new()]);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (client, outcomes, round) = (client.clone(), &outcomes, &round);
            scope.spawn(move || {
                let mut random = Random(thread + 1);
                let store = client.universe(13_058).data_store("Coins");
                for number in 0..ROUNDS / THREADS {
                    let key = format!("key_{}", random.below(keys));
                    let (entry, marker) = (store.entry(&key), format!("{thread}-{number} {key}"));
                    if random.below(2) == 0 {
                        disturb(sandbox, &mut random);
                    }
                    let is_known = loop {
                        match round(&entry, &marker) {
                            Ok(()) => break true,
                            Err(error) if error.outcome_unknown() => break false,
                            // Nothing was done.
                            Err(_) => {}
                        }
                    };
                    outcomes.lock().unwrap()[usize::from(!is_known)].insert(marker);
                }
            });
        }
    });
    sandbox.clear_faults();
    outcomes.into_inner().unwrap()
}

/// Returns the number of times that each marker was written, over all revisions.
fn written(
    sandbox: &Sandbox,
    marker: impl Fn(&Entry<Value>) -> Option<String>,
) -> BTreeMap<String, u32> {
    let store = client(sandbox).universe(13_058).data_store("Coins");
    let mut found = BTreeMap::new();
    for key in sandbox.data_store(13_058, "Coins").keys() {
        let entry = store.entry(&key);
        for revision in entry.list_revisions(RevisionFilter::all()) {
            let revision = revision.unwrap();
            assert_ne!(revision.state, Some(EntryState::Deleted));
            let read = entry.get_at::<Value>(&revision).unwrap();
            if let Some(marker) = marker(&read) {
                *found.entry(marker).or_default() += 1;
            }
        }
    }
    found
}

fn total(sandbox: &Sandbox, of: impl Fn(&Value) -> u64) -> u64 {
    let store = sandbox.data_store(13_058, "Coins");
    let values = store.keys().into_iter().map(|key| store.get(&key).unwrap());
    values.map(|value| of(&value)).sum()
}

#[test]
fn every_increment_counts_once() {
    let sandbox = Sandbox::start().unwrap();
    let [done, unknown] = run(&sandbox, 3, |entry, marker| {
        entry.increment_once(1, marker).map(drop)
    });
    let markers = written(&sandbox, |entry| {
        Some(entry.attributes["_once"].as_str().unwrap().to_owned())
    });
    assert_eq!(markers.values().max(), Some(&1), "a doubled increment");
    let lost: Vec<_> = done
        .iter()
        .filter(|marker| !markers.contains_key(*marker))
        .collect();
    assert!(lost.is_empty(), "lost increments: {lost:?}");
    assert_eq!(
        total(&sandbox, |value| value.as_u64().unwrap()),
        markers.len() as u64
    );
    // In almost all cases the outcome is found out.
    assert!(
        unknown.len() < 20,
        "{} of {ROUNDS} stayed unknown",
        unknown.len()
    );
    assert_eq!(done.len() + unknown.len(), usize::try_from(ROUNDS).unwrap());
}

#[test]
fn every_update_is_stored_and_unknown_outcomes_are_reported() {
    let sandbox = Sandbox::start().unwrap();
    let [done, unknown] = run(&sandbox, 3, |entry, marker| {
        let add = |old: Option<Value>| {
            let sum = old.map_or(0, |old| old["sum"].as_u64().unwrap());
            Ok(Some(json!({"sum": sum + 1, "marker": marker})))
        };
        entry.update(add).map(drop)
    });
    let markers = written(&sandbox, |entry| {
        Some(entry.value["marker"].as_str().unwrap().to_owned())
    });
    assert_eq!(
        markers.values().max(),
        Some(&1),
        "a change that was applied twice"
    );
    assert!(
        done.iter().all(|marker| markers.contains_key(marker)),
        "a lost change"
    );
    let applied = unknown
        .iter()
        .filter(|marker| markers.contains_key(*marker))
        .count();
    assert_eq!(
        total(&sandbox, |value| value["sum"].as_u64().unwrap()),
        (done.len() + applied) as u64
    );
    assert!(
        applied > 0 && applied < unknown.len(),
        "both happen: {applied} of {}",
        unknown.len()
    );
}

#[test]
fn the_steps_of_one_increment_may_all_fail() {
    let sandbox = Sandbox::start().unwrap();
    let faults: [fn() -> Fault; 6] = [
        Fault::lost_answer,
        Fault::cut_body,
        Fault::truncated_json,
        Fault::close_connection,
        Fault::unavailable,
        || Fault::gateway_html(504),
    ];
    let entry = client(&sandbox)
        .universe(13_058)
        .data_store("Coins")
        .entry("k");
    let mut sum = 0;
    for (number, write) in faults.iter().enumerate() {
        for read in &faults {
            sandbox.fail_on(CALLS[0], write());
            sandbox.fail_on(CALLS[3], read());
            sandbox.fail_on(CALLS[4], read());
            sum += 5;
            let added = entry
                .increment_once(5, format!("receipt {number}"))
                .unwrap();
            assert_eq!(added.value, sum);
            sandbox.clear_faults();
        }
    }
    assert_eq!(
        sandbox.data_store(13_058, "Coins").get("k"),
        Some(json!(sum))
    );
    assert_eq!(sandbox.data_store(13_058, "Coins").revision_count("k"), 36);
}

#[test]
fn a_value_that_is_not_a_whole_number_is_not_added_to() {
    let sandbox = Sandbox::start().unwrap();
    let entry = client(&sandbox)
        .universe(13_058)
        .data_store("Coins")
        .entry("k");
    for value in [json!("many"), json!(1.5), json!({ "coins": 1 })] {
        let text = RawJson::new(&value).unwrap();
        sandbox.data_store(13_058, "Coins").insert("k", text);
        let error = entry.increment_once(1, "receipt").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let text = error.to_string();
        assert!(text.contains("is not a whole number"), "{text}");
        assert!(text.contains("with `update`"), "{text}");
        assert_eq!(sandbox.data_store(13_058, "Coins").get("k"), Some(value));
    }
}

#[test]
fn the_same_marker_adds_again_in_a_later_call() {
    let sandbox = Sandbox::start().unwrap();
    let entry = client(&sandbox)
        .universe(13_058)
        .data_store("Coins")
        .entry("k");
    for sum in 1..=4 {
        sandbox.fail_on(
            CALLS[0],
            if sum % 2 == 0 {
                Fault::lost_answer()
            } else {
                Fault::unavailable()
            },
        );
        assert_eq!(entry.increment_once(1, "the same").unwrap().value, sum);
        // Others keep the attributes, but not the marker.
        entry.update::<i64>(Ok).unwrap();
        assert!(entry.get::<i64>().unwrap().attributes.is_empty());
    }
    // The same after a deletion.
    entry.delete().unwrap();
    sandbox.fail_on(CALLS[0], Fault::lost_answer());
    assert_eq!(entry.increment_once(1, "the same").unwrap().value, 1);
    entry.delete().unwrap();
    sandbox.fail_on(CALLS[0], Fault::close_connection());
    assert_eq!(entry.increment_once(1, "the same").unwrap().value, 1);
}

#[test]
fn users_and_attributes_stay_with_every_helper_and_go_with_plain_writes() {
    let sandbox = Sandbox::start().unwrap();
    let store = sandbox.data_store(13_058, "Coins");
    let number: RawJson = "5".parse().unwrap();
    store.insert_with("k", number, [7], json!({"level": 3}));
    let entry = client(&sandbox)
        .universe(13_058)
        .data_store("Coins")
        .entry("k");
    let kept = || (store.users("k"), store.attributes("k")["level"].clone());
    let all = (vec![7.into()], json!(3));
    let first = entry.get::<i64>().unwrap();
    entry
        .update::<i64>(|old| Ok(old.map(|old| old + 1)))
        .unwrap();
    assert_eq!(kept(), all);
    entry.increment_once(1, "m").unwrap();
    assert_eq!(kept(), all);
    entry.set(SetEntry::new(1).keep(&first)).unwrap();
    assert_eq!(kept(), all);
    entry.increment(Increment::by(1).keep(&first)).unwrap();
    assert_eq!(kept(), all);
    entry.set(SetEntry::new(2)).unwrap();
    assert_eq!(kept(), (Vec::new(), Value::Null));
    entry.delete().unwrap();
    let restored = entry.roll_back(&first.revision_id).unwrap();
    assert_eq!((kept(), restored.value.as_str()), (all, "5"));
    let stale = entry
        .set(SetEntry::new(9).if_revision(&first.revision_id))
        .unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    let present = entry.set(SetEntry::new(9).if_absent()).unwrap_err();
    assert_eq!(present.kind(), ErrorKind::Conflict);
    entry
        .set(SetEntry::new(9).if_revision(&restored.revision_id))
        .unwrap();
    assert_eq!(store.get("k"), Some(json!(9)));
}
