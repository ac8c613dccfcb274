use rblx_open_cloud::models::{
    ForumCategoryFilter, ForumCategoryId, ForumCommentFilter, ForumPostFilter, ForumPostId,
    GroupForumPost,
};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{ErrorKind, Result};
use serde_json::{Value, json};

use super::{assert_sent, sent, with_response};

const COMMENT: &str = "01234567-89ab-cdef-0123-456789abcdef";

#[test]
fn requests_are_the_documented_ones() {
    let categories = "/cloud/v2/groups/7/forum-categories";
    let listed = |filter| {
        sent(|client| {
            let mut list = client.group(7).list_forum_categories(filter);
            list.next().transpose()
        })
    };
    assert_sent(
        &listed(ForumCategoryFilter::current()),
        "GET",
        &format!("{categories}?maxPageSize=10"),
        "",
    );
    let archived = listed(ForumCategoryFilter::archived());
    assert_eq!(archived.query("filter").as_deref(), Some("archived==true"));

    let listed = |filter| {
        sent(|client| {
            let mut list = client.group(7).list_forum_posts("c-1", filter);
            list.next().transpose()
        })
    };
    let posts = format!("{categories}/c-1/posts");
    assert_sent(
        &listed(ForumPostFilter::all()),
        "GET",
        &format!("{posts}?view=FULL&maxPageSize=100"),
        "",
    );
    let pinned = listed(ForumPostFilter::pinned().with_first_comment());
    assert_eq!(pinned.query("filter").as_deref(), Some("pinned==true"));
    assert_eq!(
        pinned.query("view").as_deref(),
        Some("FULL_WITH_FIRST_COMMENT")
    );

    let listed = |filter| {
        sent(|client| {
            let mut list = client.group(7).list_forum_comments("c-1", "p-1", filter);
            list.next().transpose()
        })
    };
    assert_sent(
        &listed(ForumCommentFilter::on_post()),
        "GET",
        &format!("{posts}/p-1/comments?maxPageSize=100"),
        "",
    );
    let replies = listed(ForumCommentFilter::replies_to(COMMENT));
    assert_eq!(
        replies.query("filter"),
        Some(format!("repliesToCommentId=={COMMENT}"))
    );
}

