import Martlet

/// Element-wise operations, reductions and sorting, on arrays that no cache holds.
let arrays = Family(name: "arrays") { _ in
  let count = 20_000_000
  var random = PCG64(seed: 2)
  let a = Matrix(random.uniforms(count)) + 0.5
  let b = a[.stride(by: -1)].map { $0 }
  var sum = a
  report("add_into_f64_2e7", best(of: 7) { sum += b }.seconds)
  report("add_f64_2e7", best(of: 7) { a + b }.seconds)
  report("scale_f64_2e7", best(of: 7) { a * 2.5 }.seconds)
  report("compare_f64_2e7", best(of: 7) { a .> b }.seconds)
  report("sum_f64_2e7", best(of: 7) { a.sum() }.seconds, score: a.sum() / Double(count))
  report("max_f64_2e7", best(of: 7) { a.max() }.seconds)
  report("argmax_f64_2e7", best(of: 7) { a.argMax() }.seconds)
  report("variance_f64_2e7", best(of: 7) { a.variance() }.seconds)
  report("exp_f64_2e7", best(of: 5) { exp(a) }.seconds)
  report("log_f64_2e7", best(of: 5) { log(a) }.seconds)
  let table = a.reshaped(-1, 100)
  report("sum_axis0_f64_2e5x100", best(of: 7) { table.sum(axis: 0) }.seconds)
  report("sum_axis1_f64_2e5x100", best(of: 7) { table.sum(axis: 1) }.seconds)
  let row = table.row(0)
  report("add_row_f64_2e5x100", best(of: 7) { table + row }.seconds)
  let singles = a.asFloat
  report("sum_f32_2e7", best(of: 7) { singles.sum() }.seconds)
  report("add_f32_2e7", best(of: 7) { singles + singles }.seconds)
  let short = a[0..<1_000_000].map { $0 }
  report("sort_f64_1e6", best(of: 5) { short.sorted() }.seconds)
  report("argsort_f64_1e6", best(of: 5) { short.argSort() }.seconds)
  report("normal_1e7", best(of: 3) { random.normals(10_000_000) }.seconds)
}
