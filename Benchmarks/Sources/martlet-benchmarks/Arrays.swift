import Martlet

/// Element-wise operations, reductions and sorting, on arrays that no cache holds.
let arrays = Family(name: "arrays") { _ in
  let count = 20_000_000
  var random = PCG64(seed: 2)
  let a = Matrix(random.uniforms(count)) + 0.5
  let b = a[.stride(by: -1)].map { $0 }
  var sum = a
  report("add_into_f64_2e7", best(of: 7) { sum += b }.seconds, bytes: 24 * count)
  report("add_f64_2e7", best(of: 7) { a + b }.seconds, bytes: 24 * count)
  report("multiply_f64_2e7", best(of: 7) { a * b }.seconds, bytes: 24 * count)
  report("scale_f64_2e7", best(of: 7) { a * 2.5 }.seconds, bytes: 16 * count)
  report("add_scaled_f64_2e7", best(of: 7) { sum.add(b, times: 2.5) }.seconds, bytes: 24 * count)
  report("compare_f64_2e7", best(of: 7) { a .> b }.seconds, bytes: 17 * count)
  report("sum_f64_2e7", best(of: 7) { a.sum() }.seconds, score: a.sum() / Double(count), bytes: 8 * count)
  report("max_f64_2e7", best(of: 7) { a.max() }.seconds, bytes: 8 * count)
  report("argmax_f64_2e7", best(of: 7) { a.argMax() }.seconds, bytes: 8 * count)
  report("variance_f64_2e7", best(of: 7) { a.variance() }.seconds, bytes: 16 * count)
  report("exp_f64_2e7", best(of: 5) { exp(a) }.seconds, bytes: 16 * count)
  report("log_f64_2e7", best(of: 5) { log(a) }.seconds, bytes: 16 * count)
  let table = a.reshaped(-1, 100)
  report("sum_axis0_f64_2e5x100", best(of: 7) { table.sum(axis: 0) }.seconds, bytes: 8 * count)
  report("sum_axis1_f64_2e5x100", best(of: 7) { table.sum(axis: 1) }.seconds, bytes: 8 * count)
  let row = table.row(0)
  report("add_row_f64_2e5x100", best(of: 7) { table + row }.seconds, bytes: 16 * count)
  let singles = a.asFloat
  report("sum_f32_2e7", best(of: 7) { singles.sum() }.seconds, bytes: 4 * count)
  report("add_f32_2e7", best(of: 7) { singles + singles }.seconds, bytes: 8 * count)
  report("max_f32_2e7", best(of: 7) { singles.max() }.seconds, bytes: 4 * count)
  report("argmax_f32_2e7", best(of: 7) { singles.argMax() }.seconds, bytes: 4 * count)
  let short = a[0..<1_000_000].map { $0 }
  report("sort_f64_1e6", best(of: 5) { short.sorted() }.seconds)
  report("argsort_f64_1e6", best(of: 5) { short.argSort() }.seconds)
  report("normal_1e7", best(of: 3) { random.normals(10_000_000) }.seconds)
}