#[test]
fn an_id_cannot_leave_its_place() {
    let request = sent(|client| {
        let mut list =
            client
                .group(7)
                .list_forum_comments("../..?x=1", "a/..", ForumCommentFilter::on_post());
        list.next().transpose()
    });
    assert_eq!(
        request.path(),
        "/cloud/v2/groups/7/forum-categories/..%2F..%3Fx%3D1/posts/a%2F../comments"
    );
    let peer = super::MockServer::replying([super::ok("{}")]);
    let group = peer.client().group(7);
    let comments = |category: &str, post: &str, comment: &str| {
        let filter = ForumCommentFilter::replies_to(comment);
        let mut list = group.list_forum_comments(category, post, filter);
        (
            list.next().unwrap().unwrap_err().kind(),
            list.next().is_none(),
        )
    };
    let posts = group.list_forum_posts("", ForumPostFilter::all()).next();
    assert_eq!(posts.unwrap().unwrap_err().kind(), ErrorKind::InvalidInput);
    for (category, post, comment) in [
        ("", "p", "c"),
        ("c", "", "c"),
        ("c", "p", ""),
        ("c", "p", "x' || true"),
        ("c", "p", "x==y"),
        ("c", "p", "ü"),
        ("c", "p", "a\r\nb"),
    ] {
        let rejected = (ErrorKind::InvalidInput, true);
        assert_eq!(comments(category, post, comment), rejected);
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn sparse_and_full_categories() {
    let categories = json!({"groupForumCategories": [
        {
            "path": "groups/7/forum-categories/c-1", "groupForumCategoryId": "c-1", "displayName": "General",
            "createTime": "2024-01-02T03:04:05.123Z", "updateTime": "2024-01-02T03:04:05Z",
            "creator": "users/156", "archiveTime": null, "archiver": "",
        },
        { "groupForumCategoryId": "c-2", "archiveTime": "2024-01-02T03:04:05Z", "archiver": "users/1", "new": {} },
    ]});
    let found: Vec<_> = with_response(categories.to_string(), |client| {
        let list = client
            .group(7)
            .list_forum_categories(ForumCategoryFilter::archived());
        list.collect::<Result<_>>().unwrap()
    });
    let (first, second) = (&found[0], &found[1]);
    assert_eq!(first.id, ForumCategoryId::from("c-1"));
    assert_eq!(first.display_name.as_deref(), Some("General"));
    assert_eq!(first.creator_id, Some(156.into()));
    assert_eq!(first.create_time.unwrap().millisecond(), 123);
    assert_eq!((first.archive_time, first.archiver_id), (None, None));
    assert_eq!(second.id.as_str(), "c-2");
    assert_eq!(
        (second.creator_id, second.archiver_id),
        (None, Some(1.into()))
    );
    assert!(second.archive_time.is_some());
    let json = serde_json::to_value(first).unwrap();
    assert_eq!(
        (&json["id"], &json["creatorId"]),
        (&json!("c-1"), &json!("156"))
    );
}

fn message() -> Value {
    json!({
        "createTime": "2024-01-02T03:04:05Z", "updateTime": "2024-01-02T03:04:05Z", "plainText": "Hello",
        "author": "users/156",
        "messageReaction": [{"emoteId": "heart", "count": "3"}, {"emoteId": "smile", "count": 1}, {}],
    })
}

fn posts(first_comment: &Value) -> GroupForumPost {
    let response = json!({"groupForumPosts": [{
        "path": "groups/7/forum-categories/c-1/posts/p-1", "groupForumPostId": "p-1", "title": "Welcome",
        "pinned": true, "locked": false, "author": "users/156", "commentCount": "4",
        "createTime": "2024-01-02T03:04:05Z", "firstComment": first_comment,
    }], "nextPageToken": ""});
    with_response(response.to_string(), |client| {
        let filter = ForumPostFilter::all();
        let mut list = client.group(7).list_forum_posts("c-1", filter);
        list.next().unwrap().unwrap()
    })
}

#[test]
fn the_first_comment_may_be_only_a_path() {
    let path = "groups/7/forum-categories/c-1/posts/p-1/comments/k-1";
    let full = posts(&json!({"path": path, "groupForumCommentId": "k-1", "message": message()}));
    assert_eq!(full.id, ForumPostId::from("p-1"));
    assert_eq!(full.title.as_deref(), Some("Welcome"));
    assert_eq!((full.pinned, full.locked), (Some(true), Some(false)));
    assert_eq!(
        (full.author_id, full.comment_count),
        (Some(156.into()), Some(4))
    );
    let comment = full.first_comment.unwrap();
    assert_eq!(comment.id.as_str(), "k-1");
    let message = comment.message.unwrap();
    assert_eq!(message.plain_text.as_deref(), Some("Hello"));
    assert_eq!(message.author_id, Some(156.into()));
    let counts: Vec<_> = message.reactions.iter().map(|one| one.count).collect();
    assert_eq!(counts, [Some(3), Some(1), None]);
    assert_eq!(message.reactions[0].emote_id.as_deref(), Some("heart"));

    let by_path = posts(&json!({ "path": path })).first_comment.unwrap();
    assert_eq!((by_path.id.as_str(), by_path.message), ("k-1", None));
    for nothing in [
        json!(null),
        json!({}),
        json!({"path": "odd"}),
        json!({"path": "groups/7"}),
        json!({"path": "groups/7/forum-categories/c-1/posts/p-1/comments/"}),
    ] {
        assert_eq!(posts(&nothing).first_comment, None, "{nothing}");
    }
}

#[test]
fn a_comment_needs_an_id() {
    let list = |response: &Value| {
        with_response(response.to_string(), |client| {
            let filter = ForumCommentFilter::on_post();
            let list = client.group(7).list_forum_comments("c-1", "p-1", filter);
            list.collect::<Result<Vec<_>>>()
        })
    };
    let no_reactions = json!({"plainText": "", "messageReaction": null});
    let comments = json!({"groupForumComments": [
        {"groupForumCommentId": "k-1", "message": no_reactions}, {"path": "x/comments/k-2", "message": null},
    ]});
    let found = list(&comments).unwrap();
    let message = found[0].message.as_ref().unwrap();
    assert_eq!((message.reactions.len(), message.author_id), (0, None));
    assert_eq!((found[1].id.as_str(), &found[1].message), ("k-2", &None));
    let error = list(&json!({"groupForumComments": [{}]})).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("groupForumCommentId"), "{error}");
}

#[test]
fn the_sandbox_has_a_forum() {
    let sandbox = Sandbox::start().unwrap();
    let group = sandbox.client().group(7);
    let names = |filter| -> Vec<_> {
        let list = group.list_forum_categories(filter);
        list.map(|category| category.unwrap().display_name.unwrap())
            .collect()
    };
    assert_eq!(names(ForumCategoryFilter::current()), ["General", "Trades"]);
    assert!(names(ForumCategoryFilter::archived()).contains(&"Old News".to_owned()));
    let mut categories = group.list_forum_categories(ForumCategoryFilter::current());
    let general = categories.next().unwrap().unwrap().id;

    sandbox.fail_next(Fault::empty_page());
    let all = group.list_forum_posts(&general, ForumPostFilter::all());
    let all: Vec<_> = all.page_size(5).collect::<Result<_>>().unwrap();
    assert_eq!(all.len(), 13);
    let first = all[0].first_comment.as_ref().unwrap();
    assert_eq!(first.message, None);
    let pinned = ForumPostFilter::pinned().with_first_comment();
    let pinned = group.list_forum_posts(&general, pinned);
    let pinned: Vec<_> = pinned.collect::<Result<_>>().unwrap();
    assert_eq!(pinned.len(), 1);
    let welcome = &pinned[0];
    let content = welcome.first_comment.as_ref().unwrap();
    let text = content.message.as_ref().unwrap().plain_text.as_deref();
    assert_eq!(text, Some("Be kind to each other."));

    let comments = |filter| -> Vec<_> {
        let list = group.list_forum_comments(&general, &welcome.id, filter);
        list.collect::<Result<_>>().unwrap()
    };
    let direct = comments(ForumCommentFilter::on_post());
    assert_eq!((direct.len(), welcome.comment_count), (3, Some(4)));
    assert_eq!(direct[0].id, content.id);
    let responses = comments(ForumCommentFilter::replies_to(&direct[1].id));
    assert_eq!(responses.len(), 1);
    assert!(comments(ForumCommentFilter::replies_to(COMMENT)).is_empty());
    let missing = group.list_forum_posts("other", ForumPostFilter::all());
    let missing = missing.collect::<Result<Vec<_>>>().unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
}
