//! The resources of a sandbox as JSON, to be saved, loaded and compared.

use serde_json::{Map, Value};

use super::State;
use super::invalid_state::{InvalidState, read, reject_unknown};
use super::store::Store;

impl State {
    /// Returns the resources. Operations and scripts under way, faults and recorded requests are not among them.
    pub(crate) fn snapshot(&self) -> serde_json::Result<Value> {
        serde_json::to_value(&self.store)
    }

    /// Replaces the resources. Operations and scripts that were started before are forgotten.
    pub(crate) fn restore(&mut self, snapshot: &Value) -> Result<(), InvalidState> {
        let mut store: Store = read(snapshot)?;
        reject_unknown(snapshot, &serde_json::to_value(&store)?)?;
        store.complete();
        self.store = store;
        self.operations = super::Operations::default();
        self.luau.forget();
        Ok(())
    }

    /// Changes the resources by a JSON merge patch (RFC 7396) of a snapshot: objects are merged, `null` removes, anything
    /// else replaces.
    pub(crate) fn merge(&mut self, patch: Value) -> Result<(), InvalidState> {
        let mut snapshot = self.snapshot()?;
        merge(&mut snapshot, patch);
        self.restore(&snapshot)
    }
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(&name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    #[test]
    fn a_patch_merges_replaces_and_removes() {
        let mut target = json!({ "a": { "b": 1, "c": 2 }, "d": [1, 2] });
        merge(
            &mut target,
            json!({ "a": { "b": null, "e": { "f": null, "g": 3 } }, "d": [4] }),
        );
        assert_eq!(
            target,
            json!({ "a": { "c": 2, "e": { "g": 3 } }, "d": [4] })
        );
    }
}
