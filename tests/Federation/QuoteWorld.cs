using System.Net;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>For tests of quotes: Alice follows Rae, who quotes Sam of a third server.</summary>
public abstract class QuoteWorld : RemoteWorld
{
    protected StandIn Sam { get; private set; } = null!;

    protected string Stamp => $"{Sam.Actor}/stamps/1";

    protected string Quoted => $"{Sam.Actor}/n1";

    protected string Quoting => $"{Rae.Actor}/q1";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Sam = new StandIn(Fediverse, "second.test", "sam");
        Sam.Serve(Quoted, Note(Sam, "n1", "<p>the original</p>"));
        await Follow(Rae);
    }

    public override async ValueTask DisposeAsync()
    {
        Sam.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Rae's note with further members, each with its comma before it.</summary>
    protected string QuoteNote(string more, string id = "q1", StandIn? author = null) => Note(author ?? Rae, id, "<p>look</p>")[..^1] + more + "}";

    protected Task Publish(string note, string type = "Create", string id = "c1") => Send(id, type, note);

    /// <summary>Mastodon's stamp; a part of it can be wrong.</summary>
    protected void ServeStamp(string? uri = null, string? interacting = null, string? target = null, string? by = null, string type = "QuoteAuthorization", HttpStatusCode status = HttpStatusCode.OK) =>
        Sam.Serve(uri ?? Stamp, $$"""
            {"@context":["https://www.w3.org/ns/activitystreams",{"QuoteAuthorization":"https://w3id.org/fep/044f#QuoteAuthorization","gts":"https://gotosocial.org/ns#","interactingObject":{"@id":"gts:interactingObject"},"interactionTarget":{"@id":"gts:interactionTarget"} }],
             "id":"{{uri ?? Stamp}}","type":"{{type}}","attributedTo":"{{by ?? Sam.Actor}}","interactingObject":"{{interacting ?? Quoting}}","interactionTarget":"{{target ?? Quoted}}"}
            """, status);

    protected Quote? Row(string? uri = null) => Find(uri ?? Quoting) is { } status ? Alice.Database.Read(c => QuoteStore.Find(c, status.Id)) : null;

    /// <summary>As Alice's apps see it.</summary>
    protected StatusEntity Shown(string? uri = null, bool byOwner = true) =>
        Alice.Database.Read(c => Alice.Get<StatusRendering>().Render(c, Find(uri ?? Quoting)!, byOwner));

    protected string Mastodon(string? stamp = null, string? quoted = null) =>
        $""","quote":"{quoted ?? Quoted}","_misskey_quote":"{quoted ?? Quoted}","quoteUri":"{quoted ?? Quoted}","quoteAuthorization":"{stamp ?? Stamp}" """;
}
