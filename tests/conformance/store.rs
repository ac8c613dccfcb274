//! Every call about permissions, three-dimensional pictures and the creator store, with every parameter.

use rblx_open_cloud::models::{
    AssetAction, AssetGrant, Creator, GroupId, Money, NewStoreProduct, PermissionGrant,
    PermissionSubject, RoleId, StoreAsset, StoreAssetType, StoreAudioFilter, StoreAudioType,
    StoreInstanceType, StoreModelFilter, StoreModelSubType, StoreMusicChart, StoreProductUpdate,
    StoreSaveFilter, StoreSaveSort, StoreSearch, StoreSearchView, StoreSort, StoreSortDirection,
    UniverseId, UserId,
};
use rblx_open_cloud::{Client, ErrorKind};

pub(crate) fn call(client: &Client) {
    permissions(client);
    pictures(client);
    products(client);
    searches(client);
    saves(client);
}

fn permissions(client: &Client) {
    for (action, subject) in [
        (AssetAction::Use, UniverseId::from(13_058).into()),
        (AssetAction::Edit, UserId::from(156).into()),
        (AssetAction::Use, GroupId::from(7).into()),
        (AssetAction::Use, RoleId::from(9).into()),
        (AssetAction::Download, PermissionSubject::Everyone),
        (AssetAction::CopyFromRcc, UniverseId::from(1).into()),
        (AssetAction::UpdateFromRcc, UniverseId::from(1).into()),
    ] {
        let everything = AssetGrant::new(7).with_dependencies().parent_version(3);
        let grant = PermissionGrant::new(action, subject)
            .assets([5, 6])
            .asset(everything);
        // The response is random, and about other assets.
        let refused = client.grant_each_permission(grant.clone()).unwrap().refused;
        assert!(refused.len() >= 3);
        assert_eq!(client.grant_permissions(grant).unwrap_err().attempts(), 1);
    }
}

/// The document does not say how the responses look, so they are empty.
fn pictures(client: &Client) {
    for response in [
        client.asset(5).get_thumbnail_3d(),
        client.asset(5).get_thumbnail_gltf(),
        client.user(156).get_avatar_3d(),
        client.get_outfit_3d(110_540_093),
    ] {
        let error = response.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

fn products(client: &Client) {
    let store = client.creator_store();
    let price = || Money::parse("USD", "4.99").unwrap();
    for asset in [
        StoreAsset::model(1),
        StoreAsset::plugin(2),
        StoreAsset::audio(3),
        StoreAsset::decal(4),
        StoreAsset::mesh_part(5),
        StoreAsset::video(6),
        StoreAsset::font_family(7),
    ] {
        let product = NewStoreProduct::new(asset.clone())
            .base_price(price())
            .published(true);
        store.create_product(product).unwrap();
        store.product(&asset).get().unwrap();
        let change = StoreProductUpdate::new()
            .base_price(price())
            .published(false);
        store.product(&asset).update(change.clone()).unwrap();
        store
            .product(&asset)
            .update(change.or_create(asset.clone()))
            .unwrap();
    }
}

fn searches(client: &Client) {
    let store = client.creator_store();
    store.get_asset(257_489_726).unwrap();
    let sounds = StoreAudioFilter::new()
        .types([StoreAudioType::Music, StoreAudioType::SoundEffect])
        .min_seconds(1)
        .max_seconds(60)
        .artist("artist")
        .album("album")
        .chart(StoreMusicChart::Month);
    let models = StoreModelFilter::new()
        .sub_types([StoreModelSubType::Package, StoreModelSubType::MaterialPack])
        .without_sub_types([StoreModelSubType::Ad])
        .containing([StoreInstanceType::Script, StoreInstanceType::Animation]);
    let search = StoreSearch::of(StoreAssetType::FontFamily)
        .category("3d__characters")
        .text("oak tree")
        .creator(Creator::User(156.into()))
        .verified_creators_only(true)
        .min_price_cents(1)
        .max_price_cents(499)
        .facets(["green", "low poly"])
        .tags(["nature", "wood"])
        .swimlane("trending")
        .sort_by(StoreSort::UpdatedTime)
        .sort_direction(StoreSortDirection::Ascending)
        .view(StoreSearchView::Ids)
        .audio(sounds)
        .models(models);
    for search in [
        search.clone(),
        search.clone().creator(Creator::Group(7.into())),
        StoreSearch::in_category("3d__characters"),
    ] {
        // More than one page, so that a page token goes out too.
        for list in [
            store.search(search.clone()),
            store.search_by_url(search.clone()),
        ] {
            list.page_size(2)
                .pages()
                .take(2)
                .for_each(|page| drop(page.unwrap()));
        }
        store.search_page(search, 1, 100).unwrap();
    }
    let picture = StoreSearch::of(StoreAssetType::Decal).image(b"\x89PNG");
    store.search(picture).next().unwrap().unwrap();
}

fn saves(client: &Client) {
    let store = client.creator_store();
    for filter in [
        StoreSaveFilter::all(),
        StoreSaveFilter::all()
            .asset(StoreAsset::mesh_part(5))
            .keyword("oak tree")
            .hide_owned(true)
            .sort_by(StoreSaveSort::TargetType, StoreSortDirection::Descending),
    ] {
        store
            .list_saves(filter)
            .page_size(2)
            .pages()
            .next()
            .unwrap()
            .unwrap();
    }
    store.save(StoreAsset::video(5)).unwrap();
    store.unsave(StoreAsset::audio(5)).unwrap();
    store
        .unsave_all([StoreAsset::model(1), StoreAsset::plugin(2)])
        .unwrap();
}
