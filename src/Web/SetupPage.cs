using Calf.Federation.Outbox;

namespace Calf.Web;

/// <summary>The first page that the owner sees: names the account and sets its password.</summary>
public sealed class SetupPage(Layout layout, Site site)
{
    public Html Render(string token, SetupForm form, string? wrong = null) => layout.Gate(Words.T("Welcome"), Html.Of($"""
        <header>{layout.Mark}<h1>{Words.T("Welcome to your Calf")}</h1><p class="quiet">{Words.T("It needs a name to be known by, and a password that only you know.")}</p></header>
        {SignInPage.Wrong(layout, wrong)}<form method="post" action="/setup">
        <input type="hidden" name="token" value="{token}">
        <div class="field"><label for="username">{Words.T("User name")}</label>
        <div class="handle-line"><input class="input" id="username" name="username" value="{form.Username}" pattern="[A-Za-z0-9_]+" maxlength="{SettingUp.MaxUsername}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus><span>@{site.Domain}</span></div>
        <small>{Words.T("Letters, digits and underscores. It becomes part of your address and stays for good.")}</small></div>
        <label class="field"><span>{Words.T("Your name")}</span><input class="input" name="display_name" value="{form.DisplayName}" maxlength="{ProfileEditing.MaxDisplayName}" autocomplete="name" dir="auto"><small>{Words.T("As others read it. You can change it whenever you like.")}</small></label>
        <label class="field"><span>{Words.T("Password")}</span><input class="input" name="password" type="password" minlength="{SettingUp.MinPassword}" autocomplete="new-password" required><small>{Words.N(SettingUp.MinPassword, "At least {n} character. It is kept on this machine only, and only as a hash.", "At least {n} characters. It is kept on this machine only, and only as a hash.")}</small></label>
        <button class="button main">{Words.T("Begin")}</button>
        </form>
        {Local()}
        """));

    private Html Local() => site.IsLocal
        ? Html.Of($"""<p class="small quiet">{Words.T("This Calf is in local mode, for trying things out on this machine. To meet the fediverse it needs a domain, which is set before this page.")}</p>""")
        : Html.Empty;
}

/// <summary>What was typed so far.</summary>
public sealed record SetupForm(string Username, string DisplayName);
