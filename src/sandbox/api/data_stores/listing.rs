//! Lists of entries, in one scope or in all.

use serde_json::json;

use crate::sandbox::state::data_store::DataStore;
use crate::sandbox::state::data_store::entry::Entry;

/// The scope with which a list selects all scopes.
pub(super) const ALL_SCOPES: &str = "-";

/// One entry of a list.
pub(super) struct Listed<'s> {
    pub(super) scope: &'s str,
    pub(super) key: &'s str,
    pub(super) entry: &'s Entry,
    /// Whether the list is one of all scopes.
    in_all_scopes: bool,
}

impl Listed<'_> {
    /// Returns the position in the list.
    pub(super) fn position(&self) -> String {
        json!([self.scope, self.key]).to_string()
    }

    /// Returns the key; in lists of all scopes after the scope and a slash.
    pub(super) fn id(&self) -> String {
        if self.in_all_scopes {
            format!("{}/{}", self.scope, self.key)
        } else {
            self.key.to_owned()
        }
    }
}

/// Returns the entries of a scope, or of all scopes for `-`, whose ids start with the prefix, from a position on.
pub(super) fn listed<'s>(
    store: &'s DataStore,
    scope: &str,
    prefix: &str,
    after: Option<&str>,
) -> impl Iterator<Item = Listed<'s>> {
    let in_all_scopes = scope == ALL_SCOPES;
    let only = (!in_all_scopes).then(|| scope.to_owned());
    let prefix = prefix.to_owned();
    let after = after.and_then(|after| serde_json::from_str::<(String, String)>(after).ok());
    let first = after.as_ref().map(|after| after.0.clone()).or(only.clone());
    let scopes = store.scopes(&first.unwrap_or_default());
    let scopes = scopes.take_while(move |scope| only.as_ref().is_none_or(|only| only == scope));
    scopes.flat_map(move |scope| {
        let prefix = if in_all_scopes {
            key_prefix(scope, &prefix)
        } else {
            Some(prefix.clone())
        };
        let after = after.as_ref().filter(|after| after.0 == scope);
        let after = after.map(|after| after.1.clone());
        let keys = prefix.map(|prefix| store.keys(scope, &prefix, after.as_deref()));
        keys.into_iter().flatten().map(move |(key, entry)| Listed {
            scope,
            key,
            entry,
            in_all_scopes,
        })
    })
}

/// Returns the prefix that the keys of a scope must have so that `scope/key` begins with `prefix`. `None` if no key of the
/// scope can match.
fn key_prefix(scope: &str, prefix: &str) -> Option<String> {
    let start = format!("{scope}/");
    let rest = prefix.strip_prefix(&start).map(str::to_owned);
    rest.or_else(|| start.starts_with(prefix).then(String::new))
}
