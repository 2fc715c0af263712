import CMartletRuntime
import MartletDisplay
import MartletWidgets
import Testing

extension FrontendTests {
  @Suite struct WidgetTests {
    @Test func whatAWidgetRefersToIsOpenedBeforeItAndOnlyOnce() {
      let inner = Checkbox(label: "a")
      let box = VBox(inner, inner)
      let sent = Frontend.listen {
        _ = box.displayBundle()
        _ = box.displayBundle()
      }
      #expect(sent.allSatisfy { $0.kind == MARTLET_COMM_OPEN && $0.target == "jupyter.widget" })
      #expect(sent.allSatisfy { $0.message.metadata == ["version": "2.1.0"] })
      // Two layouts, a style, two widgets.
      #expect(sent.count == 5 && Set(sent.map(\.id)).count == 5)
      for (position, opened) in sent.enumerated() {
        let known = Set(sent[..<position].map { "IPY_MODEL_" + $0.id })
        let state = opened.message.data["state"]?.object ?? [:]
        let references = state.values.flatMap { [$0] + ($0.array ?? []) }.compactMap(\.string)
          .filter { $0.hasPrefix("IPY_MODEL_") }
        #expect(known.isSuperset(of: references))
      }
    }

    @Test func nothingIsSentBeforeAWidgetIsShown() {
      let sent = Frontend.listen {
        let slider = IntSlider(0...10)
        slider.value = 4
        slider.layout.width = "50%"
      }
      #expect(sent.isEmpty)
    }

    @Test func valuesStayInTheirRange() {
      let whole = IntSlider(-5...5, value: 99)
      #expect(whole.value == 5)
      whole.value = -99
      #expect(whole.value == -5)
      whole.range = 0...3
      #expect(whole.value == 0 && whole.range == 0...3)
      let real = FloatSlider(0...1, value: -3)
      #expect(real.value == 0)
      real.value = .nan
      #expect(real.value == 0)
      let choice = Dropdown(["a": 1, "b": 2])
      choice.index = 7
      #expect(choice.value == 1)
      choice.select(2)
      #expect(choice.value == 2 && choice.index == 1)
    }

    @Test func firstValuesAreInTheMiddle() {
      #expect(IntSlider(1...10).value == 5)
      #expect(IntSlider(0...100, step: 7).value == 49)
      #expect(FloatSlider(0...1).value == 0.5)
      #expect(FloatSlider.roundStep(over: 0...1) == 0.01)
      #expect(FloatSlider.roundStep(over: 0...1000) == 10)
      #expect(FloatSlider.roundStep(over: 2...2) == 1)
    }

    @Test func theFrontendsWordCountsWhereItIsPossible() {
      let slider = FloatSlider(0...1, label: "x")
      var heard: [Double] = []
      slider.onChange { heard.append($0) }
      let sent = Frontend.listen {
        _ = slider.displayBundle()
        // A browser writes whole numbers without a point.
        Frontend.update(slider, ["value": 1])
        Frontend.update(slider, ["value": 1])
        Frontend.update(slider, ["value": "much", "description": "mine"])
      }.filter { $0.kind == MARTLET_COMM_MESSAGE }
      #expect(slider.value == 1 && slider.label == "x" && heard == [1])
      #expect(sent.map { $0.message.data["method"] } == ["echo_update", "echo_update", "echo_update", "update"])
      #expect(sent.last?.message.data["state"] == ["value": 1.0, "description": "x"])
    }

    @Test func aCellsChangeIsHeardOfAndLinksWidgets() {
      let first = IntSlider(0...10, value: 1)
      let second = IntSlider(0...100, value: 1)
      first.onChange { second.value = 10 * $0 }
      first.value = 4
      #expect(second.value == 40)
    }

    @Test func buttonsAndTextFieldsTellOfTheirEvents() {
      var heard: [String] = []
      let button = Button("Go") { heard.append("click") }
      let field = TextField("old")
      field.onSubmit { heard.append("submit \($0)") }
      _ = Frontend.listen {
        _ = HBox(button, field).displayBundle()
        for event in ["click", "hover", "click"] {
          Frontend.send(
            MARTLET_COMM_MESSAGE, Frontend.id(of: button), ["method": "custom", "content": ["event": .string(event)]])
        }
        Frontend.update(field, ["value": "new"])
        Frontend.send(
          MARTLET_COMM_MESSAGE, Frontend.id(of: field), ["method": "custom", "content": ["event": "submit"]])
      }
      #expect(heard == ["click", "click", "submit new"])
    }

    @Test func everyStateIsToldWhenAsked() throws {
      let label = Label("here")
      let sent = Frontend.listen {
        _ = label.displayBundle()
        Frontend.send(MARTLET_COMM_OPEN, "control", target: "jupyter.widget.control", [:])
        Frontend.send(MARTLET_COMM_MESSAGE, "control", ["method": "request_states"])
      }
      let answer = try #require(sent.last { $0.id == "control" }).message.data
      #expect(answer["method"] == "update_states")
      #expect(answer["states"]?[Frontend.id(of: label)]?["state"]?["value"] == "here")
    }

    @Test func aClosedWidgetIsGoneAndCanBeShownAgain() {
      let label = Label("x")
      let sent = Frontend.listen {
        _ = label.displayBundle()
        label.close()
        label.value = "y"
        _ = label.displayBundle()
      }.filter { [id = Frontend.id(of: label)] in $0.id == id }
      #expect(sent.map(\.kind) == [MARTLET_COMM_OPEN, MARTLET_COMM_CLOSE, MARTLET_COMM_OPEN])
      #expect(sent.last?.message.data["state"]?["value"] == "y")
    }

    @Test func textStandsInWhereThereAreNoWidgets() {
      let box = VBox(HBox(Checkbox(true, label: "on"), Button("Go")), IntSlider(0...9, label: "n"), VBox())
      #expect(box.displayBundle()[.plainText] == "[x] on  [ Go ]\nn: 4 (0 to 9)")
      #expect(box.displayBundle()[.html] == nil)
      let rich = VBox(Label("<&"), HTMLLabel(HTML("<b>b</b>"))).displayBundle()
      #expect(rich[.html] == "<pre>&lt;&amp;</pre><b>b</b>")
    }
  }
}
