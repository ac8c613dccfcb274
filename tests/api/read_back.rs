//! Every model reads the form of the service and the form that it writes itself, without losing a field of the document.
//!
//! `data/golden/*.json` is made by `.ci/golden` from the examples of the official document (Roblox/creator-docs,
//! CC-BY 4.0); `data/golden/by-hand.json` holds further forms of the service, and models that the document lacks.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use rblx_open_cloud::Client;
use rblx_open_cloud::models;
use rblx_open_cloud::models::RawJson;
use rblx_open_cloud::sandbox::{Sandbox, SandboxItem, SandboxScript};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, from_value, to_string, to_value};

use crate::endpoints;

/// Asserts that a model reads what it writes, from a text and from a value, and does not write absent fields.
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(model: &T) -> Value {
    let text = to_string(model).unwrap();
    assert_eq!(&from_str::<T>(&text).unwrap(), model, "{text}");
    let value = to_value(model).unwrap();
    assert_eq!(&from_value::<T>(value.clone()).unwrap(), model, "{text}");
    assert_eq!(to_string(&from_str::<T>(&text).unwrap()).unwrap(), text);
    assert!(!holds_null(&value), "{text}");
    value
}

/// `json` and `description` are the service's own.
fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name != "json" && name != "description" && holds_null(value)),
        _ => false,
    }
}

fn file(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).ok()?;
    Some(from_str(&text).unwrap())
}

/// Reads every example of a model, and returns the fields of the document that it loses.
fn golden<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str) -> Vec<String> {
    let documented = file(name);
    // Examples by hand are often partial or malformed, but the first of a model without others is complete.
    let complete_by_hand = usize::from(documented.is_none());
    let by_hand = file("by-hand").unwrap()[name].clone();
    let mut lost = Vec::new();
    let mut count = 0;
    for (examples, complete) in [
        (documented.unwrap_or_default(), usize::MAX),
        (by_hand, complete_by_hand),
    ] {
        for (index, example) in examples.as_array().into_iter().flatten().enumerate() {
            let text = example.to_string();
            let model: T =
                from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
            assert_eq!(from_value::<T>(example.clone()).unwrap(), model, "{text}");
            let written = reads_back(&model);
            if index < complete {
                lose(name, example, &leaves(&written), &mut lost);
            }
            count += 1;
        }
    }
    assert!(
        count > 0,
        "no example of {name}: add one with .ci/golden, or by hand"
    );
    lost
}

/// The texts of all values.
fn leaves(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(fields) => fields.values().flat_map(leaves).collect(),
        Value::String(text) => BTreeSet::from([text.clone()]),
        other => BTreeSet::from([other.to_string()]),
    }
}

