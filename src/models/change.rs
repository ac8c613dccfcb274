//! Changes of resources: which fields to set, as the body and the `updateMask` of a request.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// The fields that a change sets or removes.
///
/// They are in the documented order, then by name, so that equal changes send equal requests. The last value of a field
/// is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    order: &'static [&'static str],
    changes: Vec<(Cow<'static, str>, Change)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    Set(Value),
    /// In the mask but not in the body: the service removes the value.
    Absent,
    /// The error that is returned when the request is built.
    Invalid(String),
}

impl Fields {
    pub(crate) const fn new(order: &'static [&'static str]) -> Self {
        Self {
            order,
            changes: Vec::new(),
        }
    }

    /// Sets a field, by its path: `discordSocialLink.title` is a field of a field.
    pub(crate) fn set(&mut self, path: impl Into<Cow<'static, str>>, value: impl Serialize) {
        self.set_json(path.into(), serde_json::to_value(value));
    }

    fn set_json(&mut self, path: Cow<'static, str>, value: serde_json::Result<Value>) {
        let change = match value {
            Ok(value) => Change::Set(value),
            Err(error) => Change::Invalid(error.to_string()),
        };
        self.insert(path, change);
    }

    /// Removes the value of a field.
    pub(crate) fn set_absent(&mut self, path: impl Into<Cow<'static, str>>) {
        self.insert(path.into(), Change::Absent);
    }

    /// Rejects the value of a field, unless the field is set again.
    pub(crate) fn set_invalid(&mut self, path: impl Into<Cow<'static, str>>, reason: String) {
        self.insert(path.into(), Change::Invalid(reason));
    }

    /// Sets a field, or rejects its value.
    pub(crate) fn set_checked(
        &mut self,
        path: impl Into<Cow<'static, str>>,
        value: Result<impl Serialize>,
    ) {
        match value {
            Ok(value) => self.set(path, value),
            Err(error) => self.set_invalid(path, error.message().to_owned()),
        }
    }

    fn insert(&mut self, path: Cow<'static, str>, change: Change) {
        let order = self.order;
        let rank = |path: &str| order.iter().position(|known| *known == path);
        let key = |path: &str| (rank(path).unwrap_or(order.len()), path.to_owned());
        self.changes.retain(|(known, _)| *known != path);
        let wanted = key(&path);
        let at = self
            .changes
            .partition_point(|(known, _)| key(known) < wanted);
        self.changes.insert(at, (path, change));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns the paths of the fields.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().map(|(path, _)| &**path)
    }

    /// Returns the value of `updateMask`.
    pub(crate) fn mask(&self) -> String {
        self.paths().collect::<Vec<_>>().join(",")
    }

    /// Returns the fields and their values as JSON.
    pub(crate) fn body(&self) -> Map<String, Value> {
        let mut body = Map::new();
        for (path, change) in &self.changes {
            if let Change::Set(value) = change {
                insert_at(&mut body, path, value.clone());
            }
        }
        body
    }

    /// Returns the value of `updateMask`, and the body.
    pub(crate) fn mask_and_body(&self) -> (String, Map<String, Value>) {
        (self.mask(), self.body())
    }

    /// Returns the fields in their order, with their values as the texts of a form.
    #[cfg(feature = "upload")]
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Cow<'static, str>, String)> {
        self.changes.iter().filter_map(|(path, change)| {
            let Change::Set(value) = change else {
                return None;
            };
            let text = value.as_str().map(str::to_owned);
            Some((path.clone(), text.unwrap_or_else(|| value.to_string())))
        })
    }

    /// Whether the field is set.
    #[cfg(feature = "upload")]
    pub(crate) fn has(&self, path: &str) -> bool {
        self.paths().any(|known| known == path)
    }

    /// Returns an error if a value was rejected.
    pub(crate) fn valid(&self) -> Result<&Self> {
        let mut reasons = self.changes.iter().filter_map(|(_, change)| match change {
            Change::Invalid(reason) => Some(reason),
            Change::Set(_) | Change::Absent => None,
        });
        match reasons.next() {
            Some(reason) => Err(Error::invalid_input(reason.clone())),
            None => Ok(self),
        }
    }

    /// Returns an error if nothing is set, or a value was rejected.
    pub(crate) fn validated(&self, what: &str) -> Result<&Self> {
        if self.is_empty() {
            return Err(Error::invalid_input(format!(
                "{what} changes nothing; set at least one field"
            )));
        }
        self.valid()
    }
}

