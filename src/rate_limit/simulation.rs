//! Processes that share a window, in simulated time: no sleeping, and every latency there is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::window::{Decision, Micros, Report, Window};

/// The way in which the service counts windows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Service {
    /// Aligned with its clock.
    Aligned,
    /// From the first request in each.
    FromFirst,
}

#[derive(Debug, Clone, Copy)]
struct Case {
    service: Service,
    processes: usize,
    limit: u64,
    window: Micros,
    latency: Micros,
    /// The length of a window that `w=` reports, if it does.
    reported_window: Option<Micros>,
    whole_seconds: bool,
    /// The factor by which every second process is slower.
    slow: Micros,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Ask { turn: u64 },
    Arrive { number: u64 },
    Respond { number: u64, left: u64, end: Micros },
}

#[derive(Debug, Default)]
struct Outcome {
    served: Vec<u64>,
    rejected: u64,
    windows: f64,
}

fn run(case: Case, windows: u64) -> Outcome {
    let start: Micros = 1_764_072_000_300_000;
    let mut window = Window::default();
    let mut outcome = Outcome {
        served: vec![0; case.processes],
        windows: windows as f64,
        ..Outcome::default()
    };
    let mut seed = 7_u64;
    let mut latency = |process: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let latency = case.latency / 2 + (seed >> 33) % case.latency.max(1);
        if process % 2 == 1 {
            latency * case.slow
        } else {
            latency
        }
    };
    let mut queue = BinaryHeap::new();
    for process in 0..case.processes {
        queue.push(Reverse((
            start + latency(process),
            process,
            Event::Ask { turn: 0 },
        )));
    }
    let (mut counted, mut end) = (0_u64, 0);
    while let Some(Reverse((now, process, event))) = queue.pop() {
        if now > start + windows * case.window {
            break;
        }
        match event {
            Event::Ask { turn } => match window.acquire(now, turn, Micros::MAX) {
                Decision::Go(number) => queue.push(Reverse((
                    now + latency(process),
                    process,
                    Event::Arrive { number },
                ))),
                Decision::Wait(wait, turn) => queue.push(Reverse((
                    now + wait + latency(process) / 10,
                    process,
                    Event::Ask { turn },
                ))),
            },
            Event::Arrive { number } => {
                if now >= end {
                    counted = 0;
                    end = match case.service {
                        Service::Aligned => now - now % case.window + case.window,
                        Service::FromFirst => now + case.window,
                    };
                }
                if counted < case.limit {
                    outcome.served[process] += 1;
                } else {
                    outcome.rejected += 1;
                }
                counted += 1;
                let left = case.limit.saturating_sub(counted);
                queue.push(Reverse((
                    now + latency(process),
                    process,
                    Event::Respond {
                        number,
                        left,
                        end: end - now,
                    },
                )));
            }
            Event::Respond { number, left, end } => {
                let reset = if case.whole_seconds {
                    end.div_ceil(1_000_000) * 1_000_000
                } else {
                    end
                };
                let report = Report {
                    limit: Some(case.limit),
                    window: case.reported_window,
                    left: Some(left),
                    reset: Some(reset),
                };
                window.record(now, number, report);
                queue.push(Reverse((now, process, Event::Ask { turn: 0 })));
            }
        }
    }
    outcome
}

#[test]
fn nobody_is_rejected_nobody_starves_and_nothing_is_wasted() {
    let mut cases = Vec::new();
    for service in [Service::Aligned, Service::FromFirst] {
        for (processes, limit) in [
            (1, 5),
            (3, 2),
            (32, 5),
            (32, 32),
            (32, 100),
            (32, 1000),
            (200, 64),
        ] {
            for (window, latency, reported_window, whole_seconds) in [
                (500_000, 2_000, Some(60_000_000), false),
                (500_000, 2_000, None, false),
                (200_000, 1_000, Some(1_000_000), false),
                (2_000_000, 5_000, Some(2_000_000), true),
                (60_000_000, 100_000, Some(60_000_000), true),
            ] {
                cases.push(Case {
                    service,
                    processes,
                    limit,
                    window,
                    latency,
                    reported_window,
                    whole_seconds,
                    slow: 1,
                });
            }
        }
    }
    for case in cases {
        let windows = 20 + 3 * case.processes as u64 / case.limit;
        let outcome = run(case, windows);
        assert_eq!(outcome.rejected, 0, "{case:?}");
        let served: u64 = outcome.served.iter().sum();
        // A process that sends one request after the other cannot always use up a window.
        let speed = case.processes as u64 * case.window / (2 * case.latency);
        let capacity = case.limit.min(speed * 9 / 10) as f64 * (outcome.windows - 1.0);
        assert!(
            served as f64 >= 0.9 * capacity,
            "{case:?}: {served} of {capacity}"
        );
        let (min, max) = (outcome.served.iter().min(), outcome.served.iter().max());
        let (min, max) = (*min.unwrap_or(&0), *max.unwrap_or(&0));
        assert!(max <= 3 * min, "{case:?}: from {min} to {max}");
    }
}