/// Names the fields whose value is not among what was written; the id behind a path counts as the path.
fn lose(place: &str, example: &Value, written: &BTreeSet<String>, lost: &mut Vec<String>) {
    match example {
        Value::Object(fields) => {
            for (name, value) in fields {
                lose(&format!("{place}.{name}"), value, written, lost);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|value| lose(place, value, written, lost)),
        Value::Null => {}
        leaf => {
            let text = leaf.as_str().map_or(leaf.to_string(), str::to_owned);
            let id = text.rsplit('/').next().unwrap().to_owned();
            if !written.contains(&text) && !written.contains(&id) {
                lost.push(place.to_owned());
            }
        }
    }
}

macro_rules! models {
    ($($(#[$attribute:meta])* $model:ident $(<$argument:ident>)?,)*) => {
        const LISTED: &[&str] = &[$($(#[$attribute])* stringify!($model)),*];

        fn all_golden() -> Vec<String> {
            let mut lost = Vec::new();
            $($(#[$attribute])* lost.extend(golden::<models::$model $(<models::$argument>)?>(stringify!($model)));)*
            lost
        }
    };
}

models! {
    User,
    SocialNetworkProfiles,
    UniverseFollowing,
    FollowedUniverse,
    FollowingStatus,
    AssetQuota,
    Thumbnail,
    Thumbnail3d,
    SentNotification,
    Group,
    GroupJoinRequest,
    GroupMembership,
    GroupRole,
    GroupRolePermissions,
    GroupAuditLogEntry,
    GroupAuditLogActor,
    GroupAuditLogRole,
    GroupSettings,
    CommunityTier,
    CommunityTierRequirement,
    CommunityTierCapabilities,
    GroupShout,

    GroupUser,
    PendingGroup,
    GroupPolicy,
    GroupForumCategory,
    GroupForumPost,
    GroupForumComment,
    ForumMessage,
    ForumReaction,
    InventoryItem,
    InventoryAsset,
    Collectible,
    InventoryBadge,
    InventoryGamePass,
    InventoryPrivateServer,
    UnknownInventoryItem,
    Asset,
    AssetVersion,
    AssetPreview,
    Creator,
    SocialLink,
    AssetLocation,
    AssetMetadata,
    ContentRepresentation,
    GrantFailure,
    CreatorStoreAsset,
    StoreAssetDetails,
    StoreOffer,
    StoreVotes,
    StoreCreator,
    StoreSocialLink,
    StorePreviews,
    StoreMeshSummary,
    StoreInstanceCounts,
    StoreCapabilities,
    StoreProduct,
    StoreAsset,
    StoreProductId,
    StoreSave,
    StoreSearchPage,
    Money,
    Decimal,
    KeyInfo,
    KeyScope,
    KeyTarget<UserId>,
    KeyDataStore,
    NumberOrText,
    RawJson,
    Universe,
    Place,
    PlaceVersion,
    SpeechAsset,
    Translated,
    UserRestriction,
    GameJoinRestriction,
    RestrictionLog,
    RestrictionModerator,
    DeveloperProduct,
    GamePass,
    Badge,
    Subscription,
    Secret,
    SecretKey,
    GameServer,
    GameServerLog,
    ServerFilterOption,
    RestartStatus,
    PlaceRestart,
    PlaceVersions,
    PlaceForecast,
    LuauTask,
    LuauError,
    LuauLogLine,
    LuauInput,
    Instance,
    InstanceKind,
    OrderedEntry,
    QueuedItem<RawJson>,
    MapItem<RawJson>,
    Finished,
    DataStore,
    Entry<RawJson>,
    EntryKey,
    EntryRevision,
    EntryVersion,
    Snapshot,
    #[cfg(feature = "analytics")]
    MetricSeries,
    #[cfg(feature = "analytics")]
    MetricValue,
    #[cfg(feature = "analytics")]
    BreakdownValue,
    #[cfg(feature = "analytics")]
    DataPoint,
    #[cfg(feature = "analytics")]
    DimensionValues,
    #[cfg(feature = "analytics")]
    Dimension,
    #[cfg(feature = "analytics")]
    DimensionValue,
    VirtualEvent,
    EventHost,
    RankedCategory,
    EventThumbnail,
    EventConfig,
    UniversePermissions,
    ManageableGroup,
    TeamCreateMember,
    TeamCreateSettings,
    #[cfg(feature = "ads")]
    Campaign,
    #[cfg(feature = "ads")]
    CampaignBudget,
    #[cfg(feature = "ads")]
    CampaignBid,
    #[cfg(feature = "ads")]
    CampaignSchedule,
    #[cfg(feature = "ads")]
    CampaignTargeting,
    #[cfg(feature = "ads")]
    CampaignStatuses,
    #[cfg(feature = "ads")]
    CampaignStatus,
    #[cfg(feature = "ads")]
    CampaignFailure,
    #[cfg(feature = "ads")]
    CampaignOptions,
    #[cfg(feature = "ads")]
    AdFormat,
    #[cfg(feature = "ads")]
    UniverseEligibility,
    #[cfg(feature = "ads")]
    AdCreative,
    #[cfg(feature = "ads")]
    BillingAccount,
    #[cfg(feature = "ads")]
    MicroUsd,
    #[cfg(feature = "configs")]
    ConfigValues,
    #[cfg(feature = "configs")]
    ConfigFull,
    #[cfg(feature = "configs")]
    ConfigEntry,
    #[cfg(feature = "configs")]
    ConfigVariant,
    #[cfg(feature = "configs")]
    ConfigDraft,
    #[cfg(feature = "configs")]
    DraftEntry,
    #[cfg(feature = "configs")]
    ConfigRevision,
    #[cfg(feature = "configs")]
    ConfigValueChange,
    #[cfg(feature = "configs")]
    RulesChange,
    #[cfg(feature = "configs")]
    RulesOrderChange,
    #[cfg(feature = "configs")]
    RuleChange,
    #[cfg(feature = "configs")]
    ConditionalRules,
    #[cfg(feature = "configs")]
    ConditionalRule,
    #[cfg(feature = "configs")]
    RuleToken,
    #[cfg(feature = "configs")]
    RuleOperand,
    #[cfg(feature = "configs")]
    RuleLiteral,
    #[cfg(feature = "configs")]
    Experiment,
    #[cfg(feature = "configs")]
    ExperimentSummary,
    #[cfg(feature = "configs")]
    ExperimentMetrics,
    #[cfg(feature = "configs")]
    ExperimentStats,
    #[cfg(feature = "configs")]
    ExperimentConfiguration,
    #[cfg(feature = "configs")]
    ConfigExperimentVariants,
    #[cfg(feature = "configs")]
    ConfigExperimentVariant,
    #[cfg(feature = "configs")]
    ExperimentConfigEntry,
    #[cfg(feature = "configs")]
    MatchmakingVariants,
    #[cfg(feature = "configs")]
    MatchmakingVariant,
    #[cfg(feature = "configs")]
    PlaceScoring,
    #[cfg(feature = "configs")]
    TargetingCriteria,
    #[cfg(feature = "configs")]
    VariantMeta,
    #[cfg(feature = "configs")]
    MinimumEffect,
    #[cfg(feature = "localization")]
    HomeThumbnail,
    #[cfg(feature = "localization")]
    UploadedThumbnail,
    #[cfg(feature = "localization")]
    Personalization,
    #[cfg(feature = "localization")]
    PersonalizedThumbnail,
    #[cfg(feature = "localization")]
    NameDescription,
    #[cfg(feature = "localization")]
    NamesOutcome,
    #[cfg(feature = "localization")]
    FailedName,
    #[cfg(feature = "localization")]
    LocalizedIcon,
    #[cfg(feature = "localization")]
    LanguageSettings,
    #[cfg(feature = "localization")]
    TranslationSwitch,
    #[cfg(feature = "localization")]
    NameHistory,
    #[cfg(feature = "localization")]
    TranslationRecord,
    #[cfg(feature = "localization")]
    Translator,
    #[cfg(feature = "localization")]
    LocalizationTable,
    #[cfg(feature = "localization")]
    AutoTable,
    #[cfg(feature = "localization")]
    LocalizationLimits,
    #[cfg(feature = "localization")]
    EntryLimits,
    #[cfg(feature = "localization")]
    TableLimits,
    #[cfg(feature = "localization")]
    AutomaticLocalizationInfo,
    #[cfg(feature = "localization")]
    TableEntry,
    #[cfg(feature = "localization")]
    TableEntryId,
    #[cfg(feature = "localization")]
    TableEntryMetadata,
    #[cfg(feature = "localization")]
    GameLocation,
    #[cfg(feature = "localization")]
    TableTranslation,
    #[cfg(feature = "localization")]
    TableOutcome,
    #[cfg(feature = "localization")]
    ModifiedTableEntry,
    #[cfg(feature = "localization")]
    FailedTableEntry,
    #[cfg(feature = "localization")]
    TableEntryError,
    #[cfg(feature = "localization")]
    TableHistory,
    #[cfg(feature = "localization")]
    TableEntryHistory,
    #[cfg(feature = "localization")]
    FailedTableEntryHistory,
    #[cfg(feature = "localization")]
    ChangeAgent,
    Alert,
    #[cfg(feature = "analytics")]
    AlertReceivers,
    #[cfg(feature = "analytics")]
    AlertReceiver,
    #[cfg(feature = "analytics")]
    AlertCondition,
    #[cfg(feature = "analytics")]
    AlertDimensionFilter,
    #[cfg(feature = "analytics")]
    AlertBreakdown,
    #[cfg(feature = "analytics")]
    AlertIncident,
    #[cfg(feature = "analytics")]
    AlertTrigger,
    #[cfg(feature = "analytics")]
    AlertReading,
    #[cfg(feature = "analytics")]
    AlertDimension,
    #[cfg(feature = "analytics")]
    AlertIncidentConfig,
}

/// Models that are written and never read: parts of requests.
const REQUESTS: &[&str] = &[
    "DimensionQuery",
    "GroupSettingsUpdate",
    "LanguageChange",
    "MdeQuery",
    "MetricQuery",
    "NameUpdate",
    "NewAlert",
    "NewCampaign",
    "NewExperiment",
    "NotificationParameter",
    "StoreAudioFilter",
    "StoreModelFilter",
    "StoreSearch",
    "TableEntryUpdate",
    "TableHistoryQuery",
    "TableTranslationUpdate",
    "TableUpdate",
];

/// Parts of the names of fields whose value a model does not write as it came.
const DROPPED: &[&str] = &[
    // The ids contain it.
    "AssetQuota.path",
    "Group.path",
    "GroupJoinRequest.path",
    "GroupMembership.path",
    "InventoryItem.path",
    "FollowingStatus.U",
    "OrderedEntry.path",
    "QueuedItem.path",
    "MapItem.path",
    // A number becomes a name.
    "equirements.key",
    "equirement.key",
    "ocialLink.linkType",
    "ocialLinks.linkType",
    // Only one of several creators, sellers and assets is used.
    "reator.creator",
    "reator.userId",
    "StoreProduct.userSeller",
    "StoreProduct.groupSeller",
    "AssetId",
    // Contents of an upload or a notification that responses do not contain.
    "creationContext.expectedPrice",
    "AssetVersion.creationContext.assetPrivacy",
    "Asset.path",
    "SentNotification.payload",
    "SentNotification.source",
    // The response has the time of expiration instead. Only one of two sort keys is used.
    "QueuedItem.ttl",
    "MapItem.ttl",
    "MapItem.numericSortKey",
    // Only written when a universe or a place is made.
    "Universe.templateRootPlace",
    "Place.templatePlace",
    // A universe has one owner; its filter names versions or excludes one.
    "Universe.user",
    "filter.versions",
    "PlaceVersions.versions",
    // Key, scope and revision contain it.
    "DataStore.path",
    "Entry.path",
    "EntryRevision.path",
    // A revision is listed without them.
    "EntryRevision.value",
    "EntryRevision.users",
    // The ids contain it.
    "Subscription.path",
    // A badge that was just created is awarded by a place, and to nobody yet.
    "awarder.type",
    "Badge.statistics",
    // The same in another notation: 107.0, seconds, a name.
    "GameServer.frameRate",
    "QueuedItem.priority",
    "MinimumEffect.mdeRelativePercentages",
    "GameServer.uptime",
    "GameServerLog.severity",
    "dataPoints.value",
    "DataPoint.value",
    // Never returned: the service reserves it.
    "Campaign.schedule.endTime",
    "CampaignSchedule.endTime",
    // Signed URLs are not written.
    "LuauTask.binaryOutputUri",
    "LuauInput.uploadUri",
    // An instance has one class, and its id is a separate field.
    "Instance.path",
    "engineInstance.Details.Folder",
    "engineInstance.Details.LocalScript",
    "engineInstance.Details.ModuleScript",
    // It is always `public-key`.
    "SecretKey.id",
    // It is only read by the service.
    "OptionalIdCase",
];

#[test]
fn golden_examples_are_read_back_and_lose_nothing() {
    let lost = all_golden();
    let is_known = |place: &str| DROPPED.iter().any(|known| place.contains(known));
    let lost: Vec<_> = lost.iter().filter(|place| !is_known(place)).collect();
    assert!(lost.is_empty(), "dropped: {lost:#?}");
}

#[test]
fn every_public_model_is_listed() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/models");
    let (mut readable, mut writable) = (BTreeSet::new(), BTreeSet::new());
    scan(&source, &mut readable, &mut writable);
    let listed: BTreeSet<_> = LISTED.iter().map(|name| (*name).to_owned()).collect();
    let requests: BTreeSet<_> = REQUESTS.iter().map(|name| (*name).to_owned()).collect();
    assert!(readable.len() > 60, "the scan finds the models");
    let unlisted: Vec<_> = readable.difference(&listed).collect();
    assert!(unlisted.is_empty(), "not in this test: {unlisted:?}");
    let written: BTreeSet<_> = writable.difference(&readable).cloned().collect();
    assert_eq!(
        written, requests,
        "a model that is written must be readable"
    );
}

/// Collects the public types that are read, and those that are written.
fn scan(folder: &Path, readable: &mut BTreeSet<String>, writable: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scan(&path, readable, writable);
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let public = public_types(&text);
        for (name, attributes) in &public {
            let derives = |word: &str| {
                let derive = attributes.rsplit_once("#[derive(");
                derive.is_some_and(|(_, list)| {
                    let list = list.split_once(")]").unwrap().0;
                    list.split(',')
                        .any(|derived| derived.trim().ends_with(word))
                })
            };
            let implements = |word: &str| {
                let by_hand = format!("{word} for {name}");
                text.lines()
                    .filter(|line| line.starts_with("impl"))
                    .filter_map(|line| line.split_once(&by_hand))
                    .any(|(_, rest)| !rest.starts_with(char::is_alphanumeric))
            };
            if derives("Deserialize") || implements("Deserialize<'de>") {
                readable.insert(name.clone());
            }
            if derives("Serialize") || implements("Serialize") {
                writable.insert(name.clone());
            }
        }
    }
}

/// Public types with their attributes; types of `change!` as well.
fn public_types(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut attributes = String::new();
    for line in text.lines() {
        let line = line.trim();
        let public = line
            .strip_prefix("pub struct ")
            .or(line.strip_prefix("pub enum "));
        // In a macro, the name of the type has no keywords before it, and its description follows.
        let changed = line
            .split_once(": \"the ")
            .filter(|_| line.ends_with("\","));
        let declared = public.or(changed.map(|(name, _)| name));
        if let Some(declared) = declared {
            let name = declared.split(|letter: char| !letter.is_alphanumeric());
            let name = name.clone().next().unwrap();
            if !name.is_empty() && !declared.starts_with('$') {
                found.push((name.to_owned(), std::mem::take(&mut attributes)));
            }
        } else if line.starts_with('#') || !attributes.is_empty() && !line.is_empty() {
            attributes.push_str(line);
            if line.ends_with(['{', '}', ';']) {
                attributes.clear();
            }
        }
    }
    found
}

#[test]
fn responses_of_the_sandbox_are_read_back() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.add_item(156, SandboxItem::asset(5, "NEW_TYPE"));
    sandbox.script_result("", SandboxScript::returns([3.into()]).log("a line"));
    let client = sandbox.client();
    people(&client);
    groups(&client);
    #[cfg(feature = "upload")]
    assets(&client);
    universes(&client);
    stores(&client);
    data_stores(&client);
    #[cfg(feature = "upload")]
    selling(&client);
    secrets(&client);
    team_create(&sandbox);
    events(&client);
    #[cfg(feature = "analytics")]
    analytics(&sandbox);
    #[cfg(feature = "configs")]
    configs(&client);
    reads_back(&client.key_info().unwrap());
    let requests = sandbox.requests();
    let seen = |method: &str, template: &str| {
        requests
            .iter()
            .any(|request| request.method() == method && fits(template, request.path()))
    };
    let unseen: Vec<_> = endpoints::endpoints()
        .into_iter()
        .filter(|(method, path)| method == "GET" && !seen(method, path))
        .map(|(_, path)| path)
        .collect();
    assert_eq!(unseen, NOT_DRIVEN);
}

/// Calls whose responses are in the golden files only: the sandbox does not support localization, thumbnails of the home
/// page, experiments, ads, alerts, the creator store and 3D thumbnails.
const NOT_DRIVEN: &[&str] = &[
    "/ads-management/v1/advertisable-universes",
    "/ads-management/v1/billing-accounts",
    "/ads-management/v1/billing-accounts/{id}",
    "/ads-management/v1/campaign-options",
    "/ads-management/v1/campaigns",
    "/ads-management/v1/campaigns/{id}",
    "/ads-management/v1/creatives",
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts",
    "/analytics-alert-control-plane/v1/resource/{resourceType}/id/{resourceId}/alerts/incidents",
    "/cloud/v2/creator-store-products/{creator_store_product_id}",
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments",
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}",
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}/stats",
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/operations/{operationId}",
    "/legacy-game-internationalization/v1/badges/{badgeId}/icons",
    "/legacy-game-internationalization/v1/badges/{badgeId}/name-description",
    "/legacy-game-internationalization/v1/developer-products/{developerProductId}/icons",
    "/legacy-game-internationalization/v1/developer-products/{developerProductId}/name-description",
    "/legacy-game-internationalization/v1/game-icon/games/{gameId}",
    "/legacy-game-internationalization/v1/game-passes/{gamePassId}/icons",
    "/legacy-game-internationalization/v1/game-passes/{gamePassId}/name-description",
    "/legacy-game-internationalization/v1/supported-languages/games/{gameId}/automatic-translation-status",
    "/legacy-game-internationalization/v1/supported-languages/games/{gameId}/universe-display-info-automatic-translation-settings",
    "/legacy-localization-tables/v1/autolocalization/metadata",
    "/legacy-localization-tables/v1/localization-table/limits",
    "/legacy-localization-tables/v1/localization-table/tables/{assetId}",
    "/legacy-localization-tables/v1/localization-table/tables/{tableId}",
    "/legacy-localization-tables/v1/localization-table/tables/{tableId}/entries",
    "/legacy-localization-tables/v1/localization-table/tables/{tableId}/entry-count",
    "/thumbnail-personalization-api/v1/universes/{universeId}/personalization",
    "/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails",
    "/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails/uploads/status",
    "/toolbox-service/v1/saves",
    "/toolbox-service/v2/assets/{id}",
    "/toolbox-service/v2/assets:search",
    "/v1/assets-thumbnail-3d",
    "/v1/users/avatar-3d",
    "/v1/users/outfit-3d",
];

/// Whether a path has the form of a template.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(wanted, given)| {
            match wanted
                .strip_prefix('{')
                .and_then(|rest| rest.split_once('}'))
            {
                Some((_, verb)) => {
                    given.ends_with(verb) && given.contains(':') == verb.contains(':')
                }
                None => wanted == given,
            }
        })
}

