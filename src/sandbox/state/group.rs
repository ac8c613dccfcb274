//! Groups with their roles, members and join requests.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::forum::Category;
use super::legacy_group::LegacyState;
use super::saved::default_time;
use crate::sandbox::base64url;
use crate::sandbox::clock::timestamp;
use crate::sandbox::object::set_field;

/// The rank of a role without a description: the lowest rank that a member can have.
const LOWEST_RANK: u8 = 1;
const OWNER_RANK: u8 = 255;

/// The permissions of roles, each with the lowest rank that has it in the sandbox.
const PERMISSIONS: [(&str, u8); 30] = [
    ("viewWallPosts", 0),
    ("createWallPosts", 1),
    ("deleteWallPosts", 254),
    ("viewGroupShout", 0),
    ("createGroupShout", 254),
    ("changeRank", 254),
    ("acceptRequests", 254),
    ("exileMembers", 254),
    ("manageRelationships", 254),
    ("viewAuditLog", 254),
    ("spendGroupFunds", OWNER_RANK),
    ("advertiseGroup", 254),
    ("createAvatarItems", 254),
    ("manageAvatarItems", 254),
    ("manageGroupUniverses", 254),
    ("viewUniverseAnalytics", 254),
    ("createApiKeys", OWNER_RANK),
    ("manageApiKeys", OWNER_RANK),
    ("banMembers", 254),
    ("viewForums", 0),
    ("manageCategories", 254),
    ("createPosts", 1),
    ("lockPosts", 254),
    ("pinPosts", 254),
    ("removePosts", 254),
    ("createComments", 1),
    ("removeComments", 254),
    ("manageBlockedWords", 254),
    ("viewBlockedWords", 254),
    ("bypassSlowMode", 254),
];

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Member {
    pub(crate) user: u64,
    /// Sorted by descending rank.
    pub(crate) roles: Vec<u64>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) joined: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) changed: OffsetDateTime,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) rank: u8,
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    changed: OffsetDateTime,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct JoinRequest {
    pub(crate) user: u64,
    #[serde(with = "time::serde::rfc3339")]
    requested: OffsetDateTime,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Group {
    id: u64,
    pub(crate) name: String,
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    changed: OffsetDateTime,
    pub(crate) roles: BTreeMap<u64, Role>,
    pub(crate) members: Vec<Member>,
    pub(crate) requests: Vec<JoinRequest>,
    pub(crate) forum: Vec<Category>,
    pub(crate) legacy: LegacyState,
}

impl Group {
    pub(crate) fn new(id: u64, now: OffsetDateTime) -> Self {
        Self {
            id,
            name: format!("Group {id}"),
            created: now,
            changed: now,
            roles: BTreeMap::new(),
            members: Vec::new(),
            requests: Vec::new(),
            forum: Vec::new(),
            legacy: LegacyState::default(),
        }
    }

    pub(crate) fn set_id(&mut self, id: u64) {
        self.id = id;
    }

    pub(crate) fn rename(&mut self, name: &str, now: OffsetDateTime) {
        name.clone_into(&mut self.name);
        self.changed = now;
    }

    /// Adds a role, or changes the one with the same id.
    pub(crate) fn set_role(&mut self, id: u64, name: &str, rank: u8, now: OffsetDateTime) {
        let role = self.role_entry(id, now);
        name.clone_into(&mut role.name);
        (role.rank, role.changed) = (rank, now);
        for member in &mut self.members {
            sort(&mut member.roles, &self.roles);
        }
    }

    fn role_entry(&mut self, id: u64, now: OffsetDateTime) -> &mut Role {
        self.roles.entry(id).or_insert_with(|| Role {
            name: format!("Role {id}"),
            rank: LOWEST_RANK,
            created: now,
            changed: now,
        })
    }

    /// Makes the user a member, or gives a member one more role. A missing role is added.
    pub(crate) fn add_member(&mut self, user: u64, role: u64, now: OffsetDateTime) {
        self.role_entry(role, now);
        self.requests.retain(|request| request.user != user);
        let known = self.members.iter_mut().find(|member| member.user == user);
        let Some(member) = known else {
            self.members.push(Member {
                user,
                roles: vec![role],
                joined: now,
                changed: now,
            });
            return;
        };
        member.changed = now;
        if !member.roles.contains(&role) {
            member.roles.push(role);
        }
        sort(&mut member.roles, &self.roles);
    }

    /// Adds a join request, unless the user is a member or has one already.
    pub(crate) fn add_request(&mut self, user: u64, now: OffsetDateTime) {
        let known = self.requests.iter().any(|request| request.user == user)
            || self.members.iter().any(|member| member.user == user);
        if !known {
            self.requests.push(JoinRequest {
                user,
                requested: now,
            });
        }
    }

    /// Removes a join request. Returns whether there was one.
    pub(crate) fn remove_request(&mut self, user: u64) -> bool {
        let before = self.requests.len();
        self.requests.retain(|request| request.user != user);
        self.requests.len() < before
    }

    /// Returns the role that a new member gets. A group without one gets it.
    pub(crate) fn entry_role(&mut self, now: OffsetDateTime) -> u64 {
        let for_members = self.roles.iter().filter(|(_, role)| !role.is_for_guests());
        let lowest = for_members.min_by_key(|(_, role)| role.rank);
        if let Some((&id, _)) = lowest {
            return id;
        }
        let id = (1..=u64::MAX)
            .find(|id| !self.roles.contains_key(id))
            .unwrap_or(1);
        self.set_role(id, "Member", LOWEST_RANK, now);
        id
    }

    /// Returns the roles with their ids, sorted by ascending rank.
    pub(crate) fn ranked(&self) -> Vec<(u64, &Role)> {
        let mut roles: Vec<_> = self.roles.iter().map(|(&id, role)| (id, role)).collect();
        roles.sort_by_key(|(_, role)| role.rank);
        roles
    }

    /// Returns the member with the highest possible rank. A group without one has no owner.
    pub(crate) fn owner(&self) -> Option<u64> {
        let rank = |role| self.roles.get(role).map(|role| role.rank);
        let owner = self
            .members
            .iter()
            .find(|member| member.roles.first().and_then(rank) == Some(OWNER_RANK));
        owner.map(|member| member.user)
    }

    pub(crate) fn description(&self) -> String {
        let set = self.legacy.description.clone();
        set.unwrap_or_else(|| format!("The group {} of the sandbox.", self.name))
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut group = json!({
            "path": format!("groups/{}", self.id),
            "createTime": timestamp(self.created),
            "updateTime": timestamp(self.changed),
            "id": self.id.to_string(),
            "displayName": self.name,
            "description": self.description(),
            "memberCount": self.members.len(),
            "publicEntryAllowed": false,
            "locked": false,
            "verified": false,
        });
        if let Some(owner) = self.owner() {
            set_field(&mut group, "owner", format!("users/{owner}"));
        }
        group
    }

    pub(crate) fn role_json(&self, id: u64, role: &Role) -> Value {
        let permissions: Map<String, Value> = PERMISSIONS
            .iter()
            .map(|(name, from)| ((*name).to_owned(), json!(role.rank >= *from)))
            .collect();
        let mut json = json!({
            "path": format!("groups/{}/roles/{id}", self.id),
            "createTime": timestamp(role.created),
            "updateTime": timestamp(role.changed),
            "id": id.to_string(),
            "displayName": role.name,
            "description": format!("The role {}.", role.name),
            "rank": role.rank,
            "permissions": permissions,
        });
        // The service does not count guests.
        if !role.is_for_guests() {
            let members = self.members.iter();
            let holders = members.filter(|member| member.roles.contains(&id));
            set_field(&mut json, "memberCount", holders.count());
        }
        json
    }

    pub(crate) fn member_json(&self, member: &Member) -> Value {
        let (group, user) = (self.id, member.user);
        let roles: Vec<String> = member
            .roles
            .iter()
            .map(|role| format!("groups/{group}/roles/{role}"))
            .collect();
        json!({
            "path": format!("groups/{group}/memberships/{}", membership_id(user)),
            "createTime": timestamp(member.joined),
            "updateTime": timestamp(member.changed),
            "user": format!("users/{user}"),
            "role": roles.first(),
            "roles": roles,
        })
    }

    pub(crate) fn request_json(&self, request: &JoinRequest) -> Value {
        json!({
            "path": format!("groups/{}/join-requests/{}", self.id, request.user),
            "createTime": timestamp(request.requested),
            "user": format!("users/{}", request.user),
        })
    }
}

impl Role {
    pub(crate) fn is_for_guests(&self) -> bool {
        self.rank == 0
    }
}

/// Sorts roles by descending rank. Roles of equal rank keep their order.
pub(crate) fn sort(held: &mut [u64], roles: &BTreeMap<u64, Role>) {
    held.sort_by_key(|id| Reverse(roles.get(id).map_or(0, |role| role.rank)));
}

/// Returns the id of a user's membership: the user id in URL-safe base64 without padding.
fn membership_id(user: u64) -> String {
    base64url::encode(user.to_string().as_bytes())
}

impl Default for Group {
    fn default() -> Self {
        Self::new(0, default_time())
    }
}

impl Default for Role {
    fn default() -> Self {
        Self {
            name: "Role".to_owned(),
            rank: LOWEST_RANK,
            created: default_time(),
            changed: default_time(),
        }
    }
}

impl Default for Member {
    fn default() -> Self {
        Self {
            user: 0,
            roles: Vec::new(),
            joined: default_time(),
            changed: default_time(),
        }
    }
}

impl Default for JoinRequest {
    fn default() -> Self {
        Self {
            user: 0,
            requested: default_time(),
        }
    }
}
