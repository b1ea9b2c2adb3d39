using System.Text;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation;

/// <summary>One thing that other servers do with this one, tried.</summary>
/// <param name="Name">A word that stays, for pages in other languages.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Advice">What to do; null when there is nothing.</param>
public sealed record DomainCheckStep(string Name, bool Ok, string Sentence, string? Advice = null);

/// <param name="Local">Nobody else can reach this server, and nothing was asked.</param>
public sealed record DomainCheckResult(bool Local, DateTimeOffset At, IReadOnlyList<DomainCheckStep> Steps)
{
    public bool Ok => !Local && Steps.All(step => step.Ok);
}

/// <summary>
/// Asks this server's own public addresses for what another server would ask, through the same door as all requests to others: so names,
/// certificates, ports and proxies are on the way.
/// </summary>
public sealed class DomainCheck(SafeHttp http, WebFingerClient webFinger, Site site, Owner owner, TimeProvider time) : IDisposable
{
    /// <summary>For all together.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Asked again sooner, it gives the same result.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private const int MaxBytes = 256 * 1024;

    private readonly SemaphoreSlim turn = new(1);
    private DomainCheckResult? last;

    public async Task<DomainCheckResult> Run(CancellationToken cancel)
    {
        if (site.IsLocal)
            return new(true, time.GetUtcNow(), [new("local", true, "This Calf is in local mode: only this machine can reach it.", "Set Domain to a name of your own, and start Calf anew, to meet others.")]);
        await turn.WaitAsync(cancel);
        try
        {
            if (last is { } lately && time.GetUtcNow() - lately.At < Rest) return lately;
            var steps = await Ask(owner.Required, cancel);
            return last = new(false, time.GetUtcNow(), steps);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<List<DomainCheckStep>> Ask(Account account, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var steps = await Task.WhenAll(
            Try("https", Https, both.Token), Try("webfinger", ct => WebFinger(account, ct), both.Token), Try("actor", ct => Actor(account, ct), both.Token),
            Try("nodeinfo", NodeInfo, both.Token), Try("inbox", ct => Inbox(account, ct), both.Token));
        cancel.ThrowIfCancellationRequested();
        // Where nothing can be reached, the rest says the same again; the domain of the handle may be somewhere else.
        return [.. steps.Where(step => steps[0].Ok || step.Name == "https" || (step.Name == "webfinger" && site.Domain != site.WebDomain))];
    }

    private async Task<DomainCheckStep> Try(string name, Func<CancellationToken, Task<DomainCheckStep>> step, CancellationToken cancel)
    {
        try
        {
            return await step(cancel);
        }
        catch (SafeHttpException failure)
        {
            return new(name, false, failure.Message, Unreached(failure.Reason));
        }
        catch (OperationCanceledException)
        {
            return new(name, false, $"There was no answer within {Limit.TotalSeconds:0} seconds.", Unreached(SafeHttpReason.TimedOut));
        }
    }

    private string Unreached(SafeHttpReason reason) => reason switch
    {
        SafeHttpReason.NameNotFound => $"Make a DNS record for {site.WebDomain} that names this machine's public address. A new record can take an hour to be seen everywhere.",
        SafeHttpReason.AddressRefused => $"As this machine sees it, {site.WebDomain} is at a private address, which others cannot reach. Let its DNS record name the public address.",
        SafeHttpReason.TlsFailed => $"Get a certificate for {site.WebDomain} that all trust, such as one of Let's Encrypt; Caddy gets and renews it by itself.",
        SafeHttpReason.RedirectRefused => "Let the proxy pass requests on to Calf instead of sending them elsewhere.",
        _ => $"Let port 443 of {site.WebDomain} through the router and the firewall to a proxy on this machine. Some routers do not let their own network in from outside: then try with a telephone without Wi-Fi.",
    };

    private const string AdviceProxy = "Let the proxy pass everything on to Calf as it comes, with all headers.";

    private async Task<DomainCheckStep> Https(CancellationToken cancel)
    {
        var answer = await Get($"{site.Base}/health", "application/json", cancel);
        return answer.IsSuccess
            ? new("https", true, $"{site.WebDomain} can be reached, and its certificate is trusted.")
            : new("https", false, $"{site.WebDomain} can be reached and answers {answer.Status}.", answer.Status is 502 or 503 or 504
                ? "The proxy does not reach Calf. Compare the port it passes on to with the setting Listen."
                : AdviceProxy);
    }

    private async Task<DomainCheckStep> WebFinger(Account account, CancellationToken cancel)
    {
        var found = await webFinger.Find(new Handle(account.Username, site.Domain), cancel);
        if (found.Found && found.ActorUri == account.Uri) return new("webfinger", true, $"Others find you as @{account.Username}@{site.Domain}.");
        return new("webfinger", false, found.Found ? $"At {site.Domain} your name leads to {found.ActorUri}, which is not here." : found.Reason, site.Domain == site.WebDomain
            ? "Let the proxy pass /.well-known/ on to Calf."
            : $"Let {site.Domain} redirect /.well-known/webfinger, with all that follows it, to the same path at {site.WebDomain}.");
    }

    private async Task<DomainCheckStep> Actor(Account account, CancellationToken cancel)
    {
        var answer = await Get(account.Uri, Vocabulary.Accept, cancel);
        if (!answer.IsSuccess) return new("actor", false, $"Your profile is not handed out to servers: the answer is {answer.Status}.", AdviceProxy);
        if (!Vocabulary.IsActivityPub(answer.ContentType))
            return new("actor", false, $"Servers that ask for your profile get {answer.ContentType ?? "something without a type"}.", "A cache or a proxy mixes up pages and documents: let the Accept header through, and keep answers apart by it, as Vary says.");
        return ParseLimits.TryParse(answer.Body, out var json, out _) && json.OwnId() == account.Uri
            ? new("actor", true, "Servers can read your profile.")
            : new("actor", false, "What servers get is not your profile.", $"Another server answers for {site.WebDomain}. Let the name lead to this Calf.");
    }

    private async Task<DomainCheckStep> NodeInfo(CancellationToken cancel)
    {
        var links = await Get($"{site.Base}/.well-known/nodeinfo", "application/json", cancel);
        var named = links.IsSuccess && ParseLimits.TryParse(links.Body, out var list, out _)
            ? list.Many("links").Select(link => link.Text("href")).FirstOrDefault(href => href?.StartsWith($"{site.Base}/nodeinfo/", StringComparison.Ordinal) == true)
            : null;
        var info = named is null ? null : await Get(named, "application/json", cancel);
        return info is { IsSuccess: true } && ParseLimits.TryParse(info.Body, out var json, out _) && json.Get("software").Text("name") == "calf"
            ? new("nodeinfo", true, "Others can see what software this is.")
            : new("nodeinfo", false, "Others cannot see what software this is.", "Let the proxy pass /.well-known/ and /nodeinfo/ on to Calf.");
    }

    /// <summary>Nobody signed it, so Calf has to say no: any other answer is somebody else's.</summary>
    private async Task<DomainCheckStep> Inbox(Account account, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{site.Base}}/domain-check","type":"View","actor":"{{site.InstanceActor}}","object":"{{account.Uri}}"}""");
        var answer = await http.Send(SafeRequest.Post(new Uri(site.SharedInbox), body, Vocabulary.ActivityJson) with { MaxBytes = MaxBytes, CutBody = true, MaxRedirects = 0 }, cancel);
        return answer.Status switch
        {
            401 when answer.Header("WWW-Authenticate") is null => new("inbox", true, "What others send arrives, and what nobody signed is refused."),
            401 => new("inbox", false, "The proxy asks for a password before anything arrives.", "Take the password off: other servers have none."),
            403 or 405 => new("inbox", false, $"What others send does not arrive: the answer is {answer.Status}.", "Let the proxy pass POST on too. A protection against robots has to let other servers through."),
            _ => new("inbox", false, $"What others send does not arrive: the answer is {answer.Status}.", AdviceProxy),
        };
    }

    private Task<SafeResponse> Get(string address, string accept, CancellationToken cancel) =>
        http.Send(SafeRequest.Get(new Uri(address)) with { Accept = accept, MaxBytes = MaxBytes }, cancel);
}