fn each<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    items: impl IntoIterator<Item = rblx_open_cloud::Result<T>>,
) -> Vec<T> {
    let items: Vec<T> = items.into_iter().collect::<Result<_, _>>().unwrap();
    assert!(!items.is_empty());
    for item in &items {
        reads_back(item);
    }
    items
}

fn people(client: &Client) {
    let user = client.user(156);
    reads_back(&user.get().unwrap());
    each(user.list_groups());
    each(user.list_inventory(models::InventoryFilter::all()));
    each(user.list_asset_quotas(models::AssetQuotaFilter::all()));
    user.follow_universe(13_058).unwrap();
    each(user.followed_universes_v1().unwrap().into_iter().map(Ok));
    each(user.followed_universes().unwrap().into_iter().map(Ok));
    reads_back(&user.following_status(13_058).unwrap());
    let mut thumbnail = user
        .generate_thumbnail(models::ThumbnailRequest::new())
        .unwrap();
    reads_back(&thumbnail.wait(std::time::Duration::from_secs(10)).unwrap());
    let mut again = client.operation::<models::Thumbnail>(thumbnail.path());
    reads_back(&again.wait(std::time::Duration::from_secs(10)).unwrap());
    let notification = models::Notification::new(7, "m");
    reads_back(&user.send_notification(&notification).unwrap());
}

