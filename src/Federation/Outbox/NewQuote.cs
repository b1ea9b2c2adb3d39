using System.Net;
using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Moderation;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The quote in a new post of the owner's.</summary>
internal static class NewQuote
{
    /// <summary>The post to be quoted; null when none is.</summary>
    /// <exception cref="ActionException">404: it is not here, or its author does not allow it. 422: its author would not see it.</exception>
    public static Status? Find(Connection c, NewStatus draft, Account owner, RenderedText text)
    {
        if (draft.QuotedStatusId is not { } id) return null;
        var quoted = Readable.Require(c, id, owner.Id, NewStatus.QuotedMissing);
        if (quoted.AccountId == owner.Id) return quoted.Visibility == Visibility.Direct ? throw Denied() : quoted;
        if (BlockStore.Exists(c, owner.Id, quoted.AccountId) || !quoted.IsOpen || Allowed.ToQuote(c, quoted, owner.Id) == QuotePermission.Denied) throw Denied();
        if (draft.Visibility == Visibility.Direct && text.Mentioned.All(a => a.Id != quoted.AccountId))
            throw ActionException.Invalid(Validation.Failed(Words.T("Cannot quote a non-mentioned user in a Private Mention post.")));
        return quoted;
    }

    /// <summary>As visible as wanted, but not more than what it quotes.</summary>
    public static Visibility Narrow(Visibility wanted, Status? quoted) =>
        quoted is { Visibility: Visibility.Private } && wanted is Visibility.Public or Visibility.Unlisted ? Visibility.Private : wanted;

    /// <summary>The text with a line for those who cannot show quotes; the others hide it by its class.</summary>
    public static string WithLink(string html, Status? quoted)
    {
        if (quoted is null) return html;
        var link = WebUtility.HtmlEncode(quoted.Url);
        return html.Contains($"\"{link}\"", StringComparison.Ordinal) ? html
            : HtmlSanitizing.Sanitize($"<p class=\"quote-inline\">RE: <a href=\"{link}\">{link}</a></p>").Value + html;
    }

    /// <summary>Stores the quote. One's own post needs no consent; another's author is addressed, so that they can read the quote.</summary>
    public static void Add(Connection c, Status status, Status quoted, Account owner)
    {
        var own = quoted.AccountId == owner.Id;
        QuoteStore.Save(c, new Quote
        {
            StatusId = status.Id,
            QuotedUri = quoted.Uri,
            QuotedId = quoted.Id,
            State = own ? QuoteState.Accepted : QuoteState.Pending,
            RequestUri = own ? null : ActivityId.New(owner.Uri, "quote_requests"),
        });
        if (!own) StatusParts.AddMentions(c, status.Id, [(quoted.AccountId, true)]);
    }

    /// <summary>Asks the quoted author, unless that is the owner.</summary>
    public static void Request(Connection c, NoteDocument note, Status status, Status quoted, Sending sending)
    {
        if (QuoteStore.Find(c, status.Id)?.RequestUri is not { } id || AccountStore.Find(c, quoted.AccountId) is not { } author) return;
        sending.To(c, author, QuoteRequestBuilder.Build(id, note, quoted.Uri, author.Uri));
    }

    /// <summary>Who may quote the new post. What is not for everybody is not for quoting.</summary>
    public static InteractionPolicy PolicyOf(QuotePolicy policy, Visibility visibility) => new(new SubPolicy(
        visibility is not (Visibility.Public or Visibility.Unlisted) ? PolicyGroups.Nobody
        : policy switch { QuotePolicy.Public => PolicyGroups.Everybody, QuotePolicy.Followers => PolicyGroups.Followers, _ => PolicyGroups.Nobody },
        PolicyGroups.Nobody));

    private static ActionException Denied() => ActionException.NotFound(NewStatus.QuotedMissing);
}
