//! Joins similar vectors, two groups at a time: average linkage by cosine.
//!
//! The mean cosine between the members of two groups is the product of their mean vectors, so no table of all pairs
//! is needed.

use whisper_cpu::Level;
use whisper_cpu::float::dots;

use crate::voice::to_length_one;

/// Similar vectors of length 1 as one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// Their mean.
    pub mean: Vec<f32>,
    /// The sum of their weights.
    pub weight: f32,
}

/// Two groups that became one, which keeps the smaller number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Merge {
    pub kept: usize,
    pub joined: usize,
    /// The mean cosine between their members.
    pub likeness: f32,
}

/// Groups that are not yet joined.
struct Tree {
    width: usize,
    /// The mean vectors.
    means: Vec<f32>,
    weights: Vec<f32>,
    exists: Vec<bool>,
    /// For each group, the most similar one with a larger number, and the similarity.
    nearest: Vec<(usize, f32)>,
    products: Vec<f32>,
}

/// All merges of groups, the most similar first.
pub(crate) fn merges(groups: &[Group]) -> Vec<Merge> {
    let count = groups.len();
    let mut tree = Tree {
        width: groups.first().map_or(0, |group| group.mean.len()),
        means: groups.iter().flat_map(|group| &group.mean).copied().collect(),
        weights: groups.iter().map(|group| group.weight).collect(),
        exists: vec![true; count],
        nearest: vec![(0, f32::MIN); count],
        products: vec![0.0; count],
    };
    for group in 0..count {
        tree.find_nearest(group);
    }
    (1..count).map(|_| tree.merge()).collect()
}

/// The groups that are left after some merges, in the order of their numbers.
pub(crate) fn join(groups: &[Group], merges: &[Merge]) -> Vec<Group> {
    let mut kept: Vec<Option<Group>> = groups.iter().cloned().map(Some).collect();
    for merge in merges {
        if let (Some(joined), Some(group)) = (kept[merge.joined].take(), &mut kept[merge.kept]) {
            group.join(&joined);
        }
    }
    kept.into_iter().flatten().collect()
}

impl Group {
    /// The mean, as a vector of length 1.
    pub fn into_centre(mut self) -> Vec<f32> {
        to_length_one(&mut self.mean);
        self.mean
    }

    fn join(&mut self, other: &Self) {
        let total = self.weight + other.weight;
        let (a, b) = (self.weight / total, other.weight / total);
        self.mean.iter_mut().zip(&other.mean).for_each(|(x, y)| *x = *x * a + y * b);
        self.weight = total;
    }
}

impl Tree {
    fn find_nearest(&mut self, group: usize) {
        let after = (group + 1) * self.width;
        let products = &mut self.products[group + 1..];
        dots(Level::best(), &self.means[after..], &self.means[after - self.width..after], products);
        self.nearest[group] = (group, f32::MIN);
        for other in group + 1..self.exists.len() {
            if self.exists[other] && self.products[other] > self.nearest[group].1 {
                self.nearest[group] = (other, self.products[other]);
            }
        }
    }

    fn merge(&mut self) -> Merge {
        let existing = (0..self.exists.len()).filter(|&group| self.exists[group]);
        let kept =
            existing.reduce(|a, b| if self.nearest[b].1 > self.nearest[a].1 { b } else { a }).unwrap_or(0);
        let (joined, likeness) = self.nearest[kept];
        let total = self.weights[kept] + self.weights[joined];
        let (a, b) = (self.weights[kept] / total, self.weights[joined] / total);
        for i in 0..self.width {
            let other = self.means[joined * self.width + i];
            let mean = &mut self.means[kept * self.width + i];
            *mean = *mean * a + other * b;
        }
        self.weights[kept] = total;
        self.exists[joined] = false;
        self.update(kept, joined);
        Merge { kept, joined, likeness }
    }

