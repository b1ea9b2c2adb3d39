using System.CommandLine;
using System.Globalization;
using Calf.Federation.Delivery;
using Calf.Statuses;

namespace Calf.Operations;

/// <summary>Says how far a post has come, server by server, and sends it again.</summary>
internal static class DeliveryVerb
{
    private const string AllHosts = "all";

    public static Command Command(Workbench bench)
    {
        var post = new Argument<string>("POST") { Description = "The address of a post of yours, or its id" };
        var retry = new Option<string>("--retry") { Description = "Sends it again now to this server, or to all that do not have it", HelpName = "HOST|all" };
        var command = new Command("delivery", "Says which servers have a post of yours, which have not, and why.") { post, retry };
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var id = Find(calf, parse.GetRequiredValue(post));
            if (parse.GetValue(retry) is { } host) await Retry(calf, id, host);
            foreach (var line in Lines(calf, id)) await bench.Terminal.Out.WriteLineAsync(line);
            if (parse.GetValue(retry) is not null) await calf.SayWhenItGoesOut(bench.Terminal.Error);
        }));
        return command;
    }

    private static async Task Retry(OpenCalf calf, long id, string host)
    {
        if (await calf.Database.Write(c => calf.Get<DeliveryLedger>().Retry(c, id, host == AllHosts ? null : host.ToLowerInvariant())) == 0)
            throw new VerbException(host == AllHosts ? "Every server has this post; there is nothing to send again." : $"There is nothing of this post to send to {host} again.");
    }

    private static IEnumerable<string> Lines(OpenCalf calf, long id)
    {
        var (deleted, deliveries) = calf.Database.Read(c => StatusStore.Find(c, id) is null ? (true, DeliveryLedger.OfDeletion(c, id)) : (false, DeliveryLedger.Of(c, id)));
        if (deleted) yield return "The post is deleted; this is who has been told.";
        yield return string.Create(CultureInfo.InvariantCulture, $"{deliveries.Delivered} delivered, {deliveries.Waiting} waiting, {deliveries.Refused} refused");
        foreach (var host in deliveries.Hosts) yield return Line(host);
    }

    private static string Line(HostDelivery host)
    {
        var tries = string.Create(CultureInfo.InvariantCulture, $"{host.Attempts} {(host.Attempts == 1 ? "try" : "tries")}");
        return host.State switch
        {
            DeliveryState.Delivered => $"delivered  {host.Host}{(host.LastAt is { } at ? $"  {Time(at)}" : "")}",
            DeliveryState.Waiting => $"waiting    {host.Host}  {DeliveryReason.Of(host)} {tries}{(host.NextAt is { } next ? $", next {Time(next)}" : "")}",
            _ => $"refused    {host.Host}  {DeliveryReason.Of(host)} {tries}",
        };
    }

    private static long Find(OpenCalf calf, string post)
    {
        var last = post[(post.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');
        var mayBe = !post.Contains('/', StringComparison.Ordinal) || calf.Site.IsOwn(post);
        return mayBe && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && calf.Database.Read(c => DeliveryLedger.IsOwn(c, id))
            ? id
            : throw new VerbException($"{post} is not a post of yours. Give its address, or the number at its end.");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
