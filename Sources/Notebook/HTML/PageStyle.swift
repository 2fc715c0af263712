/// The style sheet of a notebook's page: the variables of JupyterLab's themes, and what the page itself needs.
enum PageStyle {
  static let sheet = light + dark + page + markdown + code + site + terminalColours

  private static let light = """
    :root {
      --jp-layout-color0: #ffffff; --jp-layout-color1: #ffffff; --jp-layout-color2: #f5f6f8; --jp-layout-color3: #e3e6ea;
      --jp-layout-color4: #c5cad1;
      --jp-ui-font-color0: #0b0d10; --jp-ui-font-color1: #1d2126; --jp-ui-font-color2: #59626e; --jp-ui-font-color3: #8b949e;
      --jp-content-font-color0: #0b0d10; --jp-content-font-color1: #1d2126; --jp-content-font-color2: #59626e;
      --jp-content-font-color3: #8b949e; --jp-content-link-color: #1264b4;
      --jp-inverse-layout-color1: #16191d; --jp-inverse-layout-color2: #262b31; --jp-ui-inverse-font-color1: #ffffff;
      --jp-border-color0: #c5cad1; --jp-border-color1: #d5d9df; --jp-border-color2: #e3e6ea; --jp-border-color3: #eef0f3;
      --jp-brand-color0: #0f5399; --jp-brand-color1: #1264b4; --jp-brand-color2: #6ea8dc; --jp-brand-color3: #cfe2f4;
      --jp-accent-color1: #b3541e; --jp-warn-color1: #b56200; --jp-error-color1: #c4281c; --jp-success-color1: #1f7a3d;
      --jp-info-color1: #0b7285; --jp-rendermime-error-background: #fdecea;
      --jp-rendermime-table-row-background: #f5f6f8; --jp-rendermime-table-row-hover-background: #e8f0f8;
      --jp-cell-editor-background: #f6f7f9; --jp-cell-editor-border-color: #e3e6ea;
      --jp-cell-inprompt-font-color: #3b6ea5; --jp-cell-outprompt-font-color: #b3541e;
      --jp-mirror-editor-keyword-color: #9b2393; --jp-mirror-editor-string-color: #c41a16;
      --jp-mirror-editor-comment-color: #5d6c79; --jp-mirror-editor-number-color: #1c00cf;
      --jp-mirror-editor-def-color: #0b4f79; --jp-mirror-editor-attribute-color: #815f03;
      --jp-ui-font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif;
      --jp-content-font-family: var(--jp-ui-font-family);
      --jp-code-font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", "DejaVu Sans Mono", monospace;
      --jp-ui-font-size1: 13px; --jp-content-font-size1: 15px; --jp-code-font-size: 13px; --jp-code-line-height: 1.5;
      --jp-content-line-height: 1.6;
    }

    """

  private static let dark = """
    @media (prefers-color-scheme: dark) {
      :root {
        --jp-layout-color0: #121417; --jp-layout-color1: #16191d; --jp-layout-color2: #1e2227; --jp-layout-color3: #2b3037;
        --jp-layout-color4: #454c55;
        --jp-ui-font-color0: #ffffff; --jp-ui-font-color1: #e4e7eb; --jp-ui-font-color2: #a4adb8; --jp-ui-font-color3: #757f8b;
        --jp-content-font-color0: #ffffff; --jp-content-font-color1: #e4e7eb; --jp-content-font-color2: #a4adb8;
        --jp-content-font-color3: #757f8b; --jp-content-link-color: #79b8f3;
        --jp-inverse-layout-color1: #ffffff; --jp-inverse-layout-color2: #eef0f3; --jp-ui-inverse-font-color1: #1d2126;
        --jp-border-color0: #454c55; --jp-border-color1: #3a4048; --jp-border-color2: #2b3037; --jp-border-color3: #22262b;
        --jp-brand-color0: #a5cff7; --jp-brand-color1: #79b8f3; --jp-brand-color2: #3d7fbf; --jp-brand-color3: #1d3c5a;
        --jp-accent-color1: #e8935c; --jp-warn-color1: #e3a34b; --jp-error-color1: #f2786d; --jp-success-color1: #6cc486;
        --jp-info-color1: #5fc3d3; --jp-rendermime-error-background: #35201f;
        --jp-rendermime-table-row-background: #1c2025; --jp-rendermime-table-row-hover-background: #24303c;
        --jp-cell-editor-background: #1c2025; --jp-cell-editor-border-color: #2b3037;
        --jp-cell-inprompt-font-color: #79b8f3; --jp-cell-outprompt-font-color: #e8935c;
        --jp-mirror-editor-keyword-color: #fc7db8; --jp-mirror-editor-string-color: #fc8674;
        --jp-mirror-editor-comment-color: #8a96a3; --jp-mirror-editor-number-color: #d5c27a;
        --jp-mirror-editor-def-color: #74d4e6; --jp-mirror-editor-attribute-color: #e3a96a;
      }
    }

    """

