//! Names that the service changed without an error.

/// Whether the service wrote `#` in place of letters.
pub(crate) fn is_censored(requested: &str, stored: &str) -> bool {
    let count = |text: &str| text.matches('#').count();
    requested != stored && count(stored) > count(requested)
}

#[cfg(test)]
mod tests {
    use super::is_censored;

    #[test]
    fn number_signs_of_the_caller_are_not_censorship() {
        assert!(is_censored("bad word", "bad ####"));
        assert!(is_censored("bad", "###"));
        assert!(!is_censored("track #1", "track #1"));
        assert!(!is_censored("a", "b"));
    }
}