    /// Updates the most similar group of the group that has changed, and of those whose most similar one has changed.
    /// To the others, the joined group is at most as similar as one of its parts was.
    fn update(&mut self, kept: usize, joined: usize) {
        for group in 0..self.exists.len() {
            let is_affected = group == kept || [kept, joined].contains(&self.nearest[group].0);
            if self.exists[group] && is_affected {
                self.find_nearest(group);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors around `centres` directions, all of length 1.
    fn vectors(count: usize, centres: usize) -> Vec<Vec<f32>> {
        let number = |i: usize, d: usize| ((i * 7 + d * d * 13 + i * d * 5) % 101) as f32 / 100.0 - 0.5;
        let vector = |i| {
            let mut vector: Vec<f32> = (0..16).map(|d| number(i, d)).collect();
            vector[i % centres] += 3.0;
            to_length_one(&mut vector);
            vector
        };
        (0..count).map(vector).collect()
    }

    fn groups(vectors: &[Vec<f32>], weights: &[f32]) -> Vec<Group> {
        let group = |(mean, &weight): (&Vec<f32>, &f32)| Group { mean: mean.clone(), weight };
        vectors.iter().zip(weights).map(group).collect()
    }

    #[test]
    fn merges_go_on_where_groups_were_joined() {
        let (vectors, weights) = (vectors(40, 3), (0..40).map(|i| 1.0 + (i % 5) as f32).collect::<Vec<_>>());
        let all = groups(&vectors, &weights);
        let found = merges(&all);
        let left = join(&all, &found[..25]);
        assert_eq!(left.len(), 15);
        for (late, found) in merges(&left).iter().zip(&found[25..]) {
            assert!((late.likeness - found.likeness).abs() < 1e-4);
        }
        let whole = join(&left, &merges(&left));
        assert_eq!((whole.len(), whole[0].weight), (1, weights.iter().sum()));
    }

    /// The same from a table of all pairs, as in the definition.
    fn by_definition(vectors: &[Vec<f32>], weights: &[f32]) -> Vec<Merge> {
        let mut groups: Vec<Vec<usize>> = (0..vectors.len()).map(|i| vec![i]).collect();
        let cosine =
            |a: usize, b: usize| -> f32 { vectors[a].iter().zip(&vectors[b]).map(|(x, y)| x * y).sum() };
        let likeness = |a: &[usize], b: &[usize]| {
            let pairs = || a.iter().flat_map(|&i| b.iter().map(move |&j| (i, j)));
            let sum: f32 = pairs().map(|(i, j)| cosine(i, j) * weights[i] * weights[j]).sum();
            sum / pairs().map(|(i, j)| weights[i] * weights[j]).sum::<f32>()
        };
        let mut merges = Vec::new();
        for _ in 1..vectors.len() {
            let pairs = (0..groups.len()).flat_map(|i| (i + 1..groups.len()).map(move |j| (i, j)));
            let pairs = pairs.filter(|&(i, j)| !groups[i].is_empty() && !groups[j].is_empty());
            let alike = pairs.map(|(i, j)| (i, j, likeness(&groups[i], &groups[j])));
            let (kept, joined, likeness) = alike.max_by(|a, b| a.2.total_cmp(&b.2)).unwrap();
            let members = std::mem::take(&mut groups[joined]);
            groups[kept].extend(members);
            merges.push(Merge { kept, joined, likeness });
        }
        merges
    }

    #[test]
    fn merges_are_those_of_average_linkage() {
        let vectors = vectors(40, 3);
        let weights: Vec<f32> = (0..40).map(|i| 1.0 + (i % 5) as f32).collect();
        let found = merges(&groups(&vectors, &weights));
        for (found, expected) in found.iter().zip(by_definition(&vectors, &weights)) {
            assert_eq!((found.kept, found.joined), (expected.kept, expected.joined));
            assert!((found.likeness - expected.likeness).abs() < 1e-4);
        }
        assert!(found.windows(2).all(|pair| pair[1].likeness <= pair[0].likeness + 1e-5));
    }

    #[test]
    fn nothing_and_one_vector_have_no_merges() {
        assert!(merges(&[]).is_empty());
        assert!(merges(&groups(&[vec![1.0; 16]], &[1.0])).is_empty());
    }
}
