using Calf.ActivityPub;
using Calf.Federation.Delivery;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>What the owner wants for a domain; null leaves as it is what a rule says already.</summary>
public sealed record DomainWish(
    string Domain, DomainSeverity? Severity = null, bool? RejectMedia = null, bool? RejectReports = null, string? PublicComment = null,
    string? PrivateComment = null, bool? Obfuscate = null);

/// <summary>The owner blocks, silences or frees whole domains. Nobody is told: nothing goes to a blocked server.</summary>
public sealed class DomainBlocking(Database database, Site site, Sending sending, Blocking blocking, TimeProvider time)
{
    /// <summary>Takes nothing more from a domain and sends it nothing; follows in both directions end without a word.</summary>
    /// <exception cref="ActionException">422: the text is not a domain, or is this server.</exception>
    public Task<DomainBlock> Block(string domain) => Save(new DomainWish(domain, DomainSeverity.Block));

    /// <summary>Makes or changes the rule for a domain; it counts as made by hand from then on.</summary>
    /// <exception cref="ActionException">422: the text is not a domain, or is this server.</exception>
    public Task<DomainBlock> Save(DomainWish wish)
    {
        var name = Require(wish.Domain);
        return database.Write(c =>
        {
            var now = time.GetUtcNow();
            var rule = DomainBlockStore.Find(c, name) ?? new DomainBlock(Ids.At(now), name, DomainSeverity.Silence) { CreatedAt = now };
            rule = rule with
            {
                Severity = wish.Severity ?? rule.Severity,
                RejectMedia = wish.RejectMedia ?? rule.RejectMedia,
                RejectReports = wish.RejectReports ?? rule.RejectReports,
                PublicComment = wish.PublicComment ?? rule.PublicComment,
                PrivateComment = wish.PrivateComment ?? rule.PrivateComment,
                Obfuscate = wish.Obfuscate ?? rule.Obfuscate,
                ByHand = true,
            };
            DomainBlockStore.Save(c, rule);
            TakeEffect(c);
            return rule;
        });
    }

    /// <summary>
    /// Lifts the rule for a domain; the follows that it ended stay ended. In place of a rule that a list made comes one that does
    /// nothing, or the list would make it again.
    /// </summary>
    public Task Lift(string domain) => database.Write(c =>
    {
        if (Handle.DomainOf(domain.Trim()) is { } name && DomainBlockStore.Find(c, name) is { } rule) Lift(c, rule);
    });

    /// <summary>Applies changed rules to everybody known here and to what waits to be sent, in the transaction that changed them.</summary>
    internal void TakeEffect(Connection c)
    {
        foreach (var id in DomainMarks.Refresh(c)) blocking.Forget(c, id);
        DeliveryQueue.RefuseBlocked(c);
        sending.AfterOwnerChanged(c);
    }

    private void Lift(Connection c, DomainBlock rule)
    {
        if (rule.ByHand) DomainBlockStore.Remove(c, rule.Domain);
        else DomainBlockStore.Save(c, rule with { Severity = DomainSeverity.None, RejectMedia = false, RejectReports = false, ByHand = true });
        BlocklistStore.Settle(c, time.GetUtcNow());
        TakeEffect(c);
    }

    /// <summary>The domain in the form that rules have; an address of a page on it will do.</summary>
    private string Require(string domain)
    {
        var text = domain.Trim();
        var name = Origin.HostOf(text) ?? Handle.DomainOf(text);
        if (name is null || !(name.Contains('.', StringComparison.Ordinal) || Site.IsLocalName(name)))
            throw ActionException.Invalid(Validation.Failed(Words.T("Domain is not a valid domain name")));
        if (name == site.Domain || name == site.WebDomain) throw ActionException.Invalid(Words.T("You cannot block your own server."));
        return name;
    }
}
