//! Filters of forum lists.

use crate::error::{Error, Result};
use crate::models::ForumCommentId;

/// Selects the categories of a forum to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct ForumCategoryFilter {
    is_archived: bool,
}

impl ForumCategoryFilter {
    /// Selects categories that are not archived.
    #[must_use]
    pub fn current() -> Self {
        Self::default()
    }

    /// Selects archived categories. The document does not say whether others are returned as well.
    #[must_use]
    pub fn archived() -> Self {
        Self { is_archived: true }
    }

    /// Returns the `filter` parameter.
    pub(crate) fn to_filter_string(self) -> Option<&'static str> {
        self.is_archived.then_some("archived==true")
    }
}

/// Selects the posts of a forum to list, and how much of each is returned.
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
    /// Selects every post.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects pinned posts.
    #[must_use]
    pub fn pinned() -> Self {
        Self {
            is_pinned: true,
            ..Self::default()
        }
    }

    /// Requests the content of each post, which is its first comment.
    #[must_use]
    pub fn with_first_comment(mut self) -> Self {
        self.has_first_comment = true;
        self
    }

    /// Returns the `filter` parameter.
    pub(crate) fn to_filter_string(self) -> Option<&'static str> {
        self.is_pinned.then_some("pinned==true")
    }

    /// Returns the `view` parameter. Its default is documented in two ways, so it is always sent.
    pub(crate) fn view(self) -> &'static str {
        if self.has_first_comment {
            "FULL_WITH_FIRST_COMMENT"
        } else {
            "FULL"
        }
    }
}

/// Selects the comments on a post to list.
#[derive(Debug, Clone, Default)]
pub struct ForumCommentFilter {
    replies_to: Option<ForumCommentId>,
}

impl ForumCommentFilter {
    /// Selects comments on the post itself.
    #[must_use]
    pub fn on_post() -> Self {
        Self::default()
    }

    /// Selects replies to a comment.
    #[must_use]
    pub fn replies_to(comment: impl Into<ForumCommentId>) -> Self {
        Self {
            replies_to: Some(comment.into()),
        }
    }

    /// Returns the `filter` parameter. The service documents the id without quotes around it.
    pub(crate) fn to_filter_string(&self) -> Result<Option<String>> {
        let Some(comment) = &self.replies_to else {
            return Ok(None);
        };
        let id = comment.validated()?;
        // Any other character would end the value and start another condition.
        if !id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        {
            return Err(Error::invalid_input(format!(
                "{id:?} is not the id of a comment"
            )));
        }
        Ok(Some(format!("repliesToCommentId=={id}")))
    }
}
