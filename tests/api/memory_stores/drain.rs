//! Emptying a queue: items that were not accepted are never discarded, and accepted ones are handled once unless a read ends
//! late.

use std::time::Duration;

use rblx_open_cloud::AssetFile;
use rblx_open_cloud::models::{QueueItem, QueueRead};
use rblx_open_cloud::resource::MemoryQueue;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::Value;

const READ: &str = "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:read";
const DISCARD: &str =
    "/cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:discard";
const WINDOW: Duration = Duration::from_secs(30);

fn filled(sandbox: &Sandbox, count: u32) -> MemoryQueue {
    let queue = sandbox.client().universe(13_058).memory_queue("Numbers");
    for number in 0..count {
        queue.add(QueueItem::new(number)).unwrap();
    }
    queue
}

fn rest(sandbox: &Sandbox, queue: &MemoryQueue) -> Vec<u32> {
    sandbox.advance(WINDOW);
    let batch = queue.read(QueueRead::up_to(200)).unwrap();
    batch.items.into_iter().map(|item| item.data).collect()
}

fn rejection() -> rblx_open_cloud::Error {
    AssetFile::open("/does/not/exist").unwrap_err()
}

#[test]
fn every_item_is_handled_once_in_order() {
    let sandbox = Sandbox::start().unwrap();
    for count in [1, 7, 200] {
        let queue = filled(&sandbox, 25);
        let mut seen = Vec::new();
        let handled = queue.drain(QueueRead::up_to(count), |number: u32| {
            seen.push(number);
            Ok(())
        });
        assert_eq!(handled.unwrap(), 25);
        assert_eq!(seen, (0..25).collect::<Vec<_>>());
        assert_eq!(rest(&sandbox, &queue), [0; 0]);
    }
}

#[test]
fn items_that_are_not_accepted_stay() {
    let sandbox = Sandbox::start().unwrap();
    let queue = filled(&sandbox, 6);
    let error = queue.drain(QueueRead::up_to(1), |number: u32| {
        if number == 4 {
            Err(rejection())
        } else {
            Ok(())
        }
    });
    assert!(error.is_err());
    assert_eq!(
        rest(&sandbox, &queue),
        [4, 5],
        "one by one, the others are gone"
    );

    let sandbox = Sandbox::start().unwrap();
    let queue = filled(&sandbox, 6);
    let error = queue.drain(QueueRead::up_to(4), |number: u32| {
        if number == 5 {
            Err(rejection())
        } else {
            Ok(())
        }
    });
    assert!(error.is_err());
    assert_eq!(
        rest(&sandbox, &queue),
        [4, 5],
        "the read that failed stays as a whole"
    );
}

#[test]
fn a_read_whose_response_is_lost_loses_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let queue = filled(&sandbox, 4);
    for fault in [
        Fault::lost_answer(),
        Fault::cut_body(),
        Fault::truncated_json(),
    ] {
        sandbox.fail_on(READ, fault);
        let before = sandbox.requests().len();
        let error = queue
            .drain(
                QueueRead::up_to(4),
                |_: u32| -> rblx_open_cloud::Result<()> { panic!("nothing was received") },
            )
            .unwrap_err();
        assert!(error.outcome_unknown(), "{error}");
        assert!(
            error.to_string().contains("back in the queue after 30s"),
            "{error}"
        );
        assert_eq!(sandbox.requests().len() - before, 1, "it was not repeated");
        assert!(
            queue.read::<u32>(QueueRead::up_to(4)).unwrap().is_empty(),
            "they are invisible"
        );
        sandbox.advance(WINDOW);
    }
    let mut sum = 0;
    let handled = queue.drain(QueueRead::up_to(4), |number: u32| {
        sum += number;
        Ok(())
    });
    assert_eq!((handled.unwrap(), sum), (4, 6));
}

#[test]
fn a_discard_whose_response_is_lost_is_repeated() {
    let sandbox = Sandbox::start().unwrap();
    let queue = filled(&sandbox, 3);
    sandbox.fail_on(DISCARD, Fault::lost_answer());
    sandbox.fail_on(DISCARD, Fault::unavailable());
    let mut seen = 0;
    let handled = queue.drain(QueueRead::up_to(2), |_: u32| {
        seen += 1;
        Ok(())
    });
    assert_eq!((handled.unwrap(), seen), (3, 3));
    assert_eq!(rest(&sandbox, &queue), [0; 0]);
}

#[test]
fn all_or_nothing_leaves_the_rest() {
    let sandbox = Sandbox::start().unwrap();
    let queue = filled(&sandbox, 5);
    let handled = queue.drain(QueueRead::up_to(2).all_or_nothing(), |_: u32| Ok(()));
    assert_eq!(handled.unwrap(), 4);
    assert_eq!(rest(&sandbox, &queue), [4]);
}

#[test]
fn a_value_of_another_type_is_not_handled() {
    let sandbox = Sandbox::start().unwrap();
    let queue = filled(&sandbox, 1);
    queue.add(QueueItem::new("text")).unwrap();
    let error = queue.drain(
        QueueRead::up_to(2),
        |_: u32| -> rblx_open_cloud::Result<()> {
            panic!("the read cannot be discarded, so it is not handled")
        },
    );
    assert!(error.unwrap_err().is_item());
    sandbox.advance(WINDOW);
    let handled = queue.drain(QueueRead::up_to(2), |_: Value| Ok(()));
    assert_eq!(handled.unwrap(), 2);
}
