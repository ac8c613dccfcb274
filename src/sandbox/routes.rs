//! All endpoints of the sandbox: one line each.

use std::sync::LazyLock;

use super::api::route::{Route, RouteTable, routes};
use super::api::{
    asset_permissions, assets, data_stores, delivery, followings, groups, inventory, key,
    legacy_groups, notifications, quotas, secrets, selling, thumbnails, universes, users,
};
#[cfg(feature = "oauth2")]
use super::oauth2::{authorize, discovery, token, user_info};

pub(crate) static TABLE: LazyLock<RouteTable> = LazyLock::new(|| {
    let routes = ROUTES.iter().chain(SMALL_ROUTES);
    #[cfg(feature = "oauth2")]
    let routes = routes.chain(OAUTH2_ROUTES);
    RouteTable::new(routes.copied())
});

/// The templates are those of the official document.
const ROUTES: &[Route] = routes! {
    POST "/api-keys/v1/introspect" => key::introspect [without_credential],

    GET "/cloud/v2/users/{user_id}" => users::get,
    GET "/cloud/v2/users/{user_id}:generateThumbnail" => thumbnails::generate,
    GET "/cloud/v2/users/{user_id}/asset-quotas" => quotas::list,
    GET "/cloud/v2/users/{user_id}/inventory-items" => inventory::list,
    POST "/cloud/v2/users/{user_id}/notifications" => notifications::send,
    GET "/cloud/v2/users/{user_id}/operations/{operation_id}" => thumbnails::get_operation,
    GET "/legacy-followings/v1/users/{userId}/universes" => followings::list,
    POST "/legacy-followings/v1/users/{userId}/universes/{universeId}" => followings::follow,
    DELETE "/legacy-followings/v1/users/{userId}/universes/{universeId}" => followings::unfollow,
    GET "/legacy-followings/v1/users/{userId}/universes/{universeId}/status" => followings::status,
    GET "/legacy-followings/v2/users/{userId}/universes" => followings::list_with_dates,

    GET "/cloud/v2/groups/{group_id}" => groups::get,
    GET "/cloud/v2/groups/{group_id}/forum-categories" => groups::forum::list_categories,
    GET "/cloud/v2/groups/{group_id}/forum-categories/{forum_category_id}/posts" => groups::forum::list_posts,
    GET "/cloud/v2/groups/{group_id}/forum-categories/{forum_category_id}/posts/{post_id}/comments" => groups::forum::list_comments,
    GET "/cloud/v2/groups/{group_id}/join-requests" => groups::join_requests::list,
    POST "/cloud/v2/groups/{group_id}/join-requests/{join_request_id}:accept" => groups::join_requests::accept,
    POST "/cloud/v2/groups/{group_id}/join-requests/{join_request_id}:decline" => groups::join_requests::decline,
    GET "/cloud/v2/groups/{group_id}/memberships" => groups::memberships::list,
    PATCH "/cloud/v2/groups/{group_id}/memberships/{membership_id}" => groups::memberships::update,
    POST "/cloud/v2/groups/{group_id}/memberships/{membership_id}:assignRole" => groups::memberships::assign_role,
    POST "/cloud/v2/groups/{group_id}/memberships/{membership_id}:unassignRole" => groups::memberships::unassign_role,
    GET "/cloud/v2/groups/{group_id}/roles" => groups::roles::list,
    GET "/cloud/v2/groups/{group_id}/roles/{role_id}" => groups::roles::get,
    POST "/legacy-groups/v1/groups/policies" => legacy_groups::list_policies,
    GET "/legacy-groups/v1/groups/{groupId}/audit-log" => legacy_groups::audit_log::list,
    PATCH "/legacy-groups/v1/groups/{groupId}/description" => legacy_groups::update::description,
    PATCH "/legacy-groups/v1/groups/{groupId}/notification-preference" => legacy_groups::update::notification_preference,
    GET "/legacy-groups/v1/groups/{groupId}/settings" => legacy_groups::get_settings,
    PATCH "/legacy-groups/v1/groups/{groupId}/settings" => legacy_groups::update::settings,
    PATCH "/legacy-groups/v1/groups/{groupId}/status" => legacy_groups::update::status,
    GET "/legacy-groups/v1/user/groups/pending" => legacy_groups::list_pending,

    GET "/cloud/v2/universes/{universe_id}" => universes::get,
    PATCH "/cloud/v2/universes/{universe_id}" => universes::update,
    POST "/cloud/v2/universes/{universe_id}:generateSpeechAsset" => universes::language::generate_speech,
    POST "/cloud/v2/universes/{universe_id}:publishMessage" => universes::messages::publish,
    POST "/cloud/v2/universes/{universe_id}:restartServers" => universes::restarts::restart_servers,
    POST "/cloud/v2/universes/{universe_id}:translateText" => universes::language::translate,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}" => universes::places::get,
    PATCH "/cloud/v2/universes/{universe_id}/places/{place_id}" => universes::places::update,
    POST "/messaging-service/v1/universes/{universeId}/topics/{topic}" => universes::messages::publish_v1,
    POST "/universes/v1/{universeId}/places/{placeId}/versions" => universes::publishing::publish,
    GET "/universes/v1/places/{placeId}/universe" => universes::places::find_universe [without_credential],
    GET "/place-version-history-api/v1/{placeId}/contributors" => universes::history::list_contributors,
    GET "/place-version-history-api/v1/{placeId}/history" => universes::history::list_versions,
    POST "/place-version-history-api/v1/{placeId}/version/{version}/notes" => universes::history::set_notes,

    GET "/cloud/v2/universes/{universe_id}/user-restrictions" => universes::restrictions::list,
    GET "/cloud/v2/universes/{universe_id}/user-restrictions/{user_restriction_id}" => universes::restrictions::get,
    PATCH "/cloud/v2/universes/{universe_id}/user-restrictions/{user_restriction_id}" => universes::restrictions::update,
    GET "/cloud/v2/universes/{universe_id}/user-restrictions:listLogs" => universes::restrictions::list_logs,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions" => universes::restrictions::list,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions/{user_restriction_id}" => universes::restrictions::get,
    PATCH "/cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions/{user_restriction_id}" => universes::restrictions::update,

    POST "/cloud/v2/universes/{universe_id}/luau-execution-session-task-binary-inputs" => universes::luau::content::create_input,
    POST "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks" => universes::luau::create::create,
    POST "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks" => universes::luau::create::create_in_version,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}" => universes::luau::tasks::get,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}/logs" => universes::luau::tasks::list_logs,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks/{task_id}" => universes::luau::tasks::get,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks/{task_id}/logs" => universes::luau::tasks::list_logs,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}" => universes::luau::tasks::get,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}/logs" => universes::luau::tasks::list_logs,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks/{task_id}" => universes::luau::tasks::get,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks/{task_id}/logs" => universes::luau::tasks::list_logs,
    PUT "/luau-inputs/{id}" => universes::luau::content::put_input [without_credential],
    GET "/luau-outputs/{name}" => universes::luau::content::get_output [without_credential],

    GET "/cloud/v2/universes/{universe_id}/data-stores" => data_stores::list,
    POST "/cloud/v2/universes/{universe_id}/data-stores:snapshot" => data_stores::snapshot,
    DELETE "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}" => data_stores::delete,
    POST "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}:undelete" => data_stores::undelete,
    GET "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries" => data_stores::entries::list,
    POST "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries" => data_stores::entries::create,
    GET "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}" => data_stores::entries::get,
    PATCH "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}" => data_stores::entries::update,
    DELETE "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}" => data_stores::entries::delete,
    POST "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:increment" => data_stores::entries::increment,
    GET "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/entries/{entry_id}:listRevisions" => data_stores::revisions::list,
    GET "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries" => data_stores::entries::list,
    POST "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries" => data_stores::entries::create,
    GET "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}" => data_stores::entries::get,
    PATCH "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}" => data_stores::entries::update,
    DELETE "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}" => data_stores::entries::delete,
    POST "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment" => data_stores::entries::increment,
    GET "/cloud/v2/universes/{universe_id}/data-stores/{data_store_id}/scopes/{scope_id}/entries/{entry_id}:listRevisions" => data_stores::revisions::list,
    GET "/datastores/v1/universes/{universeId}/standard-datastores" => data_stores::v1::list_stores,
    GET "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries" => data_stores::v1::list_keys,
    GET "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry" => data_stores::v1::entries::get,
    POST "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry" => data_stores::v1::entries::set,
    DELETE "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry" => data_stores::v1::entries::delete,
    POST "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/increment" => data_stores::v1::entries::increment,
    GET "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/versions" => data_stores::v1::versions::list,
    GET "/datastores/v1/universes/{universeId}/standard-datastores/datastore/entries/entry/versions/version" => data_stores::v1::versions::get,

    GET "/server-management/v1/universes/{universeId}/places/{placeId}/game-servers:filter-options" => universes::servers::list_filters,
    GET "/server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers" => universes::servers::list,
    GET "/server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers/{jobId}/logs" => universes::servers::list_logs,
    GET "/server-management/v1/universes/{universeId}/restarts" => universes::restarts::list,
    POST "/server-management/v1/universes/{universeId}/restarts" => universes::restarts::launch,
    GET "/server-management/v1/universes/{universeId}/restarts:forecast" => universes::restarts::forecast,

    GET "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries" => universes::ordered_stores::v2::list,
    POST "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries" => universes::ordered_stores::v2::create,
    DELETE "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}" => universes::ordered_stores::v2::delete,
    GET "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}" => universes::ordered_stores::v2::get,
    PATCH "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}" => universes::ordered_stores::v2::update,
    POST "/cloud/v2/universes/{universe_id}/ordered-data-stores/{ordered_data_store_id}/scopes/{scope_id}/entries/{entry_id}:increment" => universes::ordered_stores::v2::increment,
    GET "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries" => universes::ordered_stores::v1::list,
    POST "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries" => universes::ordered_stores::v1::create,
    DELETE "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}" => universes::ordered_stores::v1::delete,
    GET "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}" => universes::ordered_stores::v1::get,
    PATCH "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}" => universes::ordered_stores::v1::update,
    POST "/ordered-data-stores/v1/universes/{universeId}/orderedDataStores/{orderedDataStore}/scopes/{scope}/entries/{entry}:increment" => universes::ordered_stores::v1::increment,

    POST "/cloud/v2/universes/{universe_id}/memory-store:flush" => universes::memory_stores::flush,
    GET "/cloud/v2/universes/{universe_id}/memory-store/operations/{operation_id}" => universes::memory_stores::get_operation,
    POST "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items" => universes::memory_stores::queues::add,
    POST "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:add" => universes::memory_stores::queues::add,
    POST "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:discard" => universes::memory_stores::queues::discard,
    GET "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:read" => universes::memory_stores::queues::read,
    GET "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items" => universes::memory_stores::sorted_maps::list,
    POST "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items" => universes::memory_stores::sorted_maps::create,
    DELETE "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}" => universes::memory_stores::sorted_maps::delete,
    GET "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}" => universes::memory_stores::sorted_maps::get,
    PATCH "/cloud/v2/universes/{universe_id}/memory-store/sorted-maps/{sorted_map_id}/items/{item_id}" => universes::memory_stores::sorted_maps::update,

    POST "/developer-products/v2/universes/{universeId}/developer-products" => selling::products::create,
    GET "/developer-products/v2/universes/{universeId}/developer-products/creator" => selling::products::list,
    PATCH "/developer-products/v2/universes/{universeId}/developer-products/{productId}" => selling::products::update,
    GET "/developer-products/v2/universes/{universeId}/developer-products/{productId}/creator" => selling::products::get,
    POST "/game-passes/v1/universes/{universeId}/game-passes" => selling::passes::create,
    GET "/game-passes/v1/universes/{universeId}/game-passes/creator" => selling::passes::list,
    PATCH "/game-passes/v1/universes/{universeId}/game-passes/{gamePassId}" => selling::passes::update,
    GET "/game-passes/v1/universes/{universeId}/game-passes/{gamePassId}/creator" => selling::passes::get,
    POST "/legacy-badges/v1/universes/{universeId}/badges" => selling::badges::create,
    PATCH "/legacy-badges/v1/badges/{badgeId}" => selling::badges::update,
    POST "/legacy-publish/v1/badges/{badgeId}/icon" => selling::badges::set_icon,

    GET "/cloud/v2/universes/{universe_id}/subscription-products/{subscription_product_id}/subscriptions/{subscription_id}" => selling::subscriptions::get,

    GET "/cloud/v2/universes/{universeId}/secrets" => secrets::list,
    POST "/cloud/v2/universes/{universeId}/secrets" => secrets::create,
    GET "/cloud/v2/universes/{universeId}/secrets/public-key" => secrets::get_public_key,
    PATCH "/cloud/v2/universes/{universeId}/secrets/{secretId}" => secrets::update,
    DELETE "/cloud/v2/universes/{universeId}/secrets/{secretId}" => secrets::delete,

    POST "/assets/v1/assets" => assets::create::create,
    GET "/assets/v1/assets/{assetId}" => assets::get,
    PATCH "/assets/v1/assets/{assetId}" => assets::update::update,
    POST "/assets/v1/assets/{assetId}:archive" => assets::archive,
    POST "/assets/v1/assets/{assetId}:restore" => assets::restore,
    GET "/assets/v1/assets/{assetId}/versions" => assets::versions::list,
    GET "/assets/v1/assets/{assetId}/versions/{versionNumber}" => assets::versions::get,
    POST "/assets/v1/assets/{assetId}/versions:rollback" => assets::versions::roll_back,
    GET "/assets/v1/operations/{operationId}" => assets::operations::get,
    PATCH "/asset-permissions-api/v1/assets/permissions" => asset_permissions::grant,
    GET "/asset-delivery-api/v1/assetId/{assetId}" => delivery::locate,
    GET "/asset-delivery-api/v1/assetId/{assetId}/version/{versionNumber}" => delivery::locate_version,
    GET "/cdn/{name}" => delivery::get_content [without_credential],
};

/// Of these families it keeps a few objects, which it returns and changes; `docs/coverage.md` calls them small.
const SMALL_ROUTES: &[Route] = routes! {
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}" => universes::instances::get,
    PATCH "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}" => universes::instances::update,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}:listChildren" => universes::instances::list_children,
    GET "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}/operations/{operation_id}" => universes::instances::get_operation,
};

#[cfg(feature = "oauth2")]
const OAUTH2_ROUTES: &[Route] = routes! {
    GET "/oauth/.well-known/openid-configuration" => discovery::get_configuration [without_credential],
    GET "/oauth/v1/authorize" => authorize::redirect [without_credential],
    GET "/oauth/v1/certs" => discovery::list_keys [without_credential],
    POST "/oauth/v1/token" => token::issue [without_credential],
    POST "/oauth/v1/token/introspect" => token::introspect [without_credential],
    POST "/oauth/v1/token/resources" => token::list_resources [without_credential],
    POST "/oauth/v1/token/revoke" => token::revoke [without_credential],
    GET "/oauth/v1/userinfo" => user_info::get [without_credential],
};
