//! Forums: categories, their posts, and the comments on those.

mod filter;
mod post;

pub use filter::{ForumCategoryFilter, ForumCommentFilter, ForumPostFilter};
pub use post::{
    ForumMessage, ForumReaction, GroupForumCategory, GroupForumComment, GroupForumPost,
};
