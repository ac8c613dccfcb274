//! Decimal numbers of any size: compared and shown without loss.

use std::cmp::Ordering;

use proptest::prelude::*;
use rblx_open_cloud::models::Decimal;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What is shown is read again as the same number, of any digits and any exponent.
    #[test]
    fn shown_and_read_again(significand: i64, exponent: i32, near in -45..45_i32) {
        for exponent in [exponent, near] {
            let number = Decimal::new(significand, exponent);
            let shown = number.to_string();
            prop_assert!(shown.len() < 70);
            // An exponent at the edge may be beyond the edge once the zeros are taken off.
            if let Ok(read) = shown.parse::<Decimal>() {
                prop_assert_eq!(read, number);
            } else {
                prop_assert!(exponent > i32::MAX - 20 && significand % 10 == 0);
            }
        }
    }

    /// The order is that of whole numbers which are scaled alike.
    #[test]
    fn ordered_as_whole_numbers_are(a in -1_000_000..1_000_000_i64, x in 0..12_u32, b in -1_000_000..1_000_000_i64, y in 0..12_u32, shift in -1000..1000_i32) {
        let left = Decimal::new(a, i32::try_from(x).unwrap() + shift);
        let right = Decimal::new(b, i32::try_from(y).unwrap() + shift);
        let whole = |number: i64, zeros: u32| i128::from(number) * 10_i128.pow(zeros);
        let order = whole(a, x).cmp(&whole(b, y));
        prop_assert_eq!(left.cmp(&right), order);
        prop_assert_eq!(right.cmp(&left), order.reverse());
        prop_assert_eq!(left == right, order == Ordering::Equal);
    }

    /// No text makes it panic, and what is taken is a number.
    #[test]
    fn any_text(text in "\\PC{0,30}", digits in "[-0-9.eE]{0,30}") {
        for text in [text, digits] {
            if let Ok(number) = text.parse::<Decimal>() {
                prop_assert!(number.to_string().len() < 70);
                prop_assert_eq!(number.cmp(&number), Ordering::Equal);
            }
        }
    }

    /// Any two numbers can be compared, shown and scaled.
    #[test]
    fn any_two_numbers(a: i64, x: i32, b: i64, y: i32) {
        let (left, right) = (Decimal::new(a, x), Decimal::new(b, y));
        prop_assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
        let scaled = left.with_exponent(y);
        prop_assert!(scaled.is_none_or(|scaled| scaled == left));
    }
}
