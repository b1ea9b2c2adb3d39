using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Gaps;
using Calf.Federation.Inbox;
using Calf.Media;

namespace Calf.Operations;

/// <summary>Tells how this Calf is doing, for people or as JSON.</summary>
internal static class StatusVerb
{
    public static Command Command(Workbench bench)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("status", "Shows the account, the queues, the space used and when others last sent something.") { json };
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            var report = Make(calf, await calf.Get<FilmTools>().Lacking()) with { Bucket = await BucketReport.Of(calf.Get<MediaStore>(), calf.Database, cancel) };
            var text = parse.GetValue(json) ? JsonSerializer.Serialize(report, StatusReportJson.Default.StatusReport) : Text(report);
            await bench.Terminal.Out.WriteLineAsync(text);
        }));
        return command;
    }

    private static StatusReport Make(OpenCalf calf, IReadOnlyList<string> missing)
    {
        var owner = calf.Get<Owner>().Account;
        var id = owner?.Id ?? 0;
        var use = DataFolder.Measure(calf.Settings);
        var growth = calf.Database.Read(c => DiskDayStore.Growth(c, DateOnly.FromDateTime(calf.Get<TimeProvider>().GetUtcNow().UtcDateTime)));
        return calf.Database.Read(c => new StatusReport
        {
            Version = Release.Version,
            Server = calf.Server?.Process,
            Account = owner is null ? null : $"@{owner.Username}@{calf.Site.Domain}",
            Followers = StatusReportStore.Followers(c, id, accepted: true),
            FollowRequests = StatusReportStore.Followers(c, id, accepted: false),
            Following = StatusReportStore.Following(c, id),
            Statuses = StatusReportStore.Statuses(c, id),
            Queue = StatusReportStore.Queue(c),
            Sizes = use,
            Growth = growth,
            DaysLeft = growth is { } known ? use.DaysLeft(known) : null,
            Missing = missing,
            LastInbound = InboxQueue.LastReceived(c),
            LastGap = GapReport.Latest(c, 1) is [var gap] ? gap.Sentence : null,
        });
    }

    private static string Text(StatusReport report) => string.Create(CultureInfo.InvariantCulture, $"""
        version       {report.Version}
        server        {(report.Server is { } process ? $"runs (process {process})" : "does not run")}
        account       {report.Account ?? "none yet"}
        followers     {report.Followers}, and {report.FollowRequests} who ask
        following     {report.Following}
        posts         {report.Statuses}
        received      {report.Queue.Received} not applied yet
        deliveries    {report.Queue.Waiting} waiting, {report.Queue.Delivered} made, {report.Queue.Refused} given up, {report.Queue.ParkedHosts} servers not answering
        database      {Megabytes(report.Sizes.Database)}
        media         {Megabytes(report.Sizes.Media)}{Bucket(report.Bucket)}
        cache         {Megabytes(report.Sizes.Cache)} of {Megabytes(report.Sizes.CacheBudget)}
        put aside     {Megabytes(report.Sizes.EarlierVersions)}
        disk          {Megabytes(report.Sizes.Free)} free, {Forecast(report)}
        missing       {(report.Missing.Count == 0 ? "nothing" : string.Join(' ', report.Missing))}
        away          {report.LastGap ?? "never, as far back as is remembered"}
        last inbound  {report.LastInbound?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "never"}
        """);

    /// <summary>A line of its own, where there is a bucket.</summary>
    private static string Bucket(BucketReport? bucket)
    {
        if (bucket is null) return "";
        var held = bucket is { Files: { } files, Bytes: { } bytes, CountedAt: { } at }
            ? string.Create(CultureInfo.InvariantCulture, $"{Megabytes(bytes)} in {files} files on {at.UtcDateTime:yyyy-MM-dd}")
            : "not counted yet";
        return $"\nbucket        {held}; new files go {(bucket.InUse ? "there" : "into the data folder")}. {bucket.Trouble ?? $"It is {bucket.Name} and can be reached."}";
    }

    private static string Forecast(StatusReport report) => report switch
    {
        { Growth: null } => "growth known tomorrow",
        { DaysLeft: null } => "not growing",
        { Growth: var growth, DaysLeft: var days } => $"{Megabytes((long)growth)} more a day, full in {Span(days.Value)}",
    };

    /// <summary>Rounded down, in the unit in which one would say it.</summary>
    private static string Span(double days) => days switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days)} days"),
        < 730 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days / 30.4)} months"),
        _ => "years",
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB");
}
