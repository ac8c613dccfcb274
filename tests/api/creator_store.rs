//! The creator store: requests byte for byte, and responses.

use crate::support::{MockServer, Received, attempts, first, json as status, ok, response, sent};
use rblx_open_cloud::models::{
    Creator, CreatorStoreAsset, Decimal, Money, NewStoreProduct, ProductRestriction, StoreAsset,
    StoreAssetType, StoreAudioFilter, StoreAudioType, StoreInstanceType, StoreLinkType,
    StoreModelFilter, StoreModelSubType, StoreMusicChart, StoreProduct, StoreProductId,
    StoreProductUpdate, StoreSaveFilter, StoreSaveSort, StoreSearch, StoreSearchView, StoreSort,
    StoreSortDirection,
};
use rblx_open_cloud::{Client, ErrorKind};
use serde_json::{Value, from_slice, json};

fn body(request: &Received) -> Value {
    assert_eq!(request.header("content-type"), Some("application/json"));
    from_slice(&request.body).unwrap()
}

fn usd(amount: &str) -> Money {
    Money::parse("USD", amount).unwrap()
}

/// A search with every setting.
fn full_search() -> StoreSearch {
    StoreSearch::of(StoreAssetType::Model)
        .category("3d__characters")
        .text("oak tree & more")
        .creator(Creator::User(156.into()))
        .verified_creators_only(false)
        .min_price_cents(0)
        .max_price_cents(499)
        .facets(["low poly", "green"])
        .tags(["nature"])
        .swimlane("trending")
        .sort_by(StoreSort::Ratings)
        .sort_direction(StoreSortDirection::Descending)
        .view(StoreSearchView::Full)
        .audio(
            StoreAudioFilter::new()
                .types([StoreAudioType::Music, StoreAudioType::Other])
                .min_seconds(0)
                .max_seconds(60)
                .artist("a")
                .album("b")
                .chart(StoreMusicChart::Week),
        )
        .models(
            StoreModelFilter::new()
                .sub_types([StoreModelSubType::Package])
                .without_sub_types([StoreModelSubType::Ad])
                .containing([StoreInstanceType::Script, StoreInstanceType::Tool]),
        )
}

