//! The forum of a group.

use super::Group;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Request;
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
    /// The categories of the group's forum.
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
    ///         println!("{:?} {:?}: {} answers", category.display_name, post.title, comments.count());
    ///     }
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupForumCategories) · scope
    /// `group-forum:read` · 10 a page, 150 pages a minute with a key, 30 with a token · beta
    pub fn list_forum_categories(&self, filter: ForumCategoryFilter) -> Items<GroupForumCategory> {
        let request = Request::new(&LIST_CATEGORIES)
            .path_param(self.id)
            .query_opt("filter", filter.to_filter_string());
        Items::new(self.client.http().clone(), Ok(request))
    }

    /// The posts in a category of the group's forum.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over. `InvalidInput` for an empty id.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupForumPosts) · scope
    /// `group-forum:read` · 100 a page, 150 pages a minute with a key, 30 with a token · beta
    pub fn list_forum_posts(
        &self,
        category: impl Into<ForumCategoryId>,
        filter: ForumPostFilter,
    ) -> Items<GroupForumPost> {
        let request = category.into().validated().map(|category| {
            Request::new(&LIST_POSTS)
                .path_param(self.id)
                .path_param(category)
                .query_opt("filter", filter.to_filter_string())
                .query("view", filter.view())
        });
        Items::new(self.client.http().clone(), request)
    }

    /// The comments on a post of the group's forum, or on one of its comments.
    ///
    /// # Errors
    /// Each item may be an error; after one the list is over. `InvalidInput` for an empty id, or a comment's id with
    /// other characters than letters, digits, `-` and `_`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/groups#Cloud_ListGroupForumComments) · scope
    /// `group-forum:read` · 100 a page, 150 pages a minute with a key, 30 with a token · beta
    pub fn list_forum_comments(
        &self,
        category: impl Into<ForumCategoryId>,
        post: impl Into<ForumPostId>,
        filter: ForumCommentFilter,
    ) -> Items<GroupForumComment> {
        let request = self.comments(&category.into(), &post.into(), filter);
        Items::new(self.client.http().clone(), request)
    }

    fn comments(
        &self,
        category: &ForumCategoryId,
        post: &ForumPostId,
        filter: ForumCommentFilter,
    ) -> Result<Request> {
        Ok(Request::new(&LIST_COMMENTS)
            .path_param(self.id)
            .path_param(category.validated()?)
            .path_param(post.validated()?)
            .query_opt("filter", filter.to_filter_string()?))
    }
}
