//! Ids of localization.

text_id! {
    /// Names a language, such as `es`, or a language of a region, such as `pt-br`.
    ///
    /// ```
    /// use rblx_open_cloud::models::LanguageCode;
    ///
    /// assert_eq!(LanguageCode::from("zh-hans").as_str(), "zh-hans");
    /// ```
    LanguageCode,
    /// Identifies a localization table: a UUID.
    TableId,
}

id! {
    /// Identifies a thumbnail of a universe in one language.
    ThumbnailId = "thumbnails",
}