#[test]
fn products_are_created_with_one_asset_and_the_accepted_exponent() {
    for (asset, field) in [
        (StoreAsset::model(1), "modelAssetId"),
        (StoreAsset::plugin(1), "pluginAssetId"),
        (StoreAsset::audio(1), "audioAssetId"),
        (StoreAsset::decal(1), "decalAssetId"),
        (StoreAsset::mesh_part(1), "meshPartAssetId"),
        (StoreAsset::video(1), "videoAssetId"),
        (StoreAsset::font_family(1), "fontFamilyAssetId"),
        (
            StoreAsset::new(StoreAssetType::from("Hologram"), 1),
            "hologramAssetId",
        ),
    ] {
        let request = sent(|client| {
            client
                .creator_store()
                .create_product(NewStoreProduct::new(asset))
        });
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/cloud/v2/creator-store-products")
        );
        assert_eq!(body(&request), json!({ field: "1" }));
    }
    for (price, significand, exponent) in [
        (usd("4.99"), 4_990_000_000_i64, -9),
        (
            Money::new("USD", Decimal::new(499_000, -5)),
            4_990_000_000,
            -9,
        ),
        (usd("249.99"), 249_990_000_000, -9),
        (usd("5"), 5_000_000_000, -9),
        (usd("0.00"), 0, 0),
    ] {
        let product = NewStoreProduct::new(StoreAsset::plugin(123))
            .base_price(price)
            .published(true);
        let request = sent(|client| client.creator_store().create_product(product));
        assert_eq!(
            body(&request),
            json!({
                "basePrice": {"currencyCode": "USD", "quantity": {"significand": significand, "exponent": exponent}},
                "published": true,
                "pluginAssetId": "123",
            })
        );
    }
    let peer = MockServer::replying([ok("{}")]);
    for price in ["4.9999999999", "10000000000", "-1"] {
        let product = NewStoreProduct::new(StoreAsset::model(1)).base_price(usd(price));
        let error = peer
            .client()
            .creator_store()
            .create_product(product)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(&format!("{price} USD")), "{error}");
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn a_change_names_the_fields_that_it_sets() {
    let change = |id: &str, change: StoreProductUpdate| {
        let request = sent(|client| client.creator_store().product(id).update(change));
        assert_eq!(request.method, "PATCH");
        (request.target.clone(), body(&request))
    };
    let price = json!({"currencyCode": "USD", "quantity": {"significand": 4_990_000_000_i64, "exponent": -9}});
    let path = "/cloud/v2/creator-store-products/";
    assert_eq!(
        change("x", StoreProductUpdate::new().published(false)),
        (
            format!("{path}x?updateMask=published"),
            json!({"published": false})
        )
    );
    assert_eq!(
        change(
            "x",
            StoreProductUpdate::new()
                .published(true)
                .base_price(usd("4.99"))
        ),
        (
            format!("{path}x?updateMask=basePrice%2Cpublished"),
            json!({"basePrice": price, "published": true})
        )
    );
    assert_eq!(
        change(
            "x",
            StoreProductUpdate::new()
                .base_price(usd("4.99"))
                .or_create(StoreAsset::plugin(5))
        ),
        (
            format!("{path}x?updateMask=basePrice&allowMissing=true"),
            json!({"basePrice": price, "pluginAssetId": "5"})
        )
    );
    assert_eq!(
        change("../a/b c", StoreProductUpdate::new().published(true)).0,
        format!("{path}..%2Fa%2Fb%20c?updateMask=published")
    );

    let peer = MockServer::replying([ok("{}")]);
    let store = peer.client().creator_store();
    for nothing in [
        StoreProductUpdate::new(),
        StoreProductUpdate::new().or_create(StoreAsset::model(1)),
    ] {
        assert_eq!(
            store.product("x").update(nothing).unwrap_err().kind(),
            ErrorKind::InvalidInput
        );
    }
    let published = StoreProductUpdate::new().published(true);
    for id in ["", "..", "creator-store-products/."] {
        let error = store.product(id).update(published.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id}");
    }
    assert_eq!(
        store
            .product("creator-store-products/")
            .get()
            .unwrap_err()
            .kind(),
        ErrorKind::InvalidInput
    );
    assert!(peer.requests().is_empty());
}

#[test]
fn a_product_is_found_by_its_id_its_path_or_what_it_sells() {
    let tree = StoreAsset::model(16_989_381_169);
    let by = |id: StoreProductId| sent(|client| client.creator_store().product(id).get()).target;
    let target = "/cloud/v2/creator-store-products/CreatorMarketplaceAsset-Model-16989381169";
    let path = "creator-store-products/CreatorMarketplaceAsset-Model-16989381169";
    assert_eq!(by(StoreProductId::from(&tree)), target);
    assert_eq!(by(tree.into()), target);
    assert_eq!(by(path.into()), target);
    assert_eq!(by(format!("/{path}").into()), target);
    assert_eq!(
        by("PRODUCT_NAMESPACE-ä/1".into()),
        "/cloud/v2/creator-store-products/PRODUCT_NAMESPACE-%C3%A4%2F1"
    );
    let handle = MockServer::replying([ok("{}")])
        .client()
        .creator_store()
        .product(path);
    assert_eq!(
        handle.id().to_string(),
        "CreatorMarketplaceAsset-Model-16989381169"
    );
}

