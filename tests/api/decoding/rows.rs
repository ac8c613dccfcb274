//! The method that reads each response: one line for each operation, in the order of the families. A line of a family that is a
//! cargo feature has `#[cfg(feature = "…")]` above it.

use std::time::Duration;

use rblx_open_cloud::models::*;
use rblx_open_cloud::{AssetFile, Client};
use serde_json::Value;
use time::OffsetDateTime;

use super::{Row, one};

macro_rules! rows {
    ($($(#[$meta:meta])* $call:literal => |$client:ident| $body:expr,)*) => {
        /// Returns all of them.
        #[allow(clippy::vec_init_then_push, reason = "a row may depend on a feature")]
        pub(super) fn rows() -> Vec<Row> {
            let mut rows: Vec<Row> = Vec::new();
            $($(#[$meta])* rows.push(($call, Box::new(|$client: &Client| $body.map(drop))));)*
            rows
        }
    };
}

fn place_file() -> AssetFile {
    AssetFile::bytes("game.rbxlx", "<roblox version=\"4\"></roblox>")
}

fn upload() -> AssetUpload {
    AssetUpload::new(
        AssetType::Model,
        "n",
        "",
        AssetFile::bytes("model.fbx", [1]),
    )
}

fn icon() -> AssetFile {
    AssetFile::bytes("icon.png", b"\x89PNG\r\n\x1a\n".to_vec())
}

fn secret() -> NewSecret {
    NewSecret::sealed("A".repeat(68), "k")
}

fn grant() -> PermissionGrant {
    PermissionGrant::new(AssetAction::Use, PermissionSubject::Everyone).asset(5)
}

fn translation() -> Translation {
    Translation::new("Hello", ["fr-fr"])
}

fn start() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH
}

fn end() -> OffsetDateTime {
    start() + Duration::from_secs(24 * 60 * 60)
}

#[cfg(feature = "ads")]
fn campaign() -> NewCampaign {
    let budget = CampaignBudget::daily(MicroUsd::dollars(5));
    let schedule = CampaignSchedule::new(start(), 7);
    NewCampaign::new("n", 123, [5], budget, schedule, CampaignPayment::Invoice)
}

#[cfg(feature = "configs")]
fn experiment() -> NewExperiment {
    NewExperiment::new("n").days(14).configs([
        ConfigExperimentVariant::baseline("Control", "boss").weight(50),
        ConfigExperimentVariant::treatment("A", "boss", serde_json::json!(1)).weight(50),
    ])
}

#[cfg(feature = "localization")]
const TABLE: &str = "5f0e1d3c-0000-4000-8000-000000000001";

rows! {
    "GET /cloud/v2/users/{user_id}" => |c| c.user(156).get(),
    "GET /cloud/v2/users/{user_id}:generateThumbnail" => |c| c.user(156).generate_thumbnail(ThumbnailRequest::new()),
    "GET /cloud/v2/users/{user_id}/operations/{operation_id}" => |c| c.operation::<Thumbnail>("users/156/operations/7").poll(),
    "GET /cloud/v2/users/{user_id}/asset-quotas" => |c| one(c.user(156).list_asset_quotas(AssetQuotaFilter::all())),
    "GET /cloud/v2/users/{user_id}/inventory-items" => |c| one(c.user(156).list_inventory(InventoryFilter::all())),
    "POST /cloud/v2/users/{user_id}/notifications" => |c| c.user(156).send_notification(&Notification::new(7, "m")),
    "GET /legacy-followings/v1/users/{userId}/universes" => |c| c.user(156).followed_universes_v1(),
    "GET /legacy-followings/v2/users/{userId}/universes" => |c| c.user(156).followed_universes(),
    "GET /legacy-followings/v1/users/{userId}/universes/{universeId}/status" => |c| c.user(156).following_status(9),
    "POST /legacy-followings/v1/users/{userId}/universes/{universeId}" => |c| c.user(156).follow_universe(9),
    "DELETE /legacy-followings/v1/users/{userId}/universes/{universeId}" => |c| c.user(156).unfollow_universe(9),

    "GET /cloud/v2/groups/{group_id}" => |c| c.group(7).get(),
    "GET /cloud/v2/groups/{group_id}/forum-categories" => |c| one(c.group(7).list_forum_categories(ForumCategoryFilter::current())),
    "GET /cloud/v2/groups/{group_id}/forum-categories/{forum_category_id}/posts" => |c| one(c.group(7).list_forum_posts("c", ForumPostFilter::all())),
    "GET /cloud/v2/groups/{group_id}/forum-categories/{forum_category_id}/posts/{post_id}/comments" => |c| one(c.group(7).list_forum_comments("c", "p", ForumCommentFilter::on_post())),
    "GET /cloud/v2/groups/{group_id}/join-requests" => |c| one(c.group(7).list_join_requests()),
    "GET /cloud/v2/groups/{group_id}/memberships" => |c| one(c.group(7).list_memberships(MembershipFilter::all())),
    "PATCH /cloud/v2/groups/{group_id}/memberships/{membership_id}" => |c| c.group(7).set_role(156, 9),
    "POST /cloud/v2/groups/{group_id}/memberships/{membership_id}:assignRole" => |c| c.group(7).assign_role(156, 9),
    "POST /cloud/v2/groups/{group_id}/memberships/{membership_id}:unassignRole" => |c| c.group(7).unassign_role(156, 9),
    "GET /cloud/v2/groups/{group_id}/roles" => |c| one(c.group(7).list_roles()),
    "GET /cloud/v2/groups/{group_id}/roles/{role_id}" => |c| c.group(7).get_role(9),
    "POST /legacy-groups/v1/groups/policies" => |c| c.group_policies([7, 8]),
    "GET /legacy-groups/v1/groups/{groupId}/audit-log" => |c| one(c.group(7).list_audit_log(GroupAuditLogFilter::all())),
    "PATCH /legacy-groups/v1/groups/{groupId}/description" => |c| c.group(7).set_description("d"),
    "PATCH /legacy-groups/v1/groups/{groupId}/notification-preference" => |c| c.group(7).set_notification_preference(&GroupNotificationType::ForumSubscriber, true),
    "GET /legacy-groups/v1/groups/{groupId}/settings" => |c| c.group(7).get_settings(),
    "PATCH /legacy-groups/v1/groups/{groupId}/settings" => |c| c.group(7).update_settings(&GroupSettingsUpdate::new().slowmode(1)),
    "PATCH /legacy-groups/v1/groups/{groupId}/status" => |c| c.group(7).set_status("s"),
    "GET /legacy-groups/v1/user/groups/pending" => |c| c.pending_groups(),

    "GET /assets/v1/assets/{assetId}" => |c| c.asset(5).get(),
    "GET /assets/v1/assets/{assetId}/versions" => |c| one(c.asset(5).list_versions()),
    "GET /assets/v1/assets/{assetId}/versions/{versionNumber}" => |c| c.asset(5).get_version(2),
    "POST /assets/v1/assets/{assetId}:archive" => |c| c.asset(5).archive(),
    "POST /assets/v1/assets/{assetId}:restore" => |c| c.asset(5).restore(),
    "GET /assets/v1/operations/{operationId}" => |c| c.operation::<Asset>("operations/7").poll(),
    "PATCH /asset-permissions-api/v1/assets/permissions" => |c| c.grant_each_permission(grant()),
    "POST /assets/v1/assets" => |c| c.user(156).upload_asset(upload()),
    "PATCH /assets/v1/assets/{assetId}" => |c| c.asset(5).update(AssetUpdate::new().display_name("n")),
    "POST /assets/v1/assets/{assetId}/versions:rollback" => |c| c.asset(5).roll_back(1),

    "POST /cloud/v2/creator-store-products" => |c| c.creator_store().create_product(NewStoreProduct::new(StoreAsset::model(5))),
    "GET /cloud/v2/creator-store-products/{creator_store_product_id}" => |c| c.creator_store().product(StoreAsset::model(5)).get(),
    "PATCH /cloud/v2/creator-store-products/{creator_store_product_id}" => |c| c.creator_store().product(StoreAsset::model(5)).update(StoreProductUpdate::new().published(true)),
    "GET /toolbox-service/v1/saves" => |c| one(c.creator_store().list_saves(StoreSaveFilter::all())),
    "POST /toolbox-service/v1/saves:bulkDelete" => |c| c.creator_store().unsave_all([StoreAsset::model(1)]),
    "GET /toolbox-service/v2/assets/{id}" => |c| c.creator_store().get_asset(5),
    "GET /toolbox-service/v2/assets:search" => |c| one(c.creator_store().search_by_url(StoreSearch::of(StoreAssetType::Model))),
    "POST /toolbox-service/v2/assets:search" => |c| one(c.creator_store().search(StoreSearch::of(StoreAssetType::Model))),

    "GET /cloud/v2/universes/{universe_id}" => |c| c.universe(1).get(),
    "PATCH /cloud/v2/universes/{universe_id}" => |c| c.universe(1).update(UniverseUpdate::new().vr_enabled(true)),
    "POST /cloud/v2/universes/{universe_id}:generateSpeechAsset" => |c| c.universe(1).generate_speech(Speech::new("Hello")),
    "POST /cloud/v2/universes/{universe_id}:restartServers" => |c| c.universe(1).restart_servers(RestartServers::all()),
    "POST /cloud/v2/universes/{universe_id}:translateText" => |c| c.universe(1).translate(translation()),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}" => |c| c.universe(1).place(2).get(),
    "PATCH /cloud/v2/universes/{universe_id}/places/{place_id}" => |c| c.universe(1).place(2).update(PlaceUpdate::new().display_name("n")),
    "POST /universes/v1/{universeId}/places/{placeId}/versions" => |c| c.universe(1).place(2).publish(place_file()),
    "GET /place-version-history-api/v1/{placeId}/contributors" => |c| one(c.universe(1).place(2).list_contributors()),
    "GET /place-version-history-api/v1/{placeId}/history" => |c| one(c.universe(1).place(2).list_versions(PlaceHistoryFilter::all())),
    "POST /place-version-history-api/v1/{placeId}/version/{version}/notes" => |c| c.universe(1).place(2).set_version_notes(1, VersionNotes::new("t")),
    "GET /cloud/v2/universes/{universe_id}/user-restrictions" => |c| one(c.universe(1).list_restrictions()),
    "GET /cloud/v2/universes/{universe_id}/user-restrictions/{user_restriction_id}" => |c| c.universe(1).restriction(156),
    "PATCH /cloud/v2/universes/{universe_id}/user-restrictions/{user_restriction_id}" => |c| c.universe(1).ban(156, Ban::for_days(1)),
    "GET /cloud/v2/universes/{universe_id}/user-restrictions:listLogs" => |c| one(c.universe(1).list_restriction_logs(RestrictionLogFilter::all())),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions" => |c| one(c.universe(1).place(2).list_restrictions()),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions/{user_restriction_id}" => |c| c.universe(1).place(2).restriction(156),
    "PATCH /cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions/{user_restriction_id}" => |c| c.universe(1).place(2).ban(156, Ban::for_days(1)),
    "GET /server-management/v1/universes/{universeId}/places/{placeId}/game-servers:filter-options" => |c| c.universe(1).place(2).server_filters(),
    "GET /server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers" => |c| one(c.universe(1).place(2).list_servers(3, ServerFilter::all())),
    "GET /server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers/{jobId}/logs" => |c| one(c.universe(1).place(2).list_server_logs(3, "job", ServerLogFilter::all())),
    "GET /server-management/v1/universes/{universeId}/restarts" => |c| c.universe(1).restarts(),
    "POST /server-management/v1/universes/{universeId}/restarts" => |c| c.universe(1).launch_restart(RestartPlan::all()),
    "GET /server-management/v1/universes/{universeId}/restarts:forecast" => |c| c.universe(1).forecast_restart(),

    "POST /cloud/v2/universes/{universe_id}/luau-execution-session-task-binary-inputs" => |c| c.universe(1).luau_input(AssetFile::bytes("a.bin", [1])),
    "POST /cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks" => |c| c.universe(1).place(2).run(LuauScript::source("return 1")).start(),
    "POST /cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks" => |c| c.universe(1).place(2).run(LuauScript::source("return 1").version(3)).start(),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}" => |c| c.luau_task("universes/1/places/2/versions/3/luau-execution-sessions/4/tasks/5").get(),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}/logs" => |c| one(c.luau_task("universes/1/places/2/versions/3/luau-execution-sessions/4/tasks/5").list_logs()),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}" => |c| c.universe(1).place(2).instance("i").get(),
    "PATCH /cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}" => |c| c.universe(1).place(2).instance("i").update(InstanceUpdate::folder().name("n")),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}/operations/{operation_id}" => |c| c.operation::<Instance>("universes/1/places/2/instances/i/operations/7").poll(),
    "GET /cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}:listChildren" => |c| c.universe(1).place(2).instance("i").list_children().wait_for(Duration::ZERO).limit(1).next().transpose(),

    "GET /cloud/v2/universes/{universe_id}/data-stores" => |c| one(c.universe(1).list_data_stores(DataStoreFilter::all())),
    "POST /cloud/v2/universes/{universe_id}/data-stores:snapshot" => |c| c.universe(1).snapshot_data_stores(),
    "DELETE /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}" => |c| c.universe(1).data_store("s").delete(),
    "POST /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}:undelete" => |c| c.universe(1).data_store("s").undelete(),
    "GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries" => |c| one(c.universe(1).data_store("s").list_entries(EntryFilter::all())),
    "POST /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries" => |c| c.universe(1).data_store("s").create("k", NewEntry::new(1)),
    "GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}" => |c| c.universe(1).data_store("s").entry("k").get::<Value>(),
    "PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}" => |c| c.universe(1).data_store("s").entry("k").set(SetEntry::new(1)),
    "POST /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:increment" => |c| c.universe(1).data_store("s").entry("k").increment(Increment::by(1)),
    "GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:listRevisions" => |c| one(c.universe(1).data_store("s").entry("k").list_revisions(RevisionFilter::all())),
    "GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries" => |c| one(c.universe(1).data_store("s").scope("p").list_entries(EntryFilter::all())),
    "POST /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries" => |c| c.universe(1).data_store("s").scope("p").create("k", NewEntry::new(1)),
    "GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}" => |c| c.universe(1).data_store("s").scope("p").entry("k").get::<Value>(),
    "PATCH /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}" => |c| c.universe(1).data_store("s").scope("p").entry("k").set(SetEntry::new(1)),
    "POST /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment" => |c| c.universe(1).data_store("s").scope("p").entry("k").increment(Increment::by(1)),
    "GET /cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:listRevisions" => |c| one(c.universe(1).data_store("s").scope("p").entry("k").list_revisions(RevisionFilter::all())),
    "GET /datastores/v1/universes/{universeId}/standard-datastores" => |c| one(c.universe(1).data_store("s").v1().list_stores("")),
    "GET /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries" => |c| one(c.universe(1).data_store("s").v1().list_keys("")),
    "GET /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry" => |c| c.universe(1).data_store("s").v1().get::<Value>("k"),
    "POST /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry" => |c| c.universe(1).data_store("s").v1().set("k", SetEntry::new(1)),
    "POST /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/increment" => |c| c.universe(1).data_store("s").v1().increment("k", Increment::by(1)),
    "GET /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/versions" => |c| one(c.universe(1).data_store("s").v1().list_versions("k", VersionFilter::all())),
    "GET /datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/versions/version" => |c| c.universe(1).data_store("s").v1().get_version::<Value>("k", "r"),
    "GET /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries" => |c| one(c.universe(1).ordered_data_store("s").list(OrderedFilter::all())),
    "POST /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries" => |c| c.universe(1).ordered_data_store("s").create("k", 1),
    "GET /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}" => |c| c.universe(1).ordered_data_store("s").get("k"),
    "PATCH /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}" => |c| c.universe(1).ordered_data_store("s").set("k", 1),
    "POST /cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment" => |c| c.universe(1).ordered_data_store("s").increment("k", 1),
    "GET /ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries" => |c| one(c.universe(1).ordered_data_store("s").v1().list(OrderedFilter::all())),
    "POST /ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries" => |c| c.universe(1).ordered_data_store("s").v1().create("k", 1),
    "GET /ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}" => |c| c.universe(1).ordered_data_store("s").v1().get("k"),
    "PATCH /ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}" => |c| c.universe(1).ordered_data_store("s").v1().set("k", 1),
    "POST /ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}:increment" => |c| c.universe(1).ordered_data_store("s").v1().increment("k", 1),

    #[cfg(feature = "memory-stores")]
    "POST /cloud/v2/universes/{universe_id}/memory-store:flush" => |c| c.universe(1).flush_memory_stores(FlushScope::Live),
    #[cfg(feature = "memory-stores")]
    "GET /cloud/v2/universes/{universe_id}/memory-store/operations/{operation_id}" => |c| c.operation::<Finished>("universes/1/memory-store/operations/7").poll(),
    #[cfg(feature = "memory-stores")]
    "POST /cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items" => |c| c.universe(1).memory_queue("q").add(QueueItem::new(1)),
    #[cfg(feature = "memory-stores")]
    "GET /cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:read" => |c| c.universe(1).memory_queue("q").read::<Value>(QueueRead::default()),
    #[cfg(feature = "memory-stores")]
    "GET /cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items" => |c| one(c.universe(1).sorted_map("m").list::<Value>(MapFilter::all())),
    #[cfg(feature = "memory-stores")]
    "POST /cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items" => |c| c.universe(1).sorted_map("m").create("k", NewMapItem::new(1)),
    #[cfg(feature = "memory-stores")]
    "GET /cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}" => |c| c.universe(1).sorted_map("m").get::<Value>("k"),
    #[cfg(feature = "memory-stores")]
    "PATCH /cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}" => |c| c.universe(1).sorted_map("m").set("k", NewMapItem::new(1)),

    "POST /developer-products/v2/universes/{universeId}/developer-products" => |c| c.universe(1).create_developer_product(NewProduct::new("n")),
    "GET /developer-products/v2/universes/{universeId}/developer-products/creator" => |c| one(c.universe(1).list_developer_products()),
    "GET /developer-products/v2/universes/{universeId}/developer-products/{productId}/creator" => |c| c.universe(1).developer_product(4).get(),
    "POST /game-passes/v1/universes/{universeId}/game-passes" => |c| c.universe(1).create_game_pass(NewPass::new("n")),
    "GET /game-passes/v1/universes/{universeId}/game-passes/creator" => |c| one(c.universe(1).list_game_passes()),
    "GET /game-passes/v1/universes/{universeId}/game-passes/{gamePassId}/creator" => |c| c.universe(1).game_pass(4).get(),
    "PATCH /legacy-badges/v1/badges/{badgeId}" => |c| c.badge(7).update(BadgeUpdate::new().name("n")),
    "POST /legacy-badges/v1/universes/{universeId}/badges" => |c| c.universe(1).create_badge(NewBadge::new("n", Payer::User, 0)),
    "POST /legacy-publish/v1/badges/{badgeId}/icon" => |c| c.badge(7).set_icon(icon()),
    "GET /cloud/v2/universes/{universe_id}/subscription-products/{subscription_product_id}/subscriptions/{subscription_id}" => |c| c.universe(1).subscription("EXP-1", 156),
    "GET /cloud/v2/universes/{universeId}/secrets" => |c| one(c.universe(1).secrets().list()),
    "GET /cloud/v2/universes/{universeId}/secrets/public-key" => |c| c.universe(1).secrets().public_key(),
    "POST /cloud/v2/universes/{universeId}/secrets" => |c| c.universe(1).secrets().create("a", secret()),
    "PATCH /cloud/v2/universes/{universeId}/secrets/{secretId}" => |c| c.universe(1).secrets().update("a", secret()),

    "POST /legacy-develop/v1/universes/{universeId}/activate" => |c| c.universe(1).activate(),
    "POST /legacy-develop/v1/universes/{universeId}/deactivate" => |c| c.universe(1).deactivate(),
    "GET /legacy-develop/v1/universes/{universeId}/permissions" => |c| c.universe(1).my_permissions(),
    "GET /legacy-develop/v1/universes/multiget/permissions" => |c| c.universe_permissions([1, 2]),
    "GET /legacy-develop/v1/user/groups/canmanage" => |c| c.manageable_groups(),
    "GET /legacy-develop/v1/universes/{universeId}/teamcreate" => |c| c.universe(1).team_create().is_enabled(),
    "PATCH /legacy-develop/v1/universes/{universeId}/teamcreate" => |c| c.universe(1).team_create().set_enabled(true),
    "DELETE /legacy-develop/v1/universes/{universeId}/teamcreate/memberships" => |c| c.universe(1).team_create().remove_member(156),
    "GET /legacy-develop/v1/universes/multiget/teamcreate" => |c| c.team_create_settings([1, 2]),
    "GET /legacy-develop/v1/places/{placeId}/teamcreate/active_session/members" => |c| one(c.universe(1).place(2).list_team_create_members()),
    "DELETE /legacy-develop/v2/teamtest/{placeId}" => |c| c.universe(1).place(2).close_team_test("5d8f0a6e-0000-4000-8000-000000000001"),
    #[cfg(feature = "events")]
    "GET /virtual-events/v3/universes/{universeId}/game-events" => |c| one(c.universe(1).list_events(EventFilter::all())),
    #[cfg(feature = "events")]
    "POST /virtual-events/v3/universes/{universeId}/game-events" => |c| c.universe(1).create_event(NewEvent::new("t", "s", start(), end())),
    #[cfg(feature = "events")]
    "GET /virtual-events/v3/game-events/{eventId}" => |c| c.event(7).get(),
    #[cfg(feature = "events")]
    "PATCH /virtual-events/v3/game-events/{eventId}" => |c| c.event(7).update(EventUpdate::new().title("t")),

    #[cfg(feature = "analytics")]
    "POST /analytics-query-api/v1/universes/{universeId}/metrics" => |c| c.universe(1).query_metric(MetricQuery::new("m", Granularity::OneDay, start(), end())),
    #[cfg(feature = "analytics")]
    "POST /analytics-query-api/v1/universes/{universeId}/dimension-values" => |c| c.universe(1).dimension_values(DimensionQuery::new("m", ["Country"], start(), end())),
    #[cfg(feature = "analytics")]
    "GET /analytics-query-api/v1/universes/{universeId}/operations/metrics/{operationId}" => |c| c.operation::<MetricSeries>("v1/universes/1/operations/metrics/7").poll(),
    #[cfg(feature = "analytics")]
    "GET /analytics-query-api/v1/universes/{universeId}/operations/dimension-values/{operationId}" => |c| c.operation::<DimensionValues>("v1/universes/1/operations/dimension-values/7").poll(),

    #[cfg(feature = "ads")]
    "GET /ads-management/v1/advertisable-universes" => |c| c.ads().universes(),
    #[cfg(feature = "ads")]
    "GET /ads-management/v1/billing-accounts" => |c| one(c.ads().list_billing_accounts()),
    #[cfg(feature = "ads")]
    "GET /ads-management/v1/billing-accounts/{id}" => |c| c.ads().billing_account("1"),
    #[cfg(feature = "ads")]
    "GET /ads-management/v1/campaign-options" => |c| c.ads().options(None),
    #[cfg(feature = "ads")]
    "GET /ads-management/v1/campaigns" => |c| one(c.ads().list_campaigns()),
    #[cfg(feature = "ads")]
    "POST /ads-management/v1/campaigns" => |c| c.ads().create_campaign(campaign()),
    #[cfg(feature = "ads")]
    "GET /ads-management/v1/campaigns/{id}" => |c| c.ads().campaign("1").get(),
    #[cfg(feature = "ads")]
    "PATCH /ads-management/v1/campaigns/{id}" => |c| c.ads().campaign("1").update(CampaignUpdate::new().name("n")),
    #[cfg(feature = "ads")]
    "POST /ads-management/v1/campaigns:batchGetStatus" => |c| c.ads().each_status(["1", "2"]),
    #[cfg(feature = "ads")]
    "GET /ads-management/v1/creatives" => |c| one(c.ads().list_creatives(None)),

    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}" => |c| c.universe(1).config(ConfigRepository::InExperience).get(),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/full" => |c| c.universe(1).config(ConfigRepository::InExperience).get_full(),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft" => |c| c.universe(1).config(ConfigRepository::InExperience).draft(),
    #[cfg(feature = "configs")]
    "PATCH /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft" => |c| c.universe(1).config(ConfigRepository::InExperience).change(ConfigChange::new().set("a", 1)),
    #[cfg(feature = "configs")]
    "PUT /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft:overwrite" => |c| c.universe(1).config(ConfigRepository::InExperience).replace(ConfigChange::new().set("a", 1).no_rules()),
    #[cfg(feature = "configs")]
    "DELETE /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft" => |c| c.universe(1).config(ConfigRepository::InExperience).reset_draft(None),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/publish" => |c| c.universe(1).config(ConfigRepository::InExperience).publish("h", Publication::immediate()),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/revisions" => |c| one(c.universe(1).config(ConfigRepository::InExperience).list_revisions(RevisionRange::all())),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/revisions/{revisionId}/restore" => |c| c.universe(1).config(ConfigRepository::InExperience).restore("r"),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments" => |c| one(c.universe(1).experiments().list(ExperimentFilter::all())),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments" => |c| c.universe(1).experiments().create(experiment()),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments:calculateMde" => |c| c.universe(1).experiments().minimum_effect(MdeQuery::new(ExperimentMetric::PlaytimePerUser, 14)),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}" => |c| c.universe(1).experiment("7").get(),
    #[cfg(feature = "configs")]
    "PATCH /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}" => |c| c.universe(1).experiment("7").replace(experiment()),
    #[cfg(feature = "configs")]
    "DELETE /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}" => |c| c.universe(1).experiment("7").discard(),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}:start" => |c| c.universe(1).experiment("7").start(),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}:schedule" => |c| c.universe(1).experiment("7").schedule(start()),
    #[cfg(feature = "configs")]
    "POST /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}:complete" => |c| c.universe(1).experiment("7").complete(None),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}/stats" => |c| c.universe(1).experiment("7").stats(),
    #[cfg(feature = "configs")]
    "GET /creator-configs-public-api/v1/experimentation/universes/{universeId}/operations/{operationId}" => |c| c.operation::<Experiment>("creator-configs-public-api/v1/experimentation/universes/1/operations/7").poll(),

    #[cfg(feature = "localization")]
    "GET /thumbnail-personalization-api/v1/universes/{universeId}/thumbnails" => |c| one(c.universe(1).home_thumbnails().list()),
    #[cfg(feature = "localization")]
    "POST /thumbnail-personalization-api/v1/universes/{universeId}/thumbnails/uploads" => |c| c.universe(1).home_thumbnails().upload([icon()]),
    #[cfg(feature = "localization")]
    "GET /thumbnail-personalization-api/v1/universes/{universeId}/thumbnails/uploads/status" => |c| c.universe(1).home_thumbnails().resume_upload(["7"]).poll(),
    #[cfg(feature = "localization")]
    "DELETE /thumbnail-personalization-api/v1/universes/{universeId}/thumbnails" => |c| c.universe(1).home_thumbnails().delete(["7"]),
    #[cfg(feature = "localization")]
    "GET /thumbnail-personalization-api/v1/universes/{universeId}/personalization" => |c| one(c.universe(1).home_thumbnails().personalizations(PersonalizationStatus::Active)),
    #[cfg(feature = "localization")]
    "POST /thumbnail-personalization-api/v1/universes/{universeId}/personalization/create" => |c| c.universe(1).home_thumbnails().create_personalization(["7"]),
    #[cfg(feature = "localization")]
    "POST /thumbnail-personalization-api/v1/universes/{universeId}/personalization/update" => |c| c.universe(1).home_thumbnails().update_personalization("p", ["7"]),

    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/badges/{badgeId}/name-description" => |c| c.badge(7).localization().list_names(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/badges/{badgeId}/name-description/language-codes/{languageCode}" => |c| c.badge(7).localization().set_names("es", "n", "d"),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/badges/{badgeId}/name-description/language-codes/{languageCode}" => |c| c.badge(7).localization().remove_names("es"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/badges/{badgeId}/name/language-codes/{languageCode}" => |c| c.badge(7).localization().set_name("es", "n"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/badges/{badgeId}/description/language-codes/{languageCode}" => |c| c.badge(7).localization().set_description("es", "d"),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/badges/{badgeId}/icons" => |c| c.badge(7).localization().list_icons(IconSize::square(150)),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/badges/{badgeId}/icons/language-codes/{languageCode}" => |c| c.badge(7).localization().set_icon("es", icon()),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/badges/{badgeId}/icons/language-codes/{languageCode}" => |c| c.badge(7).localization().remove_icon("es"),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/developer-products/{developerProductId}/name-description" => |c| c.universe(1).developer_product(7).localization().list_names(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/developer-products/{developerProductId}/name-description/language-codes/{languageCode}" => |c| c.universe(1).developer_product(7).localization().set_names("es", "n", "d"),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/developer-products/{developerProductId}/name-description/language-codes/{languageCode}" => |c| c.universe(1).developer_product(7).localization().remove_names("es"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/developer-products/{developerProductId}/name/language-codes/{languageCode}" => |c| c.universe(1).developer_product(7).localization().set_name("es", "n"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/developer-products/{developerProductId}/description/language-codes/{languageCode}" => |c| c.universe(1).developer_product(7).localization().set_description("es", "d"),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/developer-products/{developerProductId}/icons" => |c| c.universe(1).developer_product(7).localization().list_icons(IconSize::square(150)),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/developer-products/{developerProductId}/icons/language-codes/{languageCode}" => |c| c.universe(1).developer_product(7).localization().set_icon("es", icon()),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/developer-products/{developerProductId}/icons/language-codes/{languageCode}" => |c| c.universe(1).developer_product(7).localization().remove_icon("es"),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/game-passes/{gamePassId}/name-description" => |c| c.universe(1).game_pass(7).localization().list_names(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/game-passes/{gamePassId}/name-description/language-codes/{languageCode}" => |c| c.universe(1).game_pass(7).localization().set_names("es", "n", "d"),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/game-passes/{gamePassId}/name-description/language-codes/{languageCode}" => |c| c.universe(1).game_pass(7).localization().remove_names("es"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/game-passes/{gamePassId}/name/language-codes/{languageCode}" => |c| c.universe(1).game_pass(7).localization().set_name("es", "n"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/game-passes/{gamePassId}/description/language-codes/{languageCode}" => |c| c.universe(1).game_pass(7).localization().set_description("es", "d"),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/game-passes/{gamePassId}/icons" => |c| c.universe(1).game_pass(7).localization().list_icons(IconSize::square(150)),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/game-passes/{gamePassId}/icons/language-codes/{languageCode}" => |c| c.universe(1).game_pass(7).localization().set_icon("es", icon()),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/game-passes/{gamePassId}/icons/language-codes/{languageCode}" => |c| c.universe(1).game_pass(7).localization().remove_icon("es"),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/game-icon/games/{gameId}" => |c| c.universe(1).localization().list_icons(IconSize::square(512)),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/game-icon/games/{gameId}/language-codes/{languageCode}" => |c| c.universe(1).localization().set_icon("es", icon()),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/game-icon/games/{gameId}/language-codes/{languageCode}" => |c| c.universe(1).localization().remove_icon("es"),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/image" => |c| c.universe(1).localization().add_thumbnail("es", icon()),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/alt-text" => |c| c.universe(1).localization().set_thumbnail_text("es", 9, "a"),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/images/order" => |c| c.universe(1).localization().order_thumbnails("es", [9, 8]),
    #[cfg(feature = "localization")]
    "DELETE /legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/images/{imageId}" => |c| c.universe(1).localization().remove_thumbnail("es", 9),
    #[cfg(feature = "localization")]
    "POST /legacy-game-internationalization/v1/name-description/games/translation-history" => |c| c.universe(1).localization().name_history(NameHistoryQuery::names("es")),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/name-description/games/{gameId}" => |c| c.universe(1).localization().set_names([NameUpdate::new("es").name("n")]),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/source-language/games/{gameId}" => |c| c.universe(1).localization().set_source_language("es"),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/supported-languages/games/{gameId}" => |c| c.universe(1).localization().change_languages([LanguageChange::add("es")]),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/supported-languages/games/{gameId}/automatic-translation-status" => |c| c.universe(1).localization().automatic_translation(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/supported-languages/games/{gameId}/languages/{languageCode}/automatic-translation-status" => |c| c.universe(1).localization().set_automatic_translation("es", true),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/supported-languages/games/{gameId}/languages/{languageCode}/image-translation-status" => |c| c.universe(1).localization().set_image_translation("es", true),
    #[cfg(feature = "localization")]
    "GET /legacy-game-internationalization/v1/supported-languages/games/{gameId}/universe-display-info-automatic-translation-settings" => |c| c.universe(1).localization().display_info_translation(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-game-internationalization/v1/supported-languages/games/{gameId}/languages/{languageCode}/universe-display-info-automatic-translation-settings" => |c| c.universe(1).localization().set_display_info_translation("es", true),
    #[cfg(feature = "localization")]
    "POST /legacy-localization-tables/v1/autolocalization/games/{gameId}/autolocalizationtable" => |c| c.universe(1).localization().create_table(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-localization-tables/v1/autolocalization/games/{gameId}/settings" => |c| c.universe(1).localization().set_table_settings(TableSettings::new().use_table(true)),
    #[cfg(feature = "localization")]
    "GET /legacy-localization-tables/v1/autolocalization/metadata" => |c| c.automatic_localization_info(),
    #[cfg(feature = "localization")]
    "GET /legacy-localization-tables/v1/localization-table/limits" => |c| c.localization_limits(),
    #[cfg(feature = "localization")]
    "GET /legacy-localization-tables/v1/localization-table/tables/{assetId}" => |c| c.localization_table_for_asset(7),
    #[cfg(feature = "localization")]
    "GET /legacy-localization-tables/v1/localization-table/tables/{tableId}" => |c| c.localization_table(TABLE).get(),
    #[cfg(feature = "localization")]
    "PATCH /legacy-localization-tables/v1/localization-table/tables/{tableId}" => |c| c.localization_table(TABLE).update(TableUpdate::new().name("n")),
    #[cfg(feature = "localization")]
    "GET /legacy-localization-tables/v1/localization-table/tables/{tableId}/entries" => |c| one(c.localization_table(TABLE).list_entries(EntryFormat::Icu)),
    #[cfg(feature = "localization")]
    "POST /legacy-localization-tables/v1/localization-table/tables/{tableId}/entries/translation-history" => |c| c.localization_table(TABLE).history("es", [TableHistoryQuery::new(TableEntryId::new("k", "", "Play"))]),
    #[cfg(feature = "localization")]
    "GET /legacy-localization-tables/v1/localization-table/tables/{tableId}/entry-count" => |c| c.localization_table(TABLE).count_entries(EntryFormat::Icu),
}
