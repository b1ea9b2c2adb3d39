using System.Globalization;
using System.Text;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation;

/// <summary>One thing that other servers do with this one, tried.</summary>
/// <param name="Name">A word for programs.</param>
/// <param name="Sentence">What was found, in the language of the request in hand.</param>
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

    /// <summary>Asked again sooner, in the same language, it gives the same result.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private const int MaxBytes = 256 * 1024;

    private readonly SemaphoreSlim turn = new(1);
    private (string Language, DomainCheckResult Result)? last;

    public async Task<DomainCheckResult> Run(CancellationToken cancel)
    {
        if (site.IsLocal)
            return new(true, time.GetUtcNow(), [new("local", true, Words.T("This Calf is in local mode: only this machine can reach it."), Words.T("Set Domain to a name of your own, and start Calf anew, to meet others."))]);
        await turn.WaitAsync(cancel);
        try
        {
            if (last is { } lately && lately.Language == Words.Language && time.GetUtcNow() - lately.Result.At < Rest) return lately.Result;
            var result = new DomainCheckResult(false, time.GetUtcNow(), await Ask(owner.Required, cancel));
            last = (Words.Language, result);
            return result;
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
            return new(name, false, Found(failure), Unreached(failure.Reason));
        }
        catch (OperationCanceledException)
        {
            return new(name, false, Words.T("There was no answer within {seconds} seconds.", ("seconds", Words.Digits((long)Limit.TotalSeconds))), Unreached(SafeHttpReason.TimedOut));
        }
    }

    /// <summary>What the other systems said of it, such as the DNS, is in English.</summary>
    private string Found(SafeHttpException failure) => failure.Reason switch
    {
        SafeHttpReason.NameNotFound => Words.T("The name {domain} leads nowhere.", Domain),
        SafeHttpReason.ConnectFailed => Words.T("{domain} does not accept connections.", Domain),
        SafeHttpReason.TlsFailed => Words.T("The certificate of {domain} is not trusted.", Domain),
        SafeHttpReason.TimedOut => Words.T("{domain} did not answer in time.", Domain),
        _ => failure.Message,
    };

    private string Unreached(SafeHttpReason reason) => reason switch
    {
        SafeHttpReason.NameNotFound => Words.T("Make a DNS record for {domain} that names this machine's public address. A new record can take an hour to be seen everywhere.", Domain),
        SafeHttpReason.AddressRefused => Words.T("As this machine sees it, {domain} is at a private address, which others cannot reach. Let its DNS record name the public address.", Domain),
        SafeHttpReason.TlsFailed => Words.T("Get a certificate for {domain} that all trust, such as one of Let's Encrypt; Caddy gets and renews it by itself.", Domain),
        SafeHttpReason.RedirectRefused => Words.T("Let the proxy pass requests on to Calf instead of sending them elsewhere."),
        _ => Words.T("Let port 443 of {domain} through the router and the firewall to a proxy on this machine. Some routers do not let their own network in from outside: then try with a telephone without Wi-Fi.", Domain),
    };

    private (string Name, string Value) Domain => ("domain", site.WebDomain);

    private static string AdviceProxy => Words.T("Let the proxy pass everything on to Calf as it comes, with all headers.");

    private async Task<DomainCheckStep> Https(CancellationToken cancel)
    {
        var answer = await Get($"{site.Base}/health", "application/json", cancel);
        return answer.IsSuccess
            ? new("https", true, Words.T("{domain} can be reached, and its certificate is trusted.", Domain))
            : new("https", false, Words.T("{domain} can be reached and answers {status}.", Domain, Status(answer)), answer.Status is 502 or 503 or 504
                ? Words.T("The proxy does not reach Calf. Compare the port it passes on to with the setting Listen.")
                : AdviceProxy);
    }

    private async Task<DomainCheckStep> WebFinger(Account account, CancellationToken cancel)
    {
        var found = await webFinger.Find(new Handle(account.Username, site.Domain), cancel);
        if (found.Found && found.ActorUri == account.Uri) return new("webfinger", true, Words.T("Others find you as {handle}.", ("handle", $"@{account.Username}@{site.Domain}")));
        return new("webfinger", false, found.Found ? Words.T("At {domain} your name leads to {address}, which is not here.", ("domain", site.Domain), ("address", found.ActorUri)) : found.Reason, site.Domain == site.WebDomain
            ? Words.T("Let the proxy pass /.well-known/ on to Calf.")
            : Words.T("Let {domain} redirect /.well-known/webfinger, with all that follows it, to the same path at {web}.", ("domain", site.Domain), ("web", site.WebDomain)));
    }

    private async Task<DomainCheckStep> Actor(Account account, CancellationToken cancel)
    {
        var answer = await Get(account.Uri, Vocabulary.Accept, cancel);
        if (!answer.IsSuccess) return new("actor", false, Words.T("Your profile is not handed out to servers: the answer is {status}.", Status(answer)), AdviceProxy);
        if (!Vocabulary.IsActivityPub(answer.ContentType))
            return new("actor", false, answer.ContentType is { } type ? Words.T("Servers that ask for your profile get {type}.", ("type", type)) : Words.T("Servers that ask for your profile get something without a type."), Words.T("A cache or a proxy mixes up pages and documents: let the Accept header through, and keep answers apart by it, as Vary says."));
        return ParseLimits.TryParse(answer.Body, out var json, out _) && json.OwnId() == account.Uri
            ? new("actor", true, Words.T("Servers can read your profile."))
            : new("actor", false, Words.T("What servers get is not your profile."), Words.T("Another server answers for {domain}. Let the name lead to this Calf.", Domain));
    }

    private async Task<DomainCheckStep> NodeInfo(CancellationToken cancel)
    {
        var links = await Get($"{site.Base}/.well-known/nodeinfo", "application/json", cancel);
        var named = links.IsSuccess && ParseLimits.TryParse(links.Body, out var list, out _)
            ? list.Many("links").Select(link => link.Text("href")).FirstOrDefault(href => href?.StartsWith($"{site.Base}/nodeinfo/", StringComparison.Ordinal) == true)
            : null;
        var info = named is null ? null : await Get(named, "application/json", cancel);
        return info is { IsSuccess: true } && ParseLimits.TryParse(info.Body, out var json, out _) && json.Get("software").Text("name") == "calf"
            ? new("nodeinfo", true, Words.T("Others can see what software this is."))
            : new("nodeinfo", false, Words.T("Others cannot see what software this is."), Words.T("Let the proxy pass /.well-known/ and /nodeinfo/ on to Calf."));
    }

    /// <summary>Nobody signed it, so Calf has to say no: any other answer is somebody else's.</summary>
    private async Task<DomainCheckStep> Inbox(Account account, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{site.Base}}/domain-check","type":"View","actor":"{{site.InstanceActor}}","object":"{{account.Uri}}"}""");
        var answer = await http.Send(SafeRequest.Post(new Uri(site.SharedInbox), body, Vocabulary.ActivityJson) with { MaxBytes = MaxBytes, CutBody = true, MaxRedirects = 0 }, cancel);
        return answer.Status switch
        {
            401 when answer.Header("WWW-Authenticate") is null => new("inbox", true, Words.T("What others send arrives, and what nobody signed is refused.")),
            401 => new("inbox", false, Words.T("The proxy asks for a password before anything arrives."), Words.T("Take the password off: other servers have none.")),
            403 or 405 => new("inbox", false, Words.T("What others send does not arrive: the answer is {status}.", Status(answer)), Words.T("Let the proxy pass POST on too. A protection against robots has to let other servers through.")),
            _ => new("inbox", false, Words.T("What others send does not arrive: the answer is {status}.", Status(answer)), AdviceProxy),
        };
    }

    private static (string Name, string Value) Status(SafeResponse answer) => ("status", answer.Status.ToString(CultureInfo.InvariantCulture));

    private Task<SafeResponse> Get(string address, string accept, CancellationToken cancel) =>
        http.Send(SafeRequest.Get(new Uri(address)) with { Accept = accept, MaxBytes = MaxBytes }, cancel);
}
