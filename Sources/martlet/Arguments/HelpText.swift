/// What `--help` prints.
package enum HelpText {
  /// Help on one command, or on all of them.
  package static func text(for topic: String?) -> String {
    switch topic {
    case "run": run
    case "gallery": gallery
    case "exercise": exercise
    case "repl": repl
    case "install": install
    case "doctor": doctor
    case "kernel": kernel
    default: overview
    }
  }

  private static let overview = """
    Martlet \(Version.current): Swift notebooks, with machine learning built in.

    Usage: martlet COMMAND …

      run NOTEBOOK…       run notebooks and write them with their outputs, also as HTML
      gallery NOTEBOOK…   make a site of what notebooks have stored
      exercise NOTEBOOK…  copy notebooks without solutions and outputs
      repl                type Swift and see what it does
      install             make Jupyter offer Martlet's kernel
      doctor              check that everything Martlet needs is there
      kernel FILE         be a Jupyter kernel (Jupyter itself calls this)

      --version           print the version
      --help              print this; 'martlet COMMAND --help' tells more

    """

  private static let run = """
    Usage: martlet run NOTEBOOK… [--output FILE.ipynb] [--html FILE.html] [--timeout SECONDS]
                       [--allow-errors] [--check] [--lint] [--timing]

    Runs each notebook from its first cell to its last in a session of its own, in the notebook's folder, and prints the
    cells with what they show. The notebook itself is not changed unless --output names it.

      --output FILE     write the notebook with its new outputs; with several notebooks, a folder
      --html FILE       write one HTML page that needs no other file; with several notebooks, a folder
      --timeout SECONDS interrupt a cell that takes longer; it counts as failed
      --allow-errors    go on after a cell that fails
      --check           compare the outputs with those stored in the notebook, and the
                        figures and checks with the numbers in its front matter
      --lint            run nothing; name cells that only work out of order, or
                        have not run since what they use did
      --timing          store when each cell began and ended

    Tags of a cell: raises-exception (it may fail), skip-execution (it is not run), nbval-ignore-output or
    check-ignore-output (--check passes over it).

    Exit status: 0 when all went well, 1 when a cell failed or an output differs, 2 for a wrong command line,
    130 when interrupted.

    """

  private static let gallery = """
    Usage: martlet gallery NOTEBOOK… --output FOLDER [--title TITLE]

    Makes a static site of the notebooks as they are stored, without running them: a page for each, with links to the
    previous and the next, and an index with a picture of each, grouped by the notebooks' folders.

      --output FOLDER   where the site goes; FOLDER/index.html is its first page
      --title TITLE     the index's heading (default: Notebooks)

    """

  private static let exercise = """
    Usage: martlet exercise NOTEBOOK… --output FOLDER

    Copies the notebooks for a learner: without cells tagged 'solution', and without outputs.

    """

  private static let repl = """
    Usage: martlet repl

    Reads Swift, runs it and shows what comes of it. Return runs a cell that is complete and otherwise starts a new line.
    %help lists the commands that a cell may have beside Swift.

      Ctrl-C            stops the running cell, or clears what was typed
      Ctrl-D            ends the session
      Up, Down          move between lines; from the first or last line, through the history
      Tab               goes on with what is typed, or lists how it could go on
      Alt-Return        starts a new line in any case

    """

  private static let install = """
    Usage: martlet install [--user | --prefix DIR] [--name NAME]

    Registers the kernel, so that Jupyter offers 'Martlet (Swift)'.

      --user            for this user only (the default)
      --prefix DIR      under DIR/share/jupyter, for everyone who uses the Jupyter of that prefix
      --name NAME       the name by which Jupyter calls the kernel (default: martlet)

    """

  private static let doctor = """
    Usage: martlet doctor

    Checks the toolchain, the libraries, the worker, a first cell and the kernel's registration, one a line, and says
    what to do about what is missing. Exit status: 0 when nothing is.

    """

  private static let kernel = """
    Usage: martlet kernel CONNECTION_FILE

    Serves one Jupyter frontend as the connection file says, until it asks for the end. Jupyter starts this by itself.

    """
}