#[test]
fn a_product_in_the_form_of_the_service() {
    let recorded = r#"{"path":"creator-store-products/CreatorMarketplaceAsset-Model-16989381169","displayName":"monkey","description":"",
        "basePrice":{"currencyCode":"USD","quantity":{"significand":0,"exponent":0}},
        "purchasePrice":{"currencyCode":"USD","quantity":{"significand":4990000000,"exponent":-9}},
        "published":false,"restrictions":["SOLD_ITEM_RESTRICTED","ECLIPSE"],"purchasable":false,"userSeller":"45348281",
        "modelAssetId":"16989381169"}"#;
    let get = |body: &str| {
        MockServer::replying([ok(body)])
            .client()
            .creator_store()
            .product("x")
            .get()
    };
    let product = get(recorded).unwrap();
    assert_eq!(product.asset, Some(StoreAsset::model(16_989_381_169)));
    assert_eq!(product.id, product.asset.as_ref().map(StoreProductId::from));
    assert_eq!(product.base_price, Some(usd("0")));
    assert_eq!(product.purchase_price, Some(usd("4.99")));
    assert_eq!(
        (product.published, product.purchasable),
        (Some(false), Some(false))
    );
    assert_eq!(
        product.restrictions,
        [
            ProductRestriction::SoldItemRestricted,
            ProductRestriction::from("ECLIPSE")
        ]
    );
    assert_eq!(product.seller, Some(Creator::User(45_348_281.into())));
    let without_path = get(r#"{"path":"","id":"x-1"}"#).unwrap();
    assert_eq!(without_path.id, Some("x-1".into()));

    for (seller, expected) in [
        (r#""userSeller":"users/1""#, Some(Creator::User(1.into()))),
        (r#""userSeller":1"#, Some(Creator::User(1.into()))),
        (
            r#""userSeller":"","groupSeller":"groups/7""#,
            Some(Creator::Group(7.into())),
        ),
        (
            r#""userSeller":null,"groupSeller":"7""#,
            Some(Creator::Group(7.into())),
        ),
        (r#""userSeller":"nobody","groupSeller":{}"#, None),
        (r#""published":true"#, None),
    ] {
        assert_eq!(
            get(&format!("{{{seller}}}")).unwrap().seller,
            expected,
            "{seller}"
        );
    }
    for (asset, expected) in [
        (
            r#""fontFamilyAssetId":5,"modelAssetId":"","pluginAssetId":null,"audioAssetId":"0""#,
            Some(StoreAsset::font_family(5)),
        ),
        (
            r#""hologramAssetId":"9""#,
            Some(StoreAsset::new(StoreAssetType::from("Hologram"), 9)),
        ),
        (r#""AssetId":"9","modelAssetId":"x""#, None),
    ] {
        assert_eq!(
            get(&format!("{{{asset}}}")).unwrap().asset,
            expected,
            "{asset}"
        );
    }
    let bare = get(r#"{"path":null,"basePrice":null,"purchasePrice":{"currencyCode":"USD"},"restrictions":null}"#).unwrap();
    assert_eq!(
        (bare.id, bare.base_price, bare.purchase_price),
        (None, None, None)
    );
    assert!(bare.restrictions.is_empty());
    for malformed in [r#"{"basePrice":4.99}"#, "[]", ""] {
        assert_eq!(
            get(malformed).unwrap_err().kind(),
            ErrorKind::Decode,
            "{malformed}"
        );
    }
}

#[test]
fn requests_of_the_toolbox() {
    let store = |client: Client| client.creator_store();
    let request = sent(|client| store(client).get_asset(123));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", "/toolbox-service/v2/assets/123")
    );

    let request = sent(|client| store(client).save(StoreAsset::mesh_part(5)));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/toolbox-service/v1/saves")
    );
    assert_eq!(
        body(&request),
        json!({"targetType": "MeshPart", "targetId": 5})
    );

    let request = sent(|client| store(client).unsave(StoreAsset::audio(5)));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        (
            "DELETE",
            "/toolbox-service/v1/saves?targetType=Audio&targetId=5"
        )
    );
    assert!(request.body.is_empty());
    assert_eq!(
        (
            request.header("content-type"),
            request.header("transfer-encoding")
        ),
        (None, None)
    );

    let several = [
        StoreAsset::model(1),
        StoreAsset::new(StoreAssetType::from("New"), u64::MAX),
    ];
    let request = sent(|client| store(client).unsave_all(several));
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/toolbox-service/v1/saves:bulkDelete")
    );
    assert_eq!(
        body(&request),
        json!({"targets": [{"targetType": "Model", "targetId": 1}, {"targetType": "New", "targetId": u64::MAX}]})
    );
}

#[test]
fn saving_and_removing() {
    let made = MockServer::replying([response(201, "text/plain", "")]);
    made.client()
        .creator_store()
        .save(StoreAsset::model(1))
        .unwrap();
    let gone =
        MockServer::replying([b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n".to_vec()]);
    gone.client()
        .creator_store()
        .unsave(StoreAsset::model(1))
        .unwrap();
    let again = MockServer::replying([status(
        409,
        r#"{"title":"Conflict","status":409,"detail":"already saved"}"#,
    )]);
    let error = again
        .client()
        .creator_store()
        .save(StoreAsset::model(1))
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Conflict, "already saved")
    );

    let several = |body: &str, count: u64| {
        let peer = MockServer::replying([ok(body)]);
        let removed = peer
            .client()
            .creator_store()
            .unsave_all((0..count).map(StoreAsset::model));
        (removed, peer.requests().len())
    };
    assert_eq!(several(r#"{"deletedCount":2}"#, 3).0.unwrap(), 2);
    assert_eq!(several(r#"{"deletedCount":"5000"}"#, 5000).0.unwrap(), 5000);
    for untold in ["{}", r#"{"deletedCount":null}"#, ""] {
        assert_eq!(
            several(untold, 1).0.unwrap_err().kind(),
            ErrorKind::Decode,
            "{untold}"
        );
    }
    for count in [0, 5001] {
        let (error, requests) = several("{}", count);
        assert_eq!(
            (error.unwrap_err().kind(), requests),
            (ErrorKind::InvalidInput, 0)
        );
    }
}

#[test]
fn reads_are_retried_and_creations_are_not() {
    let search = || StoreSearch::of(StoreAssetType::Model);
    assert_eq!(
        attempts(|client| first(client.creator_store().search(search()))),
        4
    );
    assert_eq!(
        attempts(|client| client.creator_store().search_page(search(), 0, 1)),
        4
    );
    assert_eq!(
        attempts(|client| client.creator_store().unsave(StoreAsset::model(1))),
        4
    );
    let published = || StoreProductUpdate::new().published(true);
    assert_eq!(
        attempts(|client| client.creator_store().product("x").update(published())),
        4
    );
    assert_eq!(
        attempts(|client| client.creator_store().save(StoreAsset::model(1))),
        1
    );
    assert_eq!(
        attempts(|client| client.creator_store().unsave_all([StoreAsset::model(1)])),
        1
    );
    let new = || NewStoreProduct::new(StoreAsset::model(1));
    assert_eq!(
        attempts(|client| client.creator_store().create_product(new())),
        1
    );
}

#[test]
fn a_search_sends_every_setting_in_its_body() {
    let request = sent(|client| {
        client
            .creator_store()
            .search(full_search())
            .next()
            .transpose()
    });
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/toolbox-service/v2/assets:search")
    );
    assert_eq!(
        body(&request),
        json!({
            "searchCategoryType": "Model",
            "categoryPath": "3d__characters",
            "query": "oak tree & more",
            "userId": 156,
            "includeOnlyVerifiedCreators": false,
            "minPriceCents": 0,
            "maxPriceCents": 499,
            "facets": ["low poly", "green"],
            "tags": ["nature"],
            "swimlane": "trending",
            "sortCategory": "Ratings",
            "sortDirection": "Descending",
            "searchView": "Full",
            "audioSearchFilters": {
                "audioTypes": ["Music", "Unknown"], "minDurationSeconds": 0, "maxDurationSeconds": 60, "artist": "a",
                "album": "b", "musicChartType": "Week",
            },
            "modelSearchFilters": {
                "includedSubTypes": ["Package"], "excludedSubTypes": ["Ad"], "includedInstanceTypes": ["Script", "Tool"],
            },
            "maxPageSize": 100,
        })
    );
    let plain = |search: StoreSearch| {
        body(&sent(|client| {
            client.creator_store().search(search).next().transpose()
        }))
    };
    assert_eq!(
        plain(StoreSearch::in_category("a")),
        json!({"categoryPath": "a", "maxPageSize": 100})
    );
    let by_group = full_search().creator(Creator::Group(7.into()));
    let sent = plain(by_group);
    assert_eq!(
        (&sent["groupId"], sent.get("userId")),
        (&json!(7), None),
        "one of the two"
    );
}

#[test]
fn an_image_and_words_exclude_each_other() {
    let body = |search: StoreSearch| {
        let request = sent(|client| client.creator_store().search(search).next().transpose());
        from_slice::<Value>(&request.body).unwrap()
    };
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"foobar", "Zm9vYmFy"),
        (&[0xFB, 0xEF, 0xBE, 0xFF], "++++/w=="),
        (b"\x89PNG\r\n\x1a\n", "iVBORw0KGgo="),
    ] {
        let search = StoreSearch::of(StoreAssetType::Decal)
            .text("words")
            .image(bytes);
        let sent = body(search);
        assert_eq!((&sent["image"], sent.get("query")), (&json!(text), None));
    }
    let sent = body(
        StoreSearch::of(StoreAssetType::Decal)
            .image([1])
            .text("words"),
    );
    assert_eq!((&sent["query"], sent.get("image")), (&json!("words"), None));
}

#[test]
fn a_search_over_get_has_different_names_and_repeats_lists() {
    let request = sent(|client| {
        client
            .creator_store()
            .search_by_url(full_search())
            .page_size(7)
            .next()
            .transpose()
    });
    assert_eq!(request.method, "GET");
    assert!(request.body.is_empty());
    let (path, query) = request.target.split_once('?').unwrap();
    assert_eq!(path, "/toolbox-service/v2/assets:search");
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "audioAlbum=b",
            "audioArtist=a",
            "audioMaxDurationSeconds=60",
            "audioMinDurationSeconds=0",
            "audioTypes=Music",
            "audioTypes=Unknown",
            "categoryPath=3d__characters",
            "excludedModelSubTypes=Ad",
            "facets=green",
            "facets=low%20poly",
            "includeOnlyVerifiedCreators=false",
            "includedInstanceTypes=Script",
            "includedInstanceTypes=Tool",
            "maxPageSize=7",
            "maxPriceCents=499",
            "minPriceCents=0",
            "modelSubTypes=Package",
            "musicChartType=Week",
            "query=oak%20tree%20%26%20more",
            "searchCategoryType=Model",
            "searchView=Full",
            "sortCategory=Ratings",
            "sortDirection=Descending",
            "swimlane=trending",
            "tags=nature",
            "userId=156",
        ]
    );
    let peer = MockServer::replying([ok("{}")]);
    let image = StoreSearch::of(StoreAssetType::Decal).image([1]);
    let error = peer
        .client()
        .creator_store()
        .search_by_url(image)
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(
        (error.kind(), peer.requests().len()),
        (ErrorKind::InvalidInput, 0)
    );
}

#[test]
fn contradictory_searches_are_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let store = peer.client().creator_store();
    for search in [
        StoreSearch::of(StoreAssetType::Model)
            .min_price_cents(2)
            .max_price_cents(1),
        StoreSearch::of(StoreAssetType::Audio)
            .audio(StoreAudioFilter::new().min_seconds(2).max_seconds(1)),
    ] {
        let errors = [
            store.search(search.clone()).next().unwrap().unwrap_err(),
            store
                .search_by_url(search.clone())
                .next()
                .unwrap()
                .unwrap_err(),
            store.search_page(search, 0, 1).unwrap_err(),
        ];
        assert!(
            errors
                .iter()
                .all(|error| error.kind() == ErrorKind::InvalidInput)
        );
    }
    assert!(peer.requests().is_empty());
    let equal = StoreSearch::of(StoreAssetType::Audio)
        .min_price_cents(1)
        .max_price_cents(1)
        .audio(StoreAudioFilter::new().min_seconds(3).max_seconds(3));
    assert!(store.search(equal).next().is_none());
}

