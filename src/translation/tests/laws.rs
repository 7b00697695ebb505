//! What holds for any two texts.

use proptest::prelude::*;

use super::{Page, aligned};
use crate::translation::{Pair, Wording};

/// Sources of blocks that stay blocks of their own whatever stands beside them.
fn block() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "one",
        "two",
        "three",
        "`four`",
        "[five](/five)",
        "[six](/six)",
        "7",
        "甲乙",
        "**b**",
        "«data a.b»",
        "![i](/i.png)",
    ]);
    let line = prop::collection::vec(word, 1..8).prop_map(|words| words.join(" "));
    (0..7_u8, line.clone(), line).prop_map(|(kind, one, two)| match kind {
        0 | 1 => one,
        2 => format!("## {one}"),
        3 => format!("> {one}\n>\n> {two}"),
        4 => format!("| {one} | a |\n|---|---|\n| {two} | b |"),
        5 => format!("```sh\n{one}\n{two}\n```"),
        _ => format!("- {one}\n- {two}\n\n<!-- -->"),
    })
}

fn page(blocks: &[String]) -> Page {
    Page::new(&blocks.join("\n\n"))
}

fn is_lone(pair: &&Pair) -> bool {
    pair.left.is_none() || pair.right.is_none()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_body_is_aligned_with_itself(blocks in prop::collection::vec(block(), 0..12)) {
        let page = page(&blocks);
        for wording in [Wording::Same, Wording::Translated] {
            let pairs = aligned(&page, &page, wording).pairs;
            prop_assert_eq!(pairs.len(), page.body.blocks.len());
            prop_assert!(pairs.iter().all(|pair| pair.left == pair.right), "{:?}", pairs);
        }
    }

    #[test]
    fn one_block_less_leaves_one_block_alone(
        blocks in prop::collection::vec(block(), 1..12),
        choice in any::<prop::sample::Index>(),
    ) {
        let (whole, mut less) = (page(&blocks), blocks.clone());
        less.remove(choice.index(blocks.len()));
        let less = page(&less);
        for wording in [Wording::Same, Wording::Translated] {
            let alignment = aligned(&whole, &less, wording);
            let lone = alignment.pairs.iter().filter(|pair| pair.depth == 0).filter(is_lone);
            prop_assert_eq!(lone.count(), 1, "{:?}", alignment);
        }
    }

    #[test]
    fn each_block_is_in_one_pair(
        left in prop::collection::vec(block(), 0..12),
        right in prop::collection::vec(block(), 0..12),
    ) {
        let (left, right) = (page(&left), page(&right));
        for wording in [Wording::Same, Wording::Translated] {
            let pairs = aligned(&left, &right, wording).pairs;
            for (page, side) in [
                (&left, pairs.iter().filter_map(|pair| pair.left).collect::<Vec<_>>()),
                (&right, pairs.iter().filter_map(|pair| pair.right).collect()),
            ] {
                let mut side = side;
                side.sort_unstable();
                let all: Vec<u32> = (0..).take(page.body.blocks.len()).collect();
                prop_assert_eq!(side, all);
            }
        }
    }
}
