//! Every call about users, with every parameter.

use rblx_open_cloud::Client;
use rblx_open_cloud::models::{
    AssetQuotaFilter, AssetType, InventoryAssetType, InventoryFilter, Thumbnail, ThumbnailFormat,
    ThumbnailRequest, ThumbnailShape,
};

pub(crate) fn call(client: &Client) {
    let user = client.user(156);
    user.get().unwrap();
    user.list_groups()
        .page_size(5)
        .limit(3)
        .pages()
        .next()
        .unwrap()
        .unwrap();
    let by_type = InventoryFilter::by_type()
        .asset_types([InventoryAssetType::Hat, InventoryAssetType::DynamicHead])
        .only_collectibles()
        .badges()
        .game_passes()
        .private_servers();
    let by_id = InventoryFilter::by_id()
        .assets([1, 2])
        .badges([3])
        .game_passes([4])
        .private_servers([5]);
    for filter in [InventoryFilter::all(), by_type.into(), by_id.into()] {
        // More than one page, so that a page token goes out too.
        let mut pages = user.list_inventory(filter).page_size(2).pages();
        pages.next().unwrap().unwrap();
        pages.next().unwrap().unwrap();
    }
    let picture = ThumbnailRequest::new()
        .size(150)
        .format(ThumbnailFormat::Jpeg)
        .shape(ThumbnailShape::Square);
    let mut picture = user.generate_thumbnail(picture).unwrap();
    println!("the picture: {:?}", picture.poll());
    let polled = client
        .operation::<Thumbnail>("users/156/operations/1")
        .poll();
    println!("another one: {polled:?}");
    let quotas = AssetQuotaFilter::all()
        .uploads()
        .asset_type(AssetType::Audio);
    user.list_asset_quotas(quotas)
        .page_size(2)
        .pages()
        .next()
        .unwrap()
        .unwrap();
}
