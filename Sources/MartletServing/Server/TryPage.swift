/// The page at `/`, on which a model can be tried. It asks the server for everything that it shows, so that nothing of the
/// model's is ever a part of the page's code.
enum TryPage {
  /// What the page may do: its own code and style, and asking this server.
  static let policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; "
    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

  static let html = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Martlet: try the model</title>
    <style>
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
      body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
      label { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; margin: .4rem 0 }
      input, select, button { font: inherit; padding: .2rem .4rem }
      pre { white-space: pre-wrap; padding: 1rem; border: 1px solid; border-radius: .3rem; min-height: 1.5rem }
      small { opacity: .7 }
    </style>
    <h1>Try the model</h1>
    <p><small id="model"></small></p>
    <form id="form"><div id="fields"></div><p><button>Predict</button></p></form>
    <pre id="answer" aria-live="polite"></pre>
    <script>
      const find = (name) => document.getElementById(name);
      const fields = [];
      const add = (name, about) => {
        const label = document.createElement("label");
        const types = [about.type].flat();
        let input;
        if (about.enum || types.includes("boolean")) {
          input = document.createElement("select");
          for (const choice of about.enum || [true, false]) {
            const option = document.createElement("option");
            option.textContent = choice === null ? "" : choice;
            input.append(option);
          }
        } else {
          input = document.createElement("input");
          if (!types.includes("string")) { input.type = "number"; input.step = types.includes("integer") ? 1 : "any"; }
        }
        label.append(document.createTextNode(name), input);
        find("fields").append(label);
        fields.push({ name, types, input });
      };
      const value = ({ types, input }) => {
        if (input.value === "" && types.includes("null")) return null;
        if (types.includes("boolean")) return input.value === "true";
        if (types.includes("string")) return input.value;
        return input.value === "" ? null : Number(input.value);
      };
      const start = async () => {
        const schema = await (await fetch("/schema")).json();
        find("model").textContent = (schema.target ? schema.target + " by " : "") + schema.model;
        for (const [name, about] of Object.entries(schema.row.properties)) add(name, about);
      };
      find("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        const row = Object.fromEntries(fields.map((field) => [field.name, value(field)]));
        const reply = await fetch("/predict", {
          method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(row)
        });
        find("answer").textContent = JSON.stringify(await reply.json(), null, 2);
      });
      start();
    </script>
    </html>
    """
}
