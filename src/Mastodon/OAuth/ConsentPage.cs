using System.Net;
using System.Text;
using Calf.Accounts;

namespace Calf.Mastodon.OAuth;

/// <summary>The pages that a person sees while letting an app in: plain HTML that works without scripts.</summary>
public static class ConsentPage
{
    // Without form-action forms may lead anywhere: browsers apply form-action to the redirect that follows, which goes to the app.
    private const string ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly string[] Passed = ["client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"];

    private static readonly (string Scope, string Meaning)[] Meanings =
    [
        ("profile", "see your name and picture"),
        ("read", "read everything on your account, private posts and messages too"),
        ("write", "post, delete and change things in your name"),
        ("follow", "follow, mute and block people for you"),
        ("push", "send you notifications"),
    ];

    public static IResult Ask(AuthorizationRequest asked, Account owner, Parameters parameters)
    {
        var hidden = new StringBuilder();
        foreach (var name in Passed)
            if (parameters.Text(name) is { } value) hidden.Append($"<input type=\"hidden\" name=\"{name}\" value=\"{Text(value)}\">");
        var website = asked.App.Website is { } address ? $"<p class=\"small\"><a href=\"{Text(address)}\" rel=\"noopener noreferrer\">{Text(address)}</a></p>" : "";
        var wishes = string.Concat(asked.Scopes.Select(scope => $"<li>{Icon("check")}<span>{Text(Meaning(scope))}</span></li>"));
        return Page($"Let {asked.App.Name} in?", $"""
            <header>{Icon("mark")}<h1>Let {Text(asked.App.Name)} in?</h1>{website}</header>
            <p>It asks to act for <b>@{Text(owner.Username)}</b>. It will be able to:</p>
            <ul class="grants">{wishes}</ul>
            <p class="small quiet">Afterwards you go to <code>{Text(Destination(asked.RedirectUri))}</code>. You can take the permission back in the settings.</p>
            <form method="post" action="/oauth/authorize">{hidden}<div class="choices">
            <button class="button main" name="answer" value="allow">Let it in</button>
            <button class="button" name="answer" value="deny">No</button></div></form>
            """);
    }

    public static IResult ShowCode(string code) => Page("Your code", $"""
        <header>{Icon("mark")}<h1>Your code</h1></header><p>Copy this code and paste it into the app:</p><p class="code">{Text(code)}</p>
        """);

    public static IResult Refuse(OAuthException refused) =>
        Page("That did not work", $"<header>{Icon("mark")}<h1>That did not work</h1></header><p>{Text(refused.Message)}</p>", refused.Status);

    private static string Meaning(string scope)
    {
        var exact = Array.Find(Meanings, m => m.Scope == scope).Meaning;
        if (exact is not null) return exact;
        var parts = scope.Split(':');
        return $"{(parts[^2] == "write" ? "change" : "read")} your {parts[^1].Replace('_', ' ')}";
    }

    private static string Destination(string redirect) =>
        redirect == RedirectUri.OutOfBand ? "a page with a code" : Uri.TryCreate(redirect, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? $"{uri.Scheme}://{uri.Authority}" : redirect;

    private static string Icon(string name) =>
        $"<svg class=\"icon{(name == "mark" ? " mark" : " small is-leaf")}\" aria-hidden=\"true\"><use href=\"/app/icons.svg#{name}\"/></svg>";

    private static string Text(string value) => WebUtility.HtmlEncode(value);

    private static HtmlPage Page(string title, string body, int status = StatusCodes.Status200OK) => new($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><title>{Text(title)} · Calf</title><script src="/app/js/look.js"></script>
        <link rel="stylesheet" href="/app/css/tokens.css"><link rel="stylesheet" href="/app/css/base.css">
        <link rel="stylesheet" href="/app/css/controls.css"><link rel="stylesheet" href="/app/css/gate.css"></head>
        <body class="gate"><main>{body}</main></body></html>
        """, status);

    private sealed class HtmlPage(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            return Results.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status).ExecuteAsync(httpContext);
        }
    }
}
