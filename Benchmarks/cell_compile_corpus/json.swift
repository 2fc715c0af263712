struct Settings: Codable {
  var title: String
  var size: Int
  var tags: [String]
}

let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
let encoded = try encoder.encode(Settings(title: "draft", size: 3, tags: ["a", "b"]))
let decoded = try JSONDecoder().decode(Settings.self, from: encoded)
print(String(decoding: encoded, as: UTF8.self), decoded.tags.count)