#[test]
fn a_page_reports_totals_facets_and_corrections() {
    let full = json!({
        "nextPageToken": "n", "totalResults": "5", "filteredKeyword": "tre",
        "queryFacets": {"appliedFacets": ["a"], "availableFacets": ["b", "c"]},
        "queryCorrection": {"suggestedQuery": "tree"},
        "creatorStoreAssets": [{"asset": {"id": 1}}],
    });
    let peer = MockServer::replying([ok(full.to_string())]);
    let search = StoreSearch::of(StoreAssetType::Model).text("tre");
    let page = peer
        .client()
        .creator_store()
        .search_page(search.clone(), 3, 250)
        .unwrap();
    assert_eq!(
        body(&peer.requests()[0]),
        json!({"searchCategoryType": "Model", "query": "tre", "pageNumber": 3, "maxPageSize": 100})
    );
    assert_eq!(page.assets[0].asset_id(), Some(1.into()));
    assert_eq!(
        (page.total_results, page.next_page_token.as_deref()),
        (Some(5), Some("n"))
    );
    assert_eq!(
        (page.applied_facets, page.available_facets),
        (vec!["a".to_owned()], vec!["b".to_owned(), "c".to_owned()])
    );
    assert_eq!(
        (
            page.suggested_query.as_deref(),
            page.filtered_keyword.as_deref()
        ),
        (Some("tree"), Some("tre"))
    );
    for empty in [
        "{}",
        r#"{"nextPageToken":null,"queryFacets":null,"creatorStoreAssets":null,"totalResults":null,"queryCorrection":null,"filteredKeyword":null}"#,
        r#"{"nextPageToken":"","queryFacets":{"appliedFacets":null},"creatorStoreAssets":[],"queryCorrection":{},"filteredKeyword":""}"#,
    ] {
        let page = MockServer::replying([ok(empty)])
            .client()
            .creator_store()
            .search_page(search.clone(), 0, 0)
            .unwrap();
        assert_eq!(page, rblx_open_cloud::models::StoreSearchPage::default());
    }
    let failed = MockServer::replying([ok(r#"{"errors":[{"code":1,"message":"no"}]}"#)]);
    assert_eq!(
        failed
            .client()
            .creator_store()
            .search_page(search.clone(), 0, 1)
            .unwrap_err()
            .kind(),
        ErrorKind::Decode
    );
    assert_eq!(
        failed
            .client()
            .creator_store()
            .search(search)
            .next()
            .unwrap()
            .unwrap_err()
            .kind(),
        ErrorKind::Decode
    );
}

#[test]
fn an_asset_of_each_kind_is_decoded() {
    let get = |body: Value| {
        MockServer::replying([ok(body.to_string())])
            .client()
            .creator_store()
            .get_asset(1)
    };
    let tree = get(json!({
        "voting": {"showVotes": true, "upVotes": 850, "downVotes": "150", "canVote": true, "userVote": null, "hasVoted": false,
            "voteCount": 1000, "upVotePercent": 85},
        "creator": {"creator": "user/287113233", "userId": 287_113_233, "name": "somebody", "verified": true},
        "creatorStoreProduct": {"purchasePrice": {"currencyCode": "USD", "quantity": {"significand": 0, "exponent": 0}}, "purchasable": true},
        "asset": {"id": "257489726", "name": "Doge", "description": null, "assetTypeId": 10, "categoryPath": "3d__characters",
            "socialLinks": [{"linkType": 2, "url": "https://x", "title": "t"}, {"linkType": "Discord"}, {"linkType": 99}, {}],
            "previewAssets": {"imagePreviewAssets": [1, "2"], "videoPreviewAssets": null},
            "createTime": "2015-06-10T14:29:24.533Z", "updateTime": "2015-06-11T18:16:05.7612345+00:00", "creatingUniverseId": 7,
            "subTypes": ["Package", "Novelty"], "hasScripts": true, "scriptCount": 2,
            "objectMeshSummary": {"triangles": 1734, "vertices": 1188},
            "instanceCounts": {"script": 2, "meshPart": 0, "animation": 0, "decal": 0, "audio": 2, "tool": 0},
            "capabilities": {"shouldSandbox": false}, "objectTypes": ["Dog"]},
    }))
    .unwrap();
    let votes = tree.voting.clone().unwrap();
    assert_eq!(
        (
            votes.up_votes,
            votes.down_votes,
            votes.vote_count,
            votes.up_vote_percent
        ),
        (Some(850), Some(150), Some(1000), Some(85))
    );
    assert_eq!(
        (
            votes.user_vote,
            votes.has_voted,
            votes.can_vote,
            votes.show_votes
        ),
        (None, Some(false), Some(true), Some(true))
    );
    let creator = tree.creator.clone().unwrap();
    assert_eq!(creator.creator, Some(Creator::User(287_113_233.into())));
    assert_eq!(
        (creator.name.as_deref(), creator.verified),
        (Some("somebody"), Some(true))
    );
    let product = tree.product.clone().unwrap();
    assert_eq!(
        (product.purchase_price, product.purchasable),
        (Some(usd("0")), Some(true))
    );
    let asset = tree.asset.clone().unwrap();
    assert_eq!(
        (asset.id, asset.name.as_deref(), asset.asset_type_id),
        (Some(257_489_726.into()), Some("Doge"), Some(10))
    );
    let links: Vec<_> = asset
        .social_links
        .iter()
        .map(|link| link.link_type.clone())
        .collect();
    let new = StoreLinkType::from("99");
    assert_eq!(
        links,
        [
            Some(StoreLinkType::Twitter),
            Some(StoreLinkType::Discord),
            Some(new),
            None
        ]
    );
    assert_eq!(asset.social_links[0].url.as_deref(), Some("https://x"));
    let previews = asset.preview_assets.unwrap();
    assert_eq!(
        (previews.images, previews.videos.len()),
        (vec![1.into(), 2.into()], 0)
    );
    assert_eq!(asset.create_time.unwrap().unix_timestamp(), 1_433_946_564);
    assert_eq!(asset.update_time.unwrap().nanosecond(), 761_234_500);
    assert_eq!(asset.creating_universe_id, Some(7.into()));
    assert_eq!(
        asset.sub_types,
        [
            StoreModelSubType::Package,
            StoreModelSubType::from("Novelty")
        ]
    );
    assert_eq!(
        (asset.has_scripts, asset.script_count),
        (Some(true), Some(2))
    );
    assert_eq!(asset.object_mesh_summary.unwrap().triangles, Some(1734));
    let counts = asset.instance_counts.unwrap();
    assert_eq!(
        (counts.script, counts.mesh_part, counts.audio),
        (Some(2), Some(0), Some(2))
    );
    assert_eq!(asset.capabilities.unwrap().should_sandbox, Some(false));

    let song = get(json!({"asset": {"id": 1, "durationSeconds": 73, "audioType": "Music", "artist": "a", "title": "t", "album": "b",
        "genre": "g", "category": "c", "subcategory": "s"}}))
    .unwrap()
    .asset
    .unwrap();
    assert_eq!(
        (song.duration_seconds, song.audio_type),
        (Some(73), Some(StoreAudioType::Music))
    );
    let words = [
        &song.artist,
        &song.title,
        &song.album,
        &song.genre,
        &song.category,
        &song.subcategory,
    ];
    assert_eq!(
        words.map(|word| word.as_deref().unwrap()),
        ["a", "t", "b", "g", "c", "s"]
    );
    let mesh = get(json!({"asset": {"meshId": 5, "textureId": "6"}}))
        .unwrap()
        .asset
        .unwrap();
    assert_eq!(
        (mesh.mesh_id, mesh.texture_id, mesh.id),
        (Some(5.into()), Some(6.into()), None)
    );
}

#[test]
fn an_asset_with_few_fields_is_decoded() {
    let get = |body: &str| {
        MockServer::replying([ok(body)])
            .client()
            .creator_store()
            .get_asset(1)
    };
    for body in [
        "{}",
        r#"{"asset":null,"creator":null,"voting":null,"creatorStoreProduct":null}"#,
    ] {
        assert_eq!(get(body).unwrap(), CreatorStoreAsset::default());
    }
    let hollow = get(r#"{"asset":{"socialLinks":null,"subTypes":null,"createTime":null,"instanceCounts":{},"capabilities":null},"voting":{},"creatorStoreProduct":{"purchasePrice":null}}"#).unwrap();
    assert_eq!(
        (hollow.asset_id(), hollow.product.unwrap().purchase_price),
        (None, None)
    );
    for (creator, expected) in [
        (
            r#"{"creator":"group/456"}"#,
            Some(Creator::Group(456.into())),
        ),
        (
            r#"{"creator":"User/123","userId":null}"#,
            Some(Creator::User(123.into())),
        ),
        (
            r#"{"creator":"group/1","groupId":"9","latestGroupUpdaterUserId":5}"#,
            Some(Creator::Group(9.into())),
        ),
        (r#"{"creator":"robot/1"}"#, None),
        ("{}", None),
    ] {
        let found = get(&format!(r#"{{"creator":{creator}}}"#)).unwrap();
        assert_eq!(found.creator.unwrap().creator, expected, "{creator}");
    }
    for malformed in ["[]", "", r#"{"asset":5}"#] {
        assert_eq!(
            get(malformed).unwrap_err().kind(),
            ErrorKind::Decode,
            "{malformed}"
        );
    }
    let gone = get(r#"{"errors":[{"code":404,"message":"gone"}]}"#);
    assert_eq!(gone.unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn responses_can_be_serialized() {
    let wire = json!({"asset": {"id": "5", "socialLinks": [{"linkType": "Github", "url": "u", "title": null}]},
        "creatorStoreProduct": {"purchasePrice": {"currencyCode": "USD", "quantity": {"significand": 499, "exponent": -2}}, "purchasable": true}});
    let asset: CreatorStoreAsset = serde_json::from_value(wire).unwrap();
    let written = serde_json::to_value(&asset).unwrap();
    assert_eq!(
        written["creatorStoreProduct"]["purchasePrice"]["quantity"],
        json!({"significand": 499, "exponent": -2})
    );
    assert_eq!(
        serde_json::from_value::<CreatorStoreAsset>(written).unwrap(),
        asset
    );
    let product: StoreProduct =
        serde_json::from_value(json!({"path": "creator-store-products/a", "modelAssetId": "5"}))
            .unwrap();
    assert_eq!(
        serde_json::to_value(&product).unwrap()["asset"],
        json!({"assetType": "Model", "assetId": "5"})
    );
}

#[test]
fn saves_are_requested_with_every_filter() {
    let filter = StoreSaveFilter::all()
        .asset_type(StoreAssetType::Audio)
        .keyword("a b")
        .hide_owned(true)
        .sort_by(StoreSaveSort::LastModified, StoreSortDirection::Ascending);
    let target = |filter: StoreSaveFilter| {
        sent(|client| client.creator_store().list_saves(filter).next().transpose()).target
    };
    assert_eq!(
        target(filter.clone()),
        "/toolbox-service/v1/saves?targetType=Audio&keyword=a%20b&hideOwnedAssets=true&sortBy=LastModified\
         &sortDirection=Ascending&limit=500&page=1"
    );
    assert_eq!(
        target(StoreSaveFilter::all()),
        "/toolbox-service/v1/saves?limit=500&page=1"
    );
    let one = target(StoreSaveFilter::all().asset(StoreAsset::video(5)));
    assert_eq!(
        one,
        "/toolbox-service/v1/saves?targetType=Video&targetId=5&limit=500&page=1"
    );
    let kind = target(
        StoreSaveFilter::all()
            .asset(StoreAsset::video(5))
            .asset_type(StoreAssetType::Model),
    );
    assert_eq!(
        kind, "/toolbox-service/v1/saves?targetType=Model&limit=500&page=1",
        "no id of another kind"
    );
}
