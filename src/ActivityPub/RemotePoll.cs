using System.Text.Json;

namespace Calf.ActivityPub;

public readonly record struct RemotePollOption(string Title, long Votes);

/// <summary>The poll of a Question (wire 101).</summary>
/// <param name="ClosedAt">When it was closed, where the author's server says so with a date.</param>
/// <param name="VotersCount">Persons that voted; null where the server does not count them.</param>
public sealed record RemotePoll(
    IReadOnlyList<RemotePollOption> Options, bool Multiple, DateTimeOffset? EndTime, DateTimeOffset? ClosedAt, bool IsClosed, long? VotersCount)
{
    public static RemotePoll? Read(JsonElement question)
    {
        if (!question.IsType("Question")) return null;
        var multiple = question.Many("anyOf");
        var options = (multiple.Count > 0 ? multiple : question.Many("oneOf"))
            .Select(o => new RemotePollOption(o.Text("name", ParseLimits.MaxNameLength) ?? "", Math.Max(0, o.Get("replies").Number("totalItems") ?? 0)))
            .Where(o => o.Title.Length > 0)
            .Take(ParseLimits.MaxPollOptions)
            .ToList();
        if (options.Count == 0) return null;
        var closedAt = question.Date("closed");
        return new(options, multiple.Count > 0, question.Date("endTime") ?? closedAt, closedAt,
            closedAt is not null || question.Flag("closed") == true, question.Number("votersCount") is >= 0 and var voters ? voters : null);
    }
}
