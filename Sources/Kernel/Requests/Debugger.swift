import JSON
import JupyterWire

/// The variables part of the debug protocol: JupyterLab's panel of variables, without breakpoints.
///
/// `debug_request` carries a request of the Debug Adapter Protocol, and its reply the response. What the protocol has
/// beside variables is answered with an error that says so, or with nothing to show where frontends ask unasked.
enum Debugger {
  private typealias Command =
    @Sendable (_ arguments: JSONValue, _ kernel: KernelServices) throws(RequestError) ->
    JSONValue

  private static let commands: [String: Command] = [
    "initialize": { arguments, kernel in
      kernel.debugger.isStarted = true
      kernel.debugger.client = arguments["clientID"]?.string ?? ""
      return ["supportsConfigurationDoneRequest": true, "exceptionBreakpointFilters": []]
    },
    "attach": { _, kernel in
      kernel.debugger.isStarted = true
      return [:]
    },
    "launch": { _, kernel in
      kernel.debugger.isStarted = true
      return [:]
    },
    "configurationDone": { _, _ in [:] },
    "disconnect": { _, kernel in
      kernel.debugger.isStarted = false
      return [:]
    },
    "debugInfo": { _, kernel in information(kernel) },
    "dumpCell": { arguments, kernel throws(RequestError) in try dumpCell(arguments, kernel) },
    "inspectVariables": { _, kernel in DebuggerVariables.all(kernel) },
    "richInspectVariables": { arguments, kernel throws(RequestError) in
      try DebuggerVariables.rich(arguments, kernel)
    },
    "variables": { arguments, kernel throws(RequestError) in try DebuggerVariables.parts(arguments, kernel) },
    // Nothing ever stops at a breakpoint, so there are none, no stack, and one scope.
    "setBreakpoints": { _, _ in ["breakpoints": []] },
    "setFunctionBreakpoints": { _, _ in ["breakpoints": []] },
    "setExceptionBreakpoints": { _, _ in ["breakpoints": []] },
    "threads": { _, _ in ["threads": [["id": 1, "name": "cells"]]] },
    "stackTrace": { _, _ in ["stackFrames": [], "totalFrames": 0] },
    "scopes": { _, _ in DebuggerVariables.scopes },
    "modules": { _, _ in ["modules": [], "totalModules": 0] },
  ]

  static func answer(_ request: Message, _ kernel: KernelServices) -> Answer {
    let command = request.content["command"]?.string ?? ""
    let arguments = request.content["arguments"] ?? [:]
    guard let perform = commands[command] else {
      let problem = "Martlet's debugger shows variables only; it has no command '\(command)'."
      return response(to: request, problem: problem, kernel)
    }
    do {
      let body = try perform(arguments, kernel)
      let answer = response(to: request, body: body, kernel)
      // What the protocol wants after this response: breakpoints could be set now.
      if command == "initialize" { publishEvent("initialized", request, kernel) }
      return answer
    } catch {
      return response(to: request, problem: error.problem, kernel)
    }
  }

  private static func response(
    to request: Message, body: JSONValue = [:], problem: String? = nil, _ kernel: KernelServices
  ) -> Answer {
    var content: [String: JSONValue] = [
      "type": "response", "seq": .integer(kernel.debugger.nextSequence()),
      "request_seq": request.content["seq"] ?? 0, "success": .bool(problem == nil),
      "command": request.content["command"] ?? "", "body": body,
    ]
    if let problem { content["message"] = .string(problem) }
    return Answer(content: .object(content))
  }

  private static func publishEvent(_ event: String, _ request: Message, _ kernel: KernelServices) {
    let content: JSONValue = [
      "type": "event", "seq": .integer(kernel.debugger.nextSequence()), "event": .string(event), "body": [:],
    ]
    kernel.publisher.publish("debug_event", content, parent: request)
  }

  /// What a frontend asks before anything else, and again when its page was loaded anew.
  private static func information(_ kernel: KernelServices) -> JSONValue {
    [
      "isStarted": .bool(kernel.debugger.isStarted), "hashMethod": .string(DebuggerSources.hashMethod),
      "hashSeed": .integer(Int(DebuggerSources.hashSeed)), "tmpFilePrefix": .string(DebuggerSources.prefix),
      "tmpFileSuffix": .string(DebuggerSources.suffix), "breakpoints": [], "stoppedThreads": [],
      "richRendering": true, "exceptionPaths": [], "copyToGlobals": false,
    ]
  }

  private static func dumpCell(_ arguments: JSONValue, _ kernel: KernelServices) throws(RequestError) -> JSONValue {
    guard let code = arguments["code"]?.string else { throw RequestError("'code' is not text.") }
    let path = DebuggerSources.path(of: code)
    do {
      try kernel.debugger.write(code, to: path)
    } catch {
      throw RequestError("The cell could not be written to \(path): \(error.localizedDescription)")
    }
    return ["sourcePath": .string(path)]
  }
}