fn groups(client: &Client) {
    let group = client.group(7);
    reads_back(&group.get().unwrap());
    for role in each(group.list_roles()) {
        reads_back(&group.get_role(role.id).unwrap());
    }
    each(group.list_memberships(models::MembershipFilter::all()));
    each(client.list_memberships([156, 2]));
    each(group.list_join_requests());
    reads_back(&group.set_role(1001, 98).unwrap());
    reads_back(&group.set_status("Hello").unwrap());
    each(group.list_audit_log(models::GroupAuditLogFilter::all()));
    reads_back(&group.get_settings().unwrap());
    each(client.group_policies([7, 8]).unwrap().into_iter().map(Ok));
    client.pending_groups().unwrap().iter().for_each(|group| {
        reads_back(group);
    });
    let posts = models::ForumPostFilter::all().with_first_comment();
    let mut comments = Vec::new();
    for category in each(group.list_forum_categories(models::ForumCategoryFilter::current())) {
        for post in group.list_forum_posts(&category.id, posts) {
            let post = post.unwrap();
            reads_back(&post);
            let all = models::ForumCommentFilter::on_post();
            comments.extend(group.list_forum_comments(&category.id, &post.id, all));
        }
    }
    each(comments);
}

#[cfg(feature = "upload")]
fn assets(client: &Client) {
    use rblx_open_cloud::AssetFile;
    use std::time::Duration;

    let limit = Duration::from_secs(10);
    let file = AssetFile::bytes("model.fbx", b"Kaydara FBX Binary  \x00".to_vec());
    let upload = models::AssetUpload::new(models::AssetType::Model, "Tree", "", file);
    let mut operation = client.user(156).upload_asset(upload).unwrap();
    let asset = operation.wait(limit).unwrap();
    reads_back(&asset);
    let mut again = client.operation::<models::Asset>(operation.path());
    reads_back(&again.wait(limit).unwrap());
    let handle = client.asset(asset.asset_id);
    let update = models::AssetUpdate::new()
        .display_name("Oak")
        .icon(5)
        .previews([models::AssetPreview::new(6)])
        .social_link(models::SocialPlatform::Twitch, "https://twitch.tv/x")
        .social_link(models::SocialPlatform::Discord, "https://discord.gg/x")
        .try_place(7);
    reads_back(&handle.update(update).unwrap().wait(limit).unwrap());
    let fields = [
        "icon",
        "previews",
        "state",
        "twitchSocialLink",
        "discordSocialLink",
        "tryAssetSocialLink",
    ];
    let whole = handle
        .get_with(fields.map(models::AssetField::from))
        .unwrap();
    assert_eq!(whole.social_links.len(), 2);
    reads_back(&whole);
    reads_back(&handle.get().unwrap());
    for version in each(handle.list_versions()) {
        reads_back(&handle.get_version(version.number.unwrap()).unwrap());
    }
    reads_back(&handle.location().unwrap());
    reads_back(&handle.version_location(1).unwrap());
    let grant = models::PermissionGrant::new(
        models::AssetAction::Use,
        models::PermissionSubject::Everyone,
    );
    let outcome = client.grant_each_permission(grant.assets([1, 2])).unwrap();
    outcome.refused.iter().for_each(|failure| {
        reads_back(failure);
    });
    reads_back(&handle.archive().unwrap());
}

