//! Which lines are seen: text rolls up by whole lines and never comes down again.

/// Counts the rows that a text has taken so far.
#[derive(Debug, Default)]
pub struct Roll {
    /// Paragraphs that will not change any more, and the rows that they take together.
    finished: u64,
    finished_rows: usize,
    /// The last row that was ever seen.
    bottom: usize,
}

impl Roll {
    /// Notes a paragraph that has ended; each is counted once, in the order of their numbers.
    pub fn finish(&mut self, number: u64, rows: usize) {
        if number >= self.finished {
            self.finished = number + 1;
            self.finished_rows += rows;
        }
    }

    /// The number of the first paragraph that is not counted yet.
    pub fn finished(&self) -> u64 {
        self.finished
    }

    /// The first row that is seen, where `lines` can be, counted from the beginning of the last paragraph that has
    /// `rows` so far; negative where paragraphs before it are seen too. A row that was seen and is empty now, because
    /// tentative words were taken back, stays empty until others come.
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
