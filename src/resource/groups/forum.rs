//! The forum of a group.

use super::Group;
use crate::endpoint::Endpoint;
use crate::models::{
    ForumCategoryFilter, ForumCategoryId, ForumCommentFilter, ForumPostFilter, ForumPostId,
    GroupForumCategory, GroupForumComment, GroupForumPost,
};
use crate::paging::Items;

const LIST_CATEGORIES: Endpoint = Endpoint::get("/cloud/v2/groups/{group_id}/forum-categories")
    .scopes(&["group-forum:read"])
    .paginated("groupForumCategories", 10);
const LIST_POSTS: Endpoint =
    Endpoint::get("/cloud/v2/groups/{group_id}/forum-categories/{forum_category_id}/posts")
        .scopes(&["group-forum:read"])
        .paginated("groupForumPosts", 100);
const LIST_COMMENTS: Endpoint = Endpoint::get(
    "/cloud/v2/groups/{group_id}/forum-categories/{forum_category_id}/posts/{post_id}/comments",
)
.scopes(&["group-forum:read"])
.paginated("groupForumComments", 100);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_CATEGORIES, &LIST_POSTS, &LIST_COMMENTS];

impl Group {
    /// Lists the categories of the group's forum.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ForumCategoryFilter, ForumCommentFilter, ForumPostFilter};
    ///
    /// let group = client.group(7);
    /// for category in group.list_forum_categories(ForumCategoryFilter::current()) {
    ///     let category = category?;
    ///     for post in group.list_forum_posts(&category.id, ForumPostFilter::all()) {
    ///         let post = post?;
    ///         let comments = group.list_forum_comments(&category.id, &post.id, ForumCommentFilter::on_post());
    ///         println!("{:?} {:?}: {} comments", category.display_name, post.title, comments.count());
    ///     }
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupForumCategories) ·
    /// scope `group-forum:read` · 150 requests per minute with an API key, 30 with OAuth2 · up to 10 items per page · beta
    pub fn list_forum_categories(&self, filter: ForumCategoryFilter) -> Items<GroupForumCategory> {
        let filter = filter.to_filter_string();
        self.call(&LIST_CATEGORIES).filter(filter).list()
    }

    /// Lists the posts in a category of the group's forum.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `InvalidInput` if the id is empty.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupForumPosts) ·
    /// scope `group-forum:read` · 150 requests per minute with an API key, 30 with OAuth2 · up to 100 items per page · beta
    pub fn list_forum_posts(
        &self,
        category: impl Into<ForumCategoryId>,
        filter: ForumPostFilter,
    ) -> Items<GroupForumPost> {
        self.call(&LIST_POSTS)
            .path_param_checked(category.into().validated())
            .filter(filter.to_filter_string())
            .query("view", filter.view())
            .list()
    }

    /// Lists the comments on a post of the group's forum, or the replies to a comment.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `InvalidInput` if an id is empty, or the id of a comment has other characters than letters, digits, `-` and `_`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupForumComments) ·
    /// scope `group-forum:read` · 150 requests per minute with an API key, 30 with OAuth2 · up to 100 items per page · beta
    pub fn list_forum_comments(
        &self,
        category: impl Into<ForumCategoryId>,
        post: impl Into<ForumPostId>,
        filter: ForumCommentFilter,
    ) -> Items<GroupForumComment> {
        self.call(&LIST_COMMENTS)
            .path_param_checked(category.into().validated())
            .path_param_checked(post.into().validated())
            .filter(filter.to_filter_string())
            .list()
    }
}
