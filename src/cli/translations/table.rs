//! Tables for a terminal: columns as wide as what stands in them, the first on the left, numbers on the right.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

/// Lines of cells; the first line is the heading.
pub(super) fn table(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut text = String::new();
    for line in lines {
        let mut row = String::new();
        for (column, cell) in line.iter().enumerate() {
            let blanks = " ".repeat(widths[column] - cell.width());
            let _ = match column {
                0 => write!(row, "{cell}{blanks}"),
                _ => write!(row, "  {blanks}{cell}"),
            };
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_stand_below_one_another_in_any_script() {
        let lines = [["", "总数"], ["页面", "1"], ["ab", "1,000"]];
        let lines = lines.map(|line| line.map(str::to_owned).to_vec());
        assert_eq!(table(&lines), "       总数\n页面      1\nab    1,000\n");
    }
}
