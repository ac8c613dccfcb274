//! Which endpoint a path names.

use super::groups::memberships::Change;
use super::{followings, legacy_groups};

/// An endpoint, with the arguments in its path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'a> {
    KeyInfo,
    User(&'a str),
    Inventory(&'a str),
    Quotas(&'a str),
    Thumbnail(&'a str),
    UserOperation(&'a str, &'a str),
    Notifications(&'a str),
    Followings(followings::Route<'a>),
    Group(&'a str),
    Roles(&'a str),
    Role(&'a str, &'a str),
    Memberships(&'a str),
    /// Group and member.
    Membership((&'a str, &'a str), Change),
    JoinRequests(&'a str),
    /// Group and user, and whether the user is let in.
    JoinRequest((&'a str, &'a str), bool),
    ForumCategories(&'a str),
    /// Group and category.
    ForumPosts(&'a str, &'a str),
    /// Group, category and post.
    ForumComments((&'a str, &'a str, &'a str)),
    LegacyGroups(legacy_groups::Route<'a>),
    Assets,
    Asset(&'a str),
    /// Whether the asset is archived or restored.
    Archive(&'a str, bool),
    Versions(&'a str),
    Version(&'a str, &'a str),
    Rollback(&'a str),
    Operation(&'a str),
    Permissions,
    /// Asset and version.
    Location(&'a str, Option<&'a str>),
    Content(&'a str),
}

impl<'a> Route<'a> {
    pub(super) fn from_segments(segments: &[&'a str]) -> Option<Self> {
        match segments {
            ["cloud", "v2", "users", rest @ ..] => Self::of_users(rest),
            ["cloud", "v2", "groups", rest @ ..] => Self::of_groups(rest),
            ["assets", "v1", rest @ ..] => Self::of_assets(rest),
            ["api-keys", "v1", "introspect"] => Some(Self::KeyInfo),
            ["legacy-followings", rest @ ..] => {
                followings::Route::from_segments(rest).map(Self::Followings)
            }
            ["legacy-groups", "v1", rest @ ..] => {
                legacy_groups::Route::from_segments(rest).map(Self::LegacyGroups)
            }
            ["asset-permissions-api", "v1", "assets", "permissions"] => Some(Self::Permissions),
            ["asset-delivery-api", "v1", "assetId", rest @ ..] => Self::of_delivery(rest),
            ["cdn", name] => Some(Self::Content(name)),
            _ => None,
        }
    }

    fn of_users(segments: &[&'a str]) -> Option<Self> {
        Some(match *segments {
            [user] => match with_verb(user) {
                (user, None) => Self::User(user),
                (user, Some("generateThumbnail")) => Self::Thumbnail(user),
                _ => return None,
            },
            [user, "inventory-items"] => Self::Inventory(user),
            [user, "asset-quotas"] => Self::Quotas(user),
            [user, "operations", id] => Self::UserOperation(user, id),
            [user, "notifications"] => Self::Notifications(user),
            _ => return None,
        })
    }

    fn of_groups(segments: &[&'a str]) -> Option<Self> {
        Some(match *segments {
            [group] => Self::Group(group),
            [group, "roles"] => Self::Roles(group),
            [group, "roles", role] => Self::Role(group, role),
            [group, "memberships"] => Self::Memberships(group),
            [group, "memberships", member] => {
                let (member, verb) = with_verb(member);
                let change = match verb {
                    None => Change::Replace,
                    Some("assignRole") => Change::Assign,
                    Some("unassignRole") => Change::Unassign,
                    Some(_) => return None,
                };
                Self::Membership((group, member), change)
            }
            [group, "join-requests"] => Self::JoinRequests(group),
            [group, "join-requests", user] => match with_verb(user) {
                (user, Some("accept")) => Self::JoinRequest((group, user), true),
                (user, Some("decline")) => Self::JoinRequest((group, user), false),
                _ => return None,
            },
            [group, "forum-categories"] => Self::ForumCategories(group),
            [group, "forum-categories", category, "posts"] => Self::ForumPosts(group, category),
            [
                group,
                "forum-categories",
                category,
                "posts",
                post,
                "comments",
            ] => Self::ForumComments((group, category, post)),
            _ => return None,
        })
    }

    fn of_assets(segments: &[&'a str]) -> Option<Self> {
        Some(match *segments {
            ["assets"] => Self::Assets,
            ["assets", asset] => match with_verb(asset) {
                (asset, None) => Self::Asset(asset),
                (asset, Some("archive")) => Self::Archive(asset, true),
                (asset, Some("restore")) => Self::Archive(asset, false),
                _ => return None,
            },
            ["assets", asset, "versions"] => Self::Versions(asset),
            ["assets", asset, "versions:rollback"] => Self::Rollback(asset),
            ["assets", asset, "versions", version] => Self::Version(asset, version),
            ["operations", id] => Self::Operation(id),
            _ => return None,
        })
    }

    fn of_delivery(segments: &[&'a str]) -> Option<Self> {
        match *segments {
            [asset] => Some(Self::Location(asset, None)),
            [asset, "version", version] => Some(Self::Location(asset, Some(version))),
            _ => None,
        }
    }

    pub(super) fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Asset(_) => &["GET", "PATCH"],
            Self::Membership(_, Change::Replace) | Self::Permissions => &["PATCH"],
            Self::Followings(route) => route.methods(),
            Self::LegacyGroups(route) => route.methods(),
            Self::KeyInfo
            | Self::Assets
            | Self::Notifications(_)
            | Self::Archive(..)
            | Self::Rollback(_)
            | Self::Membership(..)
            | Self::JoinRequest(..) => &["POST"],
            _ => &["GET"],
        }
    }
}

/// A segment such as `156:generateThumbnail`, cut at the colon.
fn with_verb(segment: &str) -> (&str, Option<&str>) {
    match segment.split_once(':') {
        Some((id, verb)) => (id, Some(verb)),
        None => (segment, None),
    }
}
