//! What is different between two texts, line by line.

/// The lines of both: `-` for those of `expected` only, `+` for those of `found` only.
pub(crate) fn diff(expected: &str, found: &str) -> String {
    let (left, right): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let common = common(&left, &right);
    let (mut at, mut to) = (0, 0);
    let mut out = String::new();
    while at < left.len() || to < right.len() {
        let same = at < left.len() && to < right.len() && left[at] == right[to];
        if same {
            out += &format!("  {}\n", left[at]);
            (at, to) = (at + 1, to + 1);
        } else if at < left.len() && (to == right.len() || common[at + 1][to] >= common[at][to + 1])
        {
            out += &format!("- {}\n", left[at]);
            at += 1;
        } else {
            out += &format!("+ {}\n", right[to]);
            to += 1;
        }
    }
    out
}

/// How many lines in order the ends of both have in common.
fn common(left: &[&str], right: &[&str]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
    for at in (0..left.len()).rev() {
        for to in (0..right.len()).rev() {
            table[at][to] = if left[at] == right[to] {
                table[at + 1][to + 1] + 1
            } else {
                table[at + 1][to].max(table[at][to + 1])
            };
        }
    }
    table
}
