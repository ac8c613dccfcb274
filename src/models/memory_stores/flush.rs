//! The memory stores that a flush empties.

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
