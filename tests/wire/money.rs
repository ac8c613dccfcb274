//! Money: exact, whatever the exponent, and never a panic.

use std::cmp::Ordering;
use std::collections::HashSet;

use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{Decimal, Money};
use serde_json::{from_str, from_value, json, to_value};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn texts_are_read_exactly() {
    for (text, significand, exponent) in [
        ("4.99", 499, -2),
        ("-4.99", -499, -2),
        ("0.005", 5, -3),
        ("17", 17, 0),
        ("33500000", 335, 5),
        ("1.375", 1375, -3),
        ("4.990000000000000000000000000", 499, -2),
        ("0", 0, 0),
        ("-0", 0, 0),
        ("0.000", 0, 0),
        ("000.10", 1, -1),
        ("1e9", 1, 9),
        ("1.5E-3", 15, -4),
        ("9223372036854775807", i64::MAX, 0),
        ("-9223372036854775808", i64::MIN, 0),
        ("-9.223372036854775808", i64::MIN, -18),
        ("100000000000000000000000000000", 1, 29),
        ("1e2147483647", 1, i32::MAX),
        ("1e-2147483648", 1, i32::MIN),
    ] {
        let read = decimal(text);
        assert_eq!(
            (read.significand(), read.exponent()),
            (significand, exponent),
            "{text}"
        );
    }
}

#[test]
fn invalid_amounts_are_rejected() {
    for text in [
        "",
        " ",
        "-",
        ".",
        ".5",
        "5.",
        "+5",
        "--5",
        "4,99",
        "4.9.9",
        " 4.99",
        "4.99 ",
        "$4.99",
        "NaN",
        "inf",
        "1e",
        "e5",
        "1e+5",
        "1e1.5",
        "0x10",
        "٤",
        "1_000",
        "9223372036854775808",
        "-9223372036854775809",
        "0.9223372036854775808",
        "1e2147483648",
        "1e-2147483649",
        "1e99999999999999999999",
        "12345678901234567891",
    ] {
        let error = text.parse::<Decimal>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{text}");
        assert!(error.to_string().contains(&format!("{text:?}")), "{error}");
        assert!(Money::parse("USD", text).is_err());
    }
}

#[test]
fn shown_in_plain_digits() {
    for (significand, exponent, text) in [
        (4_990_000_000, -9, "4.99"),
        (499, -2, "4.99"),
        (-5, -3, "-0.005"),
        (335, 5, "33500000"),
        (0, 7, "0"),
        (0, -7, "0"),
        (-10, 0, "-10"),
        (i64::MAX, 0, "9223372036854775807"),
        (i64::MIN, 0, "-9223372036854775808"),
        (i64::MIN, -18, "-9.223372036854775808"),
        (i64::MIN, -19, "-0.9223372036854775808"),
        (1, 40, "10000000000000000000000000000000000000000"),
        (1, 41, "1e41"),
        (100, 39, "1e41"),
        (1, -41, "1e-41"),
        (7, i32::MAX, "7e2147483647"),
        (-7, i32::MIN, "-7e-2147483648"),
        (10, i32::MAX, "1e2147483648"),
    ] {
        assert_eq!(Decimal::new(significand, exponent).to_string(), text);
    }
    assert_eq!(
        format!(
            "{:.2}|{:.2}|{:.0}|{:.3}",
            decimal("5"),
            decimal("5.5"),
            decimal("4.99"),
            decimal("-0.1")
        ),
        "5.00|5.50|4.99|-0.100"
    );
    assert_eq!(
        format!(
            "{:>7}|{:<7}|{:07.2}",
            decimal("4.99"),
            decimal("-1"),
            decimal("-4.5")
        ),
        "   4.99|-1     |-004.50"
    );
    let price = Money::parse("USD", "5.5").unwrap();
    assert_eq!(format!("{price} {price:.2}"), "5.5 USD 5.50 USD");
}

