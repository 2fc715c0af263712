/// What every page has around its content: the policy that forbids browsers to run or load anything, and the style.
struct PageShell {
  let title: String

  func html(_ content: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
    form-action 'none'; base-uri 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="Martlet">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(PageStyle.sheet)</style>
    </head>
    <body>
    <main>
    \(content)
    </main>
    </body>
    </html>

    """
  }
}
