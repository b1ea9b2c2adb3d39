using Calf.Accounts;

namespace Calf.Web;

/// <summary>Asks for the password.</summary>
public sealed class SignInPage(Layout layout, Site site)
{
    /// <param name="next">Where to go afterwards: a path of this server.</param>
    /// <param name="wrong">What was wrong with the last try.</param>
    public Html Render(Account owner, string next, string username = "", string? wrong = null) => layout.Gate(Words.T("Sign in"), Html.Of($"""
        <header>{layout.Mark}<h1>{Words.T("Sign in")}</h1><p class="quiet">{Words.T("to {domain}, the home of {handle}||sign in", ("domain", site.Domain), ("handle", "@" + owner.Username))}</p></header>
        {Wrong(layout, wrong)}<form method="post" action="/session">
        <input type="hidden" name="next" value="{next}">
        <label class="field"><span>{Words.T("User name")}</span><input class="input" name="username" value="{username}" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
        <label class="field"><span>{Words.T("Password")}</span><input class="input" name="password" type="password" autocomplete="current-password" required autofocus></label>
        <button class="button main">{Words.T("Sign in")}</button>
        </form>
        """));

    internal static Html Wrong(Layout layout, string? wrong) =>
        wrong is null ? Html.Empty : Html.Of($"""<p class="wrong" role="alert">{layout.Icon("warning")}<span>{wrong}</span></p>""");

    /// <summary>A path of this server, never another one: <c>//evil.example</c> and <c>/\evil.example</c> leave it.</summary>
    public static string SafeNext(string? next) =>
        next is ['/', ..] and not ['/', '/' or '\\', ..] && !next.Any(char.IsControl) ? next : "/home";
}
