using System.Globalization;
using System.Text.Encodings.Web;

namespace XtndOrleans.Server.Pages;

/// <summary>A page in one piece, in the colours of the others: nothing of it has to be asked for.</summary>
/// <param name="Look">What was chosen: system, light or dark.</param>
/// <param name="Title">What has happened.</param>
/// <param name="Text">What to do.</param>
/// <param name="Link">Where its button leads; empty: to the same address.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Number">Finds the request in the logs.</param>
internal sealed record FailedDocument(string Look, string Title, string Text, string Link, string Label, string Number)
{
    const string Mark = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%232f4fc4'/%3E%3Cpath d='M9 9l14 14M23 9L9 23' stroke='white' stroke-width='4' stroke-linecap='round'/%3E%3C/svg%3E";

    const string Dark = "color-scheme: dark; --ink: #e7eaf1; --quiet: #aab3c4; --paper: #191e28; --ground: #11141b; --line: #2c3341; --accent: #9db2ff; --on-accent: #10162b;";

    const string Style = $$"""
        :root { color-scheme: light; --ink: #1b2130; --quiet: #4d576b; --paper: #fff; --ground: #f6f7f9; --line: #dfe3ea; --accent: #2f4fc4; --on-accent: #fff; }
        :root[data-look="dark"] { {{Dark}} }
        @media (prefers-color-scheme: dark) { :root[data-look="system"] { {{Dark}} } }
        body { min-height: 100vh; min-height: 100dvh; box-sizing: border-box; margin: 0; padding: 24px 16px; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 22px; color: var(--ink); background: var(--ground); font: .9375rem/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
        header { display: flex; align-items: center; gap: 10px; font-size: 1.125rem; font-weight: 700; }
        header::before { content: ""; width: 26px; height: 26px; background: url("{{Mark}}") center/100%; }
        main { width: 100%; max-width: 400px; box-sizing: border-box; padding: 30px; background: var(--paper); border: 1px solid var(--line); border-radius: 16px; }
        h1 { margin: 0 0 12px; font-size: 1.375rem; font-weight: 650; line-height: 1.3; }
        p { margin: 0 0 20px; }
        a { display: block; padding: 11px 16px; border-radius: 10px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-align: center; text-decoration: none; }
        a:hover { filter: brightness(1.08); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        small { display: block; margin-top: 20px; color: var(--quiet); font-size: .8125rem; overflow-wrap: anywhere; }
        """;

    public string Html() => $"""
        <!DOCTYPE html>
        <html lang="{CultureInfo.CurrentUICulture.Name}" data-look="{Look}">
        <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encoded(Title)} · XTND Backend</title>
            <link rel="icon" type="image/svg+xml" href="{Mark}">
            <style>{Style}</style>
        </head>
        <body>
            <header>XTND Backend</header>
            <main>
                <h1>{Encoded(Title)}</h1>
                <p>{Encoded(Text)}</p>
                <a href="{Link}">{Encoded(Label)}</a>
                <small>{Encoded(Number)}</small>
            </main>
        </body>
        </html>
        """;

    static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
