//! Ids: one type for each kind of resource, so that a group's id cannot be passed where a user's is expected.

#[macro_use]
mod number;
#[macro_use]
mod text;

use crate::error::{Error, Result};

/// Returns ids, or an error without any. `what` names one of them.
pub(crate) fn at_least_one<T>(
    what: &str,
    ids: impl IntoIterator<Item = impl Into<T>>,
) -> Result<Vec<T>> {
    let ids: Vec<T> = ids.into_iter().map(Into::into).collect();
    if ids.is_empty() {
        return Err(Error::invalid_input(format!("name at least one {what}")));
    }
    Ok(ids)
}

id! {
    /// Identifies a user.
    ///
    /// ```
    /// use rblx_open_cloud::models::UserId;
    ///
    /// let id: UserId = "156".parse()?;
    /// assert_eq!(id, UserId::from(156));
    /// assert_eq!(id.to_string(), "156");
    /// assert!(156 == id && id == 156.into());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// To compare with a number, write it on the left of `==` or convert it: `id == 156` does not compile. Kinds do not mix:
    ///
    /// ```compile_fail
    /// # use rblx_open_cloud::{Client, models::GroupId};
    /// # fn f(client: Client) {
    /// client.user(GroupId::from(7));
    /// # }
    /// ```
    UserId = "users",
    /// Identifies a group.
    GroupId = "groups",
    /// Identifies a role within a group. It is compared with a number as `70 == role.id` or `role.id == 70.into()`.
    RoleId = "roles",
    /// Identifies an asset.
    AssetId = "assets",
    /// Identifies one copy of an asset that a user owns.
    AssetInstanceId = "instances",
    /// Identifies an outfit, a saved look of an avatar.
    OutfitId = "outfits",
    /// Identifies a badge.
    BadgeId = "badges",
    /// Identifies a game pass.
    GamePassId = "game-passes",
    /// Identifies a developer product.
    DeveloperProductId = "developer-products",
    /// Identifies a private server.
    PrivateServerId = "private-servers",
    /// Identifies a universe, which people call an experience or a game.
    UniverseId = "universes",
    /// Identifies a place of an experience.
    PlaceId = "places",
    /// Identifies an event of an experience.
    EventId = "game-events",
}

text_id! {
    /// Identifies a category of a group's forum.
    ///
    /// ```
    /// use rblx_open_cloud::models::ForumCategoryId;
    ///
    /// let id = ForumCategoryId::from("0a1b2c3d-0000-4000-8000-000000000001");
    /// assert_eq!(id.as_str(), id.to_string());
    /// ```
    ///
    /// Kinds do not mix:
    ///
    /// ```compile_fail
    /// # use rblx_open_cloud::{Client, models::{ForumCategoryId, ForumCommentFilter, ForumPostId}};
    /// # fn f(client: Client, category: ForumCategoryId, post: ForumPostId) {
    /// client.group(7).list_forum_comments(post, category, ForumCommentFilter::on_post());
    /// # }
    /// ```
    ForumCategoryId,
    /// Identifies a post of a group's forum.
    ForumPostId,
    /// Identifies a comment of a group's forum.
    ForumCommentId,
    /// Identifies a running or ended game server. Scripts read it as `game.JobId`.
    JobId,
    /// Identifies a restart of game servers.
    RestartId,
    /// Names a data store, in up to 50 characters.
    DataStoreId max 50,
    /// Names a scope of a data store, in up to 50 characters. Without one, the scope is `global`.
    DataStoreScope max 50,
    /// Names an entry of a data store, in up to 50 characters of any kind. It is what game servers call the key.
    EntryId max 50,
    /// Identifies a revision of an entry, which v1 and game servers call a version.
    RevisionId,
    /// Identifies a read of a queue, whose items can be discarded with it.
    ReadId,
    /// Identifies an instance of a place's data model.
    InstanceId,
    /// Identifies a secret of a universe. Scripts read it with `HttpService:GetSecret(id)`.
    SecretId max 64,
    /// Identifies a product that users subscribe to, such as `EXP-1`.
    SubscriptionProductId,
    /// Identifies an alert on a metric of a universe.
    AlertId,
    /// Identifies an incident of an alert.
    IncidentId,
}

#[cfg(test)]
mod tests {
    use super::{AssetId, UserId};

    #[test]
    fn texts_that_are_not_numbers_are_rejected_with_what_is_expected() {
        for (error, expected) in [
            (
                "abc".parse::<AssetId>().err(),
                r#""abc" is not a valid AssetId: a number from 0 to 18446744073709551615 is expected"#,
            ),
            (
                "18446744073709551616".parse::<UserId>().err(),
                r#""18446744073709551616" is not a valid UserId: a number from 0 to"#,
            ),
        ] {
            assert!(error.is_some_and(|error| error.to_string().contains(expected)));
        }
    }
}
