let sentence = "colour and flavour"
let american = sentence.replacingOccurrences(of: "our", with: "or")
american.hasPrefix("color") && american.contains("flavor")
