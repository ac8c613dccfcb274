//! Names that callers choose, for requests.

use crate::error::{Error, Result};

/// Returns a name for a path or a query. An empty one would name the list around the resource.
pub(crate) fn validated_name<'a>(what: &str, name: &'a str, max: usize) -> Result<&'a str> {
    if name.is_empty() {
        return Err(Error::invalid_input(format!("{what} cannot be empty")));
    }
    // Some servers read it as a relative path segment, even when it is encoded.
    if matches!(name, "." | "..") {
        return Err(Error::invalid_input(format!("{what} cannot be {name:?}")));
    }
    let length = name.chars().count();
    if length > max {
        return Err(Error::invalid_input(format!(
            "{what} has at most {max} characters, not {length}: {name:?}"
        )));
    }
    Ok(name)
}

/// Returns the last segment of a resource path, decoded: a service that writes an id with a slash encodes it.
pub(crate) fn name_in_path(path: &str, collection: &str) -> Option<String> {
    let mut segments = path.rsplit('/');
    let name = segments.next().filter(|name| !name.is_empty())?;
    (segments.next() == Some(collection)).then(|| crate::http::percent_decode(name))
}

#[cfg(test)]
mod tests {
    use super::{name_in_path, validated_name};

    #[test]
    fn lengths_count_in_characters() {
        for name in ["a", "🎩🎩🎩🎩🎩", "a/b@c"] {
            assert_eq!(validated_name("a name", name, 5).ok(), Some(name));
        }
        for (name, why) in [
            ("", "a name cannot be empty"),
            ("..", "a name cannot be \"..\""),
            (
                "äöüßéx",
                "a name has at most 5 characters, not 6: \"äöüßéx\"",
            ),
        ] {
            let error = validated_name("a name", name, 5).err();
            assert!(error.is_some_and(|error| error.to_string().contains(why)));
        }
    }

    #[test]
    fn names_at_the_end_of_a_path() {
        for (path, name) in [
            (
                "universes/1/ordered-data-stores/o/scopes/s/entries/e",
                Some("e"),
            ),
            (
                "cloud/v2/universes/1/x/entries/name%3A%3Aid",
                Some("name::id"),
            ),
            ("universes/1/x/entries/", None),
            ("universes/1/x/items/e", None),
            ("e", None),
            ("", None),
        ] {
            assert_eq!(name_in_path(path, "entries").as_deref(), name, "{path}");
        }
    }
}