#[test]
fn compared_by_what_they_are_worth() {
    let same = [
        Decimal::new(499, -2),
        Decimal::new(4990, -3),
        decimal("4.99"),
        Decimal::new(4_990_000_000, -9),
    ];
    for one in same {
        for other in same {
            assert_eq!((one, one.cmp(&other)), (other, Ordering::Equal));
        }
    }
    assert_eq!(HashSet::from(same).len(), 1);
    assert_eq!(Decimal::new(0, 5), Decimal::new(0, -5));
    let ascending = [
        Decimal::new(i64::MIN, i32::MAX),
        Decimal::new(-1, i32::MAX),
        decimal("-10"),
        decimal("-9.99"),
        Decimal::new(-1, i32::MIN),
        decimal("0"),
        Decimal::new(1, i32::MIN),
        Decimal::new(i64::MAX, -20),
        decimal("0.1"),
        Decimal::new(999_999_999_999_999_999, -18),
        decimal("1"),
        Decimal::new(1_000_000_000_000_000_001, -18),
        decimal("4.98"),
        decimal("4.99"),
        decimal("9.99"),
        decimal("10"),
        decimal("9223372036854775806"),
        decimal("9223372036854775807"),
        decimal("1e19"),
        Decimal::new(1, i32::MAX),
        Decimal::new(i64::MAX, i32::MAX),
    ];
    for (at, one) in ascending.iter().enumerate() {
        for (other_at, other) in ascending.iter().enumerate() {
            assert_eq!(one.cmp(other), at.cmp(&other_at), "{one} and {other}");
        }
    }
    let dollars = |amount: &str| Money::parse("USD", amount).unwrap();
    let euros = Money::parse("EUR", "4.99").unwrap();
    assert!(dollars("4.99") < dollars("5") && dollars("5.00") == dollars("5"));
    assert_ne!(dollars("4.99"), euros);
    assert_eq!(dollars("4.99").partial_cmp(&euros), None);
}

#[test]
fn with_another_exponent_or_not_at_all() {
    for (number, exponent, significand) in [
        ("4.99", -9, Some(4_990_000_000)),
        ("0.000000001", -9, Some(1)),
        ("0.0000000001", -9, None),
        ("9223372036.854775807", -9, Some(i64::MAX)),
        ("9223372036.854775808", -9, None),
        ("10000000000", -9, None),
        ("0", i32::MIN, Some(0)),
        ("500", 2, Some(5)),
        ("550", 2, None),
        ("1e2147483647", i32::MIN, None),
    ] {
        let Ok(number) = number.parse::<Decimal>() else {
            assert_eq!(significand, None);
            continue;
        };
        let scaled = number.with_exponent(exponent);
        assert_eq!(scaled.map(Decimal::significand), significand, "{number}");
        assert!(scaled.is_none_or(|scaled| scaled == number && scaled.exponent() == exponent));
    }
}

#[test]
fn over_the_wire() {
    for wire in [
        json!({"currencyCode": "USD", "quantity": {"significand": 499, "exponent": -2}}),
        json!({"currencyCode": "USD", "quantity": {"significand": "499", "exponent": "-2"}}),
        json!({"quantity": {"exponent": -9, "significand": 4_990_000_000_u64, "later": 1}, "currencyCode": "USD"}),
    ] {
        assert_eq!(
            from_value::<Money>(wire).unwrap(),
            Money::parse("USD", "4.99").unwrap()
        );
    }
    assert_eq!(
        from_value::<Decimal>(json!({"significand": 5})).unwrap(),
        decimal("5")
    );
    assert_eq!(
        from_value::<Decimal>(json!({"exponent": null})).unwrap(),
        decimal("0")
    );
    let nameless: Money =
        from_value(json!({"currencyCode": null, "quantity": {"significand": 1}})).unwrap();
    assert_eq!(
        (nameless.to_string(), nameless.currency_code),
        ("1".to_owned(), None)
    );
    for (significand, exponent) in [
        (i64::MAX, i32::MAX),
        (i64::MIN, i32::MIN),
        (499, -2),
        (0, 0),
    ] {
        let money = Money::new("X-ROBUX", Decimal::new(significand, exponent));
        let wire = to_value(&money).unwrap();
        assert_eq!(
            wire,
            json!({"currencyCode": "X-ROBUX", "quantity": {"significand": significand, "exponent": exponent}})
        );
        let back: Money = from_value(wire).unwrap();
        assert_eq!(
            (back.quantity.significand(), back.quantity.exponent()),
            (significand, exponent),
            "exactly"
        );
    }
    for malformed in [
        "{}",
        r#"{"currencyCode":"USD"}"#,
        r#"{"currencyCode":"USD","quantity":null}"#,
        r#"{"quantity":4.99}"#,
        r#"{"quantity":{"significand":4.99}}"#,
        r#"{"quantity":{"significand":9223372036854775808}}"#,
        r#"{"quantity":{"significand":"9223372036854775808"}}"#,
        r#"{"quantity":{"significand":1e3}}"#,
        r#"{"quantity":{"significand":"+1"}}"#,
        r#"{"quantity":{"significand":1,"exponent":2147483648}}"#,
    ] {
        assert!(from_str::<Money>(malformed).is_err(), "{malformed}");
    }
}
