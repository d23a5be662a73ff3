//! Compares attention at every level with 64-bit floats, and the levels with each other.

use proptest::prelude::*;

use super::*;

/// Rows of `heads` keys and as many values, `stride` apart.
fn key_values(level: Level, heads: usize, positions: usize, rows: &[f32], stride: usize) -> KeyValues {
    let mut kv = KeyValues::new(level, heads, positions);
    let half = positions / 2 / 4 * 4;
    kv.fill(rows, stride, 0, half);
    kv.fill(&rows[half * stride..], stride, half, positions - half);
    kv
}

/// The outputs for `count` queries `stride` apart, and the weights if they are kept.
fn attend(
    kv: &KeyValues,
    queries: &[f32],
    stride: usize,
    count: usize,
    weights: bool,
) -> (Vec<f32>, Vec<f32>) {
    let width = kv.heads() * HEAD;
    let (mut out, mut kept) = (vec![0.0; count * width], Vec::new());
    let scratch = &mut Scratch::default();
    for head in 0..kv.heads() {
        let weights = weights.then_some(&mut kept);
        let out = &mut out;
        Attention { kv, head, queries, stride, count, out, weights, scratch }.run();
    }
    (out, kept)
}

fn exact(heads: usize, positions: usize, rows: &[f32], stride: usize, query: &[f32]) -> Vec<f64> {
    let width = heads * HEAD;
    let mut out = vec![0.0; width];
    for head in 0..heads {
        let part = |at: usize| &rows[at + head * HEAD..][..HEAD];
        let score = |position: usize| {
            let key = part(position * stride);
            let query = &query[head * HEAD..][..HEAD];
            query.iter().zip(key).map(|(q, k)| f64::from(*q) * f64::from(*k)).sum::<f64>() / 8.0
        };
        let scores: Vec<f64> = (0..positions).map(score).collect();
        let largest = scores.iter().copied().fold(f64::MIN, f64::max);
        let total: f64 = scores.iter().map(|score| (score - largest).exp()).sum();
        for (position, score) in scores.iter().enumerate() {
            let weight = (score - largest).exp() / total;
            for (out, value) in out[head * HEAD..].iter_mut().zip(part(position * stride + width)) {
                *out += weight * f64::from(*value);
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn attention_is_right_and_equal(
        heads in 1usize..4, positions in prop_oneof![1usize..40, 60usize..70, 100usize..140],
        count in prop_oneof![1usize..9, 30usize..40], gap in 0usize..5, seed in any::<u64>(),
    ) {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        };
        let width = heads * HEAD;
        let (stride, query_stride) = (2 * width + gap, width + gap);
        let rows: Vec<f32> = (0..positions * stride - gap).map(|_| next()).collect();
        let queries: Vec<f32> = (0..count * query_stride - gap).map(|_| 2.0 * next()).collect();
        let mut first: Option<(Vec<u32>, Vec<u32>)> = None;
        for level in Level::available() {
            let kv = key_values(level, heads, positions, &rows, stride);
            let (out, _) = attend(&kv, &queries, query_stride, count, false);
            for (query, out) in queries.chunks(query_stride).zip(out.chunks(width)) {
                for (x, exact) in out.iter().zip(exact(heads, positions, &rows, stride, query)) {
                    prop_assert!((f64::from(*x) - exact).abs() < 0.03, "{level}: {x} {exact}");
                }
            }
            let (again, weights) = attend(&kv, &queries, query_stride, count, true);
            prop_assert_eq!(&again, &out, "with weights kept, {}", level);
            for row in weights.chunks(positions) {
                prop_assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            }
            let bits = |x: &[f32]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            let found = (bits(&out), bits(&weights));
            prop_assert_eq!(first.get_or_insert_with(|| found.clone()), &found, "{}", level);
        }
    }
}
