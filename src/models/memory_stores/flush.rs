//! What a flush empties.

open_enum! {
    /// The memory stores to flush.
    ///
    /// ```
    /// use rblx_open_cloud::models::FlushScope;
    ///
    /// assert_eq!(FlushScope::Test.as_str(), "TEST");
    /// ```
    FlushScope,
    /// Those of the servers that players are in.
    Live = "LIVE",
    /// Those of tests, such as in Roblox Studio.
    Test = "TEST",
}

impl FlushScope {
    /// The scope for a request. One that was misspelled might empty the wrong stores.
    pub(crate) fn validated(&self) -> crate::Result<&str> {
        super::super::open_enum::reject_misspelled(self.as_str(), "FlushScope", Self::KNOWN)?;
        Ok(self.as_str())
    }
}
