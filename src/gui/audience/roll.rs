//! Which lines are visible: text rolls up by whole lines and never moves down again.

/// Counts the rows that the text has taken so far.
#[derive(Debug, Default)]
pub struct Roll {
    /// The number of paragraphs that are final, and their total number of rows.
    finished: u64,
    finished_rows: usize,
    /// The highest number of rows reached so far.
    bottom: usize,
}

impl Roll {
    /// Adds a finished paragraph. Each number counts once; numbers must ascend.
    pub fn finish(&mut self, number: u64, rows: usize) {
        if number >= self.finished {
            self.finished = number + 1;
            self.finished_rows += rows;
        }
    }

    /// Returns the number of the first paragraph that is not counted yet.
    pub fn finished(&self) -> u64 {
        self.finished
    }

    /// Returns the first visible row of `lines`, relative to the start of the last paragraph, which has `rows` rows so
    /// far. The result is negative if earlier paragraphs are visible too. A row that became empty because tentative
    /// words were withdrawn stays empty until new words fill it.
    pub fn first_row(&mut self, rows: usize, lines: usize) -> isize {
        self.bottom = self.bottom.max(self.finished_rows + rows);
        let first = self.bottom.saturating_sub(lines);
        first as isize - self.finished_rows as isize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fill_up_and_then_roll() {
        let mut roll = Roll::default();
        assert_eq!(roll.first_row(0, 2), 0);
        assert_eq!(roll.first_row(1, 2), 0);
        assert_eq!(roll.first_row(2, 2), 0);
        assert_eq!(roll.first_row(3, 2), 1);
        roll.finish(0, 3);
        assert_eq!(roll.first_row(0, 2), -2, "nothing moves when an utterance ends");
        assert_eq!(roll.first_row(1, 2), -1);
    }

    #[test]
    fn what_was_taken_back_does_not_move_the_rest() {
        let mut roll = Roll::default();
        assert_eq!(roll.first_row(3, 2), 1);
        assert_eq!(roll.first_row(2, 2), 1, "an empty line is left");
        roll.finish(0, 2);
        assert_eq!(roll.first_row(0, 2), -1);
        assert_eq!(roll.first_row(1, 2), -1, "which the next utterance takes");
        roll.finish(0, 2);
        assert_eq!(roll.first_row(1, 2), -1, "none is counted twice");
    }
}
