using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>An activity that the ladder let in, as a handler gets it.</summary>
/// <param name="Personal">It came to the owner's own inbox rather than to the shared one.</param>
/// <param name="Trusted">Its actor signed it. When not, nothing in it counts but what its origin confirms (wire 109).</param>
/// <param name="Relayed">A relay that this server is subscribed to brought it (wire 94).</param>
public sealed record IncomingActivity(
    string Id, string Type, string Actor, JsonElement Json, bool Personal, bool Trusted, DateTimeOffset ReceivedAt,
    bool Relayed = false)
{
    /// <summary>What applying it may fetch. Every look-up for it takes from here, or one activity could cause any number.</summary>
    public FetchBudget Budget { get; init; } = new();

    /// <summary>The id of what it is about; empty when there is none.</summary>
    public string ObjectId => Json.Id("object") ?? "";

    /// <summary>What it is about, when it came whole; undefined when only named.</summary>
    public JsonElement Object => Json.One("object") is { ValueKind: JsonValueKind.Object } inner ? inner : default;

    /// <summary>Whether the object came whole and may be believed: sent by its actor, living on the actor's host (wire 93).</summary>
    public bool CarriesObject => Trusted && Object.ValueKind == JsonValueKind.Object && Origin.Same(Object.OwnId(), Actor);

    /// <summary>The post of its actor that it is about, if that is here: of anything else a forwarded change is no news.</summary>
    public Status? KnownPost(Database database) => database.Read(c =>
        StatusStore.FindByUri(c, ObjectId) is { } known && AccountStore.Find(c, known.AccountId)?.Uri == Actor ? known : null);
}