/// Inserts a value at a path of names that are separated by dots.
fn insert_at(object: &mut Map<String, Value>, path: &str, value: Value) {
    let Some((name, rest)) = path.split_once('.') else {
        object.insert(path.to_owned(), value);
        return;
    };
    let inner = object.entry(name).or_insert_with(|| Map::new().into());
    if !inner.is_object() {
        *inner = Map::new().into();
    }
    if let Value::Object(inner) = inner {
        insert_at(inner, rest, value);
    }
}

/// Writes the body.
impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body().serialize(serializer)
    }
}

/// Defines a change: a builder with a setter for each field, in the documented order. A setter accepts a value of the
/// type, or with `into` a value that converts to it. With `check` or `into`, a function can validate the value: it returns
/// the value to send, or the error that rejects it.
///
/// Settings that are not fields of the resource follow the name in braces. The text names the change in errors.
macro_rules! change {
    (
        $(#[$meta:meta])*
        $name:ident $({ $($extra:ident: $extra_type:ty),* $(,)? })?: $what:literal,
        $($(#[$doc:meta])* $setter:ident = $path:literal: $kind:ident $($target:ty)? $(=> $check:path)?,)*
    ) => {
        $(#[$meta])*
        #[must_use]
        pub struct $name {
            fields: $crate::models::change::Fields,
            $($($extra: $extra_type,)*)?
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    fields: $crate::models::change::Fields::new(&[$($path),*]),
                    $($($extra: Default::default(),)*)?
                }
            }
        }

        impl $name {
            /// Creates a change that sets nothing yet.
            pub fn new() -> Self {
                Self::default()
            }

            $(change! { @setter [$(#[$doc])*] $setter $path $kind $($target)? $(=> $check)? })*

            /// Returns an error if nothing is set, or a value was rejected.
            pub(crate) fn validated(&self) -> $crate::Result<&$crate::models::change::Fields> {
                self.fields.validated($what)
            }
        }
    };
    (@setter [$(#[$doc:meta])*] $setter:ident $path:literal into $target:ty) => {
        $(#[$doc])*
        pub fn $setter(mut self, value: impl Into<$target>) -> Self {
            self.fields.set($path, value.into());
            self
        }
    };
    (@setter [$(#[$doc:meta])*] $setter:ident $path:literal check $target:ty => $check:path) => {
        $(#[$doc])*
        pub fn $setter(mut self, value: $target) -> Self {
            self.fields.set_checked($path, $check(value));
            self
        }
    };
    (@setter [$(#[$doc:meta])*] $setter:ident $path:literal into $target:ty => $check:path) => {
        $(#[$doc])*
        pub fn $setter(mut self, value: impl Into<$target>) -> Self {
            self.fields.set_checked($path, $check(value.into()));
            self
        }
    };
    (@setter [$(#[$doc:meta])*] $setter:ident $path:literal $kind:ident) => {
        $(#[$doc])*
        pub fn $setter(mut self, value: $kind) -> Self {
            self.fields.set($path, value);
            self
        }
    };
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Fields;
    use crate::error::Error;

    fn fields() -> Fields {
        Fields::new(&["name", "link.title", "link.uri", "price"])
    }

    #[test]
    fn mask_and_body_agree_in_any_order() {
        let mut fields = fields();
        fields.set("zone", 1);
        fields.set("price", 5);
        fields.set("link.uri", "u");
        fields.set("name", "first");
        fields.set_absent("link.title");
        fields.set("name", "last");
        fields.set_absent("area");
        assert_eq!(fields.mask(), "name,link.title,link.uri,price,area,zone");
        let body = json!({"name": "last", "link": {"uri": "u"}, "price": 5, "zone": 1});
        assert_eq!(Value::Object(fields.body()), body);
        assert_eq!(serde_json::to_value(&fields).ok(), Some(body));
        fields.set("engineInstance.Details.Script.Source", "print()");
        assert_eq!(
            fields.body().get("engineInstance"),
            Some(&json!({"Details": {"Script": {"Source": "print()"}}}))
        );
    }

    #[test]
    fn rejected_values_are_errors_until_they_are_set_again() {
        let mut fields = fields();
        let nothing = fields.validated("the update").err();
        assert!(
            nothing.is_some_and(|error| error.to_string().contains("the update changes nothing"))
        );
        let negative = Err::<u32, _>(Error::invalid_input("a price of -1 is rejected"));
        fields.set_checked("price", negative);
        let rejected = fields.validated("the update").err();
        assert!(
            rejected.is_some_and(|error| error.to_string().contains("a price of -1 is rejected"))
        );
        fields.set("price", 1);
        assert!(fields.validated("the update").is_ok());
    }
}
