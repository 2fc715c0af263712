import Foundation
import JSON
import Kernel
import Testing

/// The variables part of the debug protocol, as JupyterLab speaks it.
@Suite(.serialized) struct DebuggerTests {
  /// The reply to a request, whose transcript is `busy`, `idle`, with the given between.
  private func ask(
    _ frontend: TestFrontend, _ command: String, _ arguments: JSONValue = [:], publishing published: [String] = []
  ) throws -> JSONValue {
    let content: JSONValue = ["type": "request", "seq": 7, "command": .string(command), "arguments": arguments]
    let request = try frontend.send("debug_request", content, on: .control)
    let (reply, messages) = try frontend.complete(request, on: .control)
    #expect(reply.header.type == "debug_reply")
    #expect(messages.transcript(of: request) == ["status busy"] + published + ["status idle"])
    #expect(reply.content["type"] == "response")
    #expect(reply.content["request_seq"] == 7)
    #expect(reply.content["command"] == .string(command))
    #expect(reply.content["seq"]?.integer != nil)
    return reply.content
  }

  private func body(_ frontend: TestFrontend, _ command: String, _ arguments: JSONValue = [:]) throws -> JSONValue {
    let reply = try ask(frontend, command, arguments)
    #expect(reply["success"] == true)
    return try #require(reply["body"])
  }

  @Test func startsAndStopsAsAFrontendWants() throws {
    let frontend = try TestFrontend()
    #expect(try body(frontend, "debugInfo")["isStarted"] == false)
    let capabilities = try ask(frontend, "initialize", ["clientID": "jupyterlab"], publishing: ["debug_event"])
    #expect(capabilities["success"] == true)
    #expect(try body(frontend, "attach") == [:])
    let information = try body(frontend, "debugInfo")
    #expect(information["isStarted"] == true)
    #expect(information["richRendering"] == true)
    #expect(information["hashMethod"] == "Murmur2")
    #expect(information["tmpFileSuffix"] == ".swift")
    for list in ["breakpoints", "stoppedThreads", "exceptionPaths"] { #expect(information[list] == []) }
    #expect(try body(frontend, "configurationDone") == [:])
    #expect(try body(frontend, "disconnect", ["restart": false]) == [:])
    #expect(try body(frontend, "debugInfo")["isStarted"] == false)
  }

  @Test func listsVariables() throws {
    let frontend = try TestFrontend()
    let expected: JSONValue = [
      "variables": [
        [
          "name": "xs", "evaluateName": "xs", "type": "[Int] (1000)", "value": "[0, 1, …", "variablesReference": 1001,
          "indexedVariables": 1000, "shape": [1000],
        ],
        ["name": "n", "evaluateName": "n", "type": "Int", "value": "3", "variablesReference": 0],
      ]
    ]
    #expect(try body(frontend, "inspectVariables") == expected)
    // The way of other frontends: from the one scope there is.
    let scope = try #require(try body(frontend, "scopes", ["frameId": 0])["scopes"]?.array?.first)
    let reference = try #require(scope["variablesReference"])
    #expect(try body(frontend, "variables", ["variablesReference": reference]) == expected)
  }

  /// Its tree shows the type and not the value.
  @Test func toldToJupyterLabTheTypeHasTheValue() throws {
    let frontend = try TestFrontend()
    _ = try ask(frontend, "initialize", ["clientID": "jupyterlab"], publishing: ["debug_event"])
    let variables = try #require(try body(frontend, "inspectVariables")["variables"]?.array)
    #expect(variables.map { $0["type"] } == ["[Int] (1000)", "Int = 3"])
    #expect(variables.map { $0["value"] } == ["[0, 1, …", "3"])
  }

  @Test func unfoldsParts() throws {
    let frontend = try TestFrontend()
    let page = try body(frontend, "variables", ["variablesReference": 1001, "start": 998, "count": 10])
    #expect(page["variables"]?.array?.map { $0["evaluateName"] } == ["xs[998]", "xs[999]"])
    // A frontend that does not page gets the first, and is told that there are more.
    let all = try #require(try body(frontend, "variables", ["variablesReference": 1001])["variables"]?.array)
    #expect(all.count == 101)
    #expect(all.last?["name"] == "…")
    for arguments in [["variablesReference": 5], [:], ["variablesReference": 1001, "start": .integer(.max)]]
      as [JSONValue]
    {
      #expect(try ask(frontend, "variables", arguments)["success"] == false)
    }
  }

  @Test func rendersVariables() throws {
    let frontend = try TestFrontend()
    #expect(
      try body(frontend, "richInspectVariables", ["variableName": "xs", "frameId": 0])
        == ["data": ["text/plain": "text", "text/html": "<b>"], "metadata": ["k": 1]])
    let missing = try ask(frontend, "richInspectVariables", ["variableName": "nope"])
    #expect(missing["success"] == false)
    #expect(missing["message"]?.string?.contains("'nope'") == true)
  }

  @Test func namesCellsByTheirHash() throws {
    let frontend = try TestFrontend()
    let prefix = try #require(try body(frontend, "debugInfo")["tmpFilePrefix"]?.string)
    let code = "let a = 1\nprint(a)"
    let path = try #require(try body(frontend, "dumpCell", ["code": .string(code)])["sourcePath"]?.string)
    #expect(path == "\(prefix)\(DebuggerSources.hash(Array(code.utf8), seed: 0xc70f_6907)).swift")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == code)
    frontend.server.close()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// The check value of SMHasher, the test suite of the hash's author: the hash of the hashes of the keys of 0 to 255 bytes
  /// `0, 1, 2, …`, each with the seed 256 less its length.
  @Test func hashesAsTheAuthorOfTheHash() {
    var hashes: [UInt8] = []
    for length in 0..<256 {
      let hash = DebuggerSources.hash((0..<length).map { UInt8($0) }, seed: UInt32(256 - length))
      for shift in [0, 8, 16, 24] as [UInt32] { hashes.append(UInt8(truncatingIfNeeded: hash >> shift)) }
    }
    #expect(DebuggerSources.hash(hashes, seed: 0) == 0x2786_4c1e)
  }

  @Test func hasNoBreakpointsAndSaysSo() throws {
    let frontend = try TestFrontend()
    let points: JSONValue = ["source": ["path": "/tmp/x.swift"], "breakpoints": [["line": 1]]]
    #expect(try body(frontend, "setBreakpoints", points) == ["breakpoints": []])
    #expect(try body(frontend, "stackTrace", ["threadId": 1])["stackFrames"] == [])
    #expect(try body(frontend, "modules")["modules"] == [])
    for command in ["pause", "next", "evaluate", "copyToGlobals", ""] {
      let reply = try ask(frontend, command)
      #expect(reply["success"] == false)
      #expect(reply["message"]?.string?.contains("variables only") == true)
    }
  }

  @Test func answersWhileACellRuns() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("print on\nblock")
    while try frontend.receive(.iopub).header.type != "stream" {}
    let request = try frontend.send("debug_request", ["command": "inspectVariables", "seq": 1], on: .control)
    let reply = try frontend.receive(.control)
    #expect(reply.answers(request))
    #expect(reply.content["body"]?["variables"]?.array?.count == 2)
    frontend.evaluator.interrupt()
    #expect(try frontend.receive(.shell).answers(cell))
  }
}
