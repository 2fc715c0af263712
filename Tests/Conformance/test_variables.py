"""The variables part of the debug protocol: what JupyterLab's panel of variables shows."""

import time

import pytest
from conversation import Exchange


class Panel:
    """Asks as a debugger does."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.count = 0
        self.body("initialize", clientID="test", supportsVariableType=True)
        self.body("attach")

    def ask(self, command, **arguments):
        self.count += 1
        content = {"type": "request", "seq": self.count, "command": command, "arguments": arguments}
        reply = self.kernel.ask("debug_request", content, channel="control").content
        assert reply["type"] == "response" and reply["request_seq"] == self.count and reply["command"] == command
        return reply

    def body(self, command, **arguments):
        reply = self.ask(command, **arguments)
        assert reply["success"], reply
        return reply["body"]

    def variables(self):
        # The kernel answers from its memory for a quarter of a second.
        time.sleep(0.3)
        return {v["name"]: v for v in self.body("inspectVariables")["variables"]}

    def parts(self, variable, **page):
        return self.body("variables", variablesReference=variable["variablesReference"], **page)["variables"]


@pytest.fixture(scope="module")
def panel(kernel):
    return Panel(kernel)


@pytest.fixture
def fresh_panel(fresh_kernel):
    return Panel(fresh_kernel)


def run(panel, code):
    exchange = panel.kernel.run(code)
    assert exchange.content["status"] == "ok", exchange.content
    return exchange


def test_the_kernelspec_offers_a_debugger(kernel):
    assert kernel.manager.kernel_spec.metadata["debugger"] is True
    assert kernel.ask("kernel_info_request", {}).content["debugger"] is True


def test_name_type_shape_and_value(panel):
    run(panel, "import Martlet")
    run(panel, """
        struct Point { var x = 1.5; var tags = ["a", "b"] }
        class Animal { var legs = 4 }
        final class Dog: Animal { var name = "Rex" }
        actor Counter { var count = 0 }
        let number = 42, text = "héllo", flags = [true, false]
        let doubles = [1.5, 2.5, 3.5]
        let ages = ["Ada": 36]
        let point = Point(), dog = Dog(), counter = Counter()
        let some: Int? = 5, none: String? = nil
        let increment = { (n: Int) in n + 1 }
        let pair = (1, name: "x")
        let matrix = Matrix([[1, 2, 3], [4, 5, 6]])
        let frame = try DataFrame(Column("city", ["Oslo", "Rome"]), Column("warmth", [5.7, 15.5]))
        """)
    expected = {
        "number": ("Int", "42", None),
        "text": ("String", '"héllo"', None),
        "flags": ("[Bool] (2)", "[true, false]", [2]),
        "doubles": ("[Double] (3)", "[1.5, 2.5, 3.5]", [3]),
        "ages": ("[String: Int] (1)", '["Ada": 36]', [1]),
        "point": ("Point", 'Point(x: 1.5, tags: ["a", "b"])', None),
        "dog": ("Dog", "Dog", None),
        "counter": ("Counter", "Counter", None),
        "some": ("Int?", "Optional(5)", None),
        "none": ("String?", "nil", None),
        "increment": ("(Int) -> Int", "(Function)", None),
        "pair": ("(Int, name: String)", '(1, name: "x")', None),
        "matrix": ("Tensor<Double> (2 × 3)", "[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]", [2, 3]),
    }
    variables = panel.variables()
    for name, (kind, value, shape) in expected.items():
        assert (variables[name]["type"], variables[name]["value"], variables[name].get("shape")) == (kind, value, shape)
        assert variables[name]["evaluateName"] == name
    assert variables["frame"]["type"] == "DataFrame (2 × 2)"
    assert "Oslo" in variables["frame"]["value"] and "\n" not in variables["frame"]["value"]
    assert list(variables) == sorted(variables)

    assert [(p["name"], p["type"], p["value"]) for p in panel.parts(variables["point"])] == [
        ("x", "Double", "1.5"), ("tags", "[String] (2)", '["a", "b"]')]
    assert [p["evaluateName"] for p in panel.parts(variables["dog"])] == ["dog.legs", "dog.name"]
    assert [(p["name"], p["value"]) for p in panel.parts(variables["ages"])] == [('["Ada"]', "36")]
    rows = panel.parts(variables["matrix"])
    assert [r["value"] for r in rows] == ["[1.0, 2.0, 3.0]", "[4.0, 5.0, 6.0]"]
    assert [p["value"] for p in panel.parts(rows[1])] == ["4.0", "5.0", "6.0"]
    assert [(p["name"], p["type"]) for p in panel.parts(variables["frame"])] == [
        ("city", "Column<String> (2)"), ("warmth", "Column<Double> (2)")]
    assert variables["number"]["variablesReference"] == 0


def test_jupyterlab_shows_values_with_types(fresh_panel):
    run(fresh_panel, "let n = 42, name: String? = nil, xs = [1.5]")
    fresh_panel.body("initialize", clientID="jupyterlab", adapterID="martlet", supportsVariablePaging=True)
    variables = fresh_panel.variables()
    assert [(v["type"], v["value"]) for v in variables.values()] == [
        ("Int = 42", "42"), ("String? = nil", "nil"), ("[Double] (1)", "[1.5]")]
    assert fresh_panel.parts(variables["xs"])[0]["type"] == "Double = 1.5"


def test_rich_values(panel):
    run(panel, "import Martlet\nlet table = try DataFrame(Column(\"k\", [1, 2]))\nlet note = Markdown(\"**b**\")")
    data = panel.body("richInspectVariables", variableName="table")["data"]
    assert "<table" in data["text/html"] and "k" in data["text/plain"]
    assert panel.body("richInspectVariables", variableName="note")["data"]["text/markdown"] == "**b**"
    reply = panel.ask("richInspectVariables", variableName="absent")
    assert not reply["success"] and "absent" in reply["message"]


def test_redefinition_and_shadowing(fresh_panel):
    run(fresh_panel, "let x = 1\nlet y = 2")
    assert fresh_panel.variables()["x"]["type"] == "Int"
    run(fresh_panel, "func f(y: String) -> String { let x = y; return x }\nlet x = f(y: \"new\")")
    variables = fresh_panel.variables()
    assert (variables["x"]["type"], variables["x"]["value"]) == ("String", '"new"')
    assert variables["y"]["value"] == "2"
    assert set(variables) == {"x", "y"}
    exchange = fresh_panel.kernel.run("let z = 1\nlet y: Int? = nil\nprint(y!)\nlet late = 3")
    assert exchange.content["status"] == "error"
    variables = fresh_panel.variables()
    assert set(variables) == {"x", "y", "z"}, "what has no value is not listed"
    assert variables["z"]["value"] == "1"


def test_while_a_cell_runs(fresh_panel):
    kernel = fresh_panel.kernel
    run(fresh_panel, "var items = [1, 2, 3]\nvar steps = 0")
    before = fresh_panel.variables()
    exchange = Exchange(kernel.send('let model = [0.5]\nprint("on")\nwhile true { steps += 1; items.append(steps); if items.count > 1000 { items = [] } }'))
    kernel.wait_for_text(exchange, "on")
    for _ in range(20):
        start = time.monotonic()
        during = {v["name"]: v for v in fresh_panel.body("inspectVariables")["variables"]}
        assert time.monotonic() - start < 2
        assert during["items"]["value"] == "[1, 2, 3]"
        assert during["steps"]["value"] == "0"
        assert (during["model"]["type"], during["model"]["value"]) == ("[Double]", "(a cell is running)")
        # What was unfolded or rendered stays unfolded; nothing of it is read.
        assert fresh_panel.parts(before["items"])[0]["value"] == "(a cell is running)"
        assert fresh_panel.body("richInspectVariables", variableName="steps")["data"]["text/plain"]
    kernel.ask("interrupt_request", {}, channel="control")
    assert kernel.reply_to(exchange.request)["content"]["ename"] == "Interrupted"
    after = fresh_panel.variables()
    assert after["model"]["value"] == "[0.5]"
    assert int(after["steps"]["value"]) > 0
    assert after["items"]["variablesReference"] in (0, before["items"]["variablesReference"])


def test_after_a_trap(panel):
    run(panel, "var kept = [1, 2]")
    assert panel.kernel.run("kept.append(3)\nprint(kept[10])").content["status"] == "error"
    assert panel.variables()["kept"]["value"] == "[1, 2, 3]"


def test_large_collections_are_cut(panel):
    run(panel, """
        let many = Array(0..<1_000_000), names = many.map { "name \\($0)" }
        let index = Dictionary(uniqueKeysWithValues: zip(names, many)), letters = String(repeating: "é", count: 3_000_000)
        """)
    panel.variables()
    time.sleep(0.3)
    start = time.monotonic()
    variables = {v["name"]: v for v in panel.body("inspectVariables")["variables"]}
    seconds = time.monotonic() - start
    assert seconds < 0.5, "milliseconds on an idle machine"
    assert variables["many"]["type"] == "[Int] (1000000)"
    assert variables["index"]["shape"] == [1_000_000]
    for name in ("many", "names", "index", "letters"):
        assert len(variables[name]["value"]) < 250 and variables[name]["value"].endswith("…")
    assert len(panel.parts(variables["many"])) == 101
    page = panel.parts(variables["many"], start=999_999, count=50)
    assert [p["value"] for p in page] == ["999999"]
    assert len(panel.body("richInspectVariables", variableName="many")["data"]["text/plain"]) < 110_000


def test_descriptions_that_misbehave(fresh_panel):
    run(fresh_panel, """
        import Foundation
        struct Trap: CustomStringConvertible { var i = 9; var description: String { "\\([1][i])" } }
        struct Loop: CustomStringConvertible { var i = 9; var description: String { var n = 0; while i > 0 { n &+= i }; return "\\(n)" } }
        struct Sleep: CustomStringConvertible { var i = 9; var description: String { sleep(1000); return "" } }
        struct Deep: CustomStringConvertible { var i = 9; var description: String { "\\(Deep(i: i + 1))\\(i)" } }
        let trap = Trap(), loop = Loop(), rest = Sleep(), deep = Deep(), good = [1, 2]
        """)
    for _ in range(5):
        variables = fresh_panel.variables()
        assert variables["trap"]["value"].startswith("(its description crashed")
        assert variables["deep"]["value"].startswith("(its description crashed")
        assert variables["loop"]["value"] == "(its description takes too long)"
        assert variables["rest"]["value"] == "(its description takes too long)"
        assert variables["good"]["value"] == "[1, 2]"
        assert variables["loop"]["type"] == "Loop"
        assert run(fresh_panel, "print(good.count)").text() == "2\n"
    rendered = fresh_panel.body("richInspectVariables", variableName="loop")["data"]["text/plain"]
    assert rendered == "(its description takes too long)"


def test_the_rest_of_the_protocol_is_refused_in_words(panel):
    assert panel.body("setBreakpoints", source={"path": "x"}, breakpoints=[{"line": 1}])["breakpoints"] == []
    for command in ("pause", "evaluate", "stepIn", "noSuchCommand"):
        reply = panel.ask(command)
        assert not reply["success"] and "variables only" in reply["message"]
    for broken in ({}, {"command": 3}, {"command": "variables", "arguments": []}, {"command": "richInspectVariables"}):
        reply = panel.kernel.ask("debug_request", broken, channel="control").content
        assert reply["success"] is False and reply["message"]
