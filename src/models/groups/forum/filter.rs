//! What of a forum to list.

use crate::error::{Error, Result};
use crate::models::ForumCommentId;

/// Which categories of a forum to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct ForumCategoryFilter {
    is_archived: bool,
}

impl ForumCategoryFilter {
    /// Those in use, without archived ones.
    #[must_use]
    pub fn current() -> Self {
        Self::default()
    }

    /// Archived ones. The service does not tell whether those in use come with them.
    #[must_use]
    pub fn archived() -> Self {
        Self { is_archived: true }
    }

    /// The value of the `filter` parameter.
    pub(crate) fn to_filter_string(self) -> Option<&'static str> {
        self.is_archived.then_some("archived==true")
    }
}

/// Which posts of a forum to list, and how much of each.
///
/// ```
/// use rblx_open_cloud::models::ForumPostFilter;
///
/// let titles = ForumPostFilter::all();
/// let pinned = ForumPostFilter::pinned().with_first_comment();
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct ForumPostFilter {
    is_pinned: bool,
    has_first_comment: bool,
}

impl ForumPostFilter {
    /// Every post.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Pinned posts only.
    #[must_use]
    pub fn pinned() -> Self {
        Self {
            is_pinned: true,
            ..Self::default()
        }
    }

    /// With the content of each post, which is its first comment.
    #[must_use]
    pub fn with_first_comment(mut self) -> Self {
        self.has_first_comment = true;
        self
    }

    /// The value of the `filter` parameter.
    pub(crate) fn to_filter_string(self) -> Option<&'static str> {
        self.is_pinned.then_some("pinned==true")
    }

    /// The value of the `view` parameter. Which one is meant without it is documented in two ways.
    pub(crate) fn view(self) -> &'static str {
        if self.has_first_comment {
            "FULL_WITH_FIRST_COMMENT"
        } else {
            "FULL"
        }
    }
}

/// Which comments on a post to list.
#[derive(Debug, Clone, Default)]
pub struct ForumCommentFilter {
    replies_to: Option<ForumCommentId>,
}

impl ForumCommentFilter {
    /// Those on the post itself.
    #[must_use]
    pub fn on_post() -> Self {
        Self::default()
    }

    /// Those on this comment.
    #[must_use]
    pub fn replies_to(comment: impl Into<ForumCommentId>) -> Self {
        Self {
            replies_to: Some(comment.into()),
        }
    }

    /// The value of the `filter` parameter. The service documents the id without quotes around it.
    pub(crate) fn to_filter_string(self) -> Result<Option<String>> {
        let Some(comment) = self.replies_to else {
            return Ok(None);
        };
        let id = comment.validated()?;
        // Another character would end the value and begin another condition.
        if !id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        {
            return Err(Error::invalid_input(format!("{id:?} is no comment's id")));
        }
        Ok(Some(format!("repliesToCommentId=={id}")))
    }
}
