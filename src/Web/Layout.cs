using Calf.Accounts;

namespace Calf.Web;

/// <summary>What all pages have around them.</summary>
public sealed class Layout(AppFiles files, OwnLook look)
{
    /// <summary>A page for everybody: small, without script.</summary>
    public Html Public(string title, Html head, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="{Words.Language}" dir="{Words.Direction}">
        <head>
        <meta charset="utf-8">
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="{files.Address("css/tokens.css")}">
        <link rel="stylesheet" href="{files.Address("css/prose.css")}">
        <link rel="stylesheet" href="{files.Address("css/public.css")}">
        {OwnLookLink()}<link rel="icon" href="{files.Address("favicon.svg")}" type="image/svg+xml">
        {head}</head>
        <body>
        {body}
        </body>
        </html>

        """);

    /// <summary>The app's shell, with the owner's rules after its own.</summary>
    public string Shell() => look.Sheet.Address is null ? files.ShellHtml : files.ShellHtml.Replace("</head>", OwnLookLink() + "</head>", StringComparison.Ordinal);

    /// <summary>A sheet with a form: sign-in, set-up, consent. Not for search engines, and never with the owner's rules: what asks for a password looks as Calf made it.</summary>
    public Html Gate(string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="{Words.Language}" dir="{Words.Direction}">
        <head>
        <meta charset="utf-8">
        <title>{title} · Calf</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <script src="{files.Address("js/look.js")}"></script>
        <link rel="stylesheet" href="{files.Address("css/tokens.css")}">
        <link rel="stylesheet" href="{files.Address("css/base.css")}">
        <link rel="stylesheet" href="{files.Address("css/controls.css")}">
        <link rel="stylesheet" href="{files.Address("css/gate.css")}">
        <link rel="icon" href="{files.Address("favicon.svg")}" type="image/svg+xml">
        </head>
        <body class="gate">
        <main>
        {body}
        </main>
        </body>
        </html>

        """);

    private Html OwnLookLink() => look.Sheet.Address is { } address ? Html.Of($"<link id=\"own-look\" rel=\"stylesheet\" href=\"{address}\">\n") : Html.Empty;

    public Html Mark => Icon("mark", "icon mark");

    public Html Icon(string name, string classes = "icon") =>
        Html.Of($"""<svg class="{classes}" aria-hidden="true"><use href="{files.Address("icons.svg")}#{name}"/></svg>""");

    /// <summary>An error as a page: what happened and where to go from here.</summary>
    public Html Error(string title, string text, Html action) => Public(title, Html.Of($"""<meta name="robots" content="noindex">"""), Html.Of($"""
        <main class="lost">
        {Mark}
        <h1>{title}</h1>
        <p>{text}</p>
        {action}
        </main>
        """));
}
