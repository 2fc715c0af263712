import Martlet

/// Products of square matrices, which OpenBLAS computes.
let matrixProducts = Family(name: "gemm") { _ in
  var random = PCG64(seed: 1)
  let single = random.uniforms(shape: [2_048, 2_048]).asFloat
  report("gemm_f32_2048", best(of: 6) { single • single }.seconds)
  let double = random.uniforms(shape: [1_024, 1_024])
  report("gemm_f64_1024", best(of: 6) { double • double }.seconds)
}
