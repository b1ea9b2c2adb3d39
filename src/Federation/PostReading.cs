using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>The proven signer of a GET, as an actor id; null when it is unsigned or the signature does not hold.</summary>
public delegate Task<string?> SignerOf(HttpRequest request, CancellationToken cancel);

/// <summary>
/// Finds one of the owner's posts for somebody who asks for its document or something that hangs on it. Open posts go to anybody;
/// the others to whoever proves by a signature to be one of their readers.
/// </summary>
public sealed class PostReading(Database database, Owner owner, Site site, SignerOf signerOf)
{
    /// <param name="write">Writes the answer from the post and its author; null when there is no such thing.</param>
    public async Task<IResult> Answer(HttpContext context, string username, long id, Func<Connection, Account, Status, Document?> write)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        var found = database.Read(c => Open(c, id, write));
        if (found.Document is { } open) return Answers.Public(open, CacheTopic.Posts);
        if (found.Deleted is { } deleted) return Answers.Gone(context, site.StatusUri(owner.Required.Username, id), deleted);
        // Asked whether or not there is such a post: by the time it takes and the key that is fetched one could tell (wire 45).
        if (await signerOf(context.Request, context.RequestAborted) is not { } signer) return Answers.Missing(context);
        return database.Read(c => ForReader(c, id, signer, write)) is { } document ? Answers.Private(context, document) : Answers.Missing(context);
    }

    private (Document? Document, DateTimeOffset? Deleted) Open(Connection c, long id, Func<Connection, Account, Status, Document?> write) =>
        Own(c, id) is { } status
            ? (status.IsOpen ? write(c, AccountStore.Find(c, status.AccountId)!, status) : null, null)
            : (null, Tombstones.Find(c, site.StatusUri(owner.Required.Username, id)));

    private Document? ForReader(Connection c, long id, string signer, Func<Connection, Account, Status, Document?> write) =>
        Own(c, id) is { } status && AccountStore.FindByUri(c, signer) is { } reader && StatusAccess.MayRead(c, status, reader.Id)
            ? write(c, AccountStore.Find(c, status.AccountId)!, status)
            : null;

    private Status? Own(Connection c, long id) => StatusStore.Find(c, id) is { } status && status.AccountId == owner.Id ? status : null;
}