fn luau(client: &Client) {
    let limit = std::time::Duration::from_secs(10);
    let universe = client.universe(13_058);
    let place = universe.place(90);
    let file = rblx_open_cloud::AssetFile::bytes("a.bin", [1]);
    let input = universe.luau_input(file).unwrap();
    reads_back(&input);
    let script = models::LuauScript::source("return 1")
        .timeout(limit)
        .input(&input)
        .binary_output();
    let mut task = place.run(script).start().unwrap();
    reads_back(&task.get().unwrap());
    task.wait(limit).unwrap();
    reads_back(&task.get().unwrap());
    each(task.list_logs());
    for child in each(place.root_instance().list_children()) {
        let mut operation = place.instance(&child.id).get().unwrap();
        reads_back(&operation.wait(limit).unwrap());
    }
}

fn universes(client: &Client) {
    let universe = client.universe(13_058);
    assert_eq!(client.place_universe(90).unwrap(), universe.id());
    reads_back(&universe.get().unwrap());
    let place = universe.place(90);
    reads_back(&place.get().unwrap());
    let file = rblx_open_cloud::AssetFile::bytes("a.rbxlx", "<roblox version=\"4\"></roblox>");
    place.publish(file).unwrap();
    each(place.list_versions(models::PlaceHistoryFilter::all()));
    let contributors: Vec<_> = place.list_contributors().map(Result::unwrap).collect();
    assert!(!contributors.is_empty());
    let ban = models::Ban::for_days(2)
        .display_reason("r")
        .private_reason("p");
    reads_back(&universe.ban(2, ban.clone()).unwrap());
    reads_back(&place.ban(2, ban).unwrap());
    reads_back(&universe.restriction(2).unwrap());
    reads_back(&place.restriction(2).unwrap());
    each(universe.list_restrictions());
    each(place.list_restrictions());
    each(universe.list_restriction_logs(models::RestrictionLogFilter::all()));
    for option in place.server_filters().unwrap() {
        reads_back(&option);
    }
    let servers = each(place.list_servers(1, models::ServerFilter::all()));
    let job = servers[0].job_id.clone().unwrap();
    each(place.list_server_logs(1, job, models::ServerLogFilter::all()));
    each(universe.forecast_restart().unwrap().into_iter().map(Ok));
    let restart = universe.launch_restart(models::RestartPlan::all()).unwrap();
    assert!(!restart.id().as_str().is_empty());
    each(universe.restarts().unwrap().into_iter().map(Ok));
    luau(client);
    let translation = models::Translation::new("Hello", ["fr-fr"]);
    reads_back(&universe.translate(translation).unwrap());
}

