/// The cases that are not expected to pass, and why.
enum ExpectedFailures {
  /// Why a case fails; `nil` for those that pass.
  static func reason(_ name: String) -> String? {
    let known = prefixes.first { name.hasPrefix($0.key) }?.value
    // What is written out by other operators needs none of its own.
    return known == drawn || !name.contains("_expanded") ? known : nil
  }

  private static let drawn = "the expected numbers are drawn by another generator, from no seed"
  private static let preview = "the operator is a preview or younger than the versions that are read"

  private static let prefixes: [String: String] = [
    "test_bernoulli": drawn,
    "test_dft_inverse": "the expected numbers have rounding errors where the exact ones are zero",
    "test_flexattention": preview, "test_linear_attention": preview, "test_causal_conv_with_state": preview,
    "test_image_decoder": "files of pictures are decoded by `Image`, not by a model",
    "test_basic_deform_conv": "deformable convolutions are not there",
    "test_deform_conv": "deformable convolutions are not there",
  ]
}
