import MartletDisplay
import MartletWidgets
import Testing

@Suite struct JSONValueTests {
  @Test func readsWhatTheStandardShows() throws {
    // RFC 8259, section 13, shortened.
    let text = #"{"Image":{"Width":800,"Title":"View from 15th Floor","Animated":false,"IDs":[116,-943.5e1,null]}}"#
    let image = try #require(JSON.Value(parsing: text))["Image"]
    #expect(image?["Width"]?.integer == 800)
    #expect(image?["Title"]?.string == "View from 15th Floor")
    #expect(image?["Animated"]?.bool == false)
    #expect(image?["IDs"]?.array == [116, -9435.0, nil])
    #expect(image?["Height"] == nil)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC""#, "é€"), (#""\ud834\udd1e""#, "𝄞"),
    (#""\ud834x""#, "\u{FFFD}x"), (#""\ud834\u0041""#, "\u{FFFD}A"), (#""\udd1e""#, "\u{FFFD}"),
  ])
  func readsEscapes(text: String, expected: String) { #expect(JSON.Value(parsing: text) == .string(expected)) }

  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "-", "+1", ".5", "1e", "tru", "nan",
    "\"", "\"\u{1}\"", #""\x""#, #""\u12""#, #""\u+123""#, "1 2", "[1]]", "'a'",
  ])
  func refusesWhatIsNoJSON(text: String) { #expect(JSON.Value(parsing: text) == nil) }

  @Test func refusesInvalidUTF8AndEndlessNesting() {
    #expect(JSON.Value(parsing: [0x22, 0xFF, 0x22]) == nil)
    #expect(JSON.Value(parsing: String(repeating: "[", count: 100_000)) == nil)
    #expect(JSON.Value(parsing: String(repeating: "[", count: 500) + String(repeating: "]", count: 500)) != nil)
  }

  @Test func writesWhatItReads() {
    let value: JSON.Value = [
      "b": [1, 2.5, true, nil, "ü\u{1}\"\\\n"], "a": [:], "c": [],
    ]
    #expect(value.description == #"{"a":{},"b":[1,2.5,true,null,"ü\u0001\"\\\n"],"c":[]}"#)
    #expect(JSON.Value(parsing: value.description) == value)
    #expect(JSON.Value.number(.infinity).description == "null")
    #expect(JSON(value).value == value)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func base64IsThatOfRFC4648(text: String, expected: String) { #expect(Base64.text(of: Array(text.utf8)) == expected) }
}
