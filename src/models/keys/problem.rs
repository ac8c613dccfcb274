//! Problems of an API key, as sentences.

use std::fmt;

use time::{Duration, OffsetDateTime};

use super::info::{KeyInfo, KeyScope, KeyTarget, split_scope};
use super::scope::{RequiredScopes, Scope, Target};

/// A key that expires within this time is reported.
const EXPIRES_SOON: Duration = Duration::days(7);

/// A problem of an API key. It displays as a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyProblem {
    /// The key is disabled.
    Disabled,
    /// The key has expired.
    #[non_exhaustive]
    Expired {
        /// Expiration time, if the service returns it.
        since: Option<OffsetDateTime>,
    },
    /// The key expires within a week.
    #[non_exhaustive]
    ExpiresSoon {
        /// Expiration time.
        at: OffsetDateTime,
        /// Time until then.
        left: Duration,
    },
    /// The key lacks a scope that is required, or does not have it for the resource.
    #[non_exhaustive]
    MissingScope {
        /// Scope that is required.
        scope: Scope,
        /// Resource for which it is required, in words; empty if any.
        target: String,
        /// Resources for which the key has the scope, in words; empty if it does not have it at all.
        has_it_for: String,
    },
}

impl KeyProblem {
    /// Returns whether calls already fail.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Self::ExpiresSoon { .. })
    }

    pub(super) fn missing_scope(key: &KeyInfo, scope: Scope, target: &Target) -> Self {
        let mut has: Vec<String> = Vec::new();
        for granted in key.scopes_granting(&scope) {
            has.extend(targets(granted));
        }
        has.dedup();
        Self::MissingScope {
            scope,
            target: target.to_string(),
            has_it_for: has.join(", "),
        }
    }
}

impl KeyInfo {
    /// Returns the problems of the key for the scopes that a program requires. Each problem displays as a sentence that
    /// says what to do.
    ///
    /// ```
    /// use rblx_open_cloud::models::{KeyInfo, Scope};
    ///
    /// # let json = r#"{"enabled": true, "scopes": [{"name": "asset", "operations": ["read"], "userIds": ["*"]}]}"#;
    /// let info: KeyInfo = serde_json::from_str(json)?;   // or client.key_info()?
    /// let problems = info.problems([Scope::AssetRead.for_user(156), Scope::AssetWrite.for_user(156)]);
    /// for problem in &problems {
    ///     println!("{problem}");
    /// }
    /// assert_eq!(problems.len(), 1);
    /// assert!(problems[0].to_string().contains("asset:write for user 156"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// A key that is disabled, has expired, or expires within a week is a problem too. [`KeyProblem::is_fatal`] returns
    /// whether calls already fail.
    pub fn problems<N: Into<RequiredScopes>>(
        &self,
        needs: impl IntoIterator<Item = N>,
    ) -> Vec<KeyProblem> {
        let state = state_problems(self, OffsetDateTime::now_utc());
        let needs = needs.into_iter().map(Into::into);
        let missing = needs
            .flat_map(RequiredScopes::each_scope)
            .filter(|(scope, target)| !self.has(scope, target))
            .map(|(scope, target)| KeyProblem::missing_scope(self, scope, &target));
        state.into_iter().chain(missing).collect()
    }
}

/// Returns the problems of the key that do not depend on scopes.
pub(super) fn state_problems(key: &KeyInfo, now: OffsetDateTime) -> Vec<KeyProblem> {
    let mut problems = Vec::new();
    if key.enabled == Some(false) {
        problems.push(KeyProblem::Disabled);
    }
    let end = key.expiration_time;
    match end {
        _ if key.expired == Some(true) => problems.push(KeyProblem::Expired { since: end }),
        Some(end) if end <= now => problems.push(KeyProblem::Expired { since: Some(end) }),
        Some(at) if at <= now.saturating_add(EXPIRES_SOON) => {
            let left = at - now;
            problems.push(KeyProblem::ExpiresSoon { at, left });
        }
        _ => {}
    }
    problems
}

/// Returns the resources that a scope covers, in words.
fn targets(scope: &KeyScope) -> Vec<String> {
    fn word<T: fmt::Display>(kind: &str, target: &KeyTarget<T>) -> String {
        match target {
            KeyTarget::All => format!("every {kind} of the owner"),
            KeyTarget::One(id) => format!("{kind} {id}"),
        }
    }
    let mut all = Vec::new();
    for user in scope.user_ids.as_deref().unwrap_or_default() {
        all.push(word("user", user));
    }
    for group in scope.group_ids.as_deref().unwrap_or_default() {
        all.push(word("group", group));
    }
    for universe in scope.universe_ids.as_deref().unwrap_or_default() {
        all.push(word("universe", universe));
    }
    for store in scope.stores() {
        let universe = word("universe", &store.universe_id);
        all.push(match store.datastore_name.as_deref() {
            None | Some("*") => format!("every data store of {universe}"),
            Some(name) => format!("data store {name:?} of {universe}"),
        });
    }
    all
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disabled => {
                formatter.write_str("the key is disabled; enable it on the Creator Dashboard")
            }
            Self::Expired { since } => {
                formatter.write_str("the key has expired")?;
                if let Some(since) = since {
                    write!(formatter, " on {}", since.date())?;
                }
                formatter.write_str("; give it a new expiration date on the Creator Dashboard")
            }
            Self::ExpiresSoon { at, left } => {
                let (count, unit) = match left.whole_days() {
                    0 => (left.whole_hours(), "hour"),
                    days => (days, "day"),
                };
                let plural = if count == 1 { "" } else { "s" };
                write!(
                    formatter,
                    "the key expires in {count} {unit}{plural}, on {}; extend it on the Creator Dashboard",
                    at.date()
                )
            }
            Self::MissingScope {
                scope,
                target,
                has_it_for,
            } => write_missing_scope(formatter, scope, target, has_it_for),
        }
    }
}

fn write_missing_scope(
    formatter: &mut fmt::Formatter<'_>,
    scope: &Scope,
    target: &str,
    has_it_for: &str,
) -> fmt::Result {
    let (name, operation) = split_scope(scope);
    let target_too = match target {
        "" => String::new(),
        target => format!(" for {target}"),
    };
    write!(formatter, "the key lacks {scope}{target_too}; ")?;
    if target.is_empty() || has_it_for.is_empty() {
        write!(
            formatter,
            "add `{name}` with `{operation}`{target_too} to its access permissions on the Creator Dashboard"
        )
    } else {
        write!(
            formatter,
            "it has {scope} only for {has_it_for}: add {target} to it on the Creator Dashboard"
        )
    }
}