  private static let page = """
    * { box-sizing: border-box; }
    html { background: var(--jp-layout-color1); color: var(--jp-content-font-color1);
      font: var(--jp-content-font-size1)/var(--jp-content-line-height) var(--jp-content-font-family); }
    body { margin: 0; }
    main { max-width: 61rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
    .cell { margin: 0 0 1rem; }
    .cell.markdown, .cell.raw { padding-left: 4.5rem; }
    .row { display: flex; }
    .row + .row { margin-top: .5rem; }
    .prompt { flex: 0 0 4.5rem; padding: .6rem .8rem 0 0; text-align: right; white-space: nowrap;
      font: var(--jp-code-font-size)/var(--jp-code-line-height) var(--jp-code-font-family); }
    .prompt .in { color: var(--jp-cell-inprompt-font-color); }
    .prompt .out { color: var(--jp-cell-outprompt-font-color); }
    .input, .output { flex: 1 1 auto; min-width: 0; }
    .input { background: var(--jp-cell-editor-background); border: 1px solid var(--jp-cell-editor-border-color);
      border-radius: 6px; padding: .6rem .9rem; overflow-x: auto; }
    .output { overflow-x: auto; position: relative; contain: layout; padding: .6rem .9rem 0; }
    .output > pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    .output.stderr, .output.error { border-radius: 6px; padding-bottom: .6rem; }
    .output.stderr { background: var(--jp-layout-color2); border-left: 3px solid var(--jp-warn-color1); }
    .output.error { background: var(--jp-rendermime-error-background); border-left: 3px solid var(--jp-error-color1); }
    .output img, .output svg, .markdown img, .markdown svg { max-width: 100%; height: auto; }
    pre { margin: 0; font: var(--jp-code-font-size)/var(--jp-code-line-height) var(--jp-code-font-family); tab-size: 2; }
    .raw pre { color: var(--jp-content-font-color2); white-space: pre-wrap; }
    .rich > p:first-child { margin-top: 0; }
    @media (max-width: 44rem) {
      main { padding: 1rem; }
      .cell.markdown, .cell.raw { padding-left: 0; }
      .row { display: block; }
      .prompt { text-align: left; padding: 0 0 .2rem; }
      .prompt:empty { display: none; }
    }
    @media print {
      main { max-width: none; padding: 0; }
      .input { overflow: visible; }
      .input pre { white-space: pre-wrap; }
    }

    """

  private static let markdown = """
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .6em; font-weight: 650; color: var(--jp-content-font-color0); }
    h1 { font-size: 1.95rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1rem; }
    h1 { padding-bottom: .3em; border-bottom: 1px solid var(--jp-border-color2); }
    .cell:first-child > h1:first-child, main > h1:first-child { margin-top: 0; }
    .markdown > :first-child { margin-top: 0; }
    .cell.markdown > h2:first-child, .cell.markdown > h3:first-child { margin-top: 1.8rem; }
    p, ul, ol, dl, blockquote, .markdown table, .markdown pre, details { margin: 0 0 .9em; }
    ul, ol { padding-left: 1.7em; } li > ul, li > ol { margin-bottom: 0; } li + li { margin-top: .2em; }
    a { color: var(--jp-content-link-color); text-decoration-thickness: .06em; text-underline-offset: .15em; }
    blockquote { padding: .1em 1em; border-left: 3px solid var(--jp-brand-color2); color: var(--jp-content-font-color2); }
    blockquote > :last-child { margin-bottom: 0; }
    hr { border: 0; border-top: 1px solid var(--jp-border-color1); margin: 2em 0; }
    code, kbd, samp, tt { font-family: var(--jp-code-font-family); font-size: .9em; }
    .markdown :not(pre) > code { background: var(--jp-layout-color2); border-radius: 4px; padding: .12em .35em; }
    .markdown pre { background: var(--jp-layout-color2); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
    pre code { font-size: inherit; }
    kbd { border: 1px solid var(--jp-border-color0); border-radius: 4px; padding: .05em .35em; }
    details { border: 1px solid var(--jp-border-color2); border-radius: 6px; padding: .5em .9em; }
    details > :last-child { margin-bottom: .3em; }
    summary { cursor: pointer; font-weight: 600; }
    details[open] > summary { margin-bottom: .5em; }
    table { border-collapse: collapse; font-size: .92em; font-variant-numeric: tabular-nums; }
    th, td { padding: .32em .8em; border-bottom: 1px solid var(--jp-border-color2); text-align: right; }
    .markdown th, .markdown td { text-align: left; }
    th { font-weight: 600; } thead th { border-bottom: 1px solid var(--jp-border-color0); }
    tbody tr:nth-child(even) { background: var(--jp-rendermime-table-row-background); }
    tbody tr:hover { background: var(--jp-rendermime-table-row-hover-background); }
    caption { color: var(--jp-content-font-color2); padding: .4em 0; }
    math { font-size: 1.08em;
      font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "STIX Math", "XITS Math",
        "TeX Gyre Termes Math", "TeX Gyre DejaVu Math", "DejaVu Math TeX Gyre", "Asana Math", "Noto Sans Math", math; } math[display="block"] { margin: .55em 0; padding: .35em 0; overflow-x: auto; overflow-y: hidden; }
    .tex-aligned mtd { padding: .25em 0; } .tex-grid mtd { padding: .2em .4em; }
    .tex { text-align: center; margin: .9em 0; overflow-x: auto; } .unparted { white-space: nowrap; }

    """