#[cfg(feature = "upload")]
fn selling(client: &Client) {
    let universe = client.universe(13_058);
    let product = models::NewProduct::new("Gems").price(5);
    reads_back(&universe.create_developer_product(product).unwrap());
    for product in each(universe.list_developer_products()) {
        let handle = universe.developer_product(product.product_id);
        reads_back(&handle.get().unwrap());
    }
    let pass = models::NewPass::new("Pets").price(5).managed_pricing(true);
    reads_back(&universe.create_game_pass(pass).unwrap());
    for pass in each(universe.list_game_passes()) {
        reads_back(&universe.game_pass(pass.game_pass_id).get().unwrap());
    }
    let badge = models::NewBadge::new("Explorer", models::Payer::User, 0);
    reads_back(&universe.create_badge(badge).unwrap());
}

fn secrets(client: &Client) {
    let universe = client.universe(13_058);
    for user in [156, 2] {
        reads_back(&universe.subscription("EXP-1", user).unwrap());
    }
    let secrets = universe.secrets();
    each(secrets.list());
    let key = secrets.public_key().unwrap();
    reads_back(&key);
    #[cfg(feature = "secrets")]
    reads_back(
        &secrets
            .set("a", models::NewSecret::plain("x").domain("*"))
            .unwrap(),
    );
}

