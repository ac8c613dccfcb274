//! Every call about ordered data stores and memory stores, with every parameter.

use std::time::Duration;

use rblx_open_cloud::models::{
    Finished, FlushScope, MapFilter, NewMapItem, OrderedFilter, QueueItem, QueueRead, RawJson,
    ReadId,
};
use rblx_open_cloud::{Client, ErrorKind, Items, Result};
use serde::de::DeserializeOwned;
use serde_json::json;

const MINUTE: Duration = Duration::from_secs(60);

/// The mock makes up values where the document has no example, such as fractions where the service has integers, so a
/// response may be unreadable; that the request was accepted is checked for all of them together.
fn accepted<T>(result: Result<T>) {
    if let Err(error) = result {
        // An operation of the mock may have failed.
        let is_made_up = [ErrorKind::Decode, ErrorKind::OperationFailed].contains(&error.kind());
        assert!(is_made_up, "{error}");
    }
}

fn some<T: DeserializeOwned>(items: Items<T>) {
    items.page_size(2).limit(2).for_each(accepted);
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    let filter = OrderedFilter::all().at_least(10).at_most(30).descending();
    let points = universe.ordered_data_store("Points").scope("week");
    some(points.list(OrderedFilter::all()));
    some(points.list(filter));
    accepted(points.create("entry", 5));
    accepted(points.get("entry"));
    accepted(points.set("entry", -5));
    accepted(points.set_existing("entry", 5));
    accepted(points.increment("entry", 5));
    accepted(points.delete("entry"));
    let v1 = points.v1();
    some(v1.list(OrderedFilter::all()));
    some(v1.list(filter));
    // The validators cannot distinguish integers from 2^53 on, and reject them.
    accepted(v1.create("entry", (1 << 53) - 1));
    accepted(v1.get("entry"));
    accepted(v1.set("entry", -5));
    accepted(v1.set_existing("entry", 5));
    accepted(v1.increment("entry", 5));
    accepted(v1.delete("entry"));

    let board = universe.sorted_map("Board");
    let bounds = MapFilter::all().id_above("a").id_below("z");
    some(board.list::<RawJson>(MapFilter::all()));
    some(board.list::<RawJson>(bounds.sort_key_above(1).sort_key_below(2).descending()));
    let item = || NewMapItem::new(json!({"a": [1]})).ttl(MINUTE);
    accepted(board.create("item", item().sort_key(1.5)));
    accepted(board.get::<RawJson>("item"));
    accepted(board.set("item", item().sort_key("text")));
    accepted(board.set("item", item().if_exists()));
    // Not with a tag: the document says that the service alone writes it.
    accepted(board.delete("item"));

    let jobs = universe.memory_queue("Jobs");
    accepted(jobs.add(QueueItem::new(json!({"a": [1]})).priority(1.5).ttl(MINUTE)));
    accepted(jobs.read::<RawJson>(QueueRead::default()));
    let read = QueueRead::up_to(200).all_or_nothing();
    accepted(jobs.read::<RawJson>(read.invisible_for(MINUTE)));
    accepted(jobs.discard(&ReadId::from("read")));
    accepted(universe.flush_memory_stores(FlushScope::Live));
    accepted(universe.flush_memory_stores(FlushScope::Test));
    let path = "universes/123/memory-store/operations/456?scope=TEST";
    accepted(client.operation::<Finished>(path).poll());
    accepted(
        client
            .operation::<Finished>("universes/123/operations/456")
            .poll(),
    );
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(client: &Client) {
    let universe = client.universe(13_058);
    let points = universe.ordered_data_store("Points");
    assert_eq!(
        points
            .list(OrderedFilter::all())
            .map(Result::unwrap)
            .count(),
        120
    );
    points.create("entry", 5).unwrap();
    points.set("entry", -5).unwrap();
    points.increment("entry", 1).unwrap();
    assert_eq!(points.get("entry").unwrap().value, -4);
    points.delete("entry").unwrap();
    let v1 = points.v1();
    assert_eq!(
        v1.list(OrderedFilter::all()).map(Result::unwrap).count(),
        120
    );
    v1.create("entry", 5).unwrap();
    v1.set("entry", -5).unwrap();
    v1.increment("entry", 1).unwrap();
    v1.get("entry").unwrap();
    v1.delete("entry").unwrap();

    let board = universe.sorted_map("Board");
    let items = board.list::<RawJson>(MapFilter::all());
    assert_eq!(items.map(Result::unwrap).count(), 12);
    board
        .create("item", NewMapItem::new(1).sort_key("text"))
        .unwrap();
    board.set("item", NewMapItem::new(2)).unwrap();
    board.get::<u8>("item").unwrap();
    board.delete("item").unwrap();

    let jobs = universe.memory_queue("Jobs");
    jobs.add(QueueItem::new(1).priority(1.5).ttl(MINUTE))
        .unwrap();
    let batch = jobs.read::<RawJson>(QueueRead::up_to(10)).unwrap();
    assert_eq!(batch.items.len(), 4);
    jobs.discard(&batch.read_id.unwrap()).unwrap();
    // The flush is left out: the sandbox returns `done: null` while it runs, as the service has been seen to do; the
    // document has a Boolean value.
}