  private static let code = """
    .sw-keyword { color: var(--jp-mirror-editor-keyword-color); font-weight: 600; }
    .sw-string { color: var(--jp-mirror-editor-string-color); }
    .sw-comment { color: var(--jp-mirror-editor-comment-color); font-style: italic; }
    .sw-number { color: var(--jp-mirror-editor-number-color); }
    .sw-type { color: var(--jp-mirror-editor-def-color); }
    .sw-attribute, .sw-directive { color: var(--jp-mirror-editor-attribute-color); }

    """

  private static let site = """
    .neighbours { display: flex; gap: 1.5rem; justify-content: space-between; font-size: .92em; margin: 0 0 1.5rem; }
    main > .neighbours:last-child { margin: 2.5rem 0 0; padding-top: 1rem; border-top: 1px solid var(--jp-border-color2); }
    .neighbours > * { flex: 1 1 0; } .neighbours .contents { text-align: center; } .neighbours .next { text-align: right; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: 1.2rem; }
    .card { display: flex; flex-direction: column; gap: .35rem; padding: .8rem; border: 1px solid var(--jp-border-color2);
      border-radius: 8px; color: inherit; text-decoration: none; line-height: 1.35; }
    .card:hover, .card:focus { border-color: var(--jp-brand-color1); }
    .card .thumbnail { display: block; height: 8.5rem; background: #ffffff; border-radius: 5px; overflow: hidden; text-align: center; }
    .card img { width: 100%; height: 100%; object-fit: contain; }
    .card .facts { color: var(--jp-content-font-color2); font-size: .85em; margin-top: auto; }
    .code > details { margin-left: 4.5rem; } .code > details .prompt { display: none; }

    """

  /// The sixteen colours of terminals, dark enough on a light page and light enough on a dark one.
  private static let terminalColours: String = {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    let light = ["#1d2126", "#c4281c", "#1f7a3d", "#8a5a00", "#1264b4", "#8b3fa8", "#0b7285", "#6b7580"]
    let intense = ["#59626e", "#a3170d", "#14602c", "#6e4700", "#0b4a8a", "#6f2a8a", "#075866", "#3a4048"]
    let dark = ["#9aa4af", "#f2786d", "#6cc486", "#e3b45b", "#79b8f3", "#d49be8", "#5fc3d3", "#e4e7eb"]
    let darkIntense = ["#b9c1ca", "#ff9c93", "#92dba7", "#f2ca80", "#a5cff7", "#e5bdf3", "#8cdae6", "#ffffff"]
    func rules(_ colours: [String], _ suffix: String) -> String {
      zip(names, colours).map { name, colour in
        ".ansi-\(name)\(suffix)-fg { color: \(colour); }\n.ansi-\(name)\(suffix)-bg { background: \(colour); color: var(--jp-layout-color1); }\n"
      }.joined()
    }
    return rules(light, "") + rules(intense, "-intense")
      + "@media (prefers-color-scheme: dark) {\n" + rules(dark, "") + rules(darkIntense, "-intense") + "}\n"
        + """
        .ansi-bold { font-weight: 700; } .ansi-faint { opacity: .7; } .ansi-italic { font-style: italic; }
        .ansi-underline { text-decoration: underline; } .ansi-strike { text-decoration: line-through; }
        .ansi-inverse { filter: invert(1); background: var(--jp-layout-color1); }

        """
  }()
}
