using Calf.Security;

namespace Calf.ActivityPub;

/// <summary>
/// Fetches ActivityPub documents with a signature of the instance actor (wire 12, 33 to 43). A document counts only under the id whose URL
/// served it; one that names another id of the same origin is fetched once more from there.
/// </summary>
/// <param name="instanceKey">Asked at every fetch, so that the key may be made after the start.</param>
/// <param name="ownHosts">Hosts (with a port where it is not the scheme's) that are ours and never fetched (wire 39).</param>
public sealed class DocumentFetcher(SignedHttp http, Func<SigningKey> instanceKey, params IReadOnlyCollection<string> ownHosts)
{
    /// <summary>The same with another key, for what its server shows to somebody in particular.</summary>
    public DocumentFetcher SignedWith(Func<SigningKey> key) => new(http, key, ownHosts);

    /// <summary>Fetches an actor, a post or another object that has an id. Never throws, except on cancellation.</summary>
    public Task<FetchedDocument> Fetch(string uri, CancellationToken ct, FetchBudget? budget = null) => Fetch(uri, budget ?? new(), Rules.All, ct);

    /// <summary>Fetches a collection or a page of one, whose id may be missing or differ in its query.</summary>
    public Task<FetchedDocument> FetchCollection(string uri, CancellationToken ct, FetchBudget? budget = null) =>
        Fetch(uri, budget ?? new(), Rules.AnyId, ct);

    /// <summary>What is still allowed on the way to the document.</summary>
    [Flags]
    private enum Rules { None = 0, FollowAlternate = 1, FollowId = 2, AnyId = 4, All = FollowAlternate | FollowId }

    private async Task<FetchedDocument> Fetch(string text, FetchBudget budget, Rules rules, CancellationToken ct)
    {
        if (!Origin.TryParse(text, out var uri)) return Failed(FetchOutcome.Invalid, text, $"{text} is no URL that can be fetched.");
        if (IsOurs(uri)) return Failed(FetchOutcome.Refused, text, $"{text} is on this server and is not fetched.");
        if (!budget.TryTake()) return Failed(FetchOutcome.Transient, text, $"{text} was not fetched: this request has caused too many fetches.");
        if (uri.Fragment.Length > 0) uri = new Uri(uri.GetLeftPart(UriPartial.Query));

        SafeResponse answer;
        try
        {
            answer = await http.Send(SafeRequest.Get(uri) with { Accept = Vocabulary.Accept }, instanceKey(), ct);
        }
        catch (SafeHttpException e)
        {
            var outcome = e.Transient ? FetchOutcome.Transient
                : e.Reason is SafeHttpReason.AddressRefused or SafeHttpReason.RedirectRefused ? FetchOutcome.Refused
                : FetchOutcome.Invalid;
            return Failed(outcome, text, e.Message);
        }

        if (answer.Status != 200) return FailedStatus(answer, text);
        if (IsOurs(answer.FinalUri)) return Failed(FetchOutcome.Refused, text, $"{text} redirects to this server.");
        if (Vocabulary.IsActivityPub(answer.ContentType)) return await Check(answer, text, budget, rules, ct);
        if (rules.HasFlag(Rules.FollowAlternate) && AlternateLink.Find(answer) is { } alternate)
            return await Fetch(alternate.AbsoluteUri, budget, rules & ~Rules.FollowAlternate, ct);
        return Failed(FetchOutcome.Invalid, text, $"{text} is served as {answer.ContentType ?? "nothing"}, not as ActivityPub.") with { Status = answer.Status };
    }

    private async Task<FetchedDocument> Check(SafeResponse answer, string text, FetchBudget budget, Rules rules, CancellationToken ct)
    {
        if (!ParseLimits.TryParse(answer.Body, out var json, out var reason)) return Failed(FetchOutcome.Invalid, text, $"{text}: {reason}");
        var served = answer.FinalUri.AbsoluteUri;
        if (rules.HasFlag(Rules.AnyId)) return new(FetchOutcome.Found, served, json, "");
        if (json.OwnId() is not { } id || !Origin.TryParse(id, out var idUri)) return Failed(FetchOutcome.Invalid, text, $"{text} has no usable id.");
        if (SameUrl(idUri, answer.FinalUri)) return new(FetchOutcome.Found, id, json, "");
        if (!Origin.Same(idUri, answer.FinalUri)) return Failed(FetchOutcome.Invalid, text, $"{served} claims to be {id}, which is on another host.");
        if (!rules.HasFlag(Rules.FollowId)) return Failed(FetchOutcome.Invalid, text, $"{served} claims to be {id}.");
        return await Fetch(id, budget, Rules.None, ct);
    }

    private static FetchedDocument FailedStatus(SafeResponse answer, string uri)
    {
        var outcome = answer.Status switch
        {
            410 => FetchOutcome.Gone,
            404 => FetchOutcome.NotFound,
            _ when answer.IsTransient => FetchOutcome.Transient,
            >= 400 and < 500 => FetchOutcome.Refused,
            _ => FetchOutcome.Invalid,
        };
        return Failed(outcome, uri, $"{answer.FinalUri.Host} answered {answer.Status} for {uri}.") with { Status = answer.Status };
    }

    private bool IsOurs(Uri uri) => ownHosts.Contains(Origin.HostOf(uri));

    /// <summary>The URL of a document does not tell its fragments apart.</summary>
    private static bool SameUrl(Uri a, Uri b) => a.GetLeftPart(UriPartial.Query) == b.GetLeftPart(UriPartial.Query);

    private static FetchedDocument Failed(FetchOutcome outcome, string uri, string reason) => FetchedDocument.Failed(outcome, uri, reason);
}