#[test]
fn a_quick_process_does_not_take_the_turns_of_slow_ones() {
    for (processes, limit, slow) in [(32, 64, 10), (32, 100, 5), (8, 100, 5), (32, 40, 20)] {
        let case = Case {
            service: Service::Aligned,
            processes,
            limit,
            window: 600_000,
            latency: 1_000,
            reported_window: None,
            whole_seconds: false,
            slow,
        };
        let outcome = run(case, 10);
        let (min, max) = (outcome.served.iter().min(), outcome.served.iter().max());
        let (min, max) = (*min.unwrap_or(&0), *max.unwrap_or(&0));
        assert!(
            outcome.rejected == 0 && max <= 3 * min,
            "{case:?}: from {min} to {max}"
        );
    }
}

#[test]
fn a_lost_state_is_recovered_from() {
    let mut window = Window::default();
    let now = 1_764_072_000_000_000;
    assert_eq!(window.acquire(now, 0, Micros::MAX), Decision::Go(1));
    let Decision::Wait(_, turn) = window.acquire(now, 0, Micros::MAX) else {
        panic!("the first response is waited for");
    };
    // The file was deleted; the turn and the window are unknown.
    let mut window = Window::default();
    assert_eq!(window.acquire(now, turn, Micros::MAX), Decision::Go(1));
    window.record(now, 99, report(5, 1_000_000));
    assert_eq!(window.limit, 6, "the limit is learned all the same");
    // The clock was set back by an hour.
    window.record(now, 1, report(0, 1_000_000));
    let back = now - 3_600_000_000;
    assert!(matches!(
        window.acquire(back, 0, Micros::MAX),
        Decision::Go(_)
    ));
}

fn report(left: u64, reset: Micros) -> Report {
    Report {
        left: Some(left),
        reset: Some(reset),
        ..Report::default()
    }
}

#[test]
fn a_probe_without_a_response_holds_nobody_up_for_long() {
    let mut window = Window::default();
    let now = 1_764_072_000_000_000;
    assert_eq!(window.acquire(now, 0, Micros::MAX), Decision::Go(1));
    assert!(matches!(
        window.acquire(now + 1, 0, Micros::MAX),
        Decision::Wait(1000, 1)
    ));
    assert_eq!(
        window.acquire(now + 500_000, 1, Micros::MAX),
        Decision::Go(1),
        "nothing is known"
    );
    // With a known limit, as many requests as it allows.
    window.record(
        now + 600_000,
        1,
        Report {
            limit: Some(3),
            ..report(0, 1_000_000)
        },
    );
    let next = now + 1_600_000;
    assert_eq!(window.acquire(next, 0, Micros::MAX), Decision::Go(2));
    let later = next + 500_000;
    let decisions: Vec<_> = (0..4)
        .map(|_| window.acquire(later, 0, Micros::MAX))
        .collect();
    assert_eq!(decisions[..2], [Decision::Go(2), Decision::Go(2)]);
    assert!(matches!(
        decisions[2..],
        [Decision::Wait(..), Decision::Wait(..)]
    ));
}

#[test]
fn an_endpoint_without_limits_is_left_alone() {
    let mut window = Window::default();
    let now = 1_764_072_000_000_000;
    assert_eq!(window.acquire(now, 0, Micros::MAX), Decision::Go(1));
    window.record(now, 1, Report::default());
    let before = window.clone();
    assert!((0..100).all(|_| window.acquire(now, 0, Micros::MAX) == Decision::Go(1)));
    assert_eq!(window, before, "nothing needs to be written");
    // A 404 reports nothing; that others have a limit is not forgotten.
    window.record(now, 1, report(5, 1_000_000));
    let next = now + 1_000_000;
    assert_eq!(window.acquire(next, 0, Micros::MAX), Decision::Go(2));
    window.record(next, 2, Report::default());
    let goes = (0..10)
        .filter(|_| window.acquire(next, 0, Micros::MAX) == Decision::Go(2))
        .count();
    assert_eq!(
        goes, 5,
        "the limit of 6, less the request that found nothing"
    );
}

#[test]
fn a_caller_without_time_takes_no_place_in_the_queue() {
    let mut window = Window::default();
    let now = 1_764_072_000_000_000;
    window.acquire(now, 0, Micros::MAX);
    window.record(now, 1, report(0, 60_000_000));
    for _ in 0..100 {
        assert_eq!(
            window.acquire(now, 0, 1_000_000),
            Decision::Wait(60_000_000, 0)
        );
    }
    assert_eq!(
        window.acquire(now, 0, Micros::MAX),
        Decision::Wait(60_000_000, 1),
        "the first turn"
    );
}

#[test]
fn a_clock_that_leaps_forward_and_extreme_reports_do_no_harm() {
    let now = 1_764_072_000_000_000;
    for (limit, left, reset) in [
        (0, 0, 0),
        (u64::MAX, u64::MAX, Micros::MAX),
        (1, u64::MAX, 0),
    ] {
        let mut window = Window::default();
        for (step, number) in [(0, 0), (1, 1), (2, 7), (Micros::MAX - now, 1)] {
            let report = Report {
                limit: Some(limit),
                window: Some(reset),
                left: Some(left),
                reset: Some(reset),
            };
            window.record(now + step, number, report);
            for turn in [0, 1, 5, u64::MAX] {
                window.acquire(now + step, turn, Micros::MAX);
            }
        }
        assert!(window.first <= window.due && window.due <= window.next);
    }
}
