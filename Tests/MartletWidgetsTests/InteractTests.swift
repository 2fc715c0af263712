import MartletDisplay
import MartletWidgets
import Testing

extension FrontendTests {
  @Suite struct InteractTests {
    private struct Broken: Error {}

    @Test func everyKindOfValueHasItsControl() {
      var seen: [String] = []
      let interaction = interact(
        "r", 1...9, "d", 0.0...1.0, "s", stride(from: 0, through: 1, by: 0.25), "o", 0..<4, "b", true
      ) {
        seen.append("\($0) \($1) \($2) \($3) \($4)")
      }
      #expect(seen == ["5 0.5 0.5 1 true"])
      #expect(interaction.controls[0] is IntSlider && interaction.controls[1] is FloatSlider)
      #expect((interaction.controls[2] as? FloatSlider)?.range == 0...1)
      #expect(interaction.controls[4] is Checkbox)
      let more = interact("t", "text", "a", [10, 20], "p", ["x": 1.5, "y": 2.5] as KeyValuePairs) {
        "\($0) \($1) \($2)"
      }
      #expect(more.controls[0] is TextField && more.controls[1] is Dropdown<Int>)
      let own = IntSlider(0...3, value: 2)
      #expect(interact("own", own) { $0 }.controls[0] === own && own.label == "own")
    }

    @Test func codeRunsAgainWithTheNewValues() {
      var seen: [Int] = []
      let slider = IntSlider(0...10, value: 1)
      _ = Frontend.listen {
        interact("n", slider) { seen.append($0) }
        Frontend.update(slider, ["value": 8])
        slider.value = 3
      }
      #expect(seen == [1, 8, 3])
    }

    @Test func theFirstErrorIsTheCallersAndLaterOnesAreShown() throws {
      #expect(throws: Broken.self) { try interact("b", true) { _ in throw Broken() } }
      let flag = Checkbox()
      let interaction = try interact("b", flag) { if $0 { throw Broken() } }
      flag.value = true
      #expect(interaction.output.text == "Broken: Broken()")
    }
  }

  @Suite struct CapturedOutputTests {
    private func captured(_ messages: [_DisplayMessage]) -> (outputs: CapturedOutputs, taken: [Bool]) {
      var outputs = CapturedOutputs()
      let taken = messages.map { outputs.receive(kind: 0, $0.encoded()) }
      return (outputs, taken)
    }

    @Test func neighbouringTextIsOneOutput() {
      var outputs = CapturedOutputs()
      for (kind, text) in [(1, "a"), (1, "b\n"), (2, "c"), (1, "d")] {
        _ = outputs.receive(kind: kind, Array(text.utf8))
      }
      #expect(
        outputs.json == [
          ["output_type": "stream", "name": "stdout", "text": "ab\n"],
          ["output_type": "stream", "name": "stderr", "text": "c"],
          ["output_type": "stream", "name": "stdout", "text": "d"],
        ])
      #expect(outputs.plainText == "ab\nc\nd" && outputs.html == nil)
    }

    @Test func displaysAreUpdatedInPlace() {
      let (outputs, taken) = captured([
        .display([.plainText: "1", .html: "<i>1</i>"], identifier: "x"), .display([.plainText: "2"], identifier: nil),
        .update([.plainText: "3"], identifier: "x"), .update([.plainText: "4"], identifier: "elsewhere"),
      ])
      #expect(outputs.plainText == "3\n2")
      #expect(taken == [true, true, true, false])
    }

    @Test func aPatientClearWaits() {
      #expect(
        captured([.display([.plainText: "1"], identifier: nil), .clearOutput(wait: true)]).outputs.plainText == "1")
      let replaced: [_DisplayMessage] = [
        .display([.plainText: "1"], identifier: nil), .clearOutput(wait: true),
        .display([.plainText: "2"], identifier: nil),
      ]
      #expect(captured(replaced).outputs.plainText == "2")
    }

    @Test func picturesAndDataHaveTheirFormsInJSONAndHTML() {
      let bundle = DisplayBundle(
        [(.png, .data([1, 2, 3])), (.plainText, "p"), (.json, .json("{\"a\":1}"))],
        metadata: [(key: "image/png", json: "{\"width\": 4}")])
      let (outputs, _) = captured([.display(bundle, identifier: nil)])
      #expect(
        outputs.json == [
          [
            "output_type": "display_data", "metadata": ["image/png": ["width": 4]],
            "data": ["image/png": "AQID", "text/plain": "p", "application/json": ["a": 1]],
          ]
        ])
      #expect(outputs.html == "<img src=\"data:image/png;base64,AQID\" alt=\"\">")
    }
  }
}
