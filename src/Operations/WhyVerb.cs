using System.CommandLine;
using System.Globalization;
using Calf.Accounts;
using Calf.Federation.Why;
using Calf.Statuses;

namespace Calf.Operations;

/// <summary>Says why something is not seen here, and fetches it.</summary>
internal static class WhyVerb
{
    public static Command Command(Workbench bench)
    {
        var url = new Argument<string>("URL") { Description = "The address of a post or a profile, or a handle" };
        var fetch = new Option<bool>("--fetch") { Description = "Asks its server, and brings it here if it can be had" };
        var command = new Command("why", "Says why you do not see a post or a person.") { url, fetch };
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var whyNot = calf.Get<WhyNot>();
            var asked = parse.GetRequiredValue(url);
            var answer = parse.GetValue(fetch) ? await whyNot.Fetch(asked, cancel) : await whyNot.Explain(asked, ask: false, cancel);
            if (answer.Code == "not_understood") throw new VerbException(answer.Sentence, ExitCodes.Usage);
            foreach (var line in Lines(answer)) await bench.Terminal.Out.WriteLineAsync(line);
            if (Address(calf, answer) is { } here) await bench.Terminal.Out.WriteLineAsync(here);
        }));
        return command;
    }

    private static IEnumerable<string> Lines(Explanation answer)
    {
        yield return answer.Sentence + (answer.At is { } at ? $" {Day(at)}." : "");
        foreach (var reason in answer.Reasons) yield return $"- {reason.Sentence}{(reason.At is { } since ? $" ({Day(since)})" : "")}";
        foreach (var refusal in answer.Refusals) yield return $"- {Day(refusal.CreatedAt)} {refusal.Host} sent a {refusal.Type}, answered {refusal.Status.ToString(CultureInfo.InvariantCulture)}: {refusal.Reason}";
        if (answer.Origin is { } origin) yield return $"- {origin.Sentence}";
        if (answer.CanFetch && answer.Origin is null) yield return "Ask its server and fetch it with --fetch.";
    }

    /// <summary>Where the owner's page shows it.</summary>
    private static string? Address(OpenCalf calf, Explanation answer) => calf.Database.Read(c =>
        answer.StatusId is { } id && StatusStore.Find(c, id) is { } status ? $"{calf.Site.Base}/posts/{status.BoostOfId ?? status.Id}"
        : answer.Code != "deleted" && answer.StatusId is null && answer.AccountId is { } known && AccountStore.Find(c, known) is { } account ? $"{calf.Site.Base}/people/{account.Id}"
        : null);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
