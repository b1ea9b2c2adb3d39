using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>A row of an actor's profile table. Name and value are HTML as sent: sanitise before showing.</summary>
public readonly record struct RemoteField(string Name, string Value)
{
    public static IReadOnlyList<RemoteField> ReadAll(JsonElement actor) =>
        [.. actor.Many("attachment")
            .Where(a => a.IsType("PropertyValue"))
            .Select(a => new RemoteField(a.Text("name", ParseLimits.MaxNameLength) ?? "", a.Text("value", ParseLimits.MaxNameLength) ?? ""))
            .Where(f => f.Name.Length > 0)
            .Take(ParseLimits.MaxFields)];
}
