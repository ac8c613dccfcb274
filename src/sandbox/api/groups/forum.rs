//! The forum: its categories, posts and comments.

use serde_json::Value;

use super::super::page::{PageQuery, Sizes};
use super::super::{Call, invalid, not_found};
use super::find;
use crate::sandbox::forum::{Category, Post};
use crate::sandbox::group::Group;
use crate::sandbox::server::Response;
use crate::sandbox::state::Shared;

pub(in crate::sandbox::api) fn categories(
    shared: &Shared,
    call: &Call<'_>,
    group: &str,
) -> Result<Value, Response> {
    let with_archived = flag(call, "archived")?.unwrap_or(false);
    let page = PageQuery::sized(shared, call, Sizes::up_to(10))?;
    let state = shared.state();
    let (id, group) = find(&state.store, group)?;
    let taken = group.forum.iter();
    let taken = taken.filter(|category| with_archived || !category.archived);
    let categories = taken.map(|category| category.to_json(id));
    Ok(page.cut("groupForumCategories", categories))
}

pub(in crate::sandbox::api) fn posts(
    shared: &Shared,
    call: &Call<'_>,
    group: &str,
    category: &str,
) -> Result<Value, Response> {
    let only_pinned = match flag(call, "pinned")? {
        Some(false) => return Err(invalid("The filter is not valid.")),
        pinned => pinned.is_some(),
    };
    let with_comment = has_first_comment(call)?;
    let page = PageQuery::for_call(shared, call)?;
    let state = shared.state();
    let (id, group) = find(&state.store, group)?;
    let category = find_category(group, category)?;
    let path = category.path(id);
    let taken = category.posts.iter();
    let taken = taken.filter(|post| post.pinned || !only_pinned);
    let posts = taken.map(|post| post.to_json(&path, with_comment));
    Ok(page.cut("groupForumPosts", posts))
}

pub(in crate::sandbox::api) fn comments(
    shared: &Shared,
    call: &Call<'_>,
    (group, category, post): (&str, &str, &str),
) -> Result<Value, Response> {
    let replied_to = replied_to(call)?;
    let page = PageQuery::for_call(shared, call)?;
    let state = shared.state();
    let (id, group) = find(&state.store, group)?;
    let category = find_category(group, category)?;
    let post = find_post(category, post)?;
    let path = post.path(&category.path(id));
    let taken = post.comments.iter();
    let taken = taken.filter(|comment| comment.replies_to.as_deref() == replied_to);
    Ok(page.cut(
        "groupForumComments",
        taken.map(|comment| comment.to_json(&path)),
    ))
}

fn has_first_comment(call: &Call<'_>) -> Result<bool, Response> {
    match call.query("view") {
        None | Some("VIEW_UNSPECIFIED" | "FULL") => Ok(false),
        Some("FULL_WITH_FIRST_COMMENT") => Ok(true),
        Some(_) => Err(invalid("view is not one of those that are known.")),
    }
}

fn find_category<'a>(group: &'a Group, id: &str) -> Result<&'a Category, Response> {
    let found = group.forum.iter().find(|category| category.id == id);
    found.ok_or_else(|| not_found("The forum category"))
}

fn find_post<'a>(category: &'a Category, id: &str) -> Result<&'a Post, Response> {
    let found = category.posts.iter().find(|post| post.id == id);
    found.ok_or_else(|| not_found("The forum post"))
}

/// What a filter such as `archived==true` says of this field.
fn flag(call: &Call<'_>, field: &str) -> Result<Option<bool>, Response> {
    let Some(filter) = call.query("filter") else {
        return Ok(None);
    };
    match condition(filter, field) {
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        _ => Err(invalid("The filter is not valid.")),
    }
}

/// The comment whose returns are asked for; `None` for those on the post itself.
fn replied_to<'a>(call: &'a Call<'_>) -> Result<Option<&'a str>, Response> {
    let Some(filter) = call.query("filter") else {
        return Ok(None);
    };
    let id = condition(filter, "repliesToCommentId")
        .ok_or_else(|| invalid("The filter is not valid."))?;
    let id = id.trim_matches(['\'', '"']);
    Ok(Some(id).filter(|id| !id.is_empty()))
}

/// The value in `field == value`.
fn condition<'a>(filter: &'a str, field: &str) -> Option<&'a str> {
    let (name, value) = filter.split_once("==")?;
    (name.trim() == field).then(|| value.trim())
}
