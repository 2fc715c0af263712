import Foundation
import MartletNumerics

/// A folder with a BERT, as Hugging Face keeps them: `config.json` and `model.safetensors`, or the
/// `model.safetensors.index.json` of several files.
struct BertFolder {
  let configuration: BertConfiguration
  private let tensors: SafeTensors
  /// Files of models with a head have the name of the body before each tensor's.
  private let prefix: String

  /// - Throws: ``TransformerError`` when a file is missing or damaged, or the layout is another.
  init(_ folder: String) throws(TransformerError) {
    let base = URL(fileURLWithPath: folder)
    let file = base.appendingPathComponent("config.json").path
    let json: Data
    do {
      json = try Data(contentsOf: URL(fileURLWithPath: file))
    } catch { throw TransformerError("\(file) cannot be read: \(error.localizedDescription)") }
    configuration = try BertConfiguration(json: json)
    do {
      // Large models come in several files, and then the list of them is there instead.
      let whole = base.appendingPathComponent("model.safetensors").path
      let index = whole + ".index.json"
      let isInParts = !FileManager.default.fileExists(atPath: whole) && FileManager.default.fileExists(atPath: index)
      tensors = try SafeTensors(path: isInParts ? index : whole)
    } catch { throw TransformerError(error.description) }
    let body = configuration.layout.rawValue + "."
    prefix = tensors.shape(of: body + "embeddings.word_embeddings.weight") == nil ? "" : body
  }

  /// A tensor of the body, which must have the shape that the sizes ask for.
  func tensor<Scalar: TensorScalar>(
    _ name: String, _ shape: [Int], as type: Scalar.Type
  ) throws(TransformerError) -> Tensor<Scalar> {
    let tensor: Tensor<Scalar>
    do {
      tensor = try tensors.tensor(prefix + name, as: type)
    } catch { throw TransformerError(error.description) }
    guard tensor.shape == shape else {
      throw TransformerError("The tensor '\(prefix + name)' has shape \(tensor.shape); config.json asks for \(shape).")
    }
    return tensor
  }
}
