//! Forums: categories, their posts, and the comments on those.

mod category;
mod comment;
mod filter;
mod post;

pub use category::GroupForumCategory;
pub use comment::{ForumMessage, ForumReaction, GroupForumComment};
pub use filter::{ForumCategoryFilter, ForumCommentFilter, ForumPostFilter};
pub use post::GroupForumPost;
