//! All endpoints of the sandbox: one line each.

use std::sync::LazyLock;

use super::api::route::{Route, RouteTable, routes};
use super::api::{
    asset_permissions, assets, delivery, followings, groups, inventory, key, legacy_groups,
    notifications, quotas, secrets, selling, thumbnails, universes, users,
};
#[cfg(feature = "oauth2")]
use super::oauth2::{authorize, discovery, token, user_info};

pub(crate) static TABLE: LazyLock<RouteTable> = LazyLock::new(|| {
    let routes = ROUTES.iter();
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

    GET "/server-management/v1/universes/{universeId}/places/{placeId}/game-servers:filter-options" => universes::servers::list_filters,
    GET "/server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers" => universes::servers::list,
    GET "/server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers/{jobId}/logs" => universes::servers::list_logs,
    GET "/server-management/v1/universes/{universeId}/restarts" => universes::restarts::list,
    POST "/server-management/v1/universes/{universeId}/restarts" => universes::restarts::launch,
    GET "/server-management/v1/universes/{universeId}/restarts:forecast" => universes::restarts::forecast,

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
