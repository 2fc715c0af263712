import Testing
import martlet

@Suite("Command lines")
struct ArgumentParserTests {
  private func message(_ arguments: [String]) -> String {
    do {
      return "\(try ArgumentParser.command(from: arguments))"
    } catch {
      return "\(error) \(error.hint)"
    }
  }

  @Test(arguments: [
    (["rnu"], "There is no command 'rnu'. Did you mean 'run'? See 'martlet --help'."),
    (["frobnicate"], "There is no command 'frobnicate'. See 'martlet --help'."),
    (["help", "frobnicate"], "There is no command 'frobnicate'. See 'martlet --help'."),
    (["run"], "'martlet run' needs a notebook. See 'martlet run --help'."),
    (
      ["run", "a", "--chekc"],
      "'martlet run' has no option '--chekc'. Did you mean '--check'? See 'martlet run --help'."
    ),
    (["run", "a", "-x"], "'martlet run' has no option '-x'. See 'martlet run --help'."),
    (["run", "a", "--html"], "'--html' needs a value. See 'martlet run --help'."),
    (["run", "a", "--html="], "'--html' needs a value. See 'martlet run --help'."),
    (["run", "a", "--check=yes"], "'--check' takes no value. See 'martlet run --help'."),
    (["run", "a", "--check", "--check"], "'--check' was given twice. See 'martlet run --help'."),
    (["run", "a", "--html", "b", "--html=c"], "'--html' was given twice. See 'martlet run --help'."),
    (
      ["run", "a", "--timeout", "soon"],
      "'--timeout' needs a number of seconds above 0, not 'soon'. See 'martlet run --help'."
    ),
    (
      ["run", "a", "--timeout=-1"], "'--timeout' needs a number of seconds above 0, not '-1'. See 'martlet run --help'."
    ),
    (
      ["run", "a", "--timeout=inf"],
      "'--timeout' needs a number of seconds above 0, not 'inf'. See 'martlet run --help'."
    ),
    (["gallery"], "'martlet gallery' needs a notebook. See 'martlet gallery --help'."),
    (["gallery", "a"], "'martlet gallery' needs --output with a folder. See 'martlet gallery --help'."),
    (["exercise", "a"], "'martlet exercise' needs --output with a folder. See 'martlet exercise --help'."),
    (["kernel"], "'martlet kernel' needs a connection file. See 'martlet kernel --help'."),
    (["kernel", "a", "b"], "'martlet kernel' has no use for 'b'. See 'martlet kernel --help'."),
    (["repl", "x"], "'martlet repl' has no use for 'x'. See 'martlet repl --help'."),
    (["doctor", "--fix"], "'martlet doctor' has no option '--fix'. See 'martlet doctor --help'."),
    (["install", "x"], "'martlet install' has no use for 'x'. See 'martlet install --help'."),
    (
      ["install", "--user", "--prefix", "/usr"],
      "'--user' and '--prefix' cannot be used together. See 'martlet install --help'."
    ),
    (
      ["install", "--name", "../x"],
      "'../x' cannot be a kernel's name: it may have letters, digits, '.', '-' and '_'. See 'martlet install --help'."
    ),
    (
      ["install", "--name", ".."],
      "'..' cannot be a kernel's name: it may have letters, digits, '.', '-' and '_'. See 'martlet install --help'."
    ),
  ])
  func messages(arguments: [String], expected: String) { #expect(message(arguments) == expected) }

  @Test func galleriesAreRead() throws {
    var options = GalleryOptions()
    (options.notebooks, options.output, options.title) = (["a", "b"], "site", "All")
    #expect(
      try ArgumentParser.command(from: ["gallery", "a", "b", "--output", "site", "--title=All"]) == .gallery(options))
    #expect(
      try ArgumentParser.command(from: ["exercise", "--output", "x", "a"]) == .exercise(notebooks: ["a"], output: "x"))
  }

  @Test func commandsAreRead() throws {
    #expect(try ArgumentParser.command(from: []) == .help(nil))
    #expect(try ArgumentParser.command(from: ["--version"]) == .version)
    #expect(try ArgumentParser.command(from: ["help", "run"]) == .help("run"))
    #expect(try ArgumentParser.command(from: ["run", "--help"]) == .help("run"))
    #expect(try ArgumentParser.command(from: ["kernel", "c.json"]) == .kernel(connectionFile: "c.json"))
    #expect(try ArgumentParser.command(from: ["repl"]) == .repl)
    #expect(try ArgumentParser.command(from: ["doctor"]) == .doctor)
    #expect(try ArgumentParser.command(from: ["install"]) == .install(InstallOptions()))
  }

  @Test func optionsOfRunMayStandAnywhere() throws {
    var options = RunOptions()
    options.notebooks = ["a.ipynb", "--odd.ipynb"]
    options.html = "h.html"
    options.output = "o=p.ipynb"
    options.timeout = 1.5
    options.checks = true
    options.allowsErrors = true
    let arguments = [
      "run", "--html", "h.html", "a.ipynb", "--output=o=p.ipynb", "--timeout", "1.5", "--check", "--allow-errors", "--",
      "--odd.ipynb",
    ]
    #expect(try ArgumentParser.command(from: arguments) == .run(options))
  }

  @Test(arguments: Command.names) func everyCommandHasHelp(name: String) {
    #expect(HelpText.text(for: name).contains(name == "help" ? "Usage: martlet" : "Usage: martlet \(name)"))
    for option in ArgumentParser.options(of: name) where option != "--help" {
      #expect(HelpText.text(for: name).contains(option))
    }
  }
}