fn team_create(sandbox: &Sandbox) {
    let client = sandbox.client();
    let universe = client.universe(13_058);
    reads_back(&universe.my_permissions().unwrap());
    for (_, permissions) in client.universe_permissions([13_058, 13_059]).unwrap() {
        reads_back(&permissions);
    }
    assert!(!universe.team_create().is_enabled().unwrap());
    let settings = client.team_create_settings([13_058]).unwrap();
    each(settings.into_iter().map(Ok));
    sandbox.join_team_create(91, 156);
    each(universe.place(91).list_team_create_members());
    each(client.manageable_groups().unwrap().into_iter().map(Ok));
}

fn events(client: &Client) {
    let universe = client.universe(13_058);
    for event in each(universe.list_events(models::EventFilter::all())) {
        reads_back(&client.event(event.id).get().unwrap());
        let fields = [models::EventField::DisplayTitle, models::EventField::Host];
        reads_back(&client.event(event.id).get_with(fields).unwrap());
    }
    let start = time::OffsetDateTime::now_utc();
    let end = start + time::Duration::hours(1);
    let event = models::NewEvent::new("t", "s", start, end)
        .group(7)
        .categories([models::EventCategory::Quest])
        .thumbnails([5])
        .recurrence("0 18 * * 6");
    reads_back(&universe.create_event(event).unwrap());
}

