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

    public static IResult Ask(AuthorizationRequest asked, Account owner, Parameters parameters)
    {
        var hidden = new StringBuilder();
        foreach (var name in Passed)
            if (parameters.Text(name) is { } value) hidden.Append($"<input type=\"hidden\" name=\"{name}\" value=\"{Text(value)}\">");
        var website = asked.App.Website is { } address ? $"<p class=\"small\"><a href=\"{Text(address)}\" rel=\"noopener noreferrer\">{Text(address)}</a></p>" : "";
        var wishes = string.Concat(asked.Scopes.Select(scope => $"<li>{Icon("check")}<span>{Text(Meaning(scope))}</span></li>"));
        var title = Words.T("Let {app} in?", ("app", asked.App.Name));
        return Page(title, $"""
            <header>{Icon("mark")}<h1>{Text(title)}</h1>{website}</header>
            <p>{Text(Words.T("It asks to act for {handle}. It will be able to:", ("handle", "@" + owner.Username)))}</p>
            <ul class="grants">{wishes}</ul>
            <p class="small quiet">{Text(Words.T("Afterwards you go to {address}. You can take the permission back in the settings.", ("address", Destination(asked.RedirectUri))))}</p>
            <form method="post" action="/oauth/authorize">{hidden}<div class="choices">
            <button class="button main" name="answer" value="allow">{Text(Words.T("Let it in"))}</button>
            <button class="button" name="answer" value="deny">{Text(Words.T("No"))}</button></div></form>
            """);
    }

    public static IResult ShowCode(string code) => Page(Words.T("Your code"), $"""
        <header>{Icon("mark")}<h1>{Text(Words.T("Your code"))}</h1></header><p>{Text(Words.T("Copy this code and paste it into the app:"))}</p><p class="code">{Text(code)}</p>
        """);

    public static IResult Refuse(OAuthException refused) =>
        Page(Words.T("That did not work"), $"<header>{Icon("mark")}<h1>{Text(Words.T("That did not work"))}</h1></header><p>{Text(refused.Message)}</p>", refused.Status);

    private static string Meaning(string scope)
    {
        var parts = scope.Split(':');
        return scope switch
        {
            "profile" => Words.T("see your name and picture"),
            "read" => Words.T("read everything on your account, private posts and messages too"),
            "write" => Words.T("post, delete and change things in your name"),
            "follow" => Words.T("follow, mute and block people for you"),
            "push" => Words.T("send you notifications"),
            _ when parts[^2] == "write" => Words.T("change your {things}", ("things", Things(parts[^1]))),
            _ => Words.T("read your {things}", ("things", Things(parts[^1]))),
        };
    }

    /// <summary>The last word of a scope. https://docs.joinmastodon.org/api/oauth-scopes/</summary>
    private static string Things(string word) => word switch
    {
        "accounts" => Words.T("account||that an app may read or change"),
        "blocks" => Words.T("blocks||that an app may read or change"),
        "bookmarks" => Words.T("bookmarks||that an app may read or change"),
        "collections" => Words.T("collections||that an app may read or change"),
        "conversations" => Words.T("conversations||that an app may read or change"),
        "favourites" => Words.T("favourites||that an app may read or change"),
        "filters" => Words.T("filters||that an app may read or change"),
        "follows" => Words.T("follows||that an app may read or change"),
        "lists" => Words.T("lists||that an app may read or change"),
        "media" => Words.T("pictures, films and sounds||that an app may read or change"),
        "mutes" => Words.T("mutes||that an app may read or change"),
        "notifications" => Words.T("notifications||that an app may read or change"),
        "reports" => Words.T("reports||that an app may read or change"),
        "search" => Words.T("searches||that an app may read or change"),
        "statuses" => Words.T("posts||that an app may read or change"),
        _ => word.Replace('_', ' '),
    };

    private static string Destination(string redirect) =>
        redirect == RedirectUri.OutOfBand ? Words.T("a page with a code") : Uri.TryCreate(redirect, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? $"{uri.Scheme}://{uri.Authority}" : redirect;

    private static string Icon(string name) =>
        $"<svg class=\"icon{(name == "mark" ? " mark" : " small is-leaf")}\" aria-hidden=\"true\"><use href=\"/app/icons.svg#{name}\"/></svg>";

    private static string Text(string value) => WebUtility.HtmlEncode(value);

    private static HtmlPage Page(string title, string body, int status = StatusCodes.Status200OK) => new($"""
        <!doctype html>
        <html lang="{Words.Language}" dir="{Words.Direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
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
