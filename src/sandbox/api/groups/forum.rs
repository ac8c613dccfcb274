//! Forums of groups: categories, posts and comments.

use serde_json::Value;

use super::lookup::find;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::{boolean, field_and_value};
use crate::sandbox::state::forum::{Category, Post};
use crate::sandbox::state::group::Group;

const CATEGORY_PAGING: Paging = Paging::TOKENS.sizes(Sizes::up_to(10));

pub(crate) fn list_categories(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("group_id")?;
    let with_archived = flag(call, "archived")?.unwrap_or(false);
    let page = call.page(&CATEGORY_PAGING)?;
    let state = call.state();
    let categories = find(&state.store, id)?.forum.iter();
    let categories = categories.filter(|category| with_archived || !category.archived);
    let categories = categories.map(|category| category.to_json(id));
    Ok(page.respond("groupForumCategories", categories))
}

pub(crate) fn list_posts(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("group_id")?;
    let only_pinned = match flag(call, "pinned")? {
        Some(false) => return Err(wrong_filter()),
        pinned => pinned.is_some(),
    };
    let with_comment = call.has_view("FULL_WITH_FIRST_COMMENT", "FULL")?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    let category = find_category(call, find(&state.store, id)?)?;
    let path = category.path(id);
    let posts = category.posts.iter();
    let posts = posts.filter(|post| post.pinned || !only_pinned);
    let posts = posts.map(|post| post.to_json(&path, with_comment));
    Ok(page.respond("groupForumPosts", posts))
}

pub(crate) fn list_comments(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("group_id")?;
    let parent = parent_comment(call)?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    let category = find_category(call, find(&state.store, id)?)?;
    let post = find_post(call, category)?;
    let path = post.path(&category.path(id));
    let comments = post.comments.iter();
    let comments = comments.filter(|comment| comment.replies_to.as_deref() == parent);
    let comments = comments.map(|comment| comment.to_json(&path));
    Ok(page.respond("groupForumComments", comments))
}

fn find_category<'g>(call: &Call<'_>, group: &'g Group) -> Result<&'g Category, Rejection> {
    let id = call.param("forum_category_id")?;
    let category = group.forum.iter().find(|category| category.id == id);
    category.ok_or_else(|| not_found("The forum category"))
}

fn find_post<'c>(call: &Call<'_>, category: &'c Category) -> Result<&'c Post, Rejection> {
    let id = call.param("post_id")?;
    let post = category.posts.iter().find(|post| post.id == id);
    post.ok_or_else(|| not_found("The forum post"))
}

/// Returns the value of a filter such as `archived==true`.
fn flag(call: &Call<'_>, field: &str) -> Result<Option<bool>, Rejection> {
    match call.filter() {
        "" => Ok(None),
        filter => {
            let value = condition(filter, field).and_then(boolean);
            value.map(Some).ok_or_else(wrong_filter)
        }
    }
}

/// Returns the comment whose replies are requested; `None` for comments on the post itself.
fn parent_comment<'c>(call: &'c Call<'_>) -> Result<Option<&'c str>, Rejection> {
    let filter = call.filter();
    if filter.is_empty() {
        return Ok(None);
    }
    let id = condition(filter, "repliesToCommentId").ok_or_else(wrong_filter)?;
    let id = id.trim_matches(['\'', '"']);
    Ok(Some(id).filter(|id| !id.is_empty()))
}

fn wrong_filter() -> Rejection {
    invalid("The filter is not valid.")
}

/// Returns the value in `field == value`.
fn condition<'f>(filter: &'f str, field: &str) -> Option<&'f str> {
    let (name, value) = field_and_value(filter)?;
    (name == field).then_some(value)
}
