//! The script decides like `window.rs`. Needs a server, whose URL `.ci/redis` puts into `TEST_REDIS_URL`.

use std::time::{Duration, Instant};

use redis::{cmd, from_redis_value};

use super::{MAX_WAIT, RedisLimiter, WaitLimit};
use crate::rate_limit::window::{Decision, Micros, Report, Window};

fn numbers() -> impl FnMut(u64) -> u64 {
    let mut seed = 42_u64;
    move |below| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below.max(1)
    }
}

#[test]
fn the_script_decides_like_the_state_in_a_file() {
    let Ok(url) = std::env::var("TEST_REDIS_URL") else {
        println!("TEST_REDIS_URL is not set: the script is not compared");
        return;
    };
    let limiter = RedisLimiter::open(&url).unwrap();
    let wait_limit = || WaitLimit {
        deadline: Instant::now() + Duration::from_secs(10),
        is_stopped: &|| false,
    };
    let mut random = numbers();
    for round in 0..30 {
        let key = format!("compare:{}:{round}", std::process::id());
        let ask = |arguments: &[String]| {
            let reply = limiter.server.run(&key, arguments, wait_limit()).unwrap();
            from_redis_value::<(i64, u64)>(reply).unwrap()
        };
        let (limit, length) = (1 + random(8), 200_000 * (1 + random(3)));
        let mut window = Window::default();
        let mut now: Micros = 1_764_072_000_000_000;
        let mut turns = [0; 6];
        for step in 0..300 {
            now += random(length / 4);
            if random(200) == 0 {
                now = now.saturating_sub(7_200_000_000); // the clock is set back
            }
            let caller = usize::try_from(random(6)).unwrap();
            let turn = turns.get_mut(caller).unwrap();
            let before = window.clone();
            if random(2) == 0 {
                let max_wait = [MAX_WAIT, 0, 1000, 300_000]
                    .get(usize::try_from(random(4)).unwrap())
                    .copied()
                    .unwrap();
                let decision = window.acquire(now, *turn, max_wait);
                let reply = ask(&[
                    "acquire".to_owned(),
                    turn.to_string(),
                    max_wait.to_string(),
                    now.to_string(),
                ]);
                let expected = match decision {
                    Decision::Go(number) => (-1, number),
                    Decision::Wait(wait, turn) => (i64::try_from(wait).unwrap(), turn),
                };
                assert_eq!(
                    reply, expected,
                    "round {round}, step {step}: {before:?} at {now}, turn {turn}"
                );
                *turn = expected.1;
            } else {
                let some = |number: u64, is_there: u64| (is_there > 0).then_some(number);
                let report = Report {
                    limit: some(limit, random(5)),
                    window: some(length, random(3)),
                    left: some(random(limit + 1), random(6)),
                    reset: some(random(length), random(8)),
                };
                let number = [window.number, 0, window.number.saturating_sub(1)]
                    .get(usize::try_from(random(3)).unwrap())
                    .copied()
                    .unwrap();
                window.record(now, number, report);
                let text = |number: Option<u64>| {
                    number.map(|number| number.to_string()).unwrap_or_default()
                };
                ask(&[
                    "record".to_owned(),
                    number.to_string(),
                    text(report.limit),
                    text(report.window),
                    text(report.left),
                    text(report.reset),
                    now.to_string(),
                ]);
            }
        }
        let mut connection = limiter.server.connect(wait_limit()).unwrap();
        let fields = [
            "end", "left", "limit", "length", "slot", "number", "first", "due", "next",
        ];
        let reply = connection
            .send(cmd("HMGET").arg(&key).arg(&fields), wait_limit())
            .unwrap();
        let state: Vec<u64> = from_redis_value(reply).unwrap();
        let expected = [
            window.end,
            window.left,
            window.limit,
            window.length,
            window.slot,
            window.number,
            window.first,
            window.due,
            window.next,
        ];
        assert_eq!(state, expected, "round {round}");
    }
}
