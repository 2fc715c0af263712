/// The style sheet of one chart.
///
/// Renderers without CSS variables ignore its rules and use the light colours that every element carries as attributes.
/// Every rule starts with the chart's identifier, since the style sheet of an inline picture applies to the whole page.
struct StyleSheet {
  let identifier: String
  let theme: ChartTheme

  var rules: String { variables + classes }

  private var variables: String {
    switch theme.name {
    case .automatic:
      "#\(identifier){\(automatic(.light))}@media(prefers-color-scheme:dark){#\(identifier){\(automatic(.dark))}}"
    case .light, .dark: ""
    }
  }

  /// The page's own colours where it has some; paper and ink always change together, so text can be read everywhere.
  private func automatic(_ theme: Theme) -> String {
    "--chart-paper:var(--jp-layout-color0,var(--vscode-editor-background,\(theme.paper.css)));"
      + "--chart-ink:var(--jp-ui-font-color0,var(--vscode-editor-foreground,\(theme.ink.css)));"
      + "--chart-muted:var(--jp-ui-font-color1,var(--vscode-editor-foreground,\(theme.muted.css)))"
  }

  private var classes: String {
    let (paper, ink, muted) = colors
    return [
      (".paper", "fill:\(paper)"), (".ink", "fill:\(ink)"), (".muted", "fill:\(muted)"), (".axis", "stroke:\(ink)"),
      (".halo", "stroke:\(paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke"),
    ].map { "#\(identifier) \($0){\($1)}" }.joined()
  }

  private var colors: (paper: String, ink: String, muted: String) {
    switch theme.name {
    case .automatic: ("var(--chart-paper)", "var(--chart-ink)", "var(--chart-muted)")
    case .light: (Theme.light.paper.css, Theme.light.ink.css, Theme.light.muted.css)
    case .dark: (Theme.dark.paper.css, Theme.dark.ink.css, Theme.dark.muted.css)
    }
  }
}
