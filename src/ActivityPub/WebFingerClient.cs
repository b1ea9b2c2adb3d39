using System.Text.Json;
using Calf.Security;

namespace Calf.ActivityPub;

/// <summary>Finds actors by handle or URL, and the handle that an actor may bear (wire 58 to 63).</summary>
public sealed class WebFingerClient(SafeHttp http, DocumentFetcher documents)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Finds who is meant by <c>@user@domain</c> or by the URL of an actor or a profile page. Never throws, except on cancellation.</summary>
    public async Task<WebFingerAnswer> Find(string handleOrUrl, CancellationToken ct, FetchBudget? budget = null)
    {
        var text = handleOrUrl.Trim();
        if (Origin.TryParse(text, out var uri)) return await FindUrl(uri, budget ?? new(), ct);
        return Handle.TryParse(text, out var handle)
            ? await Find(handle, ct, budget)
            : WebFingerAnswer.Failed(FetchOutcome.Invalid, $"\"{JsonReading.Cut(text, 100)}\" is neither a handle like @user@example.org nor a URL.");
    }

    /// <summary>Asks the handle's server; when that names another subject, asks once more there, and both must name one actor (wire 60).</summary>
    public async Task<WebFingerAnswer> Find(Handle handle, CancellationToken ct, FetchBudget? budget = null)
    {
        budget ??= new();
        var first = await Ask($"acct:{handle}", handle, handle.Domain, budget, ct);
        if (!first.Found || first.Handle == handle) return first;
        var second = await Ask($"acct:{first.Handle}", first.Handle, first.Handle.Domain, budget, ct);
        if (!second.Found) return second;
        return second.Handle == first.Handle && second.ActorUri == first.ActorUri
            ? second
            : WebFingerAnswer.Failed(FetchOutcome.Invalid, $"{handle.Domain} says that {handle} is {first.Handle}, but {first.Handle.Domain} does not agree.");
    }

    /// <summary>
    /// The handle of an actor, proven from both sides: found by asking for the actor's own name on the host of its id (or for the name in its
    /// <c>webfinger</c> property), and leading back to that id. Without this anyone could put a foreign actor under a name of theirs.
    /// </summary>
    public async Task<WebFingerAnswer> HandleOf(RemoteActor actor, CancellationToken ct, FetchBudget? budget = null)
    {
        budget ??= new();
        var claimed = Handle.TryParse(actor.WebFinger, out var hint) && hint.User.Equals(actor.Username, StringComparison.OrdinalIgnoreCase)
            ? hint : new Handle(actor.Username, actor.Host);
        var answer = await Find(claimed, ct, budget);
        if (!answer.Found) return answer;
        if (answer.ActorUri != actor.Uri)
            return WebFingerAnswer.Failed(FetchOutcome.Invalid, $"{answer.Handle} is {answer.ActorUri}, not {actor.Uri}.");
        return answer.Handle.User.Equals(actor.Username, StringComparison.OrdinalIgnoreCase)
            ? answer
            : WebFingerAnswer.Failed(FetchOutcome.Invalid, $"{actor.Uri} calls itself {actor.Username}, but is {answer.Handle}.");
    }

    /// <summary>The first of these relations for which the handle's own server has a link template; null when it has none or does not answer.</summary>
    public async Task<string?> FindTemplate(Handle handle, IReadOnlyList<string> relations, CancellationToken ct)
    {
        var (jrd, _) = await AskJrd($"acct:{handle}", handle, handle.Domain, new(), ct);
        if (jrd is not { } found) return null;
        var links = found.Many("links").ToList();
        return relations.SelectMany(relation => links.Where(link => link.Text("rel") == relation)).Select(link => link.Text("template")).FirstOrDefault(template => !string.IsNullOrEmpty(template));
    }

    private async Task<WebFingerAnswer> FindUrl(Uri uri, FetchBudget budget, CancellationToken ct)
    {
        var document = await documents.Fetch(uri.AbsoluteUri, ct, budget);
        if (!document.Found) return WebFingerAnswer.Failed(document.Outcome, document.Reason);
        return RemoteActor.Read(document.Json, out var reason) is { } actor
            ? await HandleOf(actor, ct, budget)
            : WebFingerAnswer.Failed(FetchOutcome.Invalid, reason);
    }

    private async Task<WebFingerAnswer> Ask(string resource, Handle asked, string host, FetchBudget budget, CancellationToken ct)
    {
        var (jrd, failure) = await AskJrd(resource, asked, host, budget, ct);
        return jrd is { } found ? WebFingerAnswer.Read(found, asked, host) : failure!;
    }

    /// <summary>One of the two.</summary>
    private async Task<(JsonElement? Jrd, WebFingerAnswer? Failure)> AskJrd(string resource, Handle asked, string host, FetchBudget budget, CancellationToken ct)
    {
        var escaped = Uri.EscapeDataString(resource);
        var root = $"{http.SchemeFor(host)}://{host}/.well-known/";
        var (answer, failure) = await Get($"{root}webfinger?resource={escaped}", "application/jrd+json, application/json", budget, ct);
        if (answer?.Status == 404)
        {
            var (meta, _) = await Get($"{root}host-meta", "application/xrd+xml, application/xml", budget, ct);
            if (meta?.Status == 200 && HostMeta.LrddTemplate(meta.Body) is { } template)
                (answer, failure) = await Get(template.Replace("{uri}", escaped, StringComparison.Ordinal), "application/jrd+json, application/json", budget, ct);
        }
        if (answer is null) return (null, failure);
        if (answer.Status != 200) return (null, WebFingerAnswer.Failed(OutcomeOf(answer), $"{host} answers {answer.Status} when asked for {asked}."));
        return ParseLimits.TryParse(answer.Body, out var jrd, out var reason)
            ? (jrd, null)
            : (null, WebFingerAnswer.Failed(FetchOutcome.Invalid, $"{host}: {reason}"));
    }

    private async Task<(SafeResponse? Answer, WebFingerAnswer? Failure)> Get(string url, string accept, FetchBudget budget, CancellationToken ct)
    {
        if (!Origin.TryParse(url, out var uri)) return (null, WebFingerAnswer.Failed(FetchOutcome.Invalid, $"{url} is no URL that can be fetched."));
        if (!budget.TryTake()) return (null, WebFingerAnswer.Failed(FetchOutcome.Transient, "This request has caused too many fetches."));
        try
        {
            return (await http.Send(SafeRequest.Get(uri) with { Accept = accept, MaxBytes = MaxBytes }, ct), null);
        }
        catch (SafeHttpException e)
        {
            return (null, WebFingerAnswer.Failed(e.Transient ? FetchOutcome.Transient : FetchOutcome.Refused, e.Message));
        }
    }

    private static FetchOutcome OutcomeOf(SafeResponse answer) => answer.Status switch
    {
        404 => FetchOutcome.NotFound,
        410 => FetchOutcome.Gone,
        _ => answer.IsTransient ? FetchOutcome.Transient : FetchOutcome.Refused,
    };
}
