//! Preferences for notifications from a group.

use crate::error::Result;
use crate::models::NumberOrText;
use crate::models::open_enum::OpenEnum as _;

open_enum! {
    /// A kind of notification that a group sends.
    GroupNotificationType,
    /// A new announcement.
    AnnouncementCreated = "AnnouncementCreatedNotification" | "0",
    /// A new forum post.
    ForumPostCreated = "ForumPostCreatedNotification" | "1",
    /// A new forum comment.
    ForumCommentCreated = "ForumCommentCreatedNotification" | "2",
    /// A new reply to a forum comment.
    ForumCommentReplyCreated = "ForumCommentReplyCreatedNotification" | "3",
    /// News for subscribers of the forum.
    ForumSubscriber = "ForumSubscriberNotification" | "4",
}

impl GroupNotificationType {
    /// Returns the value for a request: a number where one is known. The wrong case of a known value is an error.
    pub(crate) fn code(&self) -> Result<NumberOrText> {
        let text = self.validated()?;
        let number = match self {
            Self::AnnouncementCreated => Ok(0),
            Self::ForumPostCreated => Ok(1),
            Self::ForumCommentCreated => Ok(2),
            Self::ForumCommentReplyCreated => Ok(3),
            Self::ForumSubscriber => Ok(4),
            Self::Unknown(_) => text.parse(),
        };
        Ok(number.map_or_else(|_| text.into(), NumberOrText::Number))
    }
}

open_enum! {
    /// The effect of setting a notification preference.
    GroupNotificationChange,
    /// The preference had this value before.
    Unchanged = "Unchanged" | "0",
    /// There was no preference before.
    Created = "Created" | "1",
    /// The preference was removed.
    Deleted = "Deleted" | "2",
    /// The preference had another value before.
    Updated = "Updated" | "3",
}