#[cfg(feature = "analytics")]
fn analytics(sandbox: &Sandbox) {
    use models::{DimensionQuery, DimensionValues, Granularity, MetricQuery, MetricSeries};

    let limit = std::time::Duration::from_secs(10);
    let (end, client) = (time::OffsetDateTime::now_utc(), sandbox.client());
    let start = end - time::Duration::days(7);
    sandbox.metric("m", [(start, 1.0), (end - time::Duration::days(1), 2.5)]);
    for _ in 0..2 {
        let query = MetricQuery::new("m", Granularity::OneDay, start, end);
        let query = query.break_down_by(["Platform"]);
        let universe = client.universe(13_058);
        let mut operation = universe.query_metric(query).unwrap();
        reads_back(&operation.wait(limit).unwrap());
        let mut again = client.operation::<MetricSeries>(operation.path());
        reads_back(&again.wait(limit).unwrap());
        let query = DimensionQuery::new("m", ["Platform"], start, end);
        let mut operation = universe.dimension_values(query).unwrap();
        reads_back(&operation.wait(limit).unwrap());
        let mut again = client.operation::<DimensionValues>(operation.path());
        reads_back(&again.wait(limit).unwrap());
    }
}

#[cfg(feature = "configs")]
fn configs(client: &Client) {
    use models::{ConditionalRule, ConditionalRules, RuleToken};

    let config = client.universe(13_058);
    let config = config.config(models::ConfigRepository::InExperience);
    let rule = ConditionalRule::new([RuleToken::attribute("a"), RuleToken::boolean(true)]);
    let rules = ConditionalRules::new().rule("r", rule).order(["r"]);
    let change = models::ConfigChange::new().set("new", 1).rules(rules);
    config.change(change.remove("motd")).unwrap();
    reads_back(&config.draft().unwrap());
    let hash = config.draft().unwrap().draft_hash.unwrap();
    config.publish(hash, "m").unwrap();
    reads_back(&config.get().unwrap());
    reads_back(&config.get_full().unwrap());
    each(config.list_revisions(models::RevisionRange::all()));
}

fn stores(client: &Client) {
    let universe = client.universe(13_058);
    let points = universe.ordered_data_store("Points");
    each(points.list(models::OrderedFilter::all()));
    each(points.v1().list(models::OrderedFilter::all()));
    reads_back(&points.get("player_7").unwrap());
    reads_back(&points.v1().get("player_7").unwrap());
    reads_back(&points.increment("player_7", -100).unwrap());
    let board = universe.sorted_map("Board");
    let item = models::NewMapItem::new([1, 2]).sort_key("text");
    reads_back(&board.create("new", item).unwrap());
    each(board.list::<RawJson>(models::MapFilter::all()));
    reads_back(&board.get::<RawJson>("team_1").unwrap());
    let jobs = universe.memory_queue("Jobs");
    let item = models::QueueItem::new("job").priority(0.5);
    reads_back(&jobs.add(item).unwrap());
    let batch = jobs.read::<RawJson>(models::QueueRead::up_to(10)).unwrap();
    each(batch.items.into_iter().map(Ok));
    let flush = universe.flush_memory_stores(models::FlushScope::Live);
    let mut flush = flush.unwrap();
    reads_back(&flush.wait(std::time::Duration::from_secs(10)).unwrap());
    let mut again = client.operation::<models::Finished>(flush.path());
    reads_back(&again.poll().unwrap().unwrap());
}

fn data_stores(client: &Client) {
    use models::{Entry, EntryKey, RawJson};

    let universe = client.universe(13_058);
    each(universe.list_data_stores(models::DataStoreFilter::all()));
    reads_back(&universe.snapshot_data_stores().unwrap());
    let store = universe.data_store("Inventory");
    let pets = store.clone().scope("pets");
    each(store.list_entries(models::EntryFilter::all()).limit(3));
    let keys: Vec<EntryKey> = each(pets.list_entries(models::EntryFilter::all()));
    for entry in [store.entry("player_7"), pets.entry(&keys[0])] {
        let read: Entry<RawJson> = entry.get().unwrap();
        reads_back(&read);
        let new = models::SetEntry::new("x").keep(&read);
        reads_back(&entry.set(new.clone()).unwrap());
        reads_back(
            &entry
                .set(new.if_revision(&entry.get::<RawJson>().unwrap().revision_id))
                .unwrap(),
        );
        each(entry.list_revisions(models::RevisionFilter::all()));
        reads_back(&entry.roll_back(&read.revision_id).unwrap());
    }
    reads_back(&store.create("new", models::NewEntry::new(1)).unwrap());
    reads_back(
        &store
            .entry("new")
            .increment(models::Increment::by(1))
            .unwrap(),
    );
    let v1 = store.v1();
    each(v1.list_stores(""));
    each(v1.list_keys("player_1").limit(3));
    reads_back(&v1.get::<RawJson>("player_7").unwrap());
    reads_back(&v1.set("player_7", models::SetEntry::new(1)).unwrap());
    let versions = each(v1.list_versions("player_7", models::VersionFilter::all()));
    reads_back(
        &v1.get_version::<RawJson>("player_7", &versions[0].version)
            .unwrap(),
    );
    reads_back(&store.delete().unwrap());
}
