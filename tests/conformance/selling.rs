//! Every call about products, passes, badges, subscriptions and secrets, with every parameter.

use rblx_open_cloud::models::{
    BadgeUpdate, NewBadge, NewPass, NewProduct, NewSecret, PassUpdate, Payer, ProductUpdate,
};
use rblx_open_cloud::{AssetFile, Client};

use crate::universes::{accepted, some};

/// The proxies read bodies as text, so the content is text; of the formats of icons only this one may be.
fn icon() -> AssetFile {
    AssetFile::bytes("icon.tga", b"an image".to_vec())
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    let product = NewProduct::new("n")
        .description("d")
        .price(5)
        .managed_pricing(true);
    some(universe.list_developer_products());
    accepted(universe.create_developer_product(product.icon(icon())));
    accepted(universe.create_developer_product(NewProduct::new("n")));
    let product = universe.developer_product(4);
    accepted(product.get());
    let update = ProductUpdate::new()
        .name("n")
        .description("d")
        .price(5)
        .managed_pricing(false);
    accepted(product.update(update.icon(icon())));
    accepted(product.update(ProductUpdate::new().off_sale()));

    let pass = NewPass::new("n")
        .description("d")
        .price(5)
        .managed_pricing(true);
    some(universe.list_game_passes());
    accepted(universe.create_game_pass(pass.icon(icon())));
    let pass = universe.game_pass(4);
    accepted(pass.get());
    let update = PassUpdate::new()
        .name("n")
        .description("d")
        .price(5)
        .managed_pricing(false);
    accepted(pass.update(update.icon(icon())));
    accepted(pass.update(PassUpdate::new().on_sale()));

    let badge = NewBadge::new("n", Payer::Group, 100)
        .description("d")
        .active(true);
    accepted(universe.create_badge(badge.icon(icon())));
    let badge = client.badge(7);
    let update = BadgeUpdate::new().name("n").description("d").enabled(true);
    accepted(badge.update(update));
    accepted(badge.set_icon(icon()));

    accepted(universe.subscription("EXP-1", 156));
    let secrets = universe.secrets();
    // The public key of the mock is not valid.
    let secret = || NewSecret::sealed("A".repeat(68), "k").domain("*.example.com");
    some(secrets.list());
    accepted(secrets.public_key());
    accepted(secrets.create("a", secret()));
    accepted(secrets.update("a", secret()));
    accepted(secrets.set("a", secret()));
    accepted(secrets.delete("a"));
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(client: &Client) {
    let universe = client.universe(13_058);
    let products = universe.list_developer_products();
    assert_eq!(products.map(Result::unwrap).count(), 3);
    let product = universe
        .create_developer_product(NewProduct::new("Gems").price(5))
        .unwrap();
    let product = universe.developer_product(product.product_id);
    product.update(ProductUpdate::new().off_sale()).unwrap();
    assert!(!product.get().unwrap().is_for_sale);

    let passes = universe.list_game_passes();
    assert_eq!(passes.map(Result::unwrap).count(), 2);
    let pass = universe
        .create_game_pass(NewPass::new("Pets").price(5))
        .unwrap();
    let pass = universe.game_pass(pass.game_pass_id);
    pass.update(PassUpdate::new().off_sale()).unwrap();
    pass.get().unwrap();

    let badge = NewBadge::new("Explorer", Payer::User, 0);
    let badge = universe.create_badge(badge).unwrap();
    let update = BadgeUpdate::new().enabled(false);
    client.badge(badge.id).update(update).unwrap();

    universe.subscription("EXP-1", 156).unwrap();
    universe.subscription("EXP-1", 2).unwrap();
    let secrets = universe.secrets();
    assert_eq!(secrets.list().map(Result::unwrap).count(), 2);
    secrets.public_key().unwrap();
    #[cfg(feature = "secrets")]
    {
        secrets.create("hook", NewSecret::plain("x")).unwrap();
        secrets.update("hook", NewSecret::plain("y")).unwrap();
    }
    secrets.delete("api_key").unwrap();
}
