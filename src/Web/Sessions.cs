using Calf.Accounts;
using Calf.Events;
using Calf.Security;
using Calf.Store;

namespace Calf.Web;

/// <summary>Signs browsers in and out. The cookie carries a random token; only its hash is stored (Accounts/SessionStore).</summary>
public sealed class Sessions(Database database, Site site, TimeProvider time, EventHub events)
{
    public async Task Begin(HttpContext context)
    {
        var token = Tokens.New();
        var now = time.GetUtcNow();
        var agent = context.Request.Headers.UserAgent.ToString();
        await database.Write(c => SessionStore.Add(c, Tokens.Hash(token), agent, now));
        SessionCookie.Set(context.Response, site, token);
    }

    /// <summary>The session of the browser that asks; null when it is not signed in.</summary>
    public Session? Current(HttpContext context) => SessionCookie.TokenOf(context.Request, site) is { } token
        ? database.Read(c => SessionStore.Find(c, Tokens.Hash(token), time.GetUtcNow()))
        : null;

    public async Task End(HttpContext context)
    {
        if (Current(context) is { } session)
        {
            await database.Write(c => SessionStore.Remove(c, session.Id));
            events.Publish(new SessionEnded(session.Id));
        }
        SessionCookie.Clear(context.Response, site);
    }
}
