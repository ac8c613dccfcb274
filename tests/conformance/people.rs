//! Every call about notifications, followings, forums and the older service of groups, with every parameter.

use rblx_open_cloud::models::{
    ForumCategoryFilter, ForumCommentFilter, ForumPostFilter, GroupAuditLogAction,
    GroupAuditLogFilter, GroupNotificationType, GroupSettingsUpdate, Notification, UserId,
};
use rblx_open_cloud::resource::Group;
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{Client, Items};
use serde::de::DeserializeOwned;

pub(crate) fn call(client: &Client) {
    let user = client.user(156);
    user.send_notification(&Notification::new(7, "message"))
        .unwrap();
    user.send_notification(&notification()).unwrap();
    user.followed_universes_v1().unwrap();
    user.followed_universes().unwrap();
    user.following_status(9).unwrap();
    user.follow_universe(9).unwrap();
    user.unfollow_universe(9).unwrap();

    let group = client.group(7);
    for filter in [
        ForumCategoryFilter::current(),
        ForumCategoryFilter::archived(),
    ] {
        some(group.list_forum_categories(filter));
    }
    for filter in [
        ForumPostFilter::all(),
        ForumPostFilter::pinned().with_first_comment(),
    ] {
        some(group.list_forum_posts("c-1", filter));
    }
    for filter in [
        ForumCommentFilter::on_post(),
        ForumCommentFilter::replies_to("k-1"),
    ] {
        some(group.list_forum_comments("c-1", "p-1", filter));
    }
    for filter in [
        GroupAuditLogFilter::all().newest_first(),
        GroupAuditLogFilter::all()
            .action(GroupAuditLogAction::ChangeRank)
            .user(156)
            .oldest_first(),
    ] {
        some(group.list_audit_log(filter));
    }
    client.group_policies([7, 8]).unwrap();
    client.pending_groups().unwrap();
    set(&group);
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(sandbox: &Sandbox, client: &Client) {
    sandbox.add_join_request(20, 156);
    assert_eq!(client.pending_groups().unwrap().len(), 1);
    let user = client.user(156);
    user.send_notification(&notification()).unwrap();
    user.follow_universe(9).unwrap();
    assert_eq!(user.followed_universes_v1().unwrap().len(), 1);
    assert_eq!(user.followed_universes().unwrap().len(), 1);
    assert!(user.following_status(9).unwrap().is_following);
    user.unfollow_universe(9).unwrap();

    let group = client.group(7);
    let all = |category, filter| -> Vec<_> {
        let posts = group.list_forum_posts(category, filter);
        posts.map(Result::unwrap).collect()
    };
    let categories = group.list_forum_categories(ForumCategoryFilter::archived());
    let categories: Vec<_> = categories.map(Result::unwrap).collect();
    let general = &categories[0].id;
    assert_eq!(all(general, ForumPostFilter::all()).len(), 13);
    let pinned = all(general, ForumPostFilter::pinned().with_first_comment());
    let comments = group.list_forum_comments(general, &pinned[0].id, ForumCommentFilter::on_post());
    assert_eq!(comments.map(Result::unwrap).count(), 3);
    assert_eq!(client.group_policies([7, 8]).unwrap().len(), 2);
    set(&group);
    let log = group.list_audit_log(GroupAuditLogFilter::all().oldest_first());
    assert!(log.map(Result::unwrap).count() > 24);
}

fn notification() -> Notification {
    Notification::new(7, "message")
        .parameter("egg_name", "royal egg")
        .parameter("count", -3)
        .parameter("userId-friend", UserId::from(156))
        .launch_data("data")
        .analytics_category("eggs")
}

/// Makes the calls that change a group.
fn set(group: &Group) {
    let change = GroupSettingsUpdate::new()
        .approval_required(true)
        .enemies_allowed(true)
        .group_funds_visible(true)
        .group_games_visible(true)
        .verification_level(3)
        .account_tenure_requirement(5)
        .slowmode(3)
        .member_list_visible_to_public(true);
    group.update_settings(&change).unwrap();
    group.get_settings().unwrap();
    group.set_description("Description").unwrap();
    group.set_status("Status").unwrap();
    for kind in [
        GroupNotificationType::AnnouncementCreated,
        GroupNotificationType::ForumSubscriber,
    ] {
        group.set_notification_preference(&kind, true).unwrap();
    }
}

/// Reads more than one page, so that a token is sent, too.
fn some<T: DeserializeOwned>(list: Items<T>) {
    let mut pages = list.page_size(2).pages();
    pages.next().unwrap().unwrap();
    if let Some(page) = pages.next() {
        page.unwrap();
    }
}
