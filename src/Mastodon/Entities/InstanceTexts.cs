using System.Globalization;
using System.Net;
using Calf.Accounts;

namespace Calf.Mastodon.Entities;

/// <summary>What this server says of itself in sentences. HTML.</summary>
public static class InstanceTexts
{
    /// <summary>When these texts last changed.</summary>
    private static readonly DateTimeOffset Written = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    public static InstanceTextEntity Description(Account? owner, Site site) => new(Written, owner is null
        ? ""
        : $"<p>{Html(site.Domain)} is the home of one person, {Html(owner.Name)} (@{Html(owner.Username)}@{Html(site.Domain)}), on the fediverse. "
            + "There is no sign-up: it runs Calf, a server for one account.</p>");

    public static InstanceTextEntity Privacy(Site site, Settings settings) => new(Written, string.Create(CultureInfo.InvariantCulture, $"""
        <p>{Html(site.Domain)} is run by and for one person. It has no other users, no advertising and no analytics, and it sells and
        passes on nothing.</p>
        <h2>What it keeps</h2>
        <ul>
        <li>What other servers send or show to it: profiles, posts, follows, favourites, boosts, votes and reports, among them posts
        addressed to its owner alone. Messages are not end-to-end encrypted. They are kept until their author deletes or edits them there,
        or the owner does so here.</li>
        <li>For {settings.Limits.LedgerDays} days: what it refused and why, and what it delivered where, by the name of the server.</li>
        <li>The addresses of other servers, their public keys and whether they could be reached.</li>
        <li>Of the owner: posts, settings, a password as a hash, the apps and browsers signed in and when each was last used.</li>
        </ul>
        <h2>What it does not keep</h2>
        <p>It writes no log of who reads its pages; the addresses of visitors are not stored. Readers get no cookie; only the owner's
        browser has one, to stay signed in.</p>
        <h2>What leaves it</h2>
        <p>What the owner writes goes to the servers of those it is for, and public posts to everybody who asks. What other servers then
        do with them is up to those servers.</p>{(settings.Translation.Url.Length > 0
            ? "\n<p>Public posts that the owner wants translated go to a translation server, without saying who wants it.</p>" : "")}
        """));

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
