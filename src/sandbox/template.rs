//! Documented path templates, such as `/cloud/v2/users/{user_id}:generateThumbnail`.

use std::cmp::Ordering;

use percent_encoding::percent_decode_str;

/// The values of a path's parameters by name, still percent-encoded.
pub(crate) type Params = Vec<(&'static str, String)>;

#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) text: &'static str,
    /// The text without the names of the parameters.
    shape: String,
    segments: Vec<Segment>,
}

#[derive(Debug)]
enum Segment {
    Literal(&'static str),
    /// The name, and the verb after it with its colon.
    Param(&'static str, &'static str),
}

impl Template {
    pub(crate) fn new(text: &'static str) -> Self {
        Self {
            text,
            shape: shape(text),
            segments: text.split('/').skip(1).map(Segment::new).collect(),
        }
    }

    /// Returns whether a text is a path that matches, or this template with other names of the parameters.
    pub(crate) fn matches_path_or_template(&self, path: &str) -> bool {
        self.shape == shape(path) || self.match_path(&split_path(path)).is_some()
    }

    pub(crate) fn has_shape_of(&self, other: &Self) -> bool {
        self.shape == other.shape
    }

    /// Returns the parameters if the segments of a path match.
    pub(crate) fn match_path(&self, path: &[&str]) -> Option<Params> {
        if path.len() != self.segments.len() {
            return None;
        }
        let has_unknown_verb = path.last().is_some_and(|last| has_verb(last))
            && matches!(self.segments.last(), Some(Segment::Param(_, "")));
        if has_unknown_verb {
            return None;
        }
        let mut params = Params::new();
        for (segment, raw) in self.segments.iter().zip(path) {
            match segment {
                Segment::Literal(text) if raw == text || decode(raw) == *text => {}
                Segment::Literal(_) => return None,
                Segment::Param(name, verb) => {
                    let value = raw.strip_suffix(verb).filter(|value| !value.is_empty())?;
                    params.push((name, value.to_owned()));
                }
            }
        }
        Some(params)
    }

    /// Orders templates that match the same path: the more precise one is greater.
    pub(crate) fn cmp_precision(&self, other: &Self) -> Ordering {
        let ranks = |template: &Self| -> Vec<u8> {
            template.segments.iter().map(Segment::precision).collect()
        };
        ranks(self).cmp(&ranks(other))
    }
}

impl Segment {
    fn new(text: &'static str) -> Self {
        let param = text.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        param.map_or(Self::Literal(text), |(name, verb)| Self::Param(name, verb))
    }

    fn precision(&self) -> u8 {
        match self {
            Self::Param(_, "") => 0,
            Self::Param(..) => 1,
            Self::Literal(_) => 2,
        }
    }
}

/// Returns whether a segment ends with a verb: letters after a bare colon. A colon after a bare `@` belongs to a revision.
fn has_verb(segment: &str) -> bool {
    let verb = segment.rsplit_once(':').map(|(_, verb)| verb);
    let is_verb = |verb: &str| !verb.is_empty() && verb.bytes().all(|b| b.is_ascii_alphabetic());
    verb.is_some_and(is_verb) && !segment.contains('@')
}

/// Removes the names of the parameters, so that templates which differ only in these are equal.
pub(crate) fn shape(template: &str) -> String {
    let mut parts = template.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, after) = part.split_once('}').unwrap_or((part, ""));
        shape.push_str("{}");
        shape.push_str(after);
    }
    shape
}

/// Splits a path into its segments, still percent-encoded. Empty for a path without a leading slash.
pub(crate) fn split_path(path: &str) -> Vec<&str> {
    let segments = path.strip_prefix('/').map(|path| path.split('/'));
    segments.into_iter().flatten().collect()
}

/// Decodes percent-encoding.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Template, split_path};

    fn params(template: &'static str, path: &str) -> Option<Vec<String>> {
        let found = Template::new(template).match_path(&split_path(path))?;
        Some(found.into_iter().map(|(_, value)| value).collect())
    }

    #[test]
    fn verbs_belong_to_the_template() {
        let verb = "/users/{user_id}:generateThumbnail";
        assert_eq!(
            params(verb, "/users/5:generateThumbnail"),
            Some(vec!["5".to_owned()])
        );
        for other in [
            "/users/5",
            "/users/:generateThumbnail",
            "/users/5%3AgenerateThumbnail",
            "/users/5:generateThumbnail/x",
            "users/5:generateThumbnail",
        ] {
            assert_eq!(params(verb, other), None, "{other}");
        }
        assert_eq!(
            params("/queues/items:read", "/queues/items:read"),
            Some(vec![])
        );
    }

    #[test]
    fn parameters_keep_their_encoding() {
        let entry = "/entries/{entry_id}";
        for value in ["a%40b@latest:2024-12-02T06:00:00Z", "a%2Fb", "%00"] {
            let path = format!("/entries/{value}");
            assert_eq!(params(entry, &path), Some(vec![value.to_owned()]));
        }
        assert_eq!(params(entry, "/entries/"), None);
        assert_eq!(params(entry, "/entries/x:increment"), None);
        assert_eq!(params(entry, "/%65ntries/x"), Some(vec!["x".to_owned()]));
    }

    #[test]
    fn precision_and_shape() {
        let plain = Template::new("/groups/{id}");
        let verb = Template::new("/groups/{group_id}:join");
        let literal = Template::new("/groups/policies");
        assert!(verb.cmp_precision(&plain).is_gt());
        assert!(literal.cmp_precision(&verb).is_gt());
        assert!(plain.has_shape_of(&Template::new("/groups/{group_id}")));
        assert!(!plain.has_shape_of(&verb));
    }
}
